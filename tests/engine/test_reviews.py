"""The review log: what goes in, and what is counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]

FIRST = [1700000000000, 1, -1, 3, 4, -60, 2500, 6157, 0]
GOOD = [1700000000001, 1, -1, 3, 4, -60, 2500, 6157, 0]


def with_value(place: int, value: object) -> list[object]:
    """`GOOD` with another value at one place."""
    return [*GOOD[:place], value, *GOOD[place + 1 :]]


@pytest.mark.parametrize(
    "bad",
    [
        with_value(8, "0), (1,1,1,1,1,1,1,1,1"),
        with_value(3, "x"),
        with_value(4, None),
        with_value(4, 4.5),
        with_value(3, -1),
        with_value(3, 300),
        with_value(4, 2**40),
        with_value(5, -(2**40)),
        with_value(6, -2500),
        with_value(6, 2**40),
        with_value(7, -1),
        with_value(7, 2**31),
        with_value(0, 2**70),
        with_value(0, int(time.time() * 1000) + 10**9),
        GOOD[:8],
        [*GOOD, 1],
        [],
        "x",
        5,
    ],
)
def test_a_bad_row_is_refused_with_all_the_others(
    session: Session, error: Callable[..., str], bad: object
) -> None:
    assert error("insertReviews", reviews=[FIRST, bad])
    assert session.col.db is not None
    assert session.col.db.scalar("select count() from revlog") == 0
    assert is_sound(session)


def test_many_rows_are_added_together_or_not_at_all(
    session: Session, ask: Ask, error: Callable[..., str]
) -> None:
    rows = [with_value(0, 1700000000000 + number) for number in range(2500)]
    assert "UNIQUE constraint failed" in error("insertReviews", reviews=[*rows, rows[0]])
    assert ask("getReviewsOfCards", cards=[1]) == {"1": []}
    ask("insertReviews", reviews=rows)
    found = ask("getReviewsOfCards", cards=[1])["1"]
    assert [review["id"] for review in found] == [row[0] for row in rows]
    assert is_sound(session)


def test_values_may_be_texts_that_spell_numbers(ask: Ask) -> None:
    ask("insertReviews", reviews=[[str(value) for value in GOOD]])
    assert ask("getReviewsOfCards", cards=[1])["1"][0]["ivl"] == 4


def test_reviews_are_counted_by_ankis_days_which_end_at_four(session: Session, ask: Ask) -> None:
    # 2023-11-14 at 03:59 and at 04:01, UTC
    ask("insertReviews", reviews=[with_value(0, 1699934340000), with_value(0, 1699934460000)])
    assert ask("getNumCardsReviewedByDay") == [["2023-11-14", 1], ["2023-11-13", 1]]
    assert ask("getNumCardsReviewedToday") == 0
    session.col.set_config("rollover", 0)
    assert ask("getNumCardsReviewedByDay") == [["2023-11-14", 2]]


def test_an_answer_is_counted_today(ask: Ask) -> None:
    ask("addNote", note=note("one"))
    (card,) = ask("findCards", query="")
    assert ask("answerCards", answers=[{"cardId": card, "ease": 3}]) == [True]
    assert ask("getNumCardsReviewedToday") == 1
    (row,) = ask("cardReviews", deck="default", startID=0)
    assert row[1:4] == [card, -1, 3]
    assert ask("getLatestReviewID", deck="Default") == row[0]
    assert ask("cardReviews", deck="Default", startID=row[0]) == []


def test_the_reviews_of_subdecks_are_not_the_decks(ask: Ask) -> None:
    ask("createDeck", deck="A::B")
    ask("addNote", note={**note("one"), "deckName": "A::B"})
    (card,) = ask("findCards", query="")
    ask("insertReviews", reviews=[with_value(1, card)])
    assert ask("getLatestReviewID", deck="A") == 0
    assert ask("getLatestReviewID", deck="A::B") == GOOD[0]


def test_answers_before_a_wrong_one_stay(ask: Ask, error: Callable[..., str]) -> None:
    ask("addNotes", notes=[note("one"), note("two")])
    one, two = sorted(ask("findCards", query=""))
    wrong = [{"cardId": one, "ease": 4}, {"cardId": two, "ease": 5}]
    assert error("answerCards", answers=wrong) == "invalid ease"
    assert sorted(ask("findCards", query="rated:1")) == [one]
