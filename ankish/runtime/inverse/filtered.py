"""Taking back in the embedded engine: filtered decks, whose cards Anki itself sends home."""

from __future__ import annotations

from typing import Any

from ankish.runtime.inverse.calls import call, first
from ankish.runtime.inverse.model import DONE, NOT_DONE, Answers, Call, Inverse, Verdict
from ankish.runtime.inverse.state import Params, StateInverse, put_back


class FilteredCreation(Inverse):
    """Of `createFilteredDeck`: the deck goes, and the decks above it that were made for it."""

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("getState", what={"decks": [params["deck"]]})]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        target = (first(before) or {}).get("decks", {})
        now = (first(after) or {}).get("decks", {})
        made = {number: deck for number, deck in now.items() if number not in target}
        filtered = [deck["name"] for deck in made.values() if deck["dyn"]]
        above = [int(number) for number, deck in made.items() if not deck["dyn"]]
        deleted = [call("deleteDecks", decks=filtered, cardsToo=True)] if filtered else []
        return [*deleted, *put_back({}, {"decks": above})]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if first(after) is None:
            return super().verdict(params, before, after, result)
        names = {deck["name"].casefold() for deck in first(after)["decks"].values()}
        done = params["deck"].casefold() in names
        return Verdict(DONE if done else NOT_DONE, 1, int(done), "deck")


class Refill(StateInverse):
    """Of `rebuildFilteredDeck`: all go home, and those that were in it come back."""

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        # What it has fetched has to go home first: those cards are in no state of before.
        target = (before[-1] or {}) if before else {}
        cards = target.get("cards", {})
        emptied = call("emptyFilteredDeck", deck=params["deck"])
        return [emptied, *put_back({"cards": cards}, {})]
