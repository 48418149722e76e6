"""Cuts what is to be sent into requests that Anki can take without standing still.

AnkiConnect reads a request in time that grows with the square of its size, with Anki's
window frozen (perf.md 4: 1 MB 64 ms, 2 MB 618 ms), and carries one out at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ankish.catalog.commands import COMMANDS
from ankish.catalog.traffic import (
    BESIDE,
    MOST_ITEMS,
    MOST_ITEMS_ELSE,
    PER_ITEM,
    PER_ITEM_ELSE,
    STILL,
)
from ankish.data import dataclass, field

BYTES = 250_000
"""How big a request may be; reading one takes some 15 ms."""
ACTIONS = 500
"""How many actions go in one request; looking them up takes 0.2 ms each (perf.md 1)."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An action ready to be sent."""

    action: str
    params: dict[str, Any]
    _size: int = field(default=0, repr=False, compare=False)

    @property
    def size(self) -> int:
        """About how many bytes it takes in a request."""
        if not self._size:  # it is wanted several times
            size = 60 + sum(map(_size, self.params.values()))
            object.__setattr__(self, "_size", size)
        return self._size

    @property
    def items(self) -> int:
        """How many cards or notes it is about; 1 if that can't be told."""
        lists = (len(value) for value in self.params.values() if isinstance(value, list))
        return max(lists, default=1) or 1


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _size(value: Any) -> int:
    if isinstance(value, list) and value and isinstance(value[0], int):
        return 15 * len(value)
    return len(_encode(value).encode())


def stored(outgoing: Outgoing) -> int:
    """How many bytes a file has that an action stores by its path; 0 if that can't be told."""
    path = outgoing.params.get("path") if outgoing.action == "storeMediaFile" else None
    try:
        return Path(path).stat().st_size if isinstance(path, str) else 0
    except (OSError, ValueError):
        return 0


def most_items(action: str) -> int:
    """How many ids an action takes at once."""
    in_time = int(STILL / PER_ITEM.get(action, PER_ITEM_ELSE))
    return min(in_time, MOST_ITEMS.get(action, MOST_ITEMS_ELSE))


def ids_of(outgoing: Outgoing) -> tuple[str, list[Any]] | None:
    """The parameter with the cards or notes that an action is over, and these; None without."""
    name = _over(outgoing.action)
    ids = outgoing.params.get(name) if name is not None else None
    return (name, ids) if name is not None and isinstance(ids, list) else None


@cache
def _over(action: str) -> str | None:
    """The parameter with the cards or notes that an action is over."""
    command = COMMANDS.get(action)
    subject = command.subject_param if command is not None else None
    if subject is None or subject.type.name not in ("cards", "notes"):
        return None
    return subject.name


def parts(outgoing: Outgoing) -> list[Outgoing]:
    """An action over many ids as several over fewer; one that can't be cut stays whole."""
    found = ids_of(outgoing)
    size = most_items(outgoing.action)
    if found is None or len(found[1]) <= size:
        return [outgoing]
    name, ids = found
    cut = {name: ids}
    for key, value in outgoing.params.items():
        if isinstance(value, list) and key != name:
            if key != BESIDE.get(outgoing.action) or len(value) != len(ids):
                return [outgoing]
            cut[key] = value
    return [
        Outgoing(
            outgoing.action,
            {**outgoing.params, **{key: all_[at : at + size] for key, all_ in cut.items()}},
        )
        for at in range(0, len(ids), size)
    ]


def joined(results: Sequence[Any]) -> Any:
    """The result of the whole from those of its parts.

    Lists and records are put together; of truth values, one that is true makes the whole
    true, as it is for `suspend`: something was done.
    """
    if len(results) == 1:
        return results[0]
    if all(isinstance(result, list) for result in results):
        return [item for result in results for item in result]
    if all(isinstance(result, dict) for result in results):
        return _merged(results)
    return any(results) if all(isinstance(result, bool) for result in results) else results[0]


def _merged(results: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Records as one; getDecks names a deck in several of them, with other cards each time."""
    merged: dict[str, Any] = {}
    for result in results:
        for key, value in result.items():
            both_lists = isinstance(value, list) and isinstance(merged.get(key), list)
            merged[key] = merged[key] + value if both_lists else value
    return merged
