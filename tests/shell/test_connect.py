"""`connect`: a shell goes from one side to another, and stays where it is if that fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ankish.anki.engine.sample import build
from tests.support.serving import serving
from tests.support.terminal import Terminal
from tests.test_cli import nowhere

Start = Callable[..., Terminal]


def at(place: str) -> Callable[[str], bool]:
    """Whether the bar at the bottom of a screen names a place."""
    return lambda screen: place in screen.rstrip().splitlines()[-1]


def test_all_is_that_of_the_new_side(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    file = build(folder)
    with serving("--demo") as server:
        server.ask("createDeck", deck="Only there")
        shell = start("--url", server.url, lines=40)
        shell.loaded()
        shell.enter("connect")
        shell.wait(f"connected to {server.url}")
        shell.enter("find deck:Inbox | addTags before")
        shell.wait("addTags: ")
        shell.press("ctrl-l")

        shell.enter(f"connect --collection '{file}'")
        shell.wait("connected to ")
        shell.wait(at("collection.anki2"))
        shell.press("ctrl-l")
        shell.enter("find tag:before | count")
        shell.wait("\n0\n")
        shell.enter("find deck:Inbox | addTags here")  # journalled there
        shell.wait("addTags: ")
        shell.enter("undo")
        shell.wait("undo r1: find deck:Inbox | addTags here")
        shell.press("ctrl-l")
        shell.type("find deck:Spanish::N")
        shell.wait("Spanish::Nouns")
        shell.press("ctrl-c")
        shell.type('find "deck:Only')
        shell.press("tab")
        shell.press("ctrl-c")
        assert "Only there" not in shell.text

        shell.press("ctrl-l")
        shell.enter(f"connect {server.url}")
        shell.wait(at(server.url.removeprefix("http://")))
        shell.press("ctrl-l")
        shell.enter("find tag:before | count")
        shell.wait("\n22\n")
        shell.press("up", "up")  # the line before is of that side, of the first time there
        shell.wait(lambda screen: "ankish> connect --collection" in screen)
        shell.press("ctrl-c")
        shell.enter("undo")
        shell.wait("undo r1: find deck:Inbox | addTags before")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("connect URL", "error[anki::no-answer]"),
        ("connect --collection missing.anki2", "error[engine::"),
        ("connect --demo URL", "error[shell::connect]"),
        ("connect --nonsense", "error[shell::connect]"),
        ("connect 'open", "error[shell::connect]"),
        ("connect ftp://127.0.0.1", "error[anki::"),
    ],
)
def test_the_old_side_stays_if_the_new_one_fails(shell: Terminal, line: str, said: str) -> None:
    shell.enter("let kept = 5")
    shell.enter(line.replace("URL", nowhere()))
    shell.wait(said)
    shell.enter("print $kept")
    shell.wait("\n5\n")
    shell.enter("connect")
    shell.wait("connected to the sample collection")


def test_a_macro_is_recorded_on_one_side(shell: Terminal) -> None:
    shell.enter("record both")
    shell.wait("both")
    shell.enter("connect --demo")
    shell.wait("error[shell::connect-recording]")
    shell.enter("print alive")
    shell.wait("\nalive\n")


def test_a_sample_collection_of_its_own(start: Start) -> None:
    with serving("--demo") as server:
        shell = start("--url", server.url, lines=40)
        shell.loaded()
        shell.enter("connect --demo")
        shell.wait("connected to the sample collection")
        shell.enter("find deck:Inbox | suspend")
        shell.wait("suspend: 22 cards")
        assert server.ask("findCards", query="deck:Inbox is:suspended") == []


def test_a_password_in_a_url_is_not_kept(start: Start, tmp_path: Path) -> None:
    shell = start(lines=40)
    shell.loaded()
    shell.enter("connect " + nowhere().replace("//", "//me:opensesame@"))
    shell.wait("error[anki::")
    shell.enter("print alive")
    shell.wait("\nalive\n")
    shell.press("ctrl-d")
    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert any(b"print alive" in each for each in written)
    assert all(b"opensesame" not in each for each in written)
