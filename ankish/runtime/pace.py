"""How many actions go in one request, so that Anki's window never stands still for long.

What an action costs was measured, but a large collection, a window in front or an open
browser make some of them ten times slower. So each answer says how many go in the next
request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ankish.catalog.traffic import (
    FIRST,
    GUESSED,
    LASTING,
    LOOKUP,
    MOST_FILES,
    PER_BYTE_OF_FILE,
    PER_CALL,
    PER_CALL_ELSE,
    PER_ITEM,
    PER_ITEM_ELSE,
    SLOW_TERMS,
    SPARED,
    STILL,
    TICK,
    UNSURE,
)
from ankish.runtime.chunks import ACTIONS, BYTES, Outgoing, ids_of, stored

FASTEST, SLOWEST = 1 / 8, 100.0
"""Between which factors of what was measured an Anki is believed to be."""
SLOW = 5.0
"""The factor from which writes are slow enough to say so: 10 ms a note."""


ENOUGH = 10
"""How many actions in a request tell how long one takes; one alone may have had to wait."""


class Pace:
    """What is known of how fast this Anki is: a factor on the measured costs of each action."""

    def __init__(
        self, remembered: Callable[[], Mapping[str, float]] = dict, beside: str = ""
    ) -> None:
        """`remembered` gives the factors of some `LASTING` actions that were found earlier. It is
        asked where more of these are waiting than would go in a first request without.

        `beside` says what else goes in the requests, such as the looks of a journal: the factors
        of then are not those of requests without.
        """
        self._factors: dict[str, float] = {}
        self._guessed: set[str] = set()
        """The actions whose factor is only remembered."""
        self._measured: set[str] = set()
        """The actions whose factor is worth remembering."""
        self._remembered = remembered
        self._beside = f" {beside}" if beside else ""
        self._asked = False

    def next(self, waiting: Sequence[Outgoing], start: int, first: int = FIRST) -> int:
        """Where the next request ends that begins at `start`: at least one action further on.

        `first` is how many go in it of those whose cost is not known yet.
        """
        seconds = size = 0.0
        unsure = guessed = 0
        late = 0  # where Anki has stood still for long enough, if some more come after that
        if len(waiting) - start > first and waiting[start].action in LASTING:
            self._recall()
        for at in range(start, len(waiting)):
            outgoing = waiting[at]
            seconds += self._seconds(outgoing)
            size += outgoing.size
            if outgoing.action in self._guessed and not _slow(outgoing):
                guessed += 1
            elif outgoing.action in UNSURE:
                unsure += outgoing.action not in self._factors or outgoing.action in self._guessed
            most = MOST_FILES if outgoing.action == "storeMediaFile" else ACTIONS
            many = unsure > first or guessed > GUESSED or at - start >= most
            if at > start and (size > BYTES or many or seconds > STILL * SPARED):
                return late or at
            if at > start and seconds > STILL:
                late = late or at
        return len(waiting)

    def took(self, sent: Sequence[Outgoing], seconds: float) -> None:
        """Learn from a request that took so many seconds, the wait for Anki included."""
        unsure = Counter(each.action for each in sent if each.action in UNSURE)
        if not unsure:
            return
        expected = sum(map(self._seconds, sent))
        ratio = max(seconds - TICK / 2, 0.0) / expected
        for action, many in unsure.items():
            factor = self._factors.get(action, 1.0) * ratio
            self._factors[action] = min(max(factor, FASTEST), SLOWEST)
            self._guessed.discard(action)
            if many >= ENOUGH and action in LASTING:
                self._measured.add(action)

    def _recall(self) -> None:
        """Learn what is remembered."""
        if not self._asked:
            self._asked = True
            kept = self._remembered()
            for action in LASTING - self._factors.keys():
                if (factor := kept.get(action + self._beside)) is not None:
                    self._factors[action] = min(max(factor, FASTEST), SLOWEST)
                    self._guessed.add(action)

    def lasting(self) -> dict[str, float]:
        """The factors that are worth remembering."""
        return {
            action + self._beside: round(self._factors[action], 2)
            for action in sorted(self._measured)
        }

    def slow(self, action: str) -> float | None:
        """The seconds that one call takes, if that is much longer than it should be."""
        factor = self._factors.get(action, 1.0)
        return factor * PER_CALL[action] if factor >= SLOW else None

    def _seconds(self, outgoing: Outgoing) -> float:
        found = ids_of(outgoing)
        items = len(found[1]) if found is not None else 0
        work = PER_CALL.get(outgoing.action, PER_CALL_ELSE)
        work += items * PER_ITEM.get(outgoing.action, PER_ITEM_ELSE)
        work += stored(outgoing) * PER_BYTE_OF_FILE
        return LOOKUP + work * self._factors.get(outgoing.action, 1.0)


def _slow(outgoing: Outgoing) -> bool:
    """Whether a search has a term that takes much longer than others."""
    query = outgoing.params.get("query")
    return isinstance(query, str) and any(term in query for term in SLOW_TERMS)
