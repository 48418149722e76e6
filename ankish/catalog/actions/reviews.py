"""The review log and statistics."""

from __future__ import annotations

from ankish.catalog.actions.shapes import REVIEW, REVIEW_ROW
from ankish.catalog.actions.table import PUT_STATE, READ, WRITE, Family, opt, req
from ankish.catalog.model import Command
from ankish.catalog.types import ANY, BOOL, CARDS, DECK, INT, TEXT, list_of, map_of

review = Family("reviews")

ACTIONS: tuple[Command, ...] = (
    review(
        "getNumCardsReviewedToday",
        READ,
        "Count the reviews of today",
        result=INT,
        examples=("getNumCardsReviewedToday",),
    ),
    review(
        "getNumCardsReviewedByDay",
        READ,
        "Count the reviews of each day, the latest first: pairs of a date and a number",
        result=list_of(list_of(ANY)),
        examples=("getNumCardsReviewedByDay | first 7",),
    ),
    review(
        "getCollectionStatsHTML",
        READ,
        "Give Anki's statistics as a web page",
        opt("wholeCollection", BOOL, "not only the deck that is open in Anki", True),
        result=TEXT,
        examples=("getCollectionStatsHTML",),
    ),
    review(
        "cardReviews",
        READ,
        "List the reviews in a deck after a point in time, each as nine integers",
        req("deck", DECK, "the deck"),
        req("startID", INT, "Unix milliseconds; only later reviews are given"),
        result=list_of(REVIEW_ROW),
        quirk="makes the deck if it does not exist",
        examples=("cardReviews Spanish 0 | count",),
    ),
    review(
        "getReviewsOfCards",
        READ,
        "List the reviews of each card",
        req("cards", CARDS, "the cards"),
        subject="cards",
        result=map_of(list_of(REVIEW), "card"),
        quirk="ids must be integers; given as texts they have no reviews",
        examples=("find tag:leech | getReviewsOfCards",),
    ),
    review(
        "getLatestReviewID",
        READ,
        "Tell when a card of a deck was last reviewed, in Unix milliseconds; 0 if never",
        req("deck", DECK, "the deck"),
        subject="deck",
        result=INT,
        quirk="makes the deck if it does not exist",
        examples=("getLatestReviewID Spanish",),
    ),
    review(
        "insertReviews",
        WRITE,
        "Put reviews into the review log, each as nine integers",
        req(
            "reviews",
            list_of(REVIEW_ROW),
            "[time in ms, card, -1, answer, interval, interval before, ease, duration in ms, type]",
        ),
        subject="reviews",
        why="AnkiConnect has no action that takes a review out of the log",
        engine_undo=PUT_STATE,
        quirk="a time that is in the log already fails the whole request; cards that do not exist "
        "are accepted; the cards' schedule does not change",
        examples=(
            "let rows = find deck:Inbox | cardsModTime; "
            "insertReviews [[1594194095746, $rows.0.cardId, -1, 3, 4, -60, 2500, 6157, 0]]",
        ),
    ),
)
