"""Taking back through AnkiConnect: presets of deck options.

AnkiConnect shows a preset only as that of a deck. So what no deck uses can't be looked at.
"""

from __future__ import annotations

from typing import Any

from ankish.runtime.inverse.calls import call, first, judged
from ankish.runtime.inverse.model import (
    DONE,
    NOT_DONE,
    UNSURE,
    Answers,
    Call,
    Done,
    Inverse,
    Verdict,
)

Params = dict[str, Any]

DEFAULT = 1
"""The id of the preset that can't be deleted."""


class OfAllDecks(Inverse):
    """For actions on a preset: the reads are the decks, and then the preset of each."""

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("deckNames")]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        return [call("getDeckConfig", deck=deck) for deck in first(answers) or ()]

    def using(self, answers: Answers | None, preset: int) -> dict[str, dict[str, Any]]:
        """By deck, the preset of that id, for the decks that use it."""
        names = first(answers) or ()
        found = zip(names, (answers or [])[1:], strict=False)
        return {
            deck: config
            for deck, config in found
            if config and not config.get("dyn") and config.get("id") == preset
        }


class Saving(OfAllDecks):
    """Of `saveDeckConfig`."""

    repeatable = True

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        number = int(params["config"]["id"])
        now = self.using(after, number)
        for deck, config in self.using(before, number).items():
            if config != now.get(deck):
                return [call("saveDeckConfig", config=config)]
        return []

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        return answered(result, "preset")


class Choice(Inverse):
    """Of `setDeckConfigId`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("getDeckConfig", deck=deck) for deck in params["decks"]]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        now = dict(zip(params["decks"], after or [], strict=False))
        wanted = int(params["configId"])
        back: dict[int, list[str]] = {}
        for deck, was in zip(params["decks"], before, strict=True):
            # A deck with a preset that does not exist is shown to have Default's.
            if (
                was
                and not was.get("dyn")
                and not was["id"] == (now.get(deck) or {}).get("id") == wanted
            ):
                back.setdefault(was["id"], []).append(deck)
        return [
            call("setDeckConfigId", decks=decks, configId=preset) for preset, decks in back.items()
        ]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`. A preset that does not exist gives true, and Default is used."""
        if after is None or None in after:
            return answered(result, "deck")
        were = dict(zip(params["decks"], before, strict=True))
        are = dict(zip(params["decks"], after, strict=True))
        wanted = int(params["configId"])
        return judged(
            "deck",
            params["decks"],
            lambda deck: bool(were[deck]),
            lambda deck: bool(are[deck]) and are[deck].get("id") == wanted,
            "there is no such preset",
        )


class Cloning(Inverse):
    """Of `cloneDeckConfigId`."""

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`: none, since a preset that no deck uses can't be looked at."""
        return []

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        return [call("removeDeckConfigId", configId=result)] if result else []

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        return answered(result, "preset")


class Removal(OfAllDecks):
    """Of `removeDeckConfigId`: a copy of Default takes its place, and is made like it."""

    repeatable = True

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        number = int(params["configId"])
        decks = self.using(before, number)
        if not decks or set(decks) <= set(self.using(after, number)):
            return []
        name = next(iter(decks.values()))["name"]
        return [call("cloneDeckConfigId", name=name, cloneFrom=DEFAULT)]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`."""
        if len(done) > 1:
            return []
        decks, new = self.using(before, int(params["configId"])), done[0][1]
        config = next(iter(decks.values()))
        return [
            call("saveDeckConfig", config={**config, "id": new}),
            call("setDeckConfigId", decks=list(decks), configId=new),
        ]

    def renamed(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[tuple[str, Any, Any]]:
        """See `Inverse`."""
        return [("preset", int(params["configId"]), done[0][1])]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        return answered(result, "preset")


def answered(result: Any, noun: str) -> Verdict:
    """The verdict where `false` is a refusal, and nothing else tells."""
    if result is None:
        return Verdict(UNSURE, noun=noun)
    return Verdict(NOT_DONE, 1, 0, noun) if result is False else Verdict(DONE, noun=noun)


INVERSES: dict[str, Inverse] = {
    "saveDeckConfig": Saving(),
    "setDeckConfigId": Choice(),
    "cloneDeckConfigId": Cloning(),
    "removeDeckConfigId": Removal(),
}
