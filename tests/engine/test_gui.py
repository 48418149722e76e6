"""The actions of Anki's windows, with no window there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.gui import WINDOW_ONLY
from ankish.anki.engine.registry import ACTIONS
from tests.engine.support import note

Ask = Callable[..., Any]


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Cards whose questions are b, c and a, in the order they were made."""
    ask("addNotes", notes=[note("b"), note("c"), note("a")])
    return sorted(ask("findCards", query=""))


@pytest.mark.parametrize("name", WINDOW_ONLY)
def test_a_window_action_says_what_to_use_instead(error: Callable[..., str], name: str) -> None:
    params = {"ease": 3, "name": "Default", "note": 1, "card": 1}
    needed = WINDOW_ONLY[name][0].split()
    text = error(name, **{param: params[param] for param in needed if "=" not in param})
    assert text.startswith(f"{name} needs Anki's window")
    mentioned = [word.strip(".,;") for word in text.split()]
    if name != "guiExitAnki":
        assert any(word in ACTIONS and word != name for word in mentioned), text


@pytest.mark.parametrize("name", WINDOW_ONLY)
def test_a_window_action_knows_its_parameters(error: Callable[..., str], name: str) -> None:
    assert "unexpected keyword argument 'nope'" in error(name, nope=1)


def test_browse_gives_the_cards_in_the_order_of_any_column(ask: Ask, cards: list[int]) -> None:
    b, c, a = cards

    def browsed(column: str, order: str) -> Any:
        return ask("guiBrowse", query="deck:*", reorderCards={"columnId": column, "order": order})

    assert browsed("noteFld", "ascending") == [a, b, c]
    assert browsed("noteFld", "descending") == [c, b, a]
    assert browsed("noteCrt", "ascending") == [b, c, a]
    assert sorted(ask("guiBrowse", query="front:b or front:a")) == [b, a]
    assert ask("guiBrowse") == []


def test_undo_takes_back_one_change_after_the_other(ask: Ask, cards: list[int]) -> None:
    ask("suspend", cards=cards)
    assert ask("guiUndo") is True
    assert ask("areSuspended", cards=cards) == [False, False, False]
    assert ask("guiUndo") is True
    assert ask("findCards", query="") == []
    assert ask("guiUndo") is True  # there was nothing left
    assert ask("findCards", query="") == []


def test_the_database_check_mends(ask: Ask, cards: list[int], session: Any) -> None:
    session.col.db.execute("update cards set did = 5 where id = ?", cards[0])
    assert ask("guiCheckDatabase") is True
    assert ask("checkDatabase") == []
