"""Scripts that are killed at random moments, gone on with, and taken back.

`python -m tests.support.kill [ROUNDS] [SEED]` does so against `ankish serve` on a collection of
its own: a script with 300 writes is killed (SIGKILL) at a random moment; then either `resume`
completes it, with every write exactly once, or `undo` takes it back. Each write counts itself: it adds a
note, and writes its number into the field of another one.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.serving import Serving, serving

WRITES = 300
PROGRAM = """\
for i in {numbers} {{
    addNote {{deckName: "Default", modelName: "Basic", fields: {{Front: "once ${{i}}", Back: "b"}}}}
    addTags $ids "n${{i}}"
}}
"""


class Killing:
    """A collection behind a server, and scripts that change it."""

    def __init__(self, server: Serving, folder: Path, writes: int = WRITES) -> None:
        self.server = server
        self.folder = folder
        self.writes = writes
        self.environment = {**os.environ, "ANKISH_HOME": str(folder), "ANKISH_URL": server.url}
        self.notes = [self._note(f"target {number}") for number in range(3)]
        self.script = folder / "script.ank"
        numbers = ", ".join(map(str, range(writes // 2)))
        text = PROGRAM.format(numbers=f"[{numbers}]").replace("$ids", str(self.notes))
        self.script.write_text(text, encoding="utf-8")

    def _note(self, front: str) -> int:
        fields = {"Front": front, "Back": "b"}
        note = {"deckName": "Default", "modelName": "Basic", "fields": fields}
        return int(self.server.ask("addNote", note=note))

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Ankish as a process."""
        return subprocess.Popen(
            [sys.executable, "-m", "ankish", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        """Ankish to its end: exit status, and all that it said."""
        process = self.start(*arguments)
        said = process.communicate(timeout=300)
        return process.returncode, "".join(said)

    def state(self) -> list[dict[str, Any]]:
        """The notes of the collection, without the times of their change."""
        infos = self.server.ask("notesInfo", query="")
        return [{k: v for k, v in info.items() if k != "mod"} for info in infos]

    def killed(self, after: float) -> bool:
        """Run the script and kill it; whether it was still running."""
        process = self.start(str(self.script))
        time.sleep(after)
        running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return running

    def duration(self) -> float:
        """How many seconds the script takes that is not killed; what it did is taken back."""
        begun = time.monotonic()
        status, said = self.run(str(self.script))
        took = time.monotonic() - begun
        assert status == 0, said
        self.check_complete()
        status, said = self.run("undo")
        assert status == 0, said
        return took

    def check_complete(self) -> None:
        """Every write was done once."""
        infos = self.server.ask("notesInfo", query='"Front:once *"')
        fronts = sorted(info["fields"]["Front"]["value"] for info in infos)
        assert fronts == sorted(f"once {number}" for number in range(self.writes // 2))
        tags = {f"n{number}" for number in range(self.writes // 2)}
        for note in self.notes:
            assert set(self.server.ask("getNoteTags", note=note)) == tags


def rounds(killing: Killing, count: int, seed: int) -> Iterator[str]:
    """Kill so many times; what became of each round, in a word."""
    choose = random.Random(seed)
    before = killing.state()
    took = killing.duration()
    assert killing.state() == before
    for number in range(count):
        stopped = killing.killed(choose.uniform(0.2, took))
        took *= 1 if stopped else 0.9  # the machine has become quicker
        done = len(killing.state()) - len(before)
        if not stopped or "killed" not in killing.run("log")[1]:  # it may be as good as over
            word = "not stopped" if done else "nothing written"
            if killing.state() != before:
                status, said = killing.run("undo")
                assert status == 0, said
        elif number % 2:
            status, said = killing.run("undo")
            assert status == 0, said
            word = "undone"
        else:
            status, said = killing.run("resume")
            assert status == 0, said
            killing.check_complete()
            status, said = killing.run("undo")
            assert status == 0, said
            word = "resumed and undone"
        assert killing.state() == before, f"round {number}, {word}, seed {seed}"
        yield f"{word} after {done}"


def main(count: int, seed: int) -> None:
    """Run the harness and print what became of each round."""
    with tempfile.TemporaryDirectory() as folder, serving("--demo") as server:
        killing = Killing(server, Path(folder))
        for line in rounds(killing, count, seed):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [200, 1][len(given) :]))
