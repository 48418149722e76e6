"""Whether what AnkiConnect or the engine gives is what the catalog says."""

from __future__ import annotations

from typing import Any

from ankish.catalog.model import Command
from ankish.catalog.types import Type

EMPTY_ROWS = {"cardsInfo", "cardsModTime", "notesInfo", "notesModTime"}
"""Give `{}` in the place of a card or note that does not exist."""

NULL_ITEMS = {"areSuspended", "getEaseFactors"}
"""Give null in the place of a card that does not exist."""

NULL = {"storeMediaFile"}
"""Gives null for a file that skipHash leaves out."""


def answer_fits(command: Command, result: Any) -> bool:
    """Whether the result of an action is what its declaration says, quirks included."""
    if result is False and command.false_means is not None:
        return True
    if result is None and command.name in NULL:
        return True
    if command.name in EMPTY_ROWS:
        result = [row for row in result if row != {}]
    if command.name in NULL_ITEMS:
        result = [item for item in result if item is not None]
    return fits(result, command.result)


def fits(value: Any, type: Type) -> bool:
    """Whether a JSON value is what a type says, as AnkiConnect wants it."""
    match type.name:
        case "any":
            return True
        case "null":
            return value is None
        case "bool":
            return isinstance(value, bool)
        case "int" | "card" | "note":
            whole = isinstance(value, int) and not isinstance(value, bool)
            return (
                whole
                and (type.low is None or type.low <= value)
                and (type.high is None or value <= type.high)
            )
        case "float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "cards" | "notes":
            return isinstance(value, list) and all(type_is_id(item) for item in value)
        case "list":
            return isinstance(value, list) and all(
                type.of is None or fits(item, type.of) for item in value
            )
        case "record":
            return isinstance(value, dict) and record_fits(value, type)
    return isinstance(value, str) and (not type.choices or value in type.choices)


def type_is_id(value: Any) -> bool:
    """Whether a value may stand among ids."""
    return isinstance(value, int) and not isinstance(value, bool)


def record_fits(value: dict[str, Any], type: Type) -> bool:
    """Whether a record has the keys it should, and each a value that fits."""
    if any(key.required and key.name not in value for key in type.keys):
        return False
    for name, item in value.items():
        key = type.key(name)
        if key is not None:
            # A note type's deck and a field's purpose are null if there is none.
            if not fits(item, key.type) and not (item is None and name in {"did", "tag"}):
                return False
        elif type.of is not None:
            if not fits(item, type.of):
                return False
        elif type.keys:
            return False
    return True
