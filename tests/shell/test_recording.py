"""Macros that are recorded in one shell and called in the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.support.terminal import Terminal
from tests.test_cli import ankish

Start = Callable[..., Terminal]


def prompts(count: int) -> Callable[[str], bool]:
    """Whether a screen shows so many prompts."""
    return lambda screen: screen.count("ankish>") >= count


def test_a_macro_is_recorded_called_exported_and_used(start: Start, tmp_path: Path) -> None:
    first = start(lines=60)
    for number, line in enumerate(
        (
            "record park",
            "find deck:Inbox | count",
            'find "deck:Spanish tag:leech -is:suspended" | suspend',
            "find deck:Inbox | suspnd",
            "find deck:Inbox | addTags oops",
            "undo",
            "find deck:Spanish tag:leech | addTags seen",
        ),
        start=2,
    ):
        first.enter(line)
        first.wait(prompts(number))
    first.enter("stop --params")
    first.wait("What does it do?")
    first.type("Park the leeches of a deck.")
    first.press("enter")
    first.wait("macro park(")
    first.press("ctrl-d")

    file = tmp_path / "data" / "macros" / "park.ank"
    assert file.read_text(encoding="utf-8") == (
        "## Park the leeches of a deck.\n"
        'macro park(deck: deck = "Spanish", tag: tag = "leech", tag2: tag = "seen") {\n'
        '    find "deck:${deck} tag:${tag} -is:suspended" | suspend\n'
        '    find "deck:${deck} tag:${tag}" | addTags $tag2\n'
        "}\n"
    )

    second = start(lines=60)
    second.enter("macros")
    second.wait("Park the leeches of a deck")
    second.enter("park deck=Japanese tag2=mine")
    second.wait("park: ")
    second.enter('find "deck:Japanese tag:mine" | count')
    second.wait(lambda screen: "\n2\n" in screen)
    second.enter("undo")
    second.wait("undo r")
    second.enter('find "deck:Japanese tag:mine" | count')
    second.wait(lambda screen: "\n0\n" in screen)
    second.type("par")
    second.press("tab")
    second.wait("ankish> park")
    second.press("ctrl-c")
    second.enter("park deck=Nowhere")
    second.wait('no deck is named "Nowhere"')
    second.enter("help park")
    second.wait("deck")
    second.enter(f"macros export park {tmp_path / 'mine.ank'}")
    second.wait(lambda _: (tmp_path / "mine.ank").exists())
    second.enter("macros rename park sweep")
    second.enter(f"macros import {tmp_path / 'mine.ank'}")
    second.enter("macros delete park")
    second.enter("macros")
    second.wait("sweep [deck]")
    second.press("ctrl-d")

    program = (
        f'use "{tmp_path / "mine.ank"}"\npark deck=Japanese\nfind tag:seen -deck:Japanese | count'
    )
    run = ankish("--demo", "-c", program, env={"ANKISH_HOME": str(tmp_path / "other")})
    assert (run.returncode, run.stdout) == (0, "0\n"), run.stderr
    assert ankish("check", "--demo", str(tmp_path / "mine.ank")).returncode == 0


def test_the_last_lines_can_be_made_a_macro(start: Start, tmp_path: Path) -> None:
    shell = start(lines=60)
    shell.enter("find deck:Inbox | suspend")
    shell.wait("suspend: 22 cards")
    shell.enter("find tag:old | addTags archive")
    shell.wait("addTags: ")
    shell.enter("record tidy --last 1")
    shell.wait("What does it do?")
    shell.press("enter")
    shell.wait("macro tidy()")
    shell.enter("tidy")
    shell.wait("tidy: ")
    shell.enter("record again --params { find tag:todo | addTags later }")
    shell.wait(lambda screen: screen.count("What does it do?") == 2)
    shell.press("enter")
    shell.wait('macro again(tag: tag = "todo", tag2: tag = "later")')
    shell.enter("record wrong { find tag:todo | }")
    shell.wait("syntax::")
    shell.enter("record count")
    shell.wait("record::name")
    shell.enter("stop")
    shell.wait("record::not-recording")
    file = tmp_path / "data" / "macros" / "tidy.ank"
    assert file.read_text(encoding="utf-8") == (
        "macro tidy() {\n    find tag:old | addTags archive\n}\n"
    )


def test_ids_that_were_read_off_the_screen_are_recorded_as_their_search(
    start: Start, tmp_path: Path
) -> None:
    shell = start(lines=60)
    shell.enter("record park")
    shell.wait("recording park")
    shell.enter("find deck:Japanese tag:leech | cards")
    screen = shell.wait(prompts(3))
    ids = re.findall(r"\b1\d{12}\b", screen)
    assert len(ids) == 2, screen
    shell.enter(f"[{ids[1]}, {ids[0]}] | suspend")
    shell.wait("suspend: 2 cards")
    shell.enter(f"[{ids[0]}] | buryCards")
    shell.wait("buryCards: 1 card")
    shell.enter("stop --params")
    shell.wait("What does it do?")
    shell.press("enter")
    shell.wait("run it with park")
    text = (tmp_path / "data" / "macros" / "park.ank").read_text(encoding="utf-8")
    assert text == (
        'macro park(deck: deck = "Japanese", tag: tag = "leech") {\n'
        '    (find "deck:${deck} tag:${tag}" | cards) | suspend\n'
        f"    [{ids[0]}] | buryCards\n"
        "}\n"
    )


def test_every_program_can_call_one(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "macros"
    folder.mkdir(parents=True)
    (folder / "inner.ank").write_text("macro inner(n: int) { $n + 1 }\n", encoding="utf-8")
    (folder / "outer-one.ank").write_text(
        "macro outer-one(n: int) { inner $n }\n", encoding="utf-8"
    )
    home = {"ANKISH_HOME": str(tmp_path)}
    assert ankish("--demo", "-c", "outer-one 2", env=home).stdout == "3\n"
