"""What fits into a collection, as measured on Anki 26.09.3.

Anki's library takes more in places, and then keeps another number, or what its own
database check has to mend.
"""

from __future__ import annotations

from operator import index
from typing import Any

from ankish.anki.engine.registry import ActionError

INT32, INT64 = 2**31, 2**63

HIGHEST_POSITION = 1_000_000
"""The last place of a new card in the queue."""
HIGHEST_REVIEW_DAY = 100_000
"""The last day a review can be due, counted from the day the collection was made."""
HIGHEST_EASE = 65535
"""In permille; the ease is kept in 16 bits."""

CARD = {
    "id": (-INT64, INT64 - 1),
    "nid": (-INT64, INT64 - 1),
    "did": (-INT64, INT64 - 1),
    "odid": (-INT64, INT64 - 1),
    "ord": (0, 65535),
    "type": (0, 255),
    "queue": (-128, 127),
    "due": (-INT32, INT32 - 1),
    "odue": (-INT32, INT32 - 1),
    "ivl": (0, INT32 - 1),
    "factor": (0, HIGHEST_EASE),
    "reps": (0, INT32 - 1),
    "lapses": (0, INT32 - 1),
    "left": (0, INT32 - 1),
    "flags": (0, 255),
}
"""The columns of a card that can be set, and their least and greatest value.

Anki's library sets `mod` and `usn` itself, and does not know `data`.
"""

REVIEW = {
    "id": (-INT64, INT64 - 1),
    "cid": (-INT64, INT64 - 1),
    "usn": (-INT32, INT32 - 1),
    "ease": (0, 255),
    "ivl": (-INT32, INT32 - 1),
    "lastIvl": (-INT32, INT32 - 1),
    "factor": (0, 2 * INT32 - 1),
    "time": (0, INT32 - 1),
    "type": (0, 255),
}
"""The columns of the review log in their order, and their least and greatest value.

With a greater one Anki can neither show statistics nor export the deck.
"""


def in_range(value: Any, low: int, high: int) -> Any:
    """`value`, if it is a whole number from `low` to `high`.

    Raises `TypeError` or `ActionError` with the words of Anki's library.
    """
    if not low <= index(value) <= high:
        raise ActionError(f"Value out of range: {value}")
    return value
