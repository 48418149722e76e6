"""Ids of cards and notes: only whole numbers ever go to Anki.

AnkiConnect splices ids into SQL (quirks.md 1), so a text in their place could find every
note there is; here it is an error.
"""

from __future__ import annotations

from typing import Any

from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span


def as_ids(value: Any, span: Span) -> list[int]:
    """One id or several, as a list; what is not a whole number is an error."""
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, int) or isinstance(item, bool):
            raise kinds.NOT_AN_ID.error(span, given=repr(item))
    return list(items)


def only(value: Any, span: Span) -> int:
    """The one id of a set that holds exactly one."""
    ids = as_ids(value, span)
    if len(ids) != 1:
        raise kinds.NOT_ONE.error(span, count=len(ids))
    return ids[0]
