"""The engine's own actions on cards: burying, flags, order, copied scheduling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

UNKNOWN = 1234567890123

Ask = Callable[..., Any]


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Both cards of three notes, one note after the other."""
    for front in "abc":
        ask("addNote", note={**note(front, "back"), "modelName": "Basic (and reversed card)"})
    notes = ask("findNotes", query="")
    return [card for info in ask("notesInfo", notes=sorted(notes)) for card in info["cards"]]


def positions(ask: Ask, cards: list[int]) -> list[int]:
    """Where new cards stand in the queue."""
    return [info["due"] for info in ask("cardsInfo", cards=cards)]


def test_buried_cards_are_hidden_and_suspended_ones_stay_suspended(
    session: Session, ask: Ask, cards: list[int]
) -> None:
    ask("suspend", cards=cards[:1])
    assert ask("buryCards", cards=[*cards[:3], cards[1]]) == 2
    assert sorted(ask("findCards", query="is:buried")) == sorted(cards[1:3])
    assert ask("buryCards", cards=cards[:3]) == 0
    assert ask("unburyCards", cards=cards) == 2
    assert ask("findCards", query="is:buried") == []
    assert ask("findCards", query="is:suspended") == cards[:1]
    assert is_sound(session)


def test_siblings_are_the_other_cards_of_the_same_notes(ask: Ask, cards: list[int]) -> None:
    assert ask("burySiblings", cards=[cards[0], cards[2], cards[3]]) == 1
    assert ask("findCards", query="is:buried") == [cards[1]]


def test_flags(ask: Ask, error: Callable[..., str], cards: list[int]) -> None:
    assert ask("setFlag", cards=[*cards[:2], cards[0]], flag=4) == 2
    assert sorted(ask("findCards", query="flag:4")) == sorted(cards[:2])
    assert ask("setFlag", cards=cards[:1], flag=0) == 1
    assert ask("findCards", query="flag:4") == cards[1:2]
    for wrong in (8, -1, "1", None, 1.5, True):
        assert error("setFlag", cards=cards, flag=wrong)
    assert ask("findCards", query="flag:4") == cards[1:2]


def test_new_cards_take_the_order_of_the_list(session: Session, ask: Ask, cards: list[int]) -> None:
    a, b, c = cards[0], cards[2], cards[4]
    assert ask("repositionNewCards", cards=[c, a, b], start=10, step=5) == 3
    assert positions(ask, [c, a, b]) == [10, 15, 20]
    assert ask("repositionNewCards", cards=[b], start=10, shift=True) == 1
    assert positions(ask, [b, c, a]) == [10, 11, 16]
    ask("addNote", note=note("after"))
    assert is_sound(session)


@pytest.mark.parametrize(
    "params",
    [
        {"start": 999_999},
        {"step": 500_000},
        {"start": 1, "step": 400_000, "shift": True},
        {"start": -1},
        {"step": -1},
        {"start": "1"},
        {"shuffle": "yes"},
    ],
)
def test_positions_out_of_reach_are_refused(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int], params: dict[str, Any]
) -> None:
    before = positions(ask, cards)
    assert error("repositionNewCards", cards=cards, **params)
    assert positions(ask, cards) == before
    ask("addNote", note=note("after"))
    assert is_sound(session)


def test_only_new_cards_are_repositioned(ask: Ask, cards: list[int]) -> None:
    ask("setDueDate", cards=cards[:1], days="7")
    assert ask("repositionNewCards", cards=cards[:3:2], start=50) == 1
    assert positions(ask, cards[:3:2])[1] == 50
    assert ask("findCards", query="prop:due=7") == cards[:1]


@pytest.mark.parametrize("action", ["buryCards", "unburyCards", "burySiblings", "setFlag"])
def test_an_unknown_card_is_an_error_and_nothing_is_done(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int], action: str
) -> None:
    more = {"flag": 1} if action == "setFlag" else {}
    before = ask("cardsInfo", cards=cards)
    assert error(action, cards=[*cards, UNKNOWN], **more) == f"Card was not found: {UNKNOWN}"
    assert error(action, cards=["x"], **more)
    assert ask("cardsInfo", cards=cards) == before


@pytest.mark.parametrize("reviews", [False, True])
def test_scheduling_is_copied_with_the_reviews_if_wanted(
    session: Session, ask: Ask, cards: list[int], reviews: bool
) -> None:
    session.col.set_config("fsrs", True)
    source, target = cards[0], cards[2]
    ask("answerCards", answers=[{"cardId": source, "ease": 4}, {"cardId": source, "ease": 1}])
    ask("copyScheduling", source=source, target=target, reviews=reviews)
    original, copy = (session.col.get_card(card) for card in (source, target))  # type: ignore[arg-type]
    for name in (
        "type",
        "queue",
        "due",
        "ivl",
        "factor",
        "reps",
        "lapses",
        "memory_state",
        "last_review_time",
    ):
        assert getattr(copy, name) == getattr(original, name), name
    assert original.memory_state is not None
    assert original.last_review_time is not None
    logs = ask("getReviewsOfCards", cards=[source, target])
    assert len(logs[str(source)]) == 2
    expected = [review["ease"] for review in logs[str(source)]] if reviews else []
    assert [review["ease"] for review in logs[str(target)]] == expected
    assert ask("cardsInfo", cards=[target])[0]["fields"]["Front"]["value"] == "b"
    assert is_sound(session)


def test_scheduling_is_not_copied_out_of_or_into_a_filtered_deck(
    ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    ask("createFilteredDeck", deck="F", query="front:a", limit=1)
    (borrowed,) = ask("findCards", query="deck:F")
    for pair in (
        {"source": borrowed, "target": cards[4]},
        {"source": cards[4], "target": borrowed},
    ):
        assert "filtered deck" in error("copyScheduling", **pair)
    assert error("copyScheduling", source=UNKNOWN, target=cards[0]).startswith("Card was not found")
