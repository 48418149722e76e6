"""Several changes as one: what stays after an error."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.change import one_change
from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Three cards, the first of them suspended."""
    ask("addNotes", notes=[note(front) for front in "abc"])
    cards = sorted(ask("findCards", query=""))
    ask("suspend", cards=cards[:1])
    return cards


def test_an_error_takes_back_what_was_done_before_it(
    session: Session, ask: Ask, cards: list[int]
) -> None:
    with pytest.raises(ZeroDivisionError), one_change(session):
        ask("suspend", cards=cards)
        ask("createDeck", deck="Other")
        raise ZeroDivisionError
    assert ask("areSuspended", cards=cards) == [True, False, False]
    assert ask("deckNames") == ["Default"]
    ask("guiUndo")  # there is nothing that it might undo
    assert ask("areSuspended", cards=cards) == [True, False, False]
    assert is_sound(session)


def test_after_an_error_that_did_nothing_the_last_change_can_be_undone(
    session: Session, ask: Ask, cards: list[int]
) -> None:
    with pytest.raises(ZeroDivisionError), one_change(session):
        raise ZeroDivisionError
    assert ask("guiUndo") is True
    assert ask("areSuspended", cards=cards) == [False, False, False]


def test_note_types_in_memory_are_those_of_the_file_after_an_error(
    session: Session, ask: Ask, error: Callable[..., str]
) -> None:
    ask("createModel", modelName="Zoo", inOrderFields=["A"], cardTemplates=[SIDES])
    before = ask("findModelsByName", modelNames=["Basic", "Zoo"])
    # Basic takes it, and comes first; in Zoo it leaves a front without a field.
    ask("updateModelStyling", model={"name": "Basic", "css": "{{A}}"})
    assert error("findAndReplaceInModels", modelName="", findText="{{A}}", replaceText="x")
    after = ask("findModelsByName", modelNames=["Basic", "Zoo"])
    assert [model["tmpls"] for model in after] == [model["tmpls"] for model in before]
    assert after[0]["css"] == "{{A}}"


def test_a_full_disk_takes_back_what_was_done_before_it(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    db = session.col.db
    assert db is not None
    room = 20  # pages; some of the lines are written before there is none left
    db.execute(f"pragma max_page_count = {db.scalar('pragma page_count') + room}")
    now = int(time.time() * 1000)
    rows = [[now - at, cards[0], -1, 3, 4, -60, 2500, 6157, 1] for at in range(20_000)]
    assert "database or disk is full" in error("insertReviews", reviews=rows)
    assert ask("getReviewsOfCards", cards=cards[:1]) == {str(cards[0]): []}
    assert ask("areSuspended", cards=cards) == [True, False, False]
    assert ask("suspend", cards=cards[1:2]) is True
    assert is_sound(session)


SIDES = {"Name": "1", "Front": "{{A}}", "Back": "{{A}}"}
