"""Decks: names, cards in them, counts; making, filling and deleting them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.change import one_change
from ankish.anki.engine.limits import INT64
from ankish.anki.engine.lookup import column, loose_ids, spelled_number
from ankish.anki.engine.registry import ActionError, action, plain_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.decks import DeckId, DeckTreeNode

DEFAULT_DECK = 1

NO_DELETING_WITHOUT_CARDS = (
    "Since Anki 2.1.28 it's not possible to delete decks without deleting cards as well"
)


@action
def deckNames(session: Session) -> list[str]:
    """The names of all decks, in Anki's order."""
    return list(deckNamesAndIds(session))


@action
def deckNamesAndIds(session: Session) -> dict[str, int]:
    """The ids of all decks by name, in Anki's order."""
    return {deck.name: deck.id for deck in session.col.decks.all_names_and_ids()}


@action
def deckNameFromId(session: Session, deckId: DeckId | str) -> str:
    """The name of a deck; "Default" if there is none of that id (recorded exchange 68)."""
    deck = session.col.decks.get(deckId)
    assert deck is not None, "the default deck always exists"
    return str(deck["name"])


@plain_action
def getDecks(session: Session, cards: list[int]) -> dict[str, list[int]]:
    """The given cards by deck; unknown ones are in "Default" (recorded exchange 508)."""
    ids = [spelled_number(card) for card in cards]
    decks = column(session.col, "did", [card for card in ids if card is not None])
    names = {deck: name for name, deck in deckNamesAndIds(session).items()}
    found: dict[str, list[int]] = {}
    for given, card in zip(cards, ids, strict=True):
        deck = decks.get(card, DEFAULT_DECK) if card is not None else DEFAULT_DECK
        found.setdefault(names.get(deck, names[DEFAULT_DECK]), []).append(given)
    return found


@action
def createDeck(session: Session, deck: str) -> DeckId:
    """Make a deck and its parents, unless it exists; its id.

    An empty name makes a deck named `blank` (recorded exchange 52).
    """
    return deck_id(session, deck)


@action
def changeDeck(session: Session, cards: list[CardId], deck: str) -> None:
    """Move cards to a deck, which is made if need be; cards that don't exist are passed over."""
    # A card is named once for Anki's library, and by what can be the id of one.
    ids = [card for card in dict.fromkeys(loose_ids(cards)) if -INT64 <= card < INT64]
    there = session.col.decks.id(deck, create=False)
    with one_change(session, steps=1 if there else 2):
        session.col.set_deck(ids, there or deck_id(session, deck))


@action
def deleteDecks(session: Session, decks: list[str], cardsToo: bool = False) -> None:
    """Delete decks with their subdecks and cards; names that don't exist are passed over.

    The default deck itself stays, without its cards (recorded exchanges 540-542).
    """
    if not cardsToo:
        raise ActionError(NO_DELETING_WITHOUT_CARDS)
    ids = deckNamesAndIds(session)
    doomed = [ids[deck] for deck in decks if isinstance(deck, str) and deck in ids]
    session.col.decks.remove(doomed)  # type: ignore[arg-type]


@action
def getDeckStats(session: Session, decks: list[str]) -> dict[int, dict[str, Any]]:
    """Today's counts of decks, by deck id; a deck that does not exist is made.

    The counts take the daily limits into account and, but for `total_in_deck`,
    include the subdecks. `name` is the last part of the deck's name.
    """
    wanted = {deck_id(session, deck) for deck in decks}
    nodes = _descendants(session.col.sched.deck_due_tree())
    return {node.deck_id: _counts(node) for node in nodes if node.deck_id in wanted}


def _descendants(node: DeckTreeNode) -> Iterator[DeckTreeNode]:
    for child in node.children:
        yield child
        yield from _descendants(child)


def _counts(node: DeckTreeNode) -> dict[str, Any]:
    return {
        "deck_id": node.deck_id,
        "name": node.name,
        "new_count": node.new_count,
        "learn_count": node.learn_count,
        "review_count": node.review_count,
        "total_in_deck": node.total_in_deck,
    }


def deck_id(session: Session, name: str) -> DeckId:
    """The id of the deck of that name, in any case; it is made if there is none."""
    found = session.col.decks.id(name)
    assert found is not None
    return found
