"""Names that columns, fields and derived columns share, and what `set` goes by."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ankish.runtime.explain import explain_request, explanation
from tests.language.conftest import LABS
from tests.support.lab import Lab


@pytest.fixture(params=LABS)
def odd(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """A collection whose note type has fields with the names of columns, and two notes of it."""
    with LABS[request.param]() as lab:
        lab.ask(
            "createModel",
            modelName="Odd",
            inOrderFields=["Front", "due", "deck", "tags", "fields", "type"],
            cardTemplates=[{"Front": "{{Front}}", "Back": "{{due}}"}],
        )
        for front, due in (("one", "monday"), ("two", "tuesday")):
            fields = {"Front": front, "due": due, "deck": "mine", "tags": "t", "type": "noun"}
            note = {"deckName": "Inbox", "modelName": "Odd", "fields": fields, "tags": ["odd"]}
            lab.ask("addNote", note=note)
        yield lab


def test_a_bare_name_is_the_column_and_fields_dot_name_the_field(odd: Lab) -> None:
    rows = odd.result("find note:Odd | select Front, deck, fields.deck, tags, `fields.due`")
    assert [list(row) for row in rows] == [["Front", "deck", "tags", "due"]] * 2
    rows = odd.result(
        "find note:Odd | sort Front | derive day = fields.due, at = deck, kind = `fields.type`"
        " | select day, at, kind"
    )
    assert rows == [
        {"day": "monday", "at": "Inbox", "kind": "noun"},
        {"day": "tuesday", "at": "Inbox", "kind": "noun"},
    ]
    assert odd.result('find note:Odd | where fields.due == "monday" | count') == 1
    assert odd.result("find note:Odd | each { $it.fields.type }") == ["noun"] * 2


def test_a_name_that_is_both_is_told(odd: Lab) -> None:
    odd.results('find note:Odd | where deck == "Inbox" and Front != "" | count')
    (warning,) = odd.warnings
    assert warning.code == "name::ambiguous"
    assert warning.helps == ("the field: fields.deck",)
    odd.warnings.clear()
    odd.results('find note:Odd | where fields.deck == "mine" | count')
    odd.results('find note:Odd | derive due = "x" | where due == Front | count')
    assert not odd.warnings


def test_a_field_that_does_not_exist_is_told(odd: Lab) -> None:
    assert odd.codes('find note:Odd | where fields.dew == ""') == ["name::no-field"]
    assert odd.codes('find note:Odd | set `fields.dew` = ""') == ["name::no-field"]


def test_set_changes_the_field_of_that_name(odd: Lab) -> None:
    assert odd.result('find note:Odd | set due = "${fields.due}!", type = upper(fields.type)')
    notes = odd.ask("notesInfo", query="note:Odd")
    assert {note["fields"]["due"]["value"] for note in notes} == {"monday!", "tuesday!"}
    assert {note["fields"]["type"]["value"] for note in notes} == {"NOUN"}
    assert odd.result('find note:Odd | set `fields.deck` = "mine"')["count"] == 0
    assert odd.result('find note:Odd | set deck = "yours"')["count"] == 2
    assert len(odd.ids("deck:Inbox note:Odd")) == 2


def test_set_compares_with_what_is_stored(odd: Lab) -> None:
    """Not with a derived column of the same name."""
    program = "find note:Odd | derive Front = upper(Front) | set Front = Front"
    assert odd.result(program)["count"] == 2
    notes = odd.ask("notesInfo", query="note:Odd")
    assert {note["fields"]["Front"]["value"] for note in notes} == {"ONE", "TWO"}
    assert odd.result(program)["count"] == 0


def test_rows_keep_their_ids(odd: Lab) -> None:
    odd.warnings.clear()
    for name in ("cardId", "noteId"):
        assert odd.codes(f"find note:Odd | derive {name} = 1 | suspend") == ["name::id-column"]
    assert odd.result("[{cardId: 1}] | derive cardId = 2") == [{"cardId": 2}]


# Derived columns are shown.

LENGTHS = "find deck:Inbox | notes | derive long = length(Front)"


def test_derived_columns_are_shown(lab: Lab) -> None:
    rows = lab.result(LENGTHS)
    assert {row["noteId"] for row in rows} == set(lab.ask("findNotes", query="deck:Inbox"))
    assert all(row["long"] == len(row["Front"]) for row in rows)
    rows = lab.result("find deck:Inbox | first 2 | enumerate | derive twice = index * 2")
    assert [(row["index"], row["twice"]) for row in rows] == [(0, 0), (1, 2)]
    assert all("cardId" in row for row in rows)


def test_of_many_rows_the_shell_shows_some(reading: Lab) -> None:
    import io

    from ankish.diagnostics.model import Source
    from ankish.runtime.present import Presenter
    from ankish.runtime.session import Session

    out = io.StringIO()
    session = Session(lambda: reading.client, keep=True, preview=True)
    source = Source("shell", "find deck:Spanish | derive long = length(Front)")
    session.run(source, Presenter(out, out, "table", columns=80), reading.warnings.extend)
    head, _, *rows, last = out.getvalue().splitlines()
    assert head.split() == ["cardId", "Front", "long"]
    assert len(rows) == 20
    assert last == f"{len(reading.ids('deck:Spanish'))} cards, the first 20 shown"
    asked = explain_request(Source("shell", f"explain {LENGTHS}"))
    assert asked is not None
    assert "long = length(Front)" in explanation(session, asked)
