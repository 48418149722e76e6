"""Values as JSON has them, whatever Anki's library hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SCALARS = frozenset({str, int, float, bool, type(None)})


def plain(value: object) -> object:
    """The same value in JSON's own types: dict with text keys, list, and scalars.

    A list of scalars is returned as it is, so that 100,000 ids cost next to nothing.
    Raises `TypeError` for what JSON can't carry.
    """
    kind = type(value)
    if kind in SCALARS:
        return value
    if kind is list:
        assert isinstance(value, list)
        return value if SCALARS.issuperset(map(type, value)) else [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, (str, int, float)):  # an enum member, a NewType's base
        return _scalar(value)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [plain(item) for item in value]
    raise TypeError(f"Object of type {kind.__name__} is not JSON serializable")


def _scalar(value: str | int | float) -> str | int | float:
    for base in (str, int, float):
        if isinstance(value, base):
            return base(value)
    return value


def _key(key: object) -> str:
    """An object's key as the JSON encoder of Python writes it."""
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    return str(key)
