"""Ctrl-C in a program that is no shell: it stops between two requests, never inside one."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from ankish.diagnostics.kinds import shell as kinds

WAITING = "\nstopping when Anki has answered; Ctrl-C again stops at once\n"


@contextmanager
def between_requests() -> Iterator[Callable[[], None]]:
    """A check for before each request: it raises `AnkishError` after Ctrl-C.

    It does so once, so that what an `atomic` has to take back can still be sent. The second
    Ctrl-C stops at once; what became of the request at hand is then for `resume` to find out.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None  # signals are for the main thread
        return
    state = {"asked": False, "requests": 0}

    def handle(number: int, frame: FrameType | None) -> None:
        if state["asked"]:
            raise KeyboardInterrupt
        state["asked"] = True
        sys.stderr.write(WAITING)

    def check() -> None:
        if state["asked"]:
            state["asked"] = False
            raise kinds.STOPPED.error(requests=state["requests"])
        state["requests"] += 1

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, before)
