"""Conversions: what becomes what, and what is demanded of a search for it."""

from __future__ import annotations

import pytest

from ankish.analysis.convert import How, conversion, converted
from ankish.analysis.selection import Flow, Rows, Selection
from ankish.catalog.types import (
    ANY,
    CARD,
    CARDS,
    DECK,
    INT,
    NOTE,
    NOTES,
    QUERY,
    TABLE,
    TAGS,
    TEXT,
    Key,
    Type,
    list_of,
    record_of,
)

WITH_CARDS = list_of(record_of(Key("cardId", CARD), Key("Front", TEXT)))


@pytest.mark.parametrize(
    ("have", "want", "how"),
    [
        (CARDS, CARDS, ()),
        (CARDS, NOTES, (How.NOTES_OF_CARDS,)),
        (NOTES, CARDS, None),
        (CARD, NOTES, (How.IDS, How.NOTES_OF_CARDS)),
        (INT, CARDS, (How.IDS,)),
        (list_of(INT), NOTES, (How.IDS,)),
        (CARDS, CARD, (How.ONE,)),
        (CARDS, NOTE, (How.NOTES_OF_CARDS, How.ONE)),
        (TABLE, CARDS, (How.CARD_COLUMN,)),
        (WITH_CARDS, NOTES, (How.CARD_COLUMN, How.NOTES_OF_CARDS)),
        (list_of(record_of(Key("Front", TEXT))), NOTES, None),
        (list_of(DECK), CARDS, None),
        (TEXT, CARDS, None),
        (TEXT, list_of(TEXT), (How.LIST,)),
        (list_of(TEXT), TAGS, (How.SPACED,)),
        (CARDS, ANY, ()),
    ],
)
def test_of_plain_types(have: Type, want: Type, how: tuple[How, ...] | None) -> None:
    assert conversion(Flow(have), want) == how


def test_what_is_wanted_of_a_search_is_noted_only_when_it_is_converted() -> None:
    selection = Selection()
    flow = Flow(QUERY, selection)
    assert conversion(flow, NOTES) == (How.ASK_NOTES,)
    assert not selection.forms
    assert converted(flow, NOTES) == (How.ASK_NOTES,)
    assert converted(flow, ANY) == (How.ASK_CARDS,)
    assert selection.forms == {"cards", "notes"}


def test_rows_of_a_search_are_cards_unless_all_that_is_wanted_are_notes() -> None:
    cards, notes = Rows(Selection(), ""), Rows(Selection(), "")
    converted(Flow(QUERY, rows=cards), CARDS)
    converted(Flow(QUERY, rows=cards), NOTES)
    converted(Flow(QUERY, rows=notes), NOTES)
    cards.settle()
    notes.settle()
    assert (cards.entity, notes.entity) == ("card", "note")
    assert notes.selection is not None and notes.selection.forms == {"notes"}


def test_rows_of_notes_are_no_cards() -> None:
    assert conversion(Flow(NOTES, rows=Rows(None, "note")), CARDS) is None
