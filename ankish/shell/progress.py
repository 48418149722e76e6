"""How far a long piece of work is: how much of it is done, how fast, how long it will take."""

from __future__ import annotations

import sys
import time

from ankish.shell.telling import grey

SOON = 1.0
"""After how many seconds it is worth telling."""
OFTEN = 0.1
"""How many seconds lie between two drawings."""


class Progress:
    """A line that is drawn over, and gone when the work is done."""

    def __init__(self) -> None:
        self._begin = self._drawn = time.perf_counter()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Tell that so many of so many items are done."""
        now = time.perf_counter()
        if done == total or not sys.stderr.isatty():
            self.end()
        elif now - self._begin > SOON and now - self._drawn > OFTEN:
            self._drawn, self._shown = now, True
            sys.stderr.write(f"\r\x1b[K{grey(told(done, total, now - self._begin))}")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away; what comes next is a piece of work of its own."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        self._begin = self._drawn = time.perf_counter()
        self._shown = False


def told(done: int, total: int, seconds: float) -> str:
    """Progress in words."""
    rate = done / seconds
    left = (total - done) / rate if rate else 0.0
    speed = f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:.0f} a minute"
    return f"{done:,} of {total:,} · {speed} · {duration(left)} left"


def duration(seconds: float) -> str:
    """A length of time: `0.12 s`, `42 s`, `3 min 5 s`."""
    if seconds < 10:
        return f"{seconds:.2f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
