"""Ids that have changed: a note that was deleted and made again has another one.

A note and its first card usually have the same number, so that what a number is has to be
known from where it stands: from the key, from the parameter's type, from the read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ankish.catalog.commands import COMMANDS
from ankish.runtime.chunks import Outgoing

KINDS = {
    **dict.fromkeys(("note", "notes", "noteId", "nid", "findNotes", "cardsToNotes"), "note"),
    **dict.fromkeys(("addNote", "addNotes", "noteIds"), "note"),
    **dict.fromkeys(("card", "cards", "cardId", "cid", "cardIds", "findCards", "source"), "card"),
    **dict.fromkeys(("getReviewsOfCards", "target"), "card"),
}
"""What stands under a key, or what an action answers."""

_IN_SEARCH = re.compile(r"\b(nid|cid):(\d+(?:,\d+)*)")


Renamed = tuple[str, Any, Any]
"""What has another id: its kind (`note`, `card`, ...), the old one and the new one."""


class Renumbering:
    """Which ids, as they were at some time, have become which others since.

    An id that has gone can be that of another note or card later: Anki takes the millisecond. So
    what came to be at once is taken in at once.
    """

    def __init__(self, renamed: Iterable[Iterable[Renamed]] = ()) -> None:
        """`renamed` is what came to be since, in its order."""
        self._new: dict[tuple[str, Any], Any] = {}
        for each in renamed:
            self.add(each)

    def add(self, renamed: Iterable[Renamed]) -> None:
        """Take in what came to be at once, later than what is known so far."""
        self._new = composed(self._new, renamed)

    def all(self) -> list[Renamed]:
        """All that it knows."""
        return [(kind, old, new) for (kind, old), new in self._new.items()]

    def call(self, call: Outgoing) -> Outgoing:
        """An action with the ids of now."""
        return Outgoing(call.action, self.params(call.action, call.params))

    def params(self, action: str, params: dict[str, Any]) -> dict[str, Any]:
        """The parameters of an action with the ids of now."""
        if not self._new:
            return params
        command = COMMANDS.get(action)
        types = {p.name: p.type.name for p in command.params} if command is not None else {}
        return {
            name: self._within(value, KINDS.get(types.get(name, "")) or KINDS.get(name))
            for name, value in params.items()
        }

    def answer(self, action: str, answer: Any) -> Any:
        """What an action has answered, with the ids of now."""
        if not self._new:
            return answer
        if action == "getDecks" and isinstance(answer, dict):  # cards, by the names of decks
            return {deck: self._within(cards, "card") for deck, cards in answer.items()}
        return self._within(answer, KINDS.get(action))

    def _within(self, value: Any, kind: str | None) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, int):
            return self._new.get((kind, value), value) if kind else value
        if isinstance(value, str):
            return _IN_SEARCH.sub(self._searched, value)
        if isinstance(value, list):
            return [self._within(each, kind) for each in value]
        if isinstance(value, dict):
            return {
                self._key(key, kind): self._within(
                    each, kind if key == "id" else KINDS.get(key, kind if key.isdigit() else None)
                )
                for key, each in value.items()
            }
        return value

    def _key(self, key: str, kind: str | None) -> str:
        return str(self._new.get((kind, int(key)), key)) if kind and key.isdigit() else key

    def _searched(self, found: re.Match[str]) -> str:
        kind = KINDS[found[1]]
        ids = (str(self._new.get((kind, int(each)), each)) for each in found[2].split(","))
        return f"{found[1]}:{','.join(ids)}"


def composed(
    known: Mapping[tuple[str, Any], Any], renamed: Iterable[Renamed]
) -> dict[tuple[str, Any], Any]:
    """New ids by kind and old id: those that are known, and then what came to be at once."""
    later = {(kind, old): new for kind, old, new in renamed}
    found = {key: later.get((key[0], value), value) for key, value in known.items()}
    return {**later, **found}
