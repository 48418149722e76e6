"""Taking back through AnkiConnect: notes that were deleted, with or without their decks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ankish.runtime.inverse.calls import call, first, judged, whole_name
from ankish.runtime.inverse.model import (
    UNSURE,
    Answers,
    Call,
    Done,
    Verdict,
)
from ankish.runtime.inverse.revival import DEFAULT, Lost, Revival

Params = dict[str, Any]


class DeletedNotes(Revival):
    """Of `deleteNotes`. The reads: the notes; their cards and reviews."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("notesInfo", notes=params["notes"])]

    def sought(self, params: Params, search: str, decks: Sequence[str]) -> list[Call] | None:
        """See `Inverse`."""
        return [call("notesInfo", query=search)]

    def seen(self, params: Params, found: Sequence[int], done: Done) -> list[Any] | None:
        """See `Inverse`."""
        infos = {info["noteId"]: info for info in done[0][1]}
        return [[infos.get(note, {}) for note in params["notes"]]]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        cards = [card for info in first(answers) or () if info for card in info["cards"]]
        return reads_of_cards(cards)

    def lost(self, params: Params, before: Answers, after: Answers | None) -> Lost:
        """See `Revival`."""
        return lost_notes(before, after, 0)

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if first(before) is None or first(after) is None:
            return Verdict(UNSURE)
        were = dict(zip(params["notes"], first(before), strict=True))
        are = dict(zip(params["notes"], first(after), strict=True))
        return judged(
            "note", params["notes"], lambda note: bool(were[note]), lambda note: not are[note]
        )


def reads_of_cards(cards: list[int]) -> list[Call]:
    """What has to be known of cards that are deleted."""
    if not cards:
        return []
    return [call("cardsInfo", cards=cards), call("getReviewsOfCards", cards=cards)]


def lost_notes(before: Answers, after: Answers | None, at: int) -> Lost:
    """What there was and is no more; `at` stand notesInfo, cardsInfo and getReviewsOfCards."""
    were, are = first(before, at) or [], first(after, at)
    now = are if are is not None else [{}] * len(were)
    notes = {was["noteId"]: was for was, note in zip(were, now, strict=True) if was and not note}
    cards = {
        card["cardId"]: card
        for card in first(before, at + 1) or ()
        if card and card["note"] in notes
    }
    return Lost(notes, cards, first(before, at + 2) or {})


class DeletedDecks(Revival):
    """Of `deleteDecks`.

    The reads: the decks; for each that is named, the notes and the cards in it and below; the
    presets of all decks that go; and then those of deleted notes.
    """

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        searches = [whole_name("deck", deck) for deck in params["decks"]]
        return [
            call("deckNames"),
            *(call("findNotes", query=search) for search in searches),
            *(call("findCards", query=search) for search in searches),
        ]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        if None in answers:
            return []
        names, count = answers[0], len(params["decks"])
        notes = list(dict.fromkeys(n for found in answers[1 : count + 1] for n in found))
        cards = list(dict.fromkeys(c for found in answers[count + 1 :] for c in found))
        return [
            *(call("getDeckConfig", deck=deck) for deck in _doomed(params, names)),
            call("notesInfo", notes=notes),
            *reads_of_cards(cards),
        ]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        names, now = first(before) or [], set(first(after) or ())
        calls = []
        for deck, preset in zip(
            _doomed(params, names), before[self._first(params) :], strict=False
        ):
            if deck not in now and preset and not preset.get("dyn"):
                calls.append(call("createDeck", deck=deck))
                calls.append(call("setDeckConfigId", decks=[deck], configId=preset["id"]))
        return [*calls, *super().undo(params, before, after, result)]

    def lost(self, params: Params, before: Answers, after: Answers | None) -> Lost:
        """See `Revival`."""
        at = self._first(params) + len(_doomed(params, first(before) or ()))
        return lost_notes(before, after, at)

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if first(before) is None or first(after) is None:
            return Verdict(UNSURE, noun="deck")
        were, are = set(first(before)), set(first(after))
        return judged(
            "deck",
            params["decks"],
            lambda deck: deck in were,
            lambda deck: deck not in are or deck == DEFAULT,
        )

    def _first(self, params: Params) -> int:
        """How many reads there are before the second request."""
        return 1 + 2 * len(params["decks"])


def _doomed(params: Params, names: Iterable[str]) -> list[str]:
    """The decks that go: those that are named, in their case, and all below them."""
    known = list(names)
    decks = [deck for deck in params["decks"] if deck in known]
    return [n for n in known if any(n == d or n.startswith(f"{d}::") for d in decks)]
