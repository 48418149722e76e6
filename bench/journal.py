"""What the journal costs: the same scripts with it and without.

Twice: as a user runs a script, a whole process from its making to its end, by the clock; and in a
shell that is open already, where no start is part of it. There the time is that of the requests,
25 ms each, and the processor time of both sides, which is steadier than what a clock shows. The
server has AnkiConnect's manners: it looks for a request every 25 ms. What a run changed is taken
back before the next one, untimed.
"""

from __future__ import annotations

import csv
import io
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import Source
from ankish.runtime.journal.journals import Journals
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from bench import machine
from bench.measure import at_any_time
from bench.table import Table
from tests.support.engine import fresh_engine
from tests.support.manners import TICK, Manners

NOTES = 2000
ROUNDS, RUNS = 5, 11
"""How often a script is measured in an open shell, and as a process."""
MOST = 1.3
"""How many times as long a script may take with the journal."""

SOME = '"Front:note 10*"'
"""Finds 111 of them."""

COLUMNS = (
    "script",
    "requests without",
    "with",
    "ms without",
    "with",
    "times",
    "at most",
    "in an open shell: ms without",
    "with",
    "times",
)

NOTES_ON_IT = (
    f"median of {RUNS} runs, and of {ROUNDS} in an open shell, in turns; {NOTES} notes; in an open "
    "shell a request is taken as 25 ms, to which the processor time of both sides comes",
    "one request more is allowed for each chunk that is written: in an open shell, where a script "
    "has two requests without the journal, that one alone makes it 1.5 times as long",
    "due dates and deleting: only cardsInfo tells the schedule of a card, it wants the ids of the "
    "cards, and takes 0.14 ms for each, where setting the due date takes 0.02",
)

SCRIPTS = {
    "tag 2,000 notes": 'find "" | addTags bench',
    "suspend 2,000 cards": 'find "" | suspend',
    "tag 2,000 notes and suspend their cards": 'find "" | addTags bench | suspend',
    "add 500 notes from CSV": (
        'open "WORDS" | add deck = "Default", model = "Basic", Front = word, Back = meaning'
    ),
    "edit a field of 111 notes": f"find '{SOME}' | set Back = upper(Front)",
    "move 2,000 cards": 'find "" | changeDeck bench --create',
    "set the due date of 111 cards": f"find '{SOME}' | setDueDate 3",
    "delete 111 notes": f"find '{SOME}' | notes | deleteNotes",
    "tag one note": "find '\"Front:note 7\"' | addTags bench",
    "40 writes that wait for each other": (
        "let one = find '\"Front:note 7\"' | notes\n"
        f'for i in [{", ".join(map(str, range(40)))}] {{ $one | addTags "b${{i}}" }}'
    ),
}


def run() -> Table:
    """Measure all of it; takes about five minutes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        words = folder / "words.csv"
        with words.open("w", encoding="utf-8", newline="") as file:
            rows = ((f"new {n}", f"meaning {n}") for n in range(500))
            csv.writer(file).writerows([("word", "meaning"), *rows])
        scripts = {name: text.replace("WORDS", str(words)) for name, text in SCRIPTS.items()}
        inside = stack.enter_context(Manners(fresh_engine(), tick=TICK))
        shell = _Bench(inside.url, folder / "journal")
        outside = _Bench(stack.enter_context(machine.server(TICK)), folder / "unused")
        return Table(
            COLUMNS,
            tuple(
                (name, *outside.as_process(text, shell.requests(text)), *shell.in_shell(text))
                for name, text in scripts.items()
            ),
            NOTES_ON_IT,
        )


class _Bench:
    """Runs a script with the journal and without, on notes of its own."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.client = Client(HttpTransport(url))
        self.folder = folder
        self.client.connect()
        for start in range(0, NOTES, 500):
            self.add(range(start, start + 500))

    def requests(self, text: str) -> tuple[int, int]:
        """How many requests a script sends without the journal, and with it."""
        return self._timed(text, False)[1], self._timed(text, True)[1]

    def in_shell(self, text: str) -> tuple[str, ...]:
        """A script's milliseconds without the journal and with it, and the ratio."""
        taken: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(ROUNDS):
            for kept in (True, False):
                taken[kept].append(self._timed(text, kept)[0])
        with_, without = (statistics.median(taken[kept]) * 1000 for kept in (True, False))
        return f"{without:.0f}", f"{with_:.0f}", f"{with_ / without:.2f}"

    def as_process(self, text: str, requests: tuple[int, int]) -> tuple[str, ...]:
        """The same of whole processes, with the requests and the verdict."""
        taken: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(RUNS + 1):
            for kept in (True, False):
                seconds = self._process(text, [] if kept else ["--no-journal"])
                taken[kept] += [seconds] if turn else []  # the first warms up
                self._clear()
        with_, without = (statistics.median(taken[kept]) * 1000 for kept in (True, False))
        times = with_ / without
        mark = "✓" if times <= MOST else "✗"
        return (
            *map(str, requests),
            f"{without:.0f}",
            f"{with_:.0f}",
            f"{times:.2f}",
            f"{MOST} {mark}",
        )

    def _process(self, text: str, options: list[str]) -> float:
        """Seconds of a process."""
        here = machine.ankish()
        command = [*here.ankish, "--url", self.url, "--yes", *options, "-c", text]
        at_any_time(TICK)
        begin = time.perf_counter()
        done = subprocess.run(
            command, env=here.env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
        )
        seconds = time.perf_counter() - begin
        if done.returncode != 0:
            raise RuntimeError(f"{text}: {done.stderr}")
        return seconds

    def add(self, numbers: Iterable[int]) -> None:
        """Add the notes of some numbers."""
        fields = [{"Front": f"note {number}", "Back": "back " * 20} for number in numbers]
        notes = [{"deckName": "Default", "modelName": "Basic", "fields": each} for each in fields]
        self.client.invoke("addNotes", {"notes": notes})

    def _timed(self, text: str, kept: bool) -> tuple[float, int]:
        """Seconds and requests of a run; then it is taken back, untimed."""
        journals = Journals(self.folder) if kept else None
        session = Session(lambda: self.client, yes=True, journals=journals)
        before, begun = self.client.stats.requests, time.process_time()
        self._run(session, text)
        sent = self.client.stats.requests - before
        seconds = time.process_time() - begun + sent * TICK
        if kept:
            self._run(session, "undo")
        else:
            self._clear()
        if journals is not None:
            journals.close()
        return seconds, sent

    @staticmethod
    def _run(session: Session, text: str) -> None:
        presenter = Presenter(io.StringIO(), io.StringIO(), "json", columns=80)
        session.run(Source("bench.ank", text), presenter, lambda _: None)

    def _clear(self) -> None:
        """What scripts without a journal have changed, put back."""
        ask = self.client.invoke
        ask("unsuspend", {"cards": ask("findCards", {"query": "is:suspended"})})
        ask("deleteNotes", {"notes": ask("findNotes", {"query": '"Front:new *" or Back:NOTE*'})})
        ask("forgetCards", {"cards": ask("findCards", {"query": "-is:new"})})
        ask("changeDeck", {"cards": ask("findCards", {"query": "deck:bench"}), "deck": "Default"})
        ask("deleteDecks", {"decks": ["bench"], "cardsToo": True})
        if not ask("findNotes", {"query": SOME}):
            self.add(number for number in range(NOTES) if str(number).startswith("10"))
        tagged = ask("findNotes", {"query": "-tag:none"})
        tags = " ".join(tag for tag in ask("getTags") if tag.startswith("b"))
        if tags:
            ask("removeTags", {"notes": tagged, "tags": tags})
