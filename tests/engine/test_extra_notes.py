"""The engine's own actions on notes: find and replace, duplicates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.support import note

UNKNOWN = 1234567890123

Ask = Callable[..., Any]


@pytest.fixture
def notes(ask: Ask) -> list[int]:
    """Three notes."""
    return list(
        ask("addNotes", notes=[note("El gato", "cat"), note("el perro"), note("sol", "EL")])
    )


def fields(ask: Ask, notes: list[int]) -> list[tuple[str, str]]:
    """Front and back of notes."""
    infos = ask("notesInfo", notes=notes)
    return [(i["fields"]["Front"]["value"], i["fields"]["Back"]["value"]) for i in infos]


def test_text_is_replaced_in_one_field_or_all(ask: Ask, notes: list[int]) -> None:
    assert ask("findAndReplaceInNotes", notes=notes, search="el", replacement="la") == 1
    assert fields(ask, notes) == [("El gato", "cat"), ("la perro", ""), ("sol", "EL")]
    replaced = ask(
        "findAndReplaceInNotes",
        notes=notes,
        search="el",
        replacement="un",
        field="Front",
        matchCase=False,
    )
    assert replaced == 1
    assert fields(ask, notes) == [("un gato", "cat"), ("la perro", ""), ("sol", "EL")]


def test_a_regular_expression_has_groups(ask: Ask, notes: list[int]) -> None:
    swap = {"search": r"(?P<a>\w+) (\w+)", "replacement": "$2 ${a}", "regex": True}
    assert ask("findAndReplaceInNotes", notes=notes, **swap) == 2
    assert [front for front, _ in fields(ask, notes)] == ["gato El", "perro el", "sol"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"search": "("}, None),
        ({"search": "(", "regex": True}, "unclosed group"),
        ({"search": ""}, "the text to search for is empty"),
        ({"search": "el", "field": "Nope"}, "field was not found in these notes: Nope"),
        ({"search": 5}, "bad argument type"),
        ({"search": "el", "notes": [1, "x"]}, "cannot be interpreted as an integer"),
        ({"search": "el", "notes": [UNKNOWN]}, f"Note was not found: {UNKNOWN}"),
    ],
)
def test_a_replacement_that_can_not_be_changes_nothing(
    ask: Ask,
    error: Callable[..., str],
    notes: list[int],
    params: dict[str, Any],
    reason: str | None,
) -> None:
    before = fields(ask, notes)
    params = {"notes": notes, "replacement": "x", **params}
    if reason is None:
        assert ask("findAndReplaceInNotes", **params) == 0
    else:
        assert reason in error("findAndReplaceInNotes", **params)
    assert fields(ask, notes) == before


def test_duplicates_are_the_same_text_without_html(ask: Ask, error: Callable[..., str]) -> None:
    again = {"options": {"allowDuplicate": True}}
    one, two, _, four = ask(
        "addNotes",
        notes=[
            note("<b>sol</b>"),
            note("sol", **again),
            note("Sol"),
            {**note("sol"), "modelName": "Basic (and reversed card)", "tags": ["x"]},
        ],
    )
    assert ask("findDuplicateNotes", field="Front") == [{"value": "sol", "notes": [one, two, four]}]
    assert ask("findDuplicateNotes", field="Front", query="-tag:x") == [
        {"value": "sol", "notes": [one, two]}
    ]
    assert ask("findDuplicateNotes", field="Back") == []
    assert ask("findDuplicateNotes", field="Nope") == []
    assert "Invalid search" in error("findDuplicateNotes", field="Front", query="(")
