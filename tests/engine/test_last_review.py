"""The time of a card's last review, which Anki keeps twice: with the card and in the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Four new cards."""
    ask("addNotes", notes=[note(str(number)) for number in range(4)])
    return sorted(ask("findCards", query=""))


def review(at: int, card: int) -> list[int]:
    """A line of the log."""
    return [at, card, -1, 3, 4, -60, 2500, 6157, 1]


def test_answers_that_the_log_dates_later(session: Session, ask: Ask, cards: list[int]) -> None:
    """Every millisecond is taken for a while, so that the log puts the answers behind them."""
    now = int(time.time() * 1000)
    ask("insertReviews", reviews=[review(now + at, cards[3]) for at in range(-1000, 20_000)])
    ask("answerCards", answers=[{"cardId": card, "ease": 3} for card in cards[:3]])
    for card, log in ask("getReviewsOfCards", cards=cards[:3]).items():
        assert [line["id"] // 1000 > now // 1000 + 10 for line in log] == [True]
        found: Any = session.col.get_card(int(card))  # type: ignore[arg-type]
        assert found.last_review_time == log[0]["id"] // 1000
    assert ask("guiUndo") is True
    assert [info["reps"] for info in ask("cardsInfo", cards=cards[:3])] == [1, 1, 0]
    assert is_sound(session)


def test_an_answer_that_is_wrong_does_not_keep_the_others(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    now = int(time.time() * 1000)
    ask("insertReviews", reviews=[review(now + at, cards[3]) for at in range(-1000, 20_000)])
    answers = [{"cardId": cards[0], "ease": 3}, {"cardId": cards[1], "ease": 9}]
    assert error("answerCards", answers=answers) == "invalid ease"
    assert is_sound(session)


def test_reviews_that_are_inserted(session: Session, ask: Ask, cards: list[int]) -> None:
    ask("setDueDate", cards=cards[:2], days="1")
    ask("insertReviews", reviews=[review(1_700_000_000_000 + card, card) for card in range(3)])
    ask(
        "insertReviews",
        reviews=[review(1_600_000_000_000 + at, card) for at, card in enumerate(cards)],
    )
    assert is_sound(session)
    ask("setDueDate", cards=cards, days="2")
    assert is_sound(session)


@pytest.mark.parametrize("kind", range(6))
@pytest.mark.parametrize("ease", [0, 1, 4])
@pytest.mark.parametrize("factor", [0, 2500])
def test_lines_of_every_kind(
    session: Session, ask: Ask, cards: list[int], ease: int, kind: int, factor: int
) -> None:
    ask("answerCards", answers=[{"cardId": cards[0], "ease": 3}, {"cardId": cards[1], "ease": 3}])
    ask("forgetCards", cards=cards[1:2])
    ask("setDueDate", cards=cards[:3], days="1")
    now = int(time.time() * 1000)
    for at in (1_600_000_000_000, now + 5000):
        rows = [[at + n, card, -1, ease, 4, 1, factor, 9, kind] for n, card in enumerate(cards)]
        answer = Engine(session).handle(
            {"action": "insertReviews", "version": 6, "params": {"reviews": rows}}
        )
        assert isinstance(answer, dict)
        refused = answer["error"] is not None
        assert refused == (ease == 0 and kind == 0)
        assert is_sound(session)
    log = ask("getReviewsOfCards", cards=cards)
    assert sum(len(lines) for lines in log.values()) == 6 + 8 * (not refused)


@pytest.mark.parametrize("target", [0, 1, 2, 3])
@pytest.mark.parametrize("reviews", [False, True])
def test_scheduling_that_is_copied_onto_a_card_with_a_history(
    session: Session, ask: Ask, cards: list[int], target: int, reviews: bool
) -> None:
    ask("answerCards", answers=[{"cardId": card, "ease": 3} for card in cards[:2]])
    ask("setDueDate", cards=cards[1:3], days="0")
    ask("forgetCards", cards=cards[2:])
    for source in set(cards) - {cards[target]}:
        ask("copyScheduling", source=source, target=cards[target], reviews=reviews)
        assert is_sound(session)
