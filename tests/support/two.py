"""Two processes at once on one collection and one journal, each taking back its own work.

`python -m tests.support.two [ROUNDS]` runs two workers that long. In each round a worker tags
notes that the other one tags as well, and then sometimes takes that back with `undo`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import Source
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.store import Store
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.serving import Serving, serving

NAMES = ("one", "two")


def work(url: str, folder: Path, name: str, rounds: int) -> None:
    """A worker: a session that lasts, as a shell's does. It prints which rounds still hold, and
    ends when nothing more can come from its input: what is done by a session that has ended is
    for `undo` in any other one to take back.
    """
    choose = random.Random(name)
    client = Client(HttpTransport(url))
    session = Session(lambda: client, yes=True, journals=Journals(folder))
    presenter = Presenter(sys.stderr, sys.stderr, "json", columns=80)

    def run(text: str) -> None:
        session.run(Source(name, text), presenter, lambda _: None)

    held = []
    for number in range(rounds):
        run(f"find tag:leech | addTags {name}{number} both{number}")
        if number % 4 == 1 or (number % 4 != 2 and choose.random() < 0.5):
            run("undo")
        else:
            held.append(number)
    sys.stdout.write(json.dumps(held) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    session.close()


def both(server: Serving, folder: Path, rounds: int) -> dict[str, list[int]]:
    """Let two workers work at once; which rounds of each were not taken back."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        begun = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.support.two",
                    server.url,
                    str(folder),
                    name,
                    str(rounds),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=os.environ,
            )
            for name in NAMES
        ]
        told = [process.stdout.readline() for process in begun if process.stdout is not None]
        for process in begun:
            process.communicate(timeout=60)
        errors.seek(0)
        assert all(process.returncode == 0 for process in begun), errors.read()
        return {name: json.loads(line) for name, line in zip(NAMES, told, strict=True)}


def check(server: Serving, folder: Path, rounds: int, held: dict[str, list[int]]) -> None:
    """What was taken back is gone, what was not is there, and the journal is whole."""
    leeches = set(server.ask("findNotes", query="tag:leech"))
    for name in NAMES:
        for number in range(rounds):
            found = set(server.ask("findNotes", query=f"tag:{name}{number}"))
            wanted = leeches if number in held[name] else set()
            assert found == wanted, (name, number)
    [file] = folder.glob("*.sqlite")
    store = Store(file)
    assert store._rows("pragma integrity_check") == [("ok",)]
    runs = store.runs()
    assert len(runs) == sum(2 * rounds - len(held[name]) for name in NAMES)
    assert all(run.state == "done" for run in runs)
    undos = [run for run in runs if run.kind == "undo"]
    for run in undos:
        undone = store.run(run.of or 0)
        assert undone is not None
        assert (undone.name, undone.session) == (undone.name, run.session)
    assert _unique(run.of for run in undos)
    store.close()


def _unique(numbers: Iterable[int | None]) -> bool:
    listed = list(numbers)
    return len(listed) == len(set(listed))


def main(rounds: int) -> None:
    """Run the harness."""
    with tempfile.TemporaryDirectory() as folder, serving("--demo") as server:
        held = both(server, Path(folder), rounds)
        check(server, Path(folder), rounds, held)
    kept = {name: len(numbers) for name, numbers in held.items()}
    sys.stdout.write(f"{rounds} rounds of two processes; kept, the others taken back: {kept}\n")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        work(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100)
