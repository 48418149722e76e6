"""Where results go: to the terminal, what is longer than the screen through a pager."""

from __future__ import annotations

import io
import shutil
import sys

from ankish.shell.state import State
from ankish.shell.telling import say

LEAST_ROOM = 4
"""Lines that a pager needs to be of use; on a lower screen everything is written."""


class Screen(io.TextIOBase):
    """The standard output, but that a text longer than the screen is shown page by page."""

    def __init__(self, state: State) -> None:
        self._state = state

    def write(self, text: str) -> int:
        """Show a text. Called in the worker's thread; a pager runs in the one that waits."""
        if not is_long(self._state, text):
            return sys.stdout.write(text)

        def paged() -> bool:
            page(self._state, text)
            return True

        self._state.worker.ask(paged, False)
        return len(text)

    def flush(self) -> None:
        """See `TextIOBase`."""
        sys.stdout.flush()


def show(state: State, text: str) -> None:
    """Show lines of the shell's own: page by page if they are longer than the screen."""
    if is_long(state, f"{text}\n"):
        page(state, f"{text}\n")
    else:
        say(text)


def page(state: State, text: str) -> None:
    """Show a text page by page."""
    from ankish.shell import pager

    sys.stdout.flush()
    pager.page(text, state.settings.pager)


def is_long(state: State, text: str) -> bool:
    """Whether a text is to be shown page by page."""
    if state.settings.pager == "off" or not (sys.stdout.isatty() and sys.stdin.isatty()):
        return False
    from ankish.runtime.pictures import BEGINS
    from ankish.shell.plain import is_dumb

    if any(mark in text for mark in BEGINS):  # pagers would show it as letters
        return False
    room = shutil.get_terminal_size().lines - 1
    return not is_dumb() and room >= LEAST_ROOM and text.count("\n", 0, 1_000_000) > room
