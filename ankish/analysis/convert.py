"""The conversions of language.md 3: how what flows becomes what a parameter asks for.

`conversion` says how, and changes nothing; `converted` says how and notes on the search or
the rows what that takes of them, so that they are asked for it. A conversion is a few steps
in order, which `plan` carries out; what can be done only when a value is known, `runtime` does.
"""

from __future__ import annotations

from enum import Enum

from ankish.analysis.fit import fits, is_table
from ankish.analysis.selection import Flow
from ankish.catalog.types import ANY, CARD, CARDS, NOTE, NOTES, RECORD, Type, list_of


class How(Enum):
    """One step of a conversion."""

    SEARCH = "the search itself, not asked"
    ASK_CARDS = "ask the search for cards"
    ASK_NOTES = "ask the search for notes"
    FETCH = "fetch cards or notes as rows"
    FETCH_AGAIN = "fetch rows once more, after a change"
    ROWS = "rows as a plain table"
    ROW_CARDS = "the cards of rows"
    ROW_NOTES = "the notes of rows"
    ITEM_CARDS = "the card of one row, as a set"
    ITEM_NOTES = "the note of one row, as a set"
    NOTES_OF_CARDS = "the notes of cards"
    CARDS_OF_NOTES = "all cards of notes"
    IDS = "one number or several, taken as ids"
    CARD_COLUMN = "the ids in the column cardId"
    NOTE_COLUMN = "the ids in the column noteId"
    PART = "a search as a part of another one, in brackets"
    ANY_CARDS = "cards out of a value of any type: ids, or rows with cardId"
    ANY_NOTES = "notes out of a value of any type: ids, or rows with noteId"
    NOTES_SEARCH = "the search that finds the cards of notes"
    CARDS_SEARCH = "the search that finds cards"
    CARD_ROWS = "ids as a table with cardId"
    NOTE_ROWS = "ids as a table with noteId"
    ONE = "the only item"
    LIST = "one item as a list"
    SPACED = "texts as one text, with spaces between"


Conversion = tuple[How, ...]
"""The steps, in order; none where a value serves as it is."""

AS_IS: Conversion = ()

ID_COLUMNS = {How.CARD_COLUMN: "cardId", How.NOTE_COLUMN: "noteId"}
"""The column that a step takes the ids from."""

OF_TABLES = {How.CARD_ROWS: "cardId", How.NOTE_ROWS: "noteId"}
"""The column that a step makes of ids."""

ANY_COLUMNS = {How.ANY_CARDS: "cardId", How.ANY_NOTES: "noteId"}
"""The same, if the value has columns at all."""

OF_IDS = {How.NOTES_SEARCH: "nid", How.CARDS_SEARCH: "cid"}
"""The word of a search that finds ids."""

TAKEN = ((How.IDS,), (How.ANY_CARDS,), (How.ANY_NOTES,))
"""Conversions after which what flows is no longer what it was, but a set of ids."""

_ASKED = {"cards": How.ASK_CARDS, "notes": How.ASK_NOTES}
_OF_ROWS = {"cards": How.ROW_CARDS, "notes": How.ROW_NOTES}
_OF_ITEM = {"cards": How.ITEM_CARDS, "notes": How.ITEM_NOTES}
_ANY = {"cards": How.ANY_CARDS, "notes": How.ANY_NOTES}
_COLUMN = {"cards": How.CARD_COLUMN, "notes": How.NOTE_COLUMN}

FORMS = {how: form for steps in (_ASKED, _OF_ROWS, _OF_ITEM) for form, how in steps.items()}
"""What a step takes of a search or of rows: cards or notes."""


def converted(flow: Flow, want: Type) -> Conversion | None:
    """How `flow` becomes a `want`, and the demand for it noted; None if it can't."""
    how = conversion(flow, want)
    for step in how or ():
        form = FORMS.get(step)
        if form is not None and flow.rows is not None:
            flow.rows.wanted.add(form)
        elif form is not None and flow.selection is not None:
            flow.selection.forms.add(form)
    return how


