"""Recorded exchanges with other values: wrong kinds, null, repeated, huge, and in other words.

What is expected is what AnkiConnect does by the rules that the recording shows, with the
words of Anki's library and of Python where it uses them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import note

Ask = Callable[..., Any]
Fail = Callable[..., str]

UNKNOWN = 1234567890123
HUGE = 2**70
BOOLEAN = "Field anki.cards.CardId.cid: Expected an int, got a boolean."
DIGITS = "expected only digits and commas in cid:"


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Four new cards; the first note has the tags Foo and bar::x."""
    ask("addNotes", notes=[note("a", tags=["Foo", "bar::x"]), note("b"), note("c"), note("d")])
    return sorted(ask("findCards", query=""))


@pytest.mark.parametrize("action", ["areSuspended", "getEaseFactors"])
def test_null_is_no_card(ask: Ask, cards: list[int], action: str) -> None:
    assert ask(action, cards=[None, UNKNOWN]) == [None, None]


def test_null_is_no_card_for_changes_either(ask: Ask, cards: list[int]) -> None:
    assert ask("setEaseFactors", cards=[None, cards[0]], easeFactors=[1, 2000]) == [False, True]
    assert ask("getEaseFactors", cards=cards[:1]) == [2000]
    assert ask("cardsModTime", cards=[None]) == [{}]


@pytest.mark.parametrize(
    ("action", "more"),
    [("areSuspended", {}), ("suspend", {}), ("cardsInfo", {}), ("getEaseFactors", {})],
)
def test_a_boolean_is_no_id(error: Fail, cards: list[int], action: str, more: Any) -> None:
    assert error(action, cards=[cards[0], True], **more) == BOOLEAN


@pytest.mark.parametrize("action", ["areSuspended", "suspend", "cardsInfo", "forgetCards"])
def test_an_id_that_is_too_large_for_the_library(error: Fail, action: str) -> None:
    assert error(action, cards=[HUGE]) == f"Value out of range: {HUGE}"


@pytest.mark.parametrize("action", ["areDue", "getIntervals"])
@pytest.mark.parametrize("card", [-1, "-1", "+1", " 1", 1.0, "1e3", "\u0661"])
def test_a_search_takes_digits_only(error: Fail, action: str, card: Any) -> None:
    assert DIGITS in error(action, cards=[card])


@pytest.mark.parametrize("action", ["areDue", "getIntervals"])
def test_a_search_finds_no_card_of_a_huge_id(error: Fail, action: str) -> None:
    assert error(action, cards=[HUGE]) == "list index out of range"


def test_ids_in_sql_may_be_repeated_whole_floats_or_unknown(ask: Ask, cards: list[int]) -> None:
    a, b = cards[:2]
    ask("changeDeck", cards=[a, a, str(b), float(b), UNKNOWN, HUGE, -5], deck="Other::Deck")
    assert ask("getDecks", cards=[a, float(b), UNKNOWN]) == {
        "Other::Deck": [a, b],
        "Default": [UNKNOWN],
    }
    (info,) = ask("cardsInfo", cards=[a])
    assert ask("cardsToNotes", cards=[float(a), a, HUGE]) == [info["note"]]
    assert ask("relearnCards", cards=[a, float(a), HUGE]) is None


def test_a_review_may_have_whole_floats(ask: Ask, cards: list[int]) -> None:
    row = [1650000000000.0, str(cards[0]), -1, 3.0, 4, -60, 2500, "6157", 0]
    ask("insertReviews", reviews=[row])
    (review,) = ask("getReviewsOfCards", cards=cards[:1])[str(cards[0])]
    assert review["id"] == 1650000000000
    assert (review["ease"], review["time"]) == (3, 6157)


def test_no_list_of_notes_is_no_empty_list(error: Fail, cards: list[int]) -> None:
    assert error("deleteNotes", notes=None) == "'NoneType' object is not iterable"


