"""Decks: naming, making, filling, counting and deleting them."""

from __future__ import annotations

from ankish.catalog.actions.shapes import DECK_STATS
from ankish.catalog.actions.table import DESTRUCTIVE, READ, WRITE, Family, req
from ankish.catalog.model import Command
from ankish.catalog.types import BOOL, CARDS, DECK, INT, list_of, map_of

deck = Family("decks")

ACTIONS: tuple[Command, ...] = (
    deck(
        "deckNames",
        READ,
        "List the decks",
        result=list_of(DECK),
        examples=("deckNames",),
    ),
    deck(
        "deckNamesAndIds",
        READ,
        "List the decks with their ids",
        result=map_of(INT, "deck"),
        examples=("deckNamesAndIds",),
    ),
    deck(
        "deckNameFromId",
        READ,
        "Give the name of the deck with an id",
        req("deckId", INT, "the deck's id"),
        subject="deckId",
        result=DECK,
        quirk="AnkiConnect gives Default for an id that no deck has; that is an error here",
        examples=("deckNameFromId 1",),
    ),
    deck(
        "getDecks",
        READ,
        "Sort cards by the decks they are in",
        req("cards", CARDS, "the cards"),
        subject="cards",
        result=map_of(CARDS, "deck"),
        quirk="a card that does not exist is said to be in Default",
        examples=("find tag:leech | getDecks",),
    ),
    deck(
        "getDeckStats",
        READ,
        "Count what decks hold and what is to be studied today",
        req("decks", list_of(DECK), "the decks"),
        subject="decks",
        result=map_of(DECK_STATS),
        quirk="makes every deck that does not exist; the counts of new cards and reviews stop at "
        "the daily limits",
        examples=("getDeckStats [Spanish, Japanese]", "deckNames | getDeckStats"),
    ),
    deck(
        "createDeck",
        WRITE,
        "Make a deck, and its parents if they are missing",
        req("deck", DECK, "its full name, with :: between the parts", creates=True),
        subject="deck",
        result=INT,
        undo="deleteDecks, if it was not there before and holds nothing",
        quirk="an existing deck, also one in another case, is left as it is and gives its id; an "
        "empty part of the name becomes blank",
        examples=("createDeck Spanish::Adjectives",),
    ),
    deck(
        "changeDeck",
        WRITE,
        "Move cards to a deck",
        req("cards", CARDS, "the cards"),
        req("deck", DECK, "the deck that they go to"),
        subject="cards",
        hands_on=True,
        creates_decks=True,
        undo="changeDeck back to the deck that each card was in; a deck that was made for it is "
        "deleted",
        differs="a card that was in a filtered deck stays where it is, in a new deck too",
        quirk="makes the deck if it is missing, even for no cards; cards that do not exist are "
        "ignored; cards moved into a filtered deck are stranded when that is deleted",
        examples=(
            "find deck:Inbox | changeDeck Spanish::Verbs",
            "find tag:leech | changeDeck Difficult --create",
        ),
    ),
    deck(
        "deleteDecks",
        DESTRUCTIVE,
        "Delete decks with their subdecks and all their cards",
        req("decks", list_of(DECK), "the decks"),
        req("cardsToo", BOOL, "must be true: Anki keeps no cards without a deck"),
        subject="decks",
        undo="createDeck and setDeckConfigId, and for the notes what takes deleteNotes back",
        differs="all that differs after deleteNotes; the decks have other ids and no description, "
        "filtered decks don't come back, and neither do single cards of notes that have others "
        "elsewhere",
        quirk="notes that are left without cards go too; a name in another case deletes nothing; "
        "Default loses its cards but stays",
        examples=("deleteDecks [Geography] --cardsToo",),
    ),
)
