"""A sign of life while Anki takes its time, in the shell and on the command line."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from ankish.runtime import waiting
from ankish.runtime.waiting import Waiting
from ankish.shell.progress import Progress
from tests.support.engine import sample_engine
from tests.support.manners import Answer, Manners
from tests.support.terminal import Terminal
from tests.test_cli import ankish

Start = Callable[..., Terminal]
WORDS = "waiting for Anki · "


class Slow:
    """An Anki that does not answer a search of the tests before it may."""

    def __init__(self) -> None:
        self.may = Event()
        self.server = Manners(self._factory, tick=0)

    @contextmanager
    def _factory(self) -> Iterator[Answer]:
        with sample_engine()() as answer:

            def slowly(body: bytes) -> bytes:
                if b"deck:Inbox" in body:  # what is asked for the menu is answered
                    self.may.wait(60)
                return answer(body)

            yield slowly


@pytest.fixture
def slow() -> Iterator[Slow]:
    anki = Slow()
    with anki.server:
        yield anki
        anki.may.set()


def test_the_shell_tells_that_it_waits(start: Start, slow: Slow) -> None:
    shell = start("--url", slow.server.url)
    shell.wait("due")
    shell.enter("find deck:Inbox | count")
    shell.wait(f"{WORDS}1 s")
    shell.wait(f"{WORDS}3 s")
    slow.may.set()
    screen = shell.wait("\n22\n")
    assert "waiting" not in screen


def test_a_program_at_a_terminal_tells_it(slow: Slow, tmp_path: Path) -> None:
    line = ("--url", slow.server.url, "-c", "find deck:Inbox | count")
    with Terminal(*line, home=tmp_path) as program:
        program.wait(f"{WORDS}2 s")
        slow.may.set()
        assert program.ended() == 0
        assert program.text == "22"


def test_ctrl_c_still_stops_it(start: Start, slow: Slow) -> None:
    shell = start("--url", slow.server.url)
    shell.wait("due")
    shell.enter("find deck:Inbox | count")
    shell.wait(f"{WORDS}1 s")
    for _ in range(50):  # two at once may arrive as one
        shell.press("ctrl-c")
        for _ in range(10):
            shell.read(0.05)
        if "shell::left" in shell.text:
            break
    assert "shell::left" in shell.text
    slow.may.set()
    shell.enter("print alive")
    assert "waiting" not in shell.wait("\nalive\n").partition("alive\n")[2]


def test_nothing_is_told_to_a_file(slow: Slow) -> None:
    slow.may.set()
    run = ankish("--url", slow.server.url, "-c", "find deck:Inbox | count")
    assert (run.stdout, run.stderr) == ("22\n", "")


class Tty(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Tty:
    """An error stream, with a clock that has run for long, and no colours."""
    stream = Tty()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(waiting, "SOON", 0.0)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    return stream


def test_the_line_goes_when_the_answer_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    line = Waiting()
    line.tick()
    assert screen.getvalue() == "", "nothing is waited for"
    with line.during():
        line.tick()
    assert screen.getvalue() == f"\r\x1b[K{WORDS}0 s\r\x1b[K"
    line.tick()
    line.answered()
    assert screen.getvalue().count("\x1b[K") == 2


def test_what_was_counted_is_told_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    line = Progress()
    line(3, 10)
    line.sent()
    line.tick()
    assert "3 of 10 · " in screen.getvalue() and "left · waiting for 0 s" in screen.getvalue()
    line.answered()
    assert not screen.getvalue().endswith("\x1b[K"), "the counts stay"
    line(10, 10)
    assert screen.getvalue().endswith("\x1b[K")


def test_after_long_it_is_told_what_may_be_the_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setattr(waiting, "LONG", 0.0)
    line = Waiting()
    with line.during():
        line.tick()
    assert "is a dialog open in Anki?" in screen.getvalue()


def test_a_dumb_terminal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    line = Waiting()
    line.sent()
    line.tick()
    assert screen.getvalue() == ""
