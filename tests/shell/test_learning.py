"""`tour` and tips."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


def test_the_tour(start: Start) -> None:
    shell = start(lines=60, columns=100)
    shell.loaded()
    shell.enter("tour")
    shell.wait("[1/7]")
    shell.enter("find is:due")
    shell.wait("[2/7]")
    shell.enter("print nothing")
    shell.wait(lambda screen: screen.count("[2/7]") == 2)
    shell.press("ctrl-l")
    for line, number in (
        ("find deck:Spanish | where lapses > 4 | select Front, lapses | first 2", 3),
        ("find tag:leech | first 1 | show", 4),
        ("find tag:leech | addTags difficult", 5),
        ("undo", 6),
        ("explain find deck:Spanish | group model", 7),
    ):
        shell.enter(line)
        shell.wait(f"[{number}/7]")
        shell.press("ctrl-l")
    shell.enter("help where")
    shell.wait("That was the tour.")


def test_tips_can_be_switched_off(start: Start, tmp_path: Path) -> None:
    shell = start()
    shell.wait("tip: ")
    shell.loaded()
    shell.enter("config tips off")
    shell.wait(lambda screen: screen.count("ankish>") == 2)
    shell.press("ctrl-d")
    shell.ended()
    again = start()
    again.loaded()
    assert "tip: " not in again.text
    again.enter("tip")
    again.wait("tip: ")
