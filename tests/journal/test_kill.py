"""Killed at a random moment, a script is gone on with or taken back: nothing twice, nothing lost."""

from __future__ import annotations

from pathlib import Path

from tests.support.kill import Killing, rounds
from tests.support.serving import serving


def test_resume_and_undo_after_kill(tmp_path: Path) -> None:
    with serving("--demo") as server:
        became: list[str] = []
        # Where in the script a kill falls depends on the machine: some rounds have to hit it.
        for word in rounds(Killing(server, tmp_path, writes=60), 40, seed=7):
            became.append(word)
            if len(became) >= 4 and any(each.startswith(("resumed", "undone")) for each in became):
                break
    assert any(word.startswith(("resumed", "undone")) for word in became), became
