"""`for` over cards and notes: each item is a row, as in `each`."""

from __future__ import annotations

import pytest

from tests.support.lab import Lab

FRONTS = "{print $c.Front}"


@pytest.mark.parametrize(
    "items",
    [
        "(find deck:Inbox)",
        "(find deck:Inbox | notes)",
        "(find deck:Inbox | where length(Front) > 0)",
        "(find deck:Inbox | cards)",
        "(find deck:Inbox | derive more = length(Front))",
        "$found",
    ],
)
def test_an_item_has_columns_and_fields(lab: Lab, items: str) -> None:
    said = lab.results(
        f"let found = find deck:Inbox\nfor c in {items} {{ print $c.Front $found.0 }}"
    )
    infos = lab.ask("notesInfo", query="deck:Inbox")
    assert [front for front, _ in said] == [info["fields"]["Front"]["value"] for info in infos]


def test_an_item_is_what_verbs_change(lab: Lab) -> None:
    lab.results('for c in (find deck:Inbox | first 2) { $c | addTags "len-${length(c.Front)}" }')
    tagged = lab.ask("notesInfo", query="tag:len-*")
    assert len(tagged) == 2
    for note in tagged:
        assert f"len-{len(note['fields']['Front']['value'])}" in note["tags"]


def test_an_item_of_notes_is_a_note(lab: Lab) -> None:
    lab.results("for n in (find deck:Japanese | notes | first 1) { $n | addTags once }")
    assert len(lab.ask("findNotes", query="tag:once")) == 1


def test_in_a_macro(lab: Lab) -> None:
    program = "macro fronts(some: cards) { for c in $some { print $c.Front } }"
    said = lab.results(f"{program}\nfind deck:Inbox | sort Front | first 1 | fronts")
    assert said == [
        min(i["fields"]["Front"]["value"] for i in lab.ask("notesInfo", query="deck:Inbox"))
    ]


def test_a_column_that_is_not_there_is_found_before_it_runs(lab: Lab) -> None:
    assert [p.code for p in lab.checked("for c in (find deck:Inbox) { print $c.Fornt }")] == [
        "name::column"
    ]


def test_a_loop_asks_for_the_columns_that_its_block_uses(lab: Lab) -> None:
    plan = lab.explained("explain for c in (find deck:Inbox) { print $c.suspended }")
    assert "areSuspended" in plan
    assert "cardsInfo" not in plan
    plan = lab.explained("explain for c in (find deck:Inbox) { $c | suspend }")
    assert "Info" not in plan
