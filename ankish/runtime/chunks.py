"""Cuts what is to be sent into requests that Anki can take without standing still.

AnkiConnect reads a request in time that grows with the square of its size, with Anki's
window frozen (perf.md 4: 1 MB 64 ms, 2 MB 618 ms), and carries one out at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ankish.catalog.commands import COMMANDS
from ankish.data import dataclass

BYTES = 250_000
"""How big a request may be; reading one takes some 15 ms."""
ACTIONS = 500
"""How many actions go in one request; looking them up takes 0.2 ms each (perf.md 1)."""
WRITES = 100
"""How many writes go in one request: 1 to 2 ms each with Anki's window in the background, 4 with
it in front on a small collection (perf.md 3)."""

IDS: dict[str, int] = {"cardsInfo": 1000, "notesInfo": 5000}
"""How many ids an action takes at once, where measured: a quarter of a second's work."""
MANY = 10_000
"""How many ids others take at once: 10 to 30 µs each, and 150 KB."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An action ready to be sent."""

    action: str
    params: dict[str, Any]

    @property
    def size(self) -> int:
        """About how many bytes it takes in a request."""
        return 60 + sum(_size(value) for value in self.params.values())


def _size(value: Any) -> int:
    if isinstance(value, list) and value and isinstance(value[0], int):
        return 15 * len(value)
    return len(json.dumps(value, ensure_ascii=False).encode())


def parts(outgoing: Outgoing) -> list[Outgoing]:
    """An action over many ids as several over fewer; one that can't be cut stays whole."""
    command = COMMANDS.get(outgoing.action)
    subject = command.subject_param if command is not None else None
    if subject is None or subject.type.name not in ("cards", "notes"):
        return [outgoing]
    ids = outgoing.params.get(subject.name)
    size = IDS.get(outgoing.action, MANY)
    others = (value for name, value in outgoing.params.items() if name != subject.name)
    # A second list, such as the factors of setEaseFactors, goes with the ids one by one.
    alongside = any(isinstance(value, list) for value in others)
    if not isinstance(ids, list) or len(ids) <= size or alongside:
        return [outgoing]
    return [
        Outgoing(outgoing.action, {**outgoing.params, subject.name: ids[start : start + size]})
        for start in range(0, len(ids), size)
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


def requests(waiting: Sequence[Outgoing], changes: bool) -> Iterator[Sequence[Outgoing]]:
    """Actions in groups that go in one request each, in their order."""
    most = WRITES if changes else ACTIONS
    start = size = 0
    for index, outgoing in enumerate(waiting):
        size += outgoing.size
        if index > start and (size > BYTES or index - start >= most):
            yield waiting[start:index]
            start, size = index, outgoing.size
    if start < len(waiting):
        yield waiting[start:]
