"""The engine's own actions on decks: renaming, filtered decks, FSRS's parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Three cards in the deck Spanish::Verbs."""
    ask("createDeck", deck="Spanish::Verbs")
    ask("addNotes", notes=[{**note(front), "deckName": "Spanish::Verbs"} for front in "abc"])
    return sorted(ask("findCards", query=""))


def test_a_deck_is_renamed_with_its_subdecks(session: Session, ask: Ask, cards: list[int]) -> None:
    assert ask("renameDeck", deck="spanish", newName="Languages::Spanish") == "Languages::Spanish"
    assert ask("getDecks", cards=cards) == {"Languages::Spanish::Verbs": cards}
    assert ask("renameDeck", deck="Languages", newName="LANGUAGES") == "LANGUAGES"
    assert is_sound(session)


@pytest.mark.parametrize(
    ("deck", "name", "reason"),
    [
        ("Spanish", "Default", "deck exists already: Default"),
        ("Spanish", "default", "deck exists already: default"),
        ("Spanish", "", "can't be empty"),
        ("Spanish", None, "can't be empty"),
        ("Spanish", 5, "bad argument type"),
        ("Nope", "X", "deck was not found: Nope"),
    ],
)
def test_a_name_that_is_taken_or_wrong_is_refused(
    ask: Ask, error: Callable[..., str], cards: list[int], deck: str, name: object, reason: str
) -> None:
    assert reason in error("renameDeck", deck=deck, newName=name)
    assert ask("deckNames") == ["Default", "Spanish", "Spanish::Verbs"]


def test_a_filtered_deck_is_built_emptied_and_rebuilt(
    session: Session, ask: Ask, cards: list[int]
) -> None:
    made = ask("createFilteredDeck", deck="Cram", query="deck:Spanish", limit=2, order="added")
    assert ask("deckNamesAndIds")["Cram"] == made
    assert ask("getDecks", cards=cards) == {"Cram": cards[:2], "Spanish::Verbs": cards[2:]}
    assert ask("emptyFilteredDeck", deck="Cram") == 2
    assert ask("getDecks", cards=cards) == {"Spanish::Verbs": cards}
    ask("suspend", cards=cards[:1])
    assert ask("rebuildFilteredDeck", deck="cram") == 2
    assert ask("findCards", query="deck:Cram") == cards[1:]
    ask("deleteDecks", decks=["Cram"], cardsToo=True)
    assert ask("getDecks", cards=cards) == {"Spanish::Verbs": cards}
    assert is_sound(session)


@pytest.mark.parametrize("reschedule", [True, False])
def test_answers_in_a_filtered_deck_reschedule_if_wanted(
    ask: Ask, cards: list[int], reschedule: bool
) -> None:
    ask("createFilteredDeck", deck="Cram", query="front:a", reschedule=reschedule)
    ask("answerCards", answers=[{"cardId": cards[0], "ease": 4}])
    ask("emptyFilteredDeck", deck="Cram")
    assert (ask("cardsInfo", cards=cards[:1])[0]["interval"] > 0) is reschedule


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"deck": "Default", "query": "a"}, "deck exists already: Default"),
        ({"deck": "", "query": "a"}, "can't be empty"),
        ({"deck": "F", "query": "front:zzz"}, "No cards matched"),
        ({"deck": "F", "query": "("}, "Invalid search"),
        ({"deck": "F", "query": "a", "order": "best"}, "invalid order: best"),
        ({"deck": "F", "query": "a", "limit": 0}, "Value out of range: 0"),
        ({"deck": "F", "query": "a", "limit": "5"}, "cannot be interpreted as an integer"),
        ({"deck": "F", "query": 5}, "bad argument type"),
    ],
)
def test_a_filtered_deck_that_can_not_be_is_not_made(
    ask: Ask, error: Callable[..., str], cards: list[int], params: dict[str, Any], reason: str
) -> None:
    assert reason in error("createFilteredDeck", **params)
    assert ask("deckNames") == ["Default", "Spanish", "Spanish::Verbs"]


def test_only_a_filtered_deck_is_emptied_or_rebuilt(
    ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    for action in ("emptyFilteredDeck", "rebuildFilteredDeck"):
        assert "filtered deck" in error(action, deck="Spanish::Verbs")
        assert error(action, deck="Nope") == "deck was not found: Nope"
    assert ask("getDecks", cards=cards) == {"Spanish::Verbs": cards}


def test_fsrs_parameters_are_those_of_the_decks_preset(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    assert ask("getFsrsParameters", deck="Spanish") == {
        "enabled": False,
        "preset": "Default",
        "parameters": [],
        "desiredRetention": 0.9,
    }
    session.col.set_config("fsrs", True)
    weights = [round(0.1 * place, 1) for place in range(21)]
    preset = ask("getDeckConfig", deck="Spanish")
    ask("saveDeckConfig", config={**preset, "fsrsParams6": weights, "desiredRetention": 0.85})
    found = ask("getFsrsParameters", deck="spanish")
    assert found["enabled"] is True
    assert found["parameters"] == pytest.approx(weights)
    assert found["desiredRetention"] == pytest.approx(0.85)
    ask("createFilteredDeck", deck="Cram", query="front:a")
    assert "filtered deck" in error("getFsrsParameters", deck="Cram")
    assert error("getFsrsParameters", deck="Nope") == "deck was not found: Nope"
