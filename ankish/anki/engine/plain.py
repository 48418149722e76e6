"""Values as JSON has them, whatever Anki's library hands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

SCALARS = frozenset({str, int, float, bool, type(None)})
KEYS = frozenset({str})


def plain(value: object) -> object:
    """The same value in JSON's own types: dict with text keys, list, and scalars.

    One that is so already is returned itself, not copied: an action must not hand out what
    Anki's library keeps and changes later. Raises `TypeError` for what JSON can't carry.
    """
    return value if _is_plain(value) else _made_plain(value)


def _is_plain(value: object) -> bool:
    """Whether a value has JSON's own types only.

    It is looked through level by level, with no Python code for each of 100,000 rows.
    """
    if type(value) in SCALARS:
        return True
    level: list[Any] = [value]
    while level:
        records = [item for item in level if type(item) is dict]
        lists = [item for item in level if type(item) is list]
        if len(records) + len(lists) < len(level):
            return False
        if not KEYS.issuperset(map(type, chain.from_iterable(records))):
            return False
        if SCALARS.issuperset(map(type, _inside(records, lists))):
            return True
        level = [item for item in _inside(records, lists) if type(item) not in SCALARS]
    return True


def _inside(records: list[dict[str, Any]], lists: list[list[Any]]) -> Iterator[Any]:
    """All values that stand in some records and lists."""
    return chain.from_iterable(chain(map(dict.values, records), lists))


def _made_plain(value: object) -> object:
    kind = type(value)
    if kind in SCALARS:
        return value
    if isinstance(value, Mapping):
        return {_key(key): _made_plain(item) for key, item in value.items()}
    if isinstance(value, (str, int, float)):  # an enum member, a NewType's base
        return _scalar(value)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [_made_plain(item) for item in value]
    raise TypeError(f"Object of type {kind.__name__} is not JSON serializable")


def _scalar(value: str | int | float) -> str | int | float:
    """The value itself, of a type derived from one of JSON's."""
    if isinstance(value, str):
        return str.__str__(value)
    return int(value) if isinstance(value, int) else float(value)


def _key(key: object) -> str:
    """An object's key as the JSON encoder of Python writes it."""
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    if isinstance(key, (str, int, float)):
        return str(_scalar(key))
    raise TypeError(f"Object of type {type(key).__name__} is no key in JSON")
