"""Taking back through AnkiConnect: decks and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ankish.runtime.inverse.calls import (
    call,
    first,
    judged,
    literal,
    whole_name,
    with_ids,
    within,
)
from ankish.runtime.inverse.deleted import DeletedDecks
from ankish.runtime.inverse.model import (
    DONE,
    NOT_DONE,
    UNKNOWN,
    UNSURE,
    Answers,
    Call,
    Done,
    Inverse,
    Verdict,
)
from ankish.syntax.search.escape import quoted

Params = dict[str, Any]


class DeckCreation(Inverse):
    """Of `createDeck`: the decks that it has made go, as long as they hold nothing."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("deckNames")]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        return looks_into(new_decks(before, after, 0))

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`."""
        return deletions(before, after, 0, done)

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if first(after) is None:
            return Verdict(UNSURE if result is None else DONE, noun="deck")
        names = {name.casefold() for name in first(after)}
        done = result is not None or params["deck"].casefold() in names
        return Verdict(DONE if done else NOT_DONE, 1, int(done), "deck")


def new_decks(before: Answers, after: Answers | None, at: int) -> list[str]:
    """Decks that are to go, the lower ones first; one with another below that stays is kept."""
    stay, now = set(first(before, at) or ()), first(after, at) or ()
    going = [deck for deck in now if deck not in stay]
    return sorted(
        (deck for deck in going if not any(s.startswith(f"{deck}::") for s in stay)), reverse=True
    )


def looks_into(decks: Iterable[str]) -> list[Call]:
    """Whether decks hold cards: that may be changed until they are asked."""
    return [call("findCards", query=whole_name("deck", deck)) for deck in decks]


def deletions(before: Answers, after: Answers | None, at: int, done: Done) -> list[Call]:
    """Deletes the new decks that `looks_into` has found to be empty."""
    if any(each.action == "deleteDecks" for each, _ in done):
        return []
    empty = {
        each.params["query"] for each, cards in done if each.action == "findCards" and not cards
    }
    decks = [deck for deck in new_decks(before, after, at) if whole_name("deck", deck) in empty]
    return [call("deleteDecks", decks=decks, cardsToo=True)] if decks else []


FEW = 8
"""So many decks are searched for cards, rather than asking where these are once they are known."""


def only_in(deck: str) -> str:
    """A search for the cards of a deck: not of those below it, nor at home in it and elsewhere."""
    below = f"-{quoted('deck', literal(deck) + '::*')}"
    return f"{whole_name('deck', deck)} {below} -deck:filtered"


class Moving(Inverse):
    """Of `changeDeck`. Reads: the decks of the cards, all decks, and which cards there are."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        cards = params["cards"]
        return [
            call("getDecks", cards=cards),
            call("deckNames"),
            call("findCards", query=with_ids("cid", cards)),
        ]

    def sought(self, params: Params, search: str, decks: Sequence[str]) -> list[Call] | None:
        """See `Inverse`: each deck that the search may look into is searched by itself, if these
        are few. Else only the ids of the cards can tell where they are.
        """
        if len(decks) > FEW:
            from ankish.syntax.search.scope import decks_of  # nobody else has a use for it

            decks = decks_of(search, decks)
        few = decks if len(decks) <= FEW else ()
        inside = [within(only_in(deck), search) for deck in few]
        return [call("deckNames"), *(call("findCards", query=query) for query in inside)]

    def seen(self, params: Params, found: Sequence[int], done: Done) -> list[Any] | None:
        """See `Inverse`."""
        (_, names), *inside = done
        wanted = set(params["cards"])
        by_search = {read.params["query"]: wanted.intersection(cards) for read, cards in inside}
        decks = {
            deck: sorted(cards)
            for deck in names
            for query, cards in by_search.items()
            if cards and f"{query} ".startswith(f"{only_in(deck)} ")
        }
        told = len(wanted) == len(params["cards"]) == sum(map(len, decks.values()))
        there = sorted(wanted.intersection(found))
        return [decks if told else UNKNOWN, names, there]

    def brief(self, params: Params, before: Answers) -> list[Call] | None:
        """See `Inverse`: a card that the deck holds is there."""
        inside = f"{only_in(params['deck'])} {with_ids('cid', params['cards'])}"
        return [call("deckNames"), call("findCards", query=inside)]

    def told(self, params: Params, before: Answers, answers: Answers) -> list[Any] | None:
        """See `Inverse`."""
        if None in answers:
            return None
        names, inside = answers
        named = [each for each in names if each.casefold() == params["deck"].casefold()]
        if len(named) != 1 or set(inside) != set(params["cards"]):
            return None
        return [{named[0]: params["cards"]}, names, inside]

    def expected(self, params: Params, before: Answers) -> list[Any] | None:
        """See `Inverse`."""
        if None in before:
            return None
        decks, names, there = before
        left = {deck: [c for c in cards if c not in there] for deck, cards in decks.items()}
        kept = {deck: cards for deck, cards in left.items() if cards}
        named = names if params["deck"] in names else [*names, params["deck"]]
        return [{**kept, params["deck"]: list(there)}, named, there]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`: first, which of the decks are filtered; no card can be put into one."""
        decks = dict.fromkeys(_back(before, after).values())
        if not decks:
            return looks_into(new_decks(before, after, 1))
        return [call("getDeckConfig", deck=deck) for deck in decks]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`."""
        asked = {each.action for each, _ in done}
        if "findCards" in asked or "changeDeck" in asked:
            return deletions(before, after, 1, done)
        filtered = {
            each.params["deck"]
            for each, config in done
            if each.action == "getDeckConfig" and config and config.get("dyn")
        }
        moves: dict[str, list[int]] = {}
        for card, deck in _back(before, after).items():
            if deck not in filtered:
                moves.setdefault(deck, []).append(card)
        calls = [call("changeDeck", cards=cards, deck=deck) for deck, cards in moves.items()]
        return [*calls, *looks_into(new_decks(before, after, 1))]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        there, now = first(before, 2), first(after)
        if there is None or now is None:
            return Verdict(UNSURE, noun="card")
        name = params["deck"].casefold()
        inside = {card for deck, cards in now.items() if deck.casefold() == name for card in cards}
        known = set(there)
        return judged("card", params["cards"], known.__contains__, inside.__contains__)


def _back(before: Answers, after: Answers | None) -> dict[int, str]:
    """The deck that each card is to go back to. Cards that do not exist are said to be in
    Default, before and after.
    """
    now = {card: deck for deck, cards in (first(after) or {}).items() for card in cards}
    return {
        card: deck
        for deck, cards in (first(before) or {}).items()
        for card in cards
        if now.get(card) != deck
    }


INVERSES: dict[str, Inverse] = {
    "createDeck": DeckCreation(),
    "changeDeck": Moving(),
    "deleteDecks": DeletedDecks(),
}
