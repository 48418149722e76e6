"""States: what `getState` gives, `putState` puts back, whatever was done in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note
from tests.inverse.snapshot import snapshot

Ask = Callable[..., Any]
REVERSED = "Basic (and reversed card)"


@pytest.fixture
def notes(ask: Ask) -> list[int]:
    """Three notes with two cards each, tagged, the first of them reviewed."""
    made = [
        ask("addNote", note={**note(front, "back", tags=["t"]), "modelName": REVERSED})
        for front in ("<b>1</b>", "2", "3")
    ]
    cards = ask("notesInfo", notes=made)[0]["cards"]
    ask("answerCards", answers=[{"cardId": card, "ease": 3} for card in cards])
    return made


def test_deleted_notes_come_back_with_cards_and_schedule(
    session: Session, ask: Ask, notes: list[int]
) -> None:
    before = snapshot(session)
    state = ask("getState", what={"notes": notes})
    ask("deleteNotes", notes=notes)
    assert ask("getState", what={"notes": notes}) == {"notes": {}, "cards": {}}
    assert ask("putState", state=state) == []
    assert snapshot(session) == before
    assert session.col.db is not None
    assert session.col.db.scalar("select count() from graves") == 0
    assert is_sound(session)


def test_what_is_put_back_is_sent_to_the_sync_server(
    session: Session, ask: Ask, notes: list[int]
) -> None:
    state = ask("getState", what={"notes": notes})
    ask("deleteNotes", notes=notes)
    modified = session.col.mod
    ask("putState", state=state)
    assert session.col.mod > modified
    assert session.col.db is not None
    for table in ("notes", "cards"):
        assert session.col.db.list(f"select distinct usn from {table}") == [-1]


def test_what_was_not_there_goes(session: Session, ask: Ask, notes: list[int]) -> None:
    before = snapshot(session)
    added = ask("addNote", note=note("new"))
    deck = ask("createDeck", deck="A")
    preset = ask("cloneDeckConfigId", name="P")
    model = ask("createModel", modelName="M", inOrderFields=["F"], cardTemplates=[SIDES])["id"]
    ask("addTags", notes=[added], tags="fresh::tag")
    gone = {"notes": [added], "decks": [deck], "presets": [preset], "models": [model]}
    assert ask("putState", state={}, gone={**gone, "tags": ["fresh::tag"]}) == []
    assert snapshot(session) == before
    assert is_sound(session)


SIDES = {"Front": "{{F}}", "Back": "b"}


def test_what_is_in_use_is_left_and_named(session: Session, ask: Ask, notes: list[int]) -> None:
    deck = ask("createDeck", deck="A")
    ask("changeDeck", cards=ask("findCards", query=""), deck="A")
    preset = ask("cloneDeckConfigId", name="P")
    ask("setDeckConfigId", decks=["A"], configId=preset)
    model = ask("modelNamesAndIds")[REVERSED]
    before = snapshot(session)
    gone = {"decks": [deck], "presets": [preset], "models": [model], "tags": ["t"]}
    assert ask("putState", state={}, gone=gone) == ["A", "P", REVERSED, "t"]
    assert snapshot(session) == before


def test_a_card_whose_deck_is_gone_comes_back_in_default(
    session: Session, ask: Ask, notes: list[int]
) -> None:
    ask("changeDeck", cards=ask("findCards", query=""), deck="A")
    state = ask("getState", what={"notes": notes})
    ask("deleteDecks", decks=["A"], cardsToo=True)
    ask("putState", state=state)
    assert set(ask("getDecks", cards=ask("findCards", query=""))) == {"Default"}
    assert is_sound(session)


def test_a_card_of_a_filtered_deck_that_is_gone_comes_home(
    session: Session, ask: Ask, notes: list[int]
) -> None:
    ask("changeDeck", cards=ask("findCards", query=""), deck="A")
    ask("createFilteredDeck", deck="F", query="deck:A")
    state = ask("getState", what={"notes": notes})
    ask("deleteDecks", decks=["F"], cardsToo=True)
    at_home = snapshot(session)
    ask("deleteNotes", notes=notes)
    ask("putState", state=state)
    assert snapshot(session) == at_home
    assert is_sound(session)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"nothing": []}, "there is no such list"),
        ({"notes": 1}, "there is no such list"),
        ({"notes": ["x"]}, "whole number"),
        ([], "what must be an object"),
        ({"everything": ["x"]}, "there is no way"),
    ],
)
def test_senseless_requests_for_states(
    error: Callable[..., str], what: object, reason: str
) -> None:
    assert reason in error("getState", what=what)


def test_what_does_not_fit_is_refused_and_nothing_is_changed(
    session: Session, ask: Ask, error: Callable[..., str], notes: list[int]
) -> None:
    state = ask("getState", what={"notes": notes})
    before = snapshot(session)
    card = next(iter(state["cards"]))
    twin = {**state["cards"][card], "ord": 1 - state["cards"][card]["ord"]}
    stray = {**state["cards"][card], "nid": 5}
    first = state["notes"][str(notes[0])]
    for wrong, reason in (
        ({"cards": {card: twin}}, "two cards of one template"),
        ({"cards": {card: stray}}, "is gone"),
        ({"notes": {"5": first}}, "without cards"),
        ({"notes": {str(notes[0]): {**first, "fields": {"Nope": "x"}}}}, "has no field Nope"),
        ({"notes": {str(notes[0]): {**first, "mid": 5}}}, "type of note"),
        ({"notes": {"x": first}}, ""),
        ({"cards": {card: {}}}, ""),
        ({"things": {}}, "a state has no table things"),
    ):
        # The good half comes first: it must not stay.
        good = {"notes": {str(notes[1]): {**state["notes"][str(notes[1])], "tags": ["x"]}}}
        merged = {**good, **wrong, "notes": {**good["notes"], **wrong.get("notes", {})}}
        assert reason in error("putState", state=merged)
        assert snapshot(session) == before


def test_nothing_is_put_back_over_what_has_changed_since_it_was_looked_at(
    session: Session, ask: Ask, error: Callable[..., str], notes: list[int]
) -> None:
    state = ask("getState", what={"notes": notes})
    ask("addTags", notes=notes, tags="later")
    seen = ask("getState", what={"notes": notes})
    ask("setFlag", cards=[int(card) for card in state["cards"]][:1], flag=2)
    changed = snapshot(session)
    assert "changed" in error("putState", state=state, now=seen)
    assert "changed" in error("putState", state={}, gone={"notes": notes}, now=seen)
    assert snapshot(session) == changed
    seen = ask("getState", what={"notes": notes})
    assert ask("putState", state=state, now=seen) == []
    assert ask("putState", state=state, now=seen) == [], "as it is to be it may be as well"
    assert ask("getState", what={"notes": notes}) == state
    for wrong in ({"things": {}}, {"cards": {"x": {}}}, {"notes": [1]}, [1]):
        assert error("putState", state={}, now=wrong)


def test_a_note_goes_with_its_last_card(session: Session, ask: Ask, notes: list[int]) -> None:
    cards = ask("findCards", query=f"nid:{notes[0]}")
    ask("putState", state={}, gone={"cards": cards[:1]})
    assert ask("notesInfo", notes=notes)[0]["cards"] == cards[1:]
    ask("putState", state={}, gone={"cards": cards[1:]})
    assert ask("notesInfo", notes=notes)[0] == {}
    assert is_sound(session)
