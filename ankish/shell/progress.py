"""How far a long piece of work is: how much of it is done, how fast, how long it will take."""

from __future__ import annotations

import time

from ankish.runtime.waiting import SOON, Waiting, hint, is_shown, whole

OFTEN = 0.1
"""How many seconds lie between two drawings."""


class Progress(Waiting):
    """A line that is drawn over, and gone when the work is done.

    Where an answer takes long it tells that as well, with or without anything to count.
    """

    def __init__(self) -> None:
        super().__init__()
        self._begin = self._drawn = time.perf_counter()
        self._told: tuple[int, int] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Tell that so many of so many items are done."""
        if done == total:
            self.end()
            return
        with self._lock:
            now = time.perf_counter()
            self._told = done, total
            if now - self._begin > SOON and now - self._drawn > OFTEN and is_shown():
                self._drawn = now
                self._draw(told(done, total, now - self._begin))

    def answered(self) -> None:
        """See `Waiting.answered`. What was counted stays until the work is done."""
        with self._lock:
            self._since = None
            if self._told is None:
                self._clear()

    def end(self) -> None:
        """Take the line away; what comes next is a piece of work of its own."""
        with self._lock:
            self._clear()
            self._told = None
            self._begin = self._drawn = time.perf_counter()

    def _words(self, seconds: float) -> str:
        if self._told is None:
            return super()._words(seconds)
        now = time.perf_counter()
        return (
            f"{told(*self._told, now - self._begin)} · waiting for {whole(seconds)}{hint(seconds)}"
        )


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
