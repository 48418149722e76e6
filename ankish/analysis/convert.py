"""The conversions of language.md 3: how what flows becomes what a parameter asks for.

A conversion is a word that the plan understands:

* `same` - as it is
* `search` - the search itself, not asked
* `found-cards`, `found-notes` - ask the search for these
* `row-cards`, `row-notes` - the ids of rows
* `item-cards`, `item-notes` - the id of one row, as a set
* `cards-notes` - the notes of cards
* `ids` - one number or several, taken as ids
* `column-cardId`, `column-noteId` - the ids in a table's column
* `one` - the only item
* `rows` - cards or notes as rows
"""

from __future__ import annotations

from ankish.analysis.core import Flow
from ankish.analysis.fit import fits, is_table
from ankish.catalog.types import CARD, CARDS, NOTES, Type

ID_COLUMNS = {"cards": "cardId", "notes": "noteId"}


def conversion(flow: Flow, want: Type) -> str | None:
    """How `flow` becomes a `want`; None if it can't. Notes the demand on what was found."""
    if want.name in ID_COLUMNS:
        return _to_ids(flow, want)
    if want.name in ("card", "note"):
        plural = CARDS if want.name == "card" else NOTES
        if fits(flow.type, want) and flow.rows is None:
            return "same"
        how = _to_ids(flow, plural)
        return None if how is None else f"{how} one"
    if is_item(flow):
        return "same" if want.name in ("any", "record") else None
    if flow.rows is not None:
        return "rows" if want.name in ("any", "list") else None
    if flow.selection is not None:
        if want.name == "any" or (want.name == "list" and want.of and want.of.name == "int"):
            flow.selection.forms.add("cards")
            return "found-cards"
        return "search" if want.name == "query" else None
    if fits(flow.type, want):
        return "same"
    if want.name == "list" and want.of is not None and fits(flow.type, want.of):
        return "list"
    if want.name == "tags" and flow.type.name == "list":
        return "spaced"
    return None


def is_item(flow: Flow) -> bool:
    """Whether it is one row of cards or notes, such as `$it`."""
    return flow.rows is not None and flow.type.name == "record"


def _to_ids(flow: Flow, want: Type) -> str | None:
    if flow.rows is not None:
        if want == CARDS and flow.rows.entity == "note":
            return None
        flow.rows.wanted.add(want.name)
        return f"{'item' if is_item(flow) else 'row'}-{want.name}"
    if flow.selection is not None:
        flow.selection.forms.add(want.name)
        return f"found-{want.name}"
    have = flow.type
    if have.name == want.name or have.name == "any":
        return "same" if have.name == want.name else "ids"
    if have == CARDS and want == NOTES:
        return "cards-notes"
    if have == CARD and want == NOTES:
        return "ids cards-notes"
    if have.name in ("int", want.name[:-1]):
        return "ids"
    if have.name == "list" and have.of is not None:
        if is_table(have):
            return _column_of_ids(have.of, want)
        if have.of.name in ("int", "any", want.name[:-1]):
            return "ids"
        if have.of == CARD and want == NOTES:
            return "ids cards-notes"
    return None


def _column_of_ids(row: Type, want: Type) -> str | None:
    """The ids in a table; of a table that only has cards, their notes."""
    column = ID_COLUMNS[want.name]
    if not row.keys or row.key(column):
        return f"column-{column}"
    return "column-cardId cards-notes" if want == NOTES and row.key("cardId") else None
