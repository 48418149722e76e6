"""How much memory the largest pipelines take: the most that a fresh process has had at a time.

The collections have 100,000 notes and, made of copies of their rows, 1,000,000 cards. They are
behind a socket, in another process, so that Anki's own memory does not count.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.engine.collection import make
from bench.machine import ROOT, environment, scratch, server
from bench.table import Table

NOTES, CARDS = 100_000, 1_000_000
COLUMNS = ("", "MB", "at most")

RUN = """\
import sys
from ankish.cli import main
status = main(sys.argv[1:])
sys.stdout.flush()
with open("/proc/self/status") as file:
    most = next(line.split()[1] for line in file if line.startswith("VmHWM"))
print(int(most) // 1024, file=sys.stderr)
sys.exit(status)
"""
"""What `getrusage` tells would begin with the most that the process has had which started it."""


def run() -> Table:
    """Measure all of it; takes about three minutes."""
    out = scratch() / "notes.csv"
    rows: list[tuple[str, ...]] = []

    def row(title: str, url: str, program: str, most: int | None) -> None:
        size = peak(url, program)
        limit = "" if most is None else f"{most} {'✓' if size <= most else '✗'}"
        rows.append((title, str(size), limit))

    with _serving("notes", 0) as url:
        row("`version`", url, "version", None)
        export = f'find "" | notes | select noteId, Front, Back, tags | save "{out}"'
        row(f"{NOTES} notes exported to CSV", url, export, 300)
        cards = f'find "" | select cardId, Front, deck | save "{out.with_name("cards.csv")}"'
        row(f"the cards of {NOTES} notes, with fields and decks", url, cards, 300)
    with _serving("cards", CARDS) as url:
        row(f"{CARDS} cards suspended", url, 'find "" | suspend', 400)
        row(f"{CARDS} cards counted", url, 'find "" | skip 9 | count', 400)
    return Table(COLUMNS, tuple(rows), ("without a journal, which is on disk",))


def peak(url: str, program: str) -> int:
    """The most memory, in MB, that a process running a program has had."""
    command = [sys.executable, "-c", RUN, "--url", url, "--yes", "--no-journal", "-c", program]
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return int(done.stderr.split()[-1])


@contextmanager
def _serving(name: str, cards: int) -> Iterator[str]:
    """A server with the notes, and with so many cards, at least.

    The collection is made in a process of its own, whose memory goes with it.
    """
    folder = scratch() / f"memory-{name}"
    folder.mkdir()
    build = [sys.executable, "-m", "bench.memory", str(folder), str(cards)]
    subprocess.run(build, cwd=ROOT, check=True)
    with server(0.025, folder / "collection.anki2") as url:
        yield url


def _build(folder: Path, cards: int) -> None:
    from anki.collection import Collection

    path = make(folder, NOTES if not cards else NOTES // 20)
    col = Collection(str(path))
    assert col.db is not None
    columns = "nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left,"
    columns += " odue, odid, flags, data"
    while (there := col.db.scalar("select count() from cards")) < cards:
        top = col.db.scalar("select max(id) - min(id) + 1 from cards")
        insert = f"insert into cards (id, {columns}) select id + ?, {columns} from cards limit ?"
        col.db.execute(insert, top, cards - there)
    col.close()


if __name__ == "__main__":
    _build(Path(sys.argv[1]), int(sys.argv[2]))
