"""Results in JSON's own types, and not what Anki's library keeps."""

from __future__ import annotations

import json
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from enum import Enum, IntEnum
from pathlib import Path
from typing import Any

import pytest
from anki.cards_pb2 import CardIds
from hypothesis import given
from hypothesis import strategies as st

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.plain import plain
from ankish.anki.engine.registry import PLAIN
from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session
from tests.engine.support import note

Ask = Callable[..., Any]

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


class Number(IntEnum):
    """An integer of another type."""

    ONE = 1


class Word(str, Enum):
    """A text of another type."""

    A = "a"


@given(JSON)
def test_what_is_plain_stays_itself(value: Any) -> None:
    assert plain(value) is value


@given(JSON, JSON)
def test_what_stands_beside_something_else_stays_equal(value: Any, other: Any) -> None:
    made = plain({"a": [value, (other, Number.ONE)], "b": value})
    assert made == {"a": [value, [other, 1]], "b": value}


@pytest.mark.parametrize(
    "value",
    [
        (1, 2),
        [[1, (2,)]],
        {1: "a", None: "b", False: "c", 2.5: "d"},
        {Number.ONE: "e"},
        {"a": {"b": {3: 4}}},
        [{"a": 1}, {"a": Number.ONE}],
        [Word.A, Number.ONE],
        {Word.A: Word.A},
        OrderedDict(a=(1,)),
        [defaultdict(list, {"a": [1]})],
        [],
        {},
        [[], {}, [[]]],
    ],
)
def test_it_is_what_json_would_make_of_it(value: Any) -> None:
    made = plain(value)
    assert made == json.loads(json.dumps(value))
    assert kinds(made) <= {dict, list, str, int, float, bool, type(None)}


def kinds(value: Any) -> set[type]:
    """The types of a value and all that is in it, keys included."""
    inner = [*value, *value.values()] if isinstance(value, dict) else value
    parts = inner if isinstance(value, (dict, list)) else []
    return {type(value)}.union(*map(kinds, parts))


def test_a_list_of_anki_s_library_becomes_one() -> None:
    ids = CardIds(cids=[3, 1]).cids
    made = plain({"cards": ids})
    assert made == {"cards": [3, 1]}
    assert type(made["cards"]) is list  # type: ignore[index]


@pytest.mark.parametrize("value", [b"x", {1, 2}, [{"a": object()}], {"a": [1, b"x"]}, {(1,): 1}])
def test_what_json_has_no_form_for_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="Object of type"):
        plain(value)


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_note_type_that_was_given_out_does_not_change_with_the_collection(
    ask: Ask, by: str
) -> None:
    number = ask("modelNamesAndIds")["Basic"]
    asked = {"modelIds": [number]} if by == "id" else {"modelNames": ["Basic"]}
    (found,) = ask("findModelsById" if by == "id" else "findModelsByName", **asked)
    ask("modelFieldRename", modelName="Basic", oldFieldName="Front", newFieldName="Face")
    assert [field["name"] for field in found["flds"]] == ["Front", "Back"]


def test_a_new_note_type_is_given_out_as_it_was(ask: Ask) -> None:
    template = {"Front": "{{A}}", "Back": "{{B}}"}
    made = ask("createModel", modelName="M", inOrderFields=["A", "B"], cardTemplates=[template])
    ask("modelFieldRename", modelName="M", oldFieldName="A", newFieldName="C")
    made["flds"].clear()
    assert ask("modelFieldNames", modelName="M") == ["C", "B"]


def first_field(session: Session, model_id: Any) -> str:
    """The name of a note type's first field."""
    model = session.col.models.get(model_id)
    assert model is not None
    return str(model["flds"][0]["name"])


def test_results_that_are_not_looked_through_are_plain(tmp_path: Path) -> None:
    with Session.open(build(tmp_path)) as session:
        engine = Engine(session)

        def asked(action: str, **params: Any) -> Any:
            answer: Any = engine.handle({"action": action, "version": 6, "params": params})
            assert answer["error"] is None, answer["error"]
            assert action in PLAIN
            return answer["result"]

        cards, notes = asked("findCards", query=""), asked("findNotes", query="")
        fresh = [{**note("fresh"), "tags": ["a"]}, note("fresh", options={"allowDuplicate": True})]
        reviewed = asked("findCards", query="is:review")
        deck = next(iter(asked("getDecks", cards=reviewed)))
        models = session.col.models.all_names_and_ids()
        fields = [[model.name, first_field(session, model.id)] for model in models]
        everything = {
            "everything": ["notes", "presets", "models", "decks", "tags"],
            "notes": notes,
            "logs": cards,
            "reviewsOf": cards,
            "contents": fields,
            "lostWith": [[model.id, [], []] for model in models],
        }
        results = {
            "findCards": cards,
            "findNotes": notes,
            "canAddNotes": asked("canAddNotes", notes=[*fresh, {}, 5, note("")]),
            "canAddNotesWithErrorDetail": asked(
                "canAddNotesWithErrorDetail", notes=[*fresh, {}, 5, note("")]
            ),
            "addNotes": asked("addNotes", notes=fresh),
            "notesInfo": asked("notesInfo", query=""),
            "notesModTime": asked("notesModTime", notes=[*notes, 1]),
            "cardsModTime": asked("cardsModTime", cards=[*cards, 1]),
            "cardsToNotes": asked("cardsToNotes", cards=[*cards, 1]),
            "areSuspended": asked("areSuspended", cards=[*cards, 1]),
            "getEaseFactors": asked("getEaseFactors", cards=[*cards, 1]),
            "areDue": asked("areDue", cards=reviewed),
            "getIntervals": asked("getIntervals", cards=reviewed),
            "getDecks": asked("getDecks", cards=[*cards, 1, "2", 3.0]),
            "cardReviews": asked("cardReviews", deck=deck, startID=0),
            "getReviewsOfCards": asked("getReviewsOfCards", cards=cards),
            "findModelsById": asked("findModelsById", modelIds=[model.id for model in models]),
            "findModelsByName": asked("findModelsByName", modelNames=[m.name for m in models]),
            "getState": asked("getState", what=everything),
        }
        histories = asked("getIntervals", cards=reviewed, complete=True)
    assert results.keys() == PLAIN
    for name, result in {**results, "complete": histories}.items():
        assert result, name
        assert plain(result) is result, name