@pytest.mark.parametrize("ease", [0, 5, -1, "3", None, [3], 2.5, {}])
def test_an_ease_that_is_none(ask: Ask, error: Fail, cards: list[int], ease: Any) -> None:
    assert error("answerCards", answers=[{"cardId": cards[0], "ease": ease}]) == "invalid ease"
    assert ask("cardsInfo", cards=cards[:1])[0]["reps"] == 0


@pytest.mark.parametrize("deck", ["Ünï::Ö", "ünï::ö", "ÜNÏ::Ö"])
def test_deck_names_match_in_any_case_of_any_script(ask: Ask, deck: str) -> None:
    made = ask("createDeck", deck="Ünï::Ö")
    assert ask("createDeck", deck=deck) == made
    assert ask("deckNames") == ["Default", "Ünï", "Ünï::Ö"]
    assert ask("getDeckConfig", deck=deck) is False or deck == "Ünï::Ö"


@pytest.mark.parametrize("cards_too", [None, False, 0, ""])
def test_decks_are_not_deleted_without_a_yes(ask: Ask, error: Fail, cards_too: Any) -> None:
    ask("createDeck", deck="Kept")
    assert "Since Anki 2.1.28" in error("deleteDecks", decks=["Kept"], cardsToo=cards_too)
    assert "Kept" in ask("deckNames")


def test_tags_of_other_cases_and_scripts(ask: Ask, cards: list[int]) -> None:
    first, second = (info["note"] for info in ask("cardsInfo", cards=cards[:2]))
    ask("replaceTagsInAllNotes", tag_to_replace="BAR::X", replace_with_tag="Größe")
    assert ask("getNoteTags", note=first) == ["Foo", "Größe"]
    ask("replaceTags", notes=[first, UNKNOWN], tag_to_replace="GRÖSSE", replace_with_tag="x")
    assert ask("getNoteTags", note=first) == ["Foo", "Größe"]
    ask("updateNoteTags", note=second, tags="foo größe")
    assert ask("getNoteTags", note=second) == ["Foo", "Größe"]
    ask("replaceTagsInAllNotes", tag_to_replace="*", replace_with_tag="all")
    assert ask("findNotes", query="tag:all") == []


@pytest.mark.parametrize("index", ["0", None, 1.5, [0]])
def test_a_place_that_is_no_number_moves_nothing(ask: Ask, error: Fail, index: Any) -> None:
    name = "Basic (and reversed card)"
    for action, of in (("modelFieldReposition", "field"), ("modelTemplateReposition", "template")):
        what = {"field": {"fieldName": "Back"}, "template": {"templateName": "Card 2"}}[of]
        text = error(action, modelName=name, index=index, **what)
        assert text.endswith("object cannot be interpreted as an integer")
    ask("modelFieldSetFontSize", modelName=name, fieldName="Front", fontSize=21)
    assert ask("modelFieldNames", modelName=name) == ["Front", "Back"]
    assert list(ask("modelTemplates", modelName=name)) == ["Card 1", "Card 2"]


def test_a_change_that_can_not_be_saved_is_not_seen(ask: Ask, error: Fail) -> None:
    before = ask("findModelsByName", modelNames=["Basic"])
    sides = {"Front": "nothing", "Back": ""}
    error("updateModelTemplates", model={"name": "Basic", "templates": {"Card 1": sides}})
    error("modelTemplateAdd", modelName="Basic", template={"Name": "New", **sides})
    error("modelFieldRename", modelName="Basic", oldFieldName="Front", newFieldName=5)
    error("modelFieldAdd", modelName="Basic", fieldName="", index=0)
    error("findAndReplaceInModels", modelName="Basic", findText="Front", replaceText="Nope")
    assert ask("findModelsByName", modelNames=["Basic"]) == before


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no devices here")
def test_what_has_no_end_is_not_read(session: Session, error: Fail) -> None:
    text = error("storeMediaFile", filename="endless.bin", path="/dev/zero")
    assert text == "not a file: /dev/zero"
    assert not (session.media_dir / "endless.bin").exists()
