"""How much work something is, counted and not timed: the same on any machine, however busy."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType


def work(do: Callable[[], object]) -> int:
    """How many calls of Python functions something takes.

    The garbage collector is off meanwhile: it calls functions when it likes.
    """
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before, collects = sys.getprofile(), gc.isenabled()
    gc.disable()
    sys.setprofile(called)
    try:
        do()
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()
    return count
