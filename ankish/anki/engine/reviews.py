"""The review log and what is counted from it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from ankish.anki.engine import limits
from ankish.anki.engine.change import one_change
from ankish.anki.engine.decks import deck_id
from ankish.anki.engine.lastreview import settle
from ankish.anki.engine.limits import in_range
from ankish.anki.engine.lookup import database, whole_number
from ankish.anki.engine.registry import ActionError, action, plain_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.dbproxy import DBProxy

DAY = 24 * 60 * 60
HOUR = 60 * 60
COLUMNS = tuple(limits.REVIEW)
LEARNING, MANUAL = 0, 4
"""Types of lines of the log: an answer to a card in learning, and a change by hand."""
ROWS_AT_ONCE = 1000
"""Rows per insert; SQLite allows 32766 parameters."""


@action
def getNumCardsReviewedToday(session: Session) -> int:
    """The number of reviews since Anki's day began."""
    start = (session.col.sched.day_cutoff - DAY) * 1000
    count = database(session.col).scalar("select count() from revlog where id > ?", start)
    return int(count)


@action
def getNumCardsReviewedByDay(session: Session) -> list[tuple[str, int]]:
    """The number of reviews on each of Anki's days that had one, the latest first."""
    late = session.col.get_preferences().scheduling.rollover * HOUR
    rows = database(session.col).all(
        "select strftime('%Y-%m-%d', id / 1000 - ?, 'unixepoch', 'localtime') as day, count()"
        " from revlog group by day order by day desc",
        late,
    )
    return [(day, count) for day, count in rows]


@action
def getCollectionStatsHTML(session: Session, wholeCollection: bool = True) -> str:
    """Anki's old report of statistics, of all decks or of the current one, as HTML."""
    stats = session.col.stats()
    stats.wholeCollection = wholeCollection
    return str(stats.report())


@plain_action
def cardReviews(session: Session, deck: str, startID: int) -> list[Sequence[int]]:
    """The reviews of a deck's cards after the one of id `startID`: rows of the nine columns.

    The cards of subdecks are not meant. A deck that does not exist is made.
    """
    return database(session.col).all(
        f"select {', '.join(COLUMNS)} from revlog where id > ?"
        " and cid in (select id from cards where did = ?) order by cid, id",
        startID,
        deck_id(session, deck),
    )


@action
def getLatestReviewID(session: Session, deck: str) -> int:
    """The time of the last review of a deck's cards in Unix milliseconds, its id; 0 if none.

    A deck that does not exist is made.
    """
    latest = database(session.col).scalar(
        "select max(id) from revlog where cid in (select id from cards where did = ?)",
        deck_id(session, deck),
    )
    return latest or 0


@plain_action
def getReviewsOfCards(session: Session, cards: list[int]) -> dict[str, list[dict[str, int]]]:
    """The reviews of each card, the oldest first, by the card's id as a text.

    An id that is given as a text has none (recorded exchange 614).
    """
    from anki.utils import ids2str

    found: dict[str, list[dict[str, int]]] = {str(card): [] for card in cards}
    by_card = {card: found[str(card)] for card in cards if type(card) is int}
    rows = database(session.col).all(
        f"select {', '.join(COLUMNS)} from revlog where cid in {ids2str(by_card)} order by id"
    )
    for reviewed, card, usn, ease, interval, interval_before, factor, taken, kind in rows:
        review = {
            "id": reviewed,
            "usn": usn,
            "ease": ease,
            "ivl": interval,
            "lastIvl": interval_before,
            "factor": factor,
            "time": taken,
            "type": kind,
        }
        by_card[card].append(review)
    return found


@action
def insertReviews(session: Session, reviews: list[list[int]]) -> None:
    """Add rows of the nine columns to the review log, all or none.

    Cards need not exist. A row with the id of one that is there is an error, as is what
    Anki's database check would change: a review of a day to come, and one with ease 0 of
    type 0, which should be 4.
    """
    latest = int((time.time() + DAY) * 1000)
    rows = [[whole_number(value, "a review's value") for value in row] for row in reviews]
    for row in rows:
        for name, value in zip(COLUMNS, row, strict=False):  # SQLite tells a wrong number of them
            in_range(value, *limits.REVIEW[name])
        if row and row[0] > latest:
            raise ActionError(f"a review can't lie in the future: {row[0]}")
        if row[3:4] == [0] and row[8:9] == [LEARNING]:
            raise ActionError(f"a line without an answer must have the type {MANUAL}: {row[0]}")
    if rows:
        with one_change(session):
            _insert(database(session.col), rows)
            settle(session.col, {row[1] for row in rows})


def _insert(db: DBProxy, rows: list[list[int]]) -> None:
    # Anki's library has no other way to add to the log.
    for some in _batches(rows):
        places = ", ".join(f"({', '.join('?' * len(row))})" for row in some)
        values = [value for row in some for value in row]
        db.execute(f"insert into revlog ({', '.join(COLUMNS)}) values {places}", *values)


def _batches(rows: Iterable[list[int]]) -> Iterable[list[list[int]]]:
    rest = iter(rows)
    while some := list(islice(rest, ROWS_AT_ONCE)):
        yield some
