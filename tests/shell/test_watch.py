"""`watch`: a line again and again, until Ctrl-C."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from tests.support.serving import serving
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


def test_a_line_is_looked_at_again_and_again(start: Start) -> None:
    with serving("--demo") as server:
        shell = start("--url", server.url)
        shell.loaded()
        shell.enter("watch 0.3 find is:due | count")
        screen = shell.wait(lambda screen: re.search(r"every 0.3 s.*\n121\b", screen) is not None)
        assert re.match(r"\d\d:\d\d:\d\d · every 0.3 s · Ctrl-C stops", screen)
        other = Client(HttpTransport(server.url))
        cards = other.invoke("findCards", {"query": "is:due"})
        other.invoke("suspend", {"cards": cards[:21]})
        shell.wait(lambda screen: re.search(r"every 0.3 s.*\n100\b", screen) is not None)
        assert "121" not in shell.text  # each look takes the place of the one before
        shell.press("ctrl-c")
        shell.wait(lambda screen: "ankish>" in screen)
        shell.enter("print alive")
        shell.wait("\nalive\n")
        other.close()


@pytest.mark.parametrize("line", ["find tag:leech | suspend", "find is:due | save due.csv"])
def test_what_changes_something_is_not_watched(shell: Terminal, line: str) -> None:
    shell.enter(f"watch {line}")
    shell.wait("error[shell::watch-writes]")
    shell.press("ctrl-l")
    shell.wait(lambda screen: screen.startswith("ankish>") and "watch" not in screen)
    shell.enter("find tag:leech is:suspended | count")
    shell.wait("\n13\n")


def test_what_is_watched_is_completed_and_checked(shell: Terminal) -> None:
    shell.type("watch 5 find deck:Jap")
    shell.wait("Japanese::N3")
    shell.press("ctrl-c")
    shell.enter("watch")
    shell.wait("error[shell::watch]")
    shell.enter("watch find deck:Spanish | nosuch")
    shell.wait("error[name::command]")
