"""The reference design, section 9: what is done in the shell becomes a macro, without Anki and over
HTTP; it is called, listed, explained, completed, checked, and undone as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.engine import sample_engine
from tests.support.manners import Manners
from tests.support.terminal import Terminal

RECORD = (
    "record park",
    "find deck:Inbox | count",
    "find deck:Inbox | suspnd",
    "find deck:Spanish tag:leech | addTags seen",
    "find deck:Inbox | addTags oops",
    "undo",
)
STOPS = {
    "stop": "macro park() {\n    find deck:Spanish tag:leech | addTags seen\n}\n",
    "stop --params": (
        'macro park(deck: deck = "Spanish", tag: tag = "leech", tag2: tag = "seen") {\n'
        '    find "deck:${deck} tag:${tag}" | addTags $tag2\n}\n'
    ),
}
"""How a recording is ended, and what is in the library then."""
LINES = (*RECORD, *STOPS, "macros", "help park", "park", "undo", "macros edit park")


@pytest.fixture(params=["embedded", "http"])
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A shell on the sample collection, with an editor that adds a line of documentation."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "1i ## Edited by hand." "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    with ExitStack() as stack:
        if request.param == "embedded":
            where = ("--demo",)
        else:
            server = stack.enter_context(Manners(sample_engine(), tick=0))
            where = ("--url", server.url)
        env = {"EDITOR": str(editor), "VISUAL": str(editor)}
        terminal = stack.enter_context(Terminal(*where, home=tmp_path, lines=60, env=env))
        terminal.wait("ankish>")
        yield terminal


@pytest.mark.parametrize("stop", STOPS)
def test_what_was_done_is_a_macro(shell: Terminal, tmp_path: Path, stop: str) -> None:
    for number, line in enumerate(RECORD, start=2):
        shell.enter(line)
        shell.wait(lambda screen, seen=number: screen.count("ankish>") >= seen)
    shell.enter(stop)
    shell.wait("What does it do?")
    shell.press("enter")
    shell.wait("run it with park")
    file = tmp_path / "data" / "macros" / "park.ank"
    assert file.read_text(encoding="utf-8") == STOPS[stop]

    for line, shown in (
        ("macros", "park [deck]" if "--params" in stop else "\npark"),
        ("help park", "a macro"),
        ("macros edit park", ""),
        ("macros show park", "## Edited by hand."),
        ("find deck:Spanish tag:leech | removeTags seen", "removeTags: "),
        ("park", "park: "),
        ("find tag:seen | count", "\n17\n"),
        ("undo", "undo r"),
        ("find tag:seen | count", "\n0\n"),
        ("park nonsense=1", 'no parameter "nonsense"'),
    ):
        shell.press("ctrl-l")
        shell.wait(lambda screen: screen.count("ankish>") == 1)
        shell.enter(line)
        shell.wait(lambda screen, want=shown: want in screen and screen.count("ankish>") == 2)
    shell.type("par")
    shell.press("tab")
    shell.wait("ankish> park")
