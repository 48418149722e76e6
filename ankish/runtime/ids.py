"""Ids of cards and notes: only whole numbers ever go to Anki.

AnkiConnect splices ids into SQL (quirks.md 1), so a text in their place could find every
note there is; here it is an error.
"""

from __future__ import annotations

from typing import Any

from ankish.catalog.kinds_of import kind_of
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span

DIGITS = 18
"""How many digits an id that is written as a text may have."""


def id_of(value: Any) -> int | None:
    """The id that a value is; None if it is none.

    Files have them as texts (CSV) and with a point (tables of statistics): these serve.
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= DIGITS:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def as_ids(value: Any, span: Span) -> list[int]:
    """One id or several, as a list; what is not a whole number is an error."""
    items = value if isinstance(value, list) else [value]
    if all(type(item) is int for item in items):
        return list(items)
    ids = []
    for item in items:
        found = id_of(item)
        if found is None:
            plain = isinstance(item, str | int | float)
            raise kinds.NOT_AN_ID.error(span, given=repr(item) if plain else kind_of(item))
        ids.append(found)
    return ids


def only(value: Any, span: Span) -> int:
    """The one id of a set that holds exactly one."""
    ids = as_ids(value, span)
    if len(ids) != 1:
        raise kinds.NOT_ONE.error(span, count=len(ids))
    return ids[0]
