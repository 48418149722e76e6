"""Notes, beyond what the recorded exchanges show: duplicates, all or nothing, note types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankish.anki.engine.duplicates import comparable
from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]
Fail = Callable[..., str]

DUPLICATE = "cannot create note because it is a duplicate"


def fields(ask: Ask, note_id: int) -> dict[str, str]:
    """A note's fields."""
    (found,) = ask("notesInfo", notes=[note_id])
    return {name: field["value"] for name, field in found["fields"].items()}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("<b>bold</b> &amp; co", "bold &amp; co", True),
        ("bold & co", "<i>bold</i> &amp; co", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("hello", "HELLO", False),
        ("two words", "two  words", False),
        ("zero\u200bwidth", "zerowidth", False),
        ('<img src="a.png">', '<img src="b.png">', False),
        ('<img src="a.png">', '<div><img src="a.png"></div>', True),
    ],
)
@pytest.mark.parametrize("scope", ["collection", "deck"])
def test_what_is_a_duplicate(ask: Ask, first: str, second: str, same: bool, scope: str) -> None:
    options = {"duplicateScope": scope}
    ask("addNote", note=note(first))
    assert ask("canAddNote", note=note(second, options=options)) is not same
    assert ask("canAddNote", note=note(second, options={"allowDuplicate": True}))


@pytest.mark.parametrize("options", [{}, {"duplicateScope": "deck"}])
def test_a_duplicate_within_a_batch_fails_it_whole(ask: Ask, error: Fail, options: Any) -> None:
    notes = [note(text, options=options) for text in ("one", "two", "<b>one</b>", "two", "")]
    reasons = [DUPLICATE, DUPLICATE, "cannot create note because it is empty"]
    assert error("addNotes", notes=notes) == str(reasons)
    assert ask("findNotes", query="") == []


def test_a_batch_knows_the_scopes_of_duplicates(ask: Ask, error: Fail) -> None:
    ask("createDeck", deck="A::B")
    here = {**note("same"), "deckName": "A::B"}
    other_deck = note("same", options={"duplicateScope": "deck"})
    child = note(
        "same",
        options={
            "duplicateScope": "deck",
            "duplicateScopeOptions": {"deckName": "A", "checkChildren": True},
        },
    )
    other_type = {
        **note("same", options={"duplicateScopeOptions": {"checkAllModels": True}}),
        "modelName": "Basic (and reversed card)",
    }
    assert len(ask("addNotes", notes=[here, other_deck])) == 2
    ask("deleteNotes", notes=ask("findNotes", query=""))
    assert error("addNotes", notes=[here, child]) == str([DUPLICATE])
    assert error("addNotes", notes=[here, other_type]) == str([DUPLICATE])


def test_a_batch_is_one_step_to_undo(ask: Ask) -> None:
    ask("addNotes", notes=[note(str(number)) for number in range(5)])
    ask("guiUndo")
    assert ask("findNotes", query="") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(st.sampled_from("aé\u0301 <b>/&amp;\u00a0\"'=src.png[]:"), min_size=1), st.data())
def test_two_texts_are_compared_as_ankis_library_does(
    session: Session, text: str, data: st.DataObject
) -> None:
    """Anki's own check of a new note against one that exists is the reference."""
    from anki.notes import NoteFieldsCheckResult as Check

    col = session.col
    col.remove_notes(col.find_notes(""))
    basic = col.models.by_name("Basic")
    assert basic is not None
    first, second = col.new_note(basic), col.new_note(basic)
    first.fields[0] = text
    second.fields[0] = data.draw(st.sampled_from([text, text.strip(), f"<b>{text}</b>", text * 2]))
    col.add_note(first, col.decks.id("Default"))  # type: ignore[arg-type]
    state = second.fields_check()
    if state != Check.EMPTY:
        same = comparable(col, first.fields[0]) == comparable(col, second.fields[0])
        assert same == (state == Check.DUPLICATE)


def test_a_note_of_any_script_comes_back_as_it_was(ask: Ask) -> None:
    text = "日本語 ∑ 🐟 &lt;b&gt; עברית"
    added = ask("addNote", note=note(text, text))
    assert fields(ask, added) == {"Front": text, "Back": text}


def test_an_update_with_bad_tags_changes_nothing(ask: Ask, error: Fail) -> None:
    added = ask("addNote", note=note("a", "b", tags=["t"]))
    change = {"id": added, "fields": {"Front": "changed"}, "tags": [5]}
    assert error("updateNote", note=change) == "Must provide tags as a list of strings"
    assert fields(ask, added)["Front"] == "a"
    assert ask("getNoteTags", note=added) == ["t"]


def test_replaced_tags_are_whole_tags_in_any_case(ask: Ask) -> None:
    tags = [["x_1"], ["xa1"], ["x_1::child"], ["X_1", "y"]]
    added = ask("addNotes", notes=[note(str(n), tags=given) for n, given in enumerate(tags)])
    ask("replaceTagsInAllNotes", tag_to_replace="x_1", replace_with_tag="new two")
    found = [ask("getNoteTags", note=one) for one in added]
    assert found == [["new", "two"], ["xa1"], ["x_1::child"], ["new", "two", "y"]]


@pytest.mark.parametrize("ids", [["x"], ["0) or (1=1"], [1.5], "12", [{}], [[1]], [2**70]])
@pytest.mark.parametrize("action", ["deleteNotes", "notesInfo", "notesModTime"])
def test_ids_that_are_no_ids_are_refused(ask: Ask, error: Fail, action: str, ids: Any) -> None:
    added = ask("addNote", note=note("a"))
    assert error(action, notes=ids)
    assert ask("findNotes", query="") == [added]


def test_a_type_with_fewer_templates_leaves_no_card_without_one(ask: Ask, session: Session) -> None:
    both = {**note("a", "b"), "modelName": "Basic (and reversed card)"}
    added = ask("addNote", note=both)
    (first, _) = ask("notesInfo", notes=[added])[0]["cards"]
    ask("updateNoteModel", note={"id": added, "modelName": "Basic", "fields": {"Front": "a"}})
    assert ask("notesInfo", notes=[added])[0]["cards"] == [first]
    assert len(ask("cardsInfo", cards=[first])) == 1
    assert is_sound(session)
