"""Much at once: ankish beside what a user would write today and what an expert would.

Each is a whole process, from its making to its end, that talks to the engine behind a socket
with AnkiConnect's manners (25 ms between two looks, the connection closed after each answer), or
to the AnkiConnect of `--url`. The notes are 5,000, or 1,000 of a real one (for `where` 100,000);
adding comes last, since the others would find what was added. Every round does the work anew with
other words, so that nobody finds it done.

* an expert's script (scripts/expert.py): the right actions in `multi`s of 250. It keeps nothing
  and looks at nothing that it has done; beside it stands `ankish --no-journal`.
* the same by an expert who wants to be able to take it all back, and to know that it was done: what
  was there goes into a file, and that to the disk, before a change, which is looked at in its own
  request. That is what ankish does; beside it stands `ankish`.
* scripts as users write them today (scripts/today.py with httpx or py-ankiconnect, today.sh with
  curl): a request for each item. They do the first 100; what all would take is reckoned from that.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from bench import machine
from bench.anki import DECKS_OF_URL, QUERY_OF_URL, notes_of_url
from bench.machine import ROOT, environment, installed, scratch, server
from bench.measure import Timing, alternate, at_any_time
from bench.table import Table
from tests.support.manners import TICK

NOTES, MANY = 5_000 if machine.URL is None else 1_000, 100_000
"""How many notes; a real Anki draws its list of decks anew after each write."""
DECKS, FILES = 200, 300
FIRST = 100
"""How many items the scripts of today do."""
SCRIPTS = Path(__file__).parent / "scripts"
COLUMNS = ("", "least", "median", "times the expert", "times the careful one", "at most")
LIMIT = 1.1
EXPERT, CAREFUL = "an expert's script", "an expert's script that keeps what undoes it"
PLAIN, KEEPING = "ankish --no-journal", "ankish"


@dataclass(frozen=True)
class Job:
    """What is done: the program of ankish, with a number for the round, and the scripts' arguments.

    * **rounds** - how often it is measured: more often what is quick.
    * **writes** - whether there is something to take back.
    """

    name: str
    title: str
    rounds: int
    program: Callable[[int], str]
    arguments: Callable[[int], list[str]]
    writes: bool = True


def jobs() -> list[Job]:
    """All jobs, in order."""
    folder = scratch() / "files"
    folder.mkdir(exist_ok=True)
    deck, query = ("Small", "Deck 0::Part 0"), "tag:all"
    if machine.URL is not None:
        deck, query = DECKS_OF_URL, QUERY_OF_URL

    def words(turn: int) -> str:
        path = folder / f"words{turn}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = ((f"word {turn} {n}", f"its meaning {n}") for n in range(NOTES))
            csv.writer(file).writerows([("word", "meaning"), *rows])
        return str(path)

    def files(turn: int) -> list[str]:
        made = folder / f"media{turn}"
        made.mkdir(exist_ok=True)
        for number in range(FILES):
            content = Random(turn * FILES + number).randbytes(20_000)
            (made / f"ankish-bench-{turn}-{number}.mp3").write_bytes(content)
        return sorted(map(str, made.iterdir()))

    def stored(turn: int) -> str:
        files(turn)
        pattern = folder / f"media{turn}" / "*.mp3"
        return f'glob "{pattern}" | each {{ storeMediaFile filename=$it.name path=$it.path }}'

    def expert(*arguments: str) -> list[str]:
        return [query, *arguments]

    found = [
        Job("nothing", "one question, so that it is little more than the start", 11,
            lambda n: "version", lambda n: expert(), writes=False),
        Job("edit", f"{NOTES} notes edited", 3 if machine.URL is None else 1,
            lambda n: f'find {query} | set Back = "e{n} ${{Back}}"', lambda n: expert(f"e{n}")),
        Job("tag", f"{NOTES} notes tagged", 21 if machine.URL is None else 5,
            lambda n: f"find {query} | addTags r{n}", lambda n: expert(f"r{n}")),
        Job("move", f"{NOTES} notes moved", 21 if machine.URL is None else 5,
            lambda n: f'find {query} | changeDeck "{deck[n % 2]}"', lambda n: expert(deck[n % 2])),
        Job("due", f"due counts of {DECKS if machine.URL is None else 'all'} decks", 9,
            lambda n: 'deckNames | each { {deck: $it, due: (find "deck:${it}" is:due | count)} }',
            lambda n: expert(), writes=False),
        Job("media", f"{FILES} media files of 20 kB", 5, stored, lambda n: expert(*files(n))),
        Job("add", f"{NOTES} notes added from CSV", 3 if machine.URL is None else 1,
            lambda n: f'open "{words(n)}" | add deck="{deck[0]}", model="Basic", Front=word, Back=meaning',
            lambda n: expert(words(n), deck[0])),
        Job("where", f'`where lapses > 4 and Front =~ "99 lo"` over {MANY} notes', 15,
            lambda n: 'find "" | where lapses > 4 and Front =~ "99 lo" | select Front, lapses',
            lambda n: expert("99 lo"), writes=False),
    ]  # fmt: skip
    return [job for job in found if machine.URL is None or job.name != "where"]


def run() -> Table:
    """Measure all of it; takes about ten minutes."""
    return measured([job.name for job in jobs()])


def measured(names: list[str]) -> Table:
    """Measure jobs by their names."""
    rows: list[tuple[str, ...]] = []
    turns = count(int(time.time()) if machine.URL else 0)
    with ExitStack() as stack:
        small: str | None = None
        for job in jobs():
            if job.name not in names:
                continue
            if job.name == "where":
                url = stack.enter_context(_serving(MANY))
            else:
                small = url = small or stack.enter_context(_serving(NOTES))
            rows.append((f"**{job.title}**", *[""] * (len(COLUMNS) - 1)))
            timings = alternate(_competitors(job, url, turns), job.rounds)
            rows += _rows([*timings, *_today(job, url, turns)], job)
    notes = (
        f"seconds; rounds after one to warm up: {', '.join(f'{j.name} {j.rounds}' for j in jobs())}",
        f"reckoned: from the first {FIRST} items, less the start and the search",
        *([f"against {machine.URL}"] if machine.URL else []),
    )
    return Table(COLUMNS, tuple(rows), notes)


@contextmanager
def _serving(size: int) -> Iterator[str]:
    """A server with so many notes, or the one of `--url`."""
    if machine.URL is not None:
        with notes_of_url(machine.URL, NOTES):
            yield machine.URL
        return
    from anki.collection import Collection

    from bench.engine.collection import make

    folder = scratch() / f"notes{size}"
    folder.mkdir()
    path = make(folder, size)
    col = Collection(str(path))
    for number in range(DECKS):
        col.decks.id(f"Due {number}")
    assert col.db is not None
    col.db.execute("update cards set lapses = id % 10")
    col.close()
    with server(TICK, path) as url:
        yield url


def _competitors(job: Job, url: str, turns: Iterator[int]) -> dict[str, Callable[[], float]]:
    here = machine.ankish()

    def ankish(*options: str) -> float:
        program = job.program(next(turns))
        return _timed([*here.ankish, "--url", url, "--yes", *options, "-c", program])

    def expert(**more: str) -> float:
        arguments = job.arguments(next(turns))
        return _timed([here.python, SCRIPTS / "expert.py", url, job.name, *arguments], more)

    keep = str(scratch() / "kept.jsonl")
    careful = {CAREFUL: lambda: expert(KEEP=keep)} if job.writes else {}
    return {
        EXPERT: expert,
        PLAIN: lambda: ankish("--no-journal"),
        **careful,
        KEEPING: ankish,
    }


def _timed(command: list[str | Path], more: Mapping[str, str] | None = None) -> float:
    at_any_time(TICK)
    begin = time.perf_counter()
    _told(command, more)
    return time.perf_counter() - begin


def _told(command: list[str | Path], more: Mapping[str, str] | None = None) -> str:
    """What a process prints; it must succeed."""
    env = {**environment(), "PYTHONPATH": str(ROOT), **(more or {})}
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stdout[-500:]} {done.stderr[-2000:]}")
    return done.stdout


def _today(job: Job, url: str, turns: Iterator[int]) -> Iterator[Timing]:
    """The seconds that a request for each item would take, reckoned from the first ones."""
    if job.name == "nothing":
        return
    script = [SCRIPTS / "today.py"]
    clients: dict[str, tuple[list[str | Path], dict[str, str]]] = {
        "a script of today, httpx (reckoned)": ([sys.executable, *script], {})
    }
    if shutil.which("curl") and shutil.which("jq"):
        clients["curl in a shell loop (reckoned)"] = (["bash", SCRIPTS / "today.sh"], {})
    programs = installed("py-ankiconnect")
    if programs is not None:
        client = {"CLIENT": "py-ankiconnect"}
        clients["py-ankiconnect (reckoned)"] = ([programs / "python", *script], client)
    for name, (command, env) in clients.items():
        arguments = job.arguments(next(turns))

        def timed(items: int) -> tuple[float, int]:
            begin = time.perf_counter()
            told = _told([*command, url, job.name, str(items), *arguments], env)  # noqa: B023
            return time.perf_counter() - begin, int(told.split()[-1])

        nothing, many = timed(0)
        some, _ = timed(min(FIRST, many))
        yield Timing(name, (nothing + (some - nothing) / min(FIRST, many) * many,))


def _rows(timings: list[Timing], job: Job) -> list[tuple[str, ...]]:
    medians = {timing.name: timing.median for timing in timings}
    careful = medians.get(CAREFUL)
    compared = {PLAIN: EXPERT, KEEPING: CAREFUL if job.writes else EXPERT}
    found = []
    for timing in timings:
        beside = compared.get(timing.name)
        limit = ""
        if beside is not None and job.name != "nothing":
            limit = f"{LIMIT} {'✓' if timing.median <= LIMIT * medians[beside] else '✗'}"
        of_careful = f"{timing.median / careful:.2f}" if careful else ""
        figures = (timing.least, timing.median, timing.median / medians[EXPERT])
        found.append((timing.name, *(f"{each:.2f}" for each in figures), of_careful, limit))
    return found
