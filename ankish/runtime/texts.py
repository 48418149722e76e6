"""Values as texts."""

from __future__ import annotations

from typing import Any

from ankish.catalog.kinds_of import is_number, kind_of
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span


def as_text(value: Any, span: Span) -> str:
    """A value as it is filled into a text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return str(value)
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return ", ".join(as_text(each, span) for each in value)
    raise kinds.NOT_A_TEXT.error(span, given=kind_of(value))
