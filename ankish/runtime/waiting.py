"""A sign of life while an answer takes long: on a terminal, and gone when the answer is there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from ankish.diagnostics.palette import wants_colour

if TYPE_CHECKING:
    from ankish.anki.client import Client

SOON = 1.0
"""After how many seconds it is worth telling."""
LONG = 10.0
"""After how many seconds Anki may be held up by its user."""
OFTEN = 0.25
"""How many seconds lie between two looks whether something is to be told."""
HEAD = "\r\x1b[K"
"""Begins the line anew."""


class Waiting:
    """A line on the error stream that tells how long an answer has been waited for.

    One thread tells what is sent and answered, another one calls `tick`.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._since: float | None = None
        self._shown = False

    def sent(self) -> None:
        """Tell that something was asked."""
        self._since = time.perf_counter()

    def answered(self) -> None:
        """Tell that the answer is there: what comes next may be a result, so the line goes."""
        with self._lock:
            self._since = None
            self._clear()

    def tick(self) -> None:
        """Draw the line if the answer has been waited for long enough."""
        with self._lock:
            now = time.perf_counter()
            if self._since is not None and now - self._since >= SOON and is_shown():
                self._draw(self._words(now - self._since))

    @contextmanager
    def during(self) -> Iterator[None]:
        """While something is done that may take long."""
        self.sent()
        try:
            yield
        finally:
            self.answered()

    def _words(self, seconds: float) -> str:
        return f"waiting for Anki · {whole(seconds)}{hint(seconds)}"

    def _draw(self, text: str) -> None:
        self._shown = True
        line = f"\x1b[90m{text}\x1b[0m" if wants_colour(sys.stderr) else text
        sys.stderr.write(HEAD + line)
        sys.stderr.flush()

    def _clear(self) -> None:
        if self._shown:
            self._shown = False
            sys.stderr.write(HEAD)
            sys.stderr.flush()


class Watched(Waiting):
    """The same for a program that does nothing else meanwhile: a thread looks after the line."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = Event()
        Thread(target=self._watch, name="waiting", daemon=True).start()

    def sent(self) -> None:
        """See `Waiting.sent`."""
        super().sent()
        self._asked.set()

    def answered(self) -> None:
        """See `Waiting.answered`."""
        self._asked.clear()
        super().answered()

    def _watch(self) -> None:
        while self._asked.wait():
            time.sleep(OFTEN)
            self.tick()


def watched(client: Client, waiting: Waiting) -> Client:
    """The client, now telling what it sends and what is answered."""
    client.watcher = waiting
    return client


def is_shown() -> bool:
    """Whether there is somebody to look, at a terminal that can draw over a line."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def hint(seconds: float) -> str:
    """What may be the matter after such a time; empty at first."""
    return " · is a dialog open in Anki? Ctrl-C stops waiting" if seconds >= LONG else ""


def whole(seconds: float) -> str:
    """A length of time in whole seconds: `7 s`, `3 min 5 s`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
