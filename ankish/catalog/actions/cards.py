"""Cards: finding, reading, suspending and scheduling them."""

from __future__ import annotations

from ankish.catalog.actions.shapes import ANSWER, CARD_INFO, CARD_MOD, COLUMNS
from ankish.catalog.actions.table import DESTRUCTIVE, READ, WRITE, Family, opt, req
from ankish.catalog.model import Command
from ankish.catalog.types import (
    ANY,
    BOOL,
    CARD,
    CARDS,
    DUE_DAYS,
    INT,
    NOTES,
    QUERY,
    int_from,
    list_of,
    one_of,
)

card = Family("cards")
THE_CARDS = req("cards", CARDS, "the cards")

ACTIONS: tuple[Command, ...] = (
    card(
        "findCards",
        READ,
        "Find the cards that match a search",
        opt("query", QUERY, "what to look for; everything if it is empty"),
        subject="query",
        result=CARDS,
        quirk="without a query it finds nothing",
        examples=("findCards deck:Spanish", 'findCards "is:due -tag:leech" | count'),
    ),
    card(
        "cardsInfo",
        READ,
        "Show all there is to know about cards, both sides rendered",
        THE_CARDS,
        subject="cards",
        result=list_of(CARD_INFO),
        quirk="a card that does not exist gives an empty record",
        examples=("find deck:Inbox | cardsInfo | select cardId, deckName, interval",),
    ),
    card(
        "cardsModTime",
        READ,
        "Tell when cards were last changed",
        THE_CARDS,
        subject="cards",
        result=list_of(CARD_MOD),
        quirk="a card that does not exist gives an empty record",
        examples=("find deck:Inbox | cardsModTime",),
    ),
    card(
        "cardsToNotes",
        READ,
        "Give the notes that cards belong to, each of them once",
        THE_CARDS,
        subject="cards",
        result=NOTES,
        quirk="cards that do not exist are left out, and the order is not that of the cards",
        examples=("findCards tag:leech | cardsToNotes",),
    ),
    card(
        "suspended",
        READ,
        "Tell whether a card is suspended",
        req("card", CARD, "the card"),
        subject="card",
        result=BOOL,
        examples=("findCards deck:Spanish | first | suspended",),
    ),
    card(
        "areSuspended",
        READ,
        "Tell of each card whether it is suspended",
        THE_CARDS,
        subject="cards",
        result=list_of(BOOL),
        quirk="a card that does not exist gives null",
        examples=("find tag:leech | areSuspended",),
    ),
    card(
        "areDue",
        READ,
        "Tell of each card whether it is due",
        THE_CARDS,
        subject="cards",
        result=list_of(BOOL),
        quirk="of a card that does not exist, or that is not new but was never answered, nothing "
        "is told: null (AnkiConnect refuses all of them)",
        examples=("find deck:Spanish | areDue",),
    ),
    card(
        "getIntervals",
        READ,
        "Give the latest interval of each card, in days, or in seconds if negative",
        THE_CARDS,
        opt("complete", BOOL, "give a list of all its intervals for each card", False),
        subject="cards",
        result=list_of(ANY),
        quirk="a new card gives 0; of one that does not exist, or that is not new but was never "
        "answered, nothing is told: null (AnkiConnect refuses all of them)",
        examples=(
            "find deck:Spanish | getIntervals",
            "find deck:Spanish | getIntervals --complete",
        ),
    ),
    card(
        "getEaseFactors",
        READ,
        "Give the ease of each card, in permille",
        THE_CARDS,
        subject="cards",
        result=list_of(INT),
        quirk="a card that does not exist gives null",
        examples=("find deck:Spanish | getEaseFactors",),
    ),
    card(
        "setEaseFactors",
        WRITE,
        "Set the ease of each card",
        THE_CARDS,
        req("easeFactors", list_of(int_from(0)), "an ease for each card, in permille"),
        subject="cards",
        result=list_of(BOOL),
        hands_on=True,
        undo="setEaseFactors with the earlier ease of each card",
        quirk="gives true or false for each card, false for one that does not exist; with fewer "
        "eases than cards it fails",
        examples=("findCards deck:Spanish | first 2 | setEaseFactors [2500, 2100]",),
    ),
    card(
        "setSpecificValueOfCard",
        DESTRUCTIVE,
        "Set columns of a card in Anki's database, whatever they then say",
        req("card", CARD, "the card"),
        req("keys", list_of(one_of(*COLUMNS)), "the columns"),
        req("newValues", list_of(INT), "a value for each column"),
        opt(
            "warning_check",
            BOOL,
            "needed for all columns but due, factor and flags",
            False,
        ),
        subject="card",
        result=list_of(ANY),
        undo="setSpecificValueOfCard with the earlier values",
        differs="odue, odid and mod are not shown to anybody, and stay",
        false_means="the lists differ in length, or a column needs warning_check=true",
        quirk="a value that makes no sense (nid, did, ord) leaves a card that can't be read, and "
        "a note without cards fails every notesInfo that asks for it",
        examples=("findCards deck:Inbox | first | setSpecificValueOfCard [flags] [1]",),
    ),
    card(
        "suspend",
        WRITE,
        "Suspend cards: they are not shown until they are unsuspended",
        THE_CARDS,
        opt("suspend", BOOL, "false unsuspends them", True),
        subject="cards",
        result=BOOL,
        hands_on=True,
        undo="unsuspend the cards that were not suspended before",
        differs="a card that was buried is not buried any more",
        quirk="one card that does not exist fails the whole request; the result can be true even "
        "if all of them were suspended already",
        examples=('find "tag:leech -is:suspended" | suspend',),
    ),
    card(
        "unsuspend",
        WRITE,
        "Unsuspend cards: they are shown again",
        THE_CARDS,
        subject="cards",
        hands_on=True,
        undo="suspend the cards that were suspended before",
        differs="a buried card behind one that was not suspended is not buried any more",
        quirk="one card that does not exist fails the whole request",
        examples=("find is:suspended | unsuspend",),
    ),
    card(
        "setDueDate",
        WRITE,
        "Set the day on which cards are due",
        THE_CARDS,
        req(
            "days", DUE_DAYS, '"0" today, "1" tomorrow, "3-7" a day between, "5!" the interval too'
        ),
        subject="cards",
        result=BOOL,
        hands_on=True,
        undo="setSpecificValueOfCard with the earlier schedule",
        differs="its line stays in the review log, and with it what the card notes of its first "
        "position, its last review and FSRS; a card of a filtered deck stays in its own deck",
        quirk="cards that do not exist are ignored; a text that is no day comes back as the error",
        newer=True,
        examples=('find deck:Spanish | setDueDate "3-7"', 'find is:new | first 5 | setDueDate "0"'),
    ),
    card(
        "forgetCards",
        DESTRUCTIVE,
        "Make cards new again",
        THE_CARDS,
        subject="cards",
        hands_on=True,
        undo="setSpecificValueOfCard with the earlier schedule",
        differs="its line stays in the review log, what the card notes of its last review and "
        "FSRS is lost, and a card of a filtered deck stays in its own deck",
        quirk="cards that do not exist are ignored; the review log and the counts of reviews and "
        "lapses stay, but the 2023 add-on wipes more",
        examples=("find tag:leech | forgetCards",),
    ),
    card(
        "relearnCards",
        WRITE,
        "Put cards into relearning",
        THE_CARDS,
        subject="cards",
        hands_on=True,
        undo="setSpecificValueOfCard with the earlier type and queue",
        differs="what the card notes of its last review may be another time",
        quirk="only the type and the queue change, not when they are due; cards without reviews "
        "then fail areDue and getIntervals",
        examples=("find prop:lapses>3 | relearnCards",),
    ),
    card(
        "answerCards",
        WRITE,
        "Answer cards, as in a review",
        req("answers", list_of(ANSWER), "which card, and how well it was known"),
        subject="answers",
        result=list_of(BOOL),
        undo="setSpecificValueOfCard with the earlier schedule",
        differs="the review stays in the log and in the counts of today, siblings that it has "
        "buried stay buried, a leech stays tagged, and a card of a filtered deck stays in its own "
        "deck",
        quirk="works on cards that are not due and unsuspends suspended ones; a card that does "
        "not exist gives false; what precedes a failure stays answered",
        examples=("let card = findCards is:due | first; answerCards [{cardId: $card, ease: 3}]",),
    ),
)
