"""Reviewing card by card, with no window."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile, is_sound, note

Ask = Callable[..., Any]


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Three new cards in the deck Tour, in the order in which they come."""
    ask("createDeck", deck="Tour::Empty")
    ask("addNotes", notes=[note(front, "back", deckName="Tour") for front in "abc"])
    return sorted(ask("findCards", query=""))


def shown(ask: Ask) -> Any:
    """The id of the card that is to be answered."""
    return ask("guiCurrentCard")["cardId"]


def answered(ask: Ask, ease: int) -> Any:
    """Turn to the answer and give it."""
    ask("guiShowAnswer")
    return ask("guiAnswerCard", ease=ease)


def test_a_deck_is_reviewed_to_its_end(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    assert ask("guiDeckReview", name="tour") is True
    seen = []
    while ask("guiReviewActive"):
        seen.append(shown(ask))
        assert answered(ask, 4) is True
    assert seen == cards
    assert [info["reps"] for info in ask("cardsInfo", cards=cards)] == [1, 1, 1]
    assert error("guiCurrentCard") == "Gui review is not currently active."
    assert answered(ask, 3) is False
    assert is_sound(session)


def test_an_answer_is_taken_only_when_it_was_shown(ask: Ask, cards: list[int]) -> None:
    ask("guiDeckReview", name="Tour")
    assert ask("guiAnswerCard", ease=3) is False
    ask("guiShowAnswer")
    ask("guiShowQuestion")
    assert ask("guiAnswerCard", ease=3) is False
    assert answered(ask, 5) is False
    assert answered(ask, 0) is False
    assert ask("cardsInfo", cards=cards)[0]["reps"] == 0
    assert ask("guiAnswerCard", ease=1) is True
    assert ask("guiAnswerCard", ease=3) is False  # the next card's answer was not shown


def test_the_time_for_an_answer_is_logged(ask: Ask, cards: list[int]) -> None:
    ask("guiDeckReview", name="Tour")
    time.sleep(0.3)
    answered(ask, 4)
    time.sleep(0.3)
    assert ask("guiStartCardTimer") is True
    answered(ask, 4)
    log = ask("getReviewsOfCards", cards=cards[:2])
    first, second = (log[str(card)][0]["time"] for card in cards[:2])
    assert first >= 300
    assert second < 300


def test_undo_brings_the_card_back(ask: Ask, cards: list[int]) -> None:
    ask("guiDeckReview", name="Tour")
    answered(ask, 4)
    assert shown(ask) == cards[1]
    assert ask("guiUndo") is True
    assert shown(ask) == cards[0]
    assert ask("guiAnswerCard", ease=3) is False


def test_what_other_actions_do_to_the_queue_counts(ask: Ask, cards: list[int]) -> None:
    ask("guiDeckReview", name="Tour")
    ask("suspend", cards=cards[:1])
    assert shown(ask) == cards[1]
    ask("updateNoteFields", note={"id": ask("cardsToNotes", cards=cards[1:2])[0], "fields": NEW})
    assert ask("guiCurrentCard")["question"].endswith("changed")
    ask("deleteDecks", decks=["Tour"], cardsToo=True)
    assert ask("guiReviewActive") is False


NEW = {"Front": "changed"}


def test_a_card_may_be_answered_out_of_turn(session: Session, ask: Ask, cards: list[int]) -> None:
    ask("guiDeckReview", name="Tour")
    answers = [{"cardId": card, "ease": 4} for card in (cards[2], cards[0])]
    assert ask("answerCards", answers=answers) == [True, True]
    assert shown(ask) == cards[1]
    assert ask("guiUndo") is True
    assert ask("guiUndo") is True
    assert [info["reps"] for info in ask("cardsInfo", cards=cards)] == [0, 0, 0]
    ask("guiDeckBrowser")
    assert ask("answerCards", answers=answers) == [True, True]
    assert is_sound(session)


@pytest.mark.parametrize(
    ("action", "params"), [("guiDeckBrowser", {}), ("guiDeckOverview", {"name": "Tour"})]
)
def test_another_screen_ends_the_review(
    ask: Ask, cards: list[int], action: str, params: dict[str, str]
) -> None:
    ask("guiDeckReview", name="Tour")
    ask(action, **params)
    assert ask("guiReviewActive") is False
    assert ask("findCards", query="deck:current") == cards


def test_decks_that_have_nothing_to_review(ask: Ask, cards: list[int]) -> None:
    assert ask("guiDeckReview", name="None such") is False
    assert ask("guiReviewActive") is False
    assert ask("guiDeckReview", name="Tour::Empty") is True
    assert ask("guiReviewActive") is False


def test_opening_the_collection_anew_leaves_the_review(
    session: Session, ask: Ask, cards: list[int]
) -> None:
    ask("guiDeckReview", name="Tour")
    session.reopen()
    assert ask("guiReviewActive") is True


def test_opening_another_profile_ends_the_review(ask: Ask, base: Path, cards: list[int]) -> None:
    fresh_profile(base, "Second")
    ask("guiDeckReview", name="Tour")
    assert ask("loadProfile", name="Second") is True
    assert ask("guiReviewActive") is False