def conversion(flow: Flow, want: Type) -> Conversion | None:
    """How `flow` becomes a `want`; None if it can't."""
    if want.name in _ASKED:
        return _to_ids(flow, want)
    if want.name in ("card", "note"):
        if fits(flow.type, want) and flow.rows is None:
            return AS_IS
        how = _to_ids(flow, CARDS if want.name == "card" else NOTES)
        return None if how is None else (*how, How.ONE)
    if want.name == "query" and (how := _to_search(flow)) is not None:
        return how
    if is_item(flow):
        return AS_IS if want.name in ("any", "record") else None
    if flow.rows is not None:
        return (How.ROWS,) if want.name in ("any", "list") else None
    if flow.selection is not None:
        if want.name == "any" or (want.name == "list" and want.of and want.of.name == "int"):
            return (How.ASK_CARDS,)
        return (How.SEARCH,) if want.name == "query" else None
    if fits(flow.type, want):
        return AS_IS
    if want.name == "list" and want.of is not None and fits(flow.type, want.of):
        return (How.LIST,)
    if want.name == "tags" and flow.type.name == "list":
        return (How.SPACED,)
    return None


def tabled(flow: Flow, how: Conversion) -> Conversion | None:
    """What flows, as a plain value by `how`, as a table; None if it can't be one."""
    type_ = plain_type(flow, how)
    if type_ in (CARDS, NOTES):
        return (*how, How.CARD_ROWS if type_ == CARDS else How.NOTE_ROWS)
    item = type_.of if type_.name == "list" else type_
    known = item is not None and item.name not in ("any", "record")
    return None if known or type_.name == "record" else how


def plain_type(flow: Flow, how: Conversion) -> Type:
    """The type of what flows once it is a plain value."""
    if how == (How.ASK_CARDS,):
        return CARDS
    return list_of(RECORD) if how == (How.ROWS,) else flow.type


def as_plain(flow: Flow) -> tuple[Conversion, Type]:
    """How what flows becomes a plain value, the demand for it noted, and the value's type."""
    how = converted(flow, ANY) or AS_IS
    return how, plain_type(flow, how)


def is_item(flow: Flow) -> bool:
    """Whether it is one row of cards or notes, such as `$it`."""
    return flow.rows is not None and flow.type.name == "record"


def _to_ids(flow: Flow, want: Type) -> Conversion | None:
    if flow.rows is not None:
        if want == CARDS and flow.rows.entity == "note":
            return None
        return ((_OF_ITEM if is_item(flow) else _OF_ROWS)[want.name],)
    if flow.selection is not None:
        return (_ASKED[want.name],)
    have = flow.type
    if have.name == want.name:
        return AS_IS
    if have == CARDS and want == NOTES:
        return (How.NOTES_OF_CARDS,)
    if have == CARD and want == NOTES:
        return (How.IDS, How.NOTES_OF_CARDS)
    if have.name == "any":
        return (_ANY[want.name],)
    if have.name in ("int", want.name[:-1]):
        return (How.IDS,)
    if have.name == "list" and have.of is not None:
        if is_table(have):
            return _column_of_ids(have.of, want)
        if have.of.name == "any":
            return (_ANY[want.name],)
        if have.of.name in ("int", want.name[:-1]):
            return (How.IDS,)
        if have.of == CARD and want == NOTES:
            return (How.IDS, How.NOTES_OF_CARDS)
    return None


def _to_search(flow: Flow) -> Conversion | None:
    """How cards or notes become the search that finds them."""
    if flow.rows is not None:
        form = "notes" if flow.rows.entity == "note" else "cards"
        search = How.NOTES_SEARCH if form == "notes" else How.CARDS_SEARCH
        return ((_OF_ITEM if is_item(flow) else _OF_ROWS)[form], search)
    return {
        CARDS: (How.CARDS_SEARCH,),
        NOTES: (How.NOTES_SEARCH,),
        CARD: (How.IDS, How.CARDS_SEARCH),
        NOTE: (How.IDS, How.NOTES_SEARCH),
    }.get(flow.type)


def _column_of_ids(row: Type, want: Type) -> Conversion | None:
    """The ids in a table; of a table that only has cards, their notes."""
    column = _COLUMN[want.name]
    if not row.keys or row.key(ID_COLUMNS[column]):
        return (column,)
    if want == NOTES and row.key("cardId"):
        return (How.CARD_COLUMN, How.NOTES_OF_CARDS)
    return None
