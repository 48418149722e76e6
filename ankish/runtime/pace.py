"""How many actions go in one request, so that Anki's window never stands still for long.

What an action costs was measured, but a large collection, a window in front or an open
browser make some of them ten times slower. So each answer says how many go in the next
request.
"""

from __future__ import annotations

from collections.abc import Sequence

from ankish.catalog.traffic import (
    FIRST,
    LOOKUP,
    PER_CALL,
    PER_CALL_ELSE,
    PER_ITEM,
    PER_ITEM_ELSE,
    STILL,
    TICK,
    UNSURE,
)
from ankish.runtime.chunks import ACTIONS, BYTES, Outgoing, ids_of

FASTEST, SLOWEST = 1 / 8, 100.0
"""Between which factors of what was measured an Anki is believed to be."""
SLOW = 5.0
"""The factor from which writes are slow enough to say so: 10 ms a note."""


class Pace:
    """What is known of how fast this Anki is: a factor on the measured costs of each action."""

    def __init__(self) -> None:
        self._factors: dict[str, float] = {}

    def next(self, waiting: Sequence[Outgoing], start: int, first: int = FIRST) -> int:
        """Where the next request ends that begins at `start`: at least one action further on.

        `first` is how many go in it of those whose cost is not known yet.
        """
        seconds = size = 0.0
        unsure = 0
        for at in range(start, len(waiting)):
            outgoing = waiting[at]
            seconds += self._seconds(outgoing)
            size += outgoing.size
            unsure += outgoing.action in UNSURE and outgoing.action not in self._factors
            full = seconds > STILL or size > BYTES or unsure > first or at - start >= ACTIONS
            if full and at > start:
                return at
        return len(waiting)

    def took(self, sent: Sequence[Outgoing], seconds: float) -> None:
        """Learn from a request that took so many seconds, the wait for Anki included."""
        unsure = {each.action for each in sent if each.action in UNSURE}
        if not unsure:
            return
        expected = sum(map(self._seconds, sent))
        ratio = max(seconds - TICK / 2, 0.0) / expected
        for action in unsure:
            factor = self._factors.get(action, 1.0) * ratio
            self._factors[action] = min(max(factor, FASTEST), SLOWEST)

    def slow(self, action: str) -> float | None:
        """The seconds that one call takes, if that is much longer than it should be."""
        factor = self._factors.get(action, 1.0)
        return factor * PER_CALL[action] if factor >= SLOW else None

    def _seconds(self, outgoing: Outgoing) -> float:
        found = ids_of(outgoing)
        items = len(found[1]) if found is not None else 0
        work = PER_CALL.get(outgoing.action, PER_CALL_ELSE)
        work += items * PER_ITEM.get(outgoing.action, PER_ITEM_ELSE)
        return LOOKUP + work * self._factors.get(outgoing.action, 1.0)
