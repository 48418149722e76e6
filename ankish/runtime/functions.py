"""What the functions of `catalog/functions.py` do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ankish.catalog.functions import FUNCTIONS
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span


def apply(name: str, arguments: list[Any], span: Span) -> Any:
    """Call a function. Null for its first argument gives null: what isn't there stays so."""
    if arguments and arguments[0] is None:
        return None
    function = FUNCTIONS[name]
    for param, given in zip(function.params, arguments, strict=False):
        if param.type.name == "text" and not isinstance(given, str):
            raise kinds.ARGUMENT.error(span, function=name, wanted="a text", name=param.name)
        number = isinstance(given, int | float) and not isinstance(given, bool)
        if param.type.name in ("int", "float") and not number:
            raise kinds.ARGUMENT.error(span, function=name, wanted="a number", name=param.name)
    try:
        return _DO[name](*arguments)
    except re.error as error:
        raise kinds.REGEX.error(span, reason=error.msg) from None
    except (ValueError, OverflowError, IndexError):
        raise kinds.UNREADABLE.error(span, function=name, given=repr(arguments[0])) from None


def _replace(text: str, pattern: str, new: str, regex: bool) -> str:
    return re.sub(pattern, new, text) if regex else text.replace(pattern, new)


def _match(text: str, pattern: str) -> str | None:
    found = re.search(pattern, text)
    if found is None:
        return None
    return found[1] if found.re.groups else found[0]


def _length(value: Any) -> int:
    if not hasattr(value, "__len__"):
        raise ValueError
    return len(value)


def _int(value: Any) -> int:
    if isinstance(value, str):
        value = value.strip()
    if not isinstance(value, str | int | float):
        raise ValueError
    return int(value)


def _float(value: Any) -> float:
    if not isinstance(value, str | int | float):
        raise ValueError
    return float(value)


def _round(value: float, digits: int) -> float:
    return round(value, digits) if digits else round(value)


_DO: dict[str, Callable[..., Any]] = {
    "trim": str.strip,
    "upper": str.upper,
    "lower": str.lower,
    "replace": _replace,
    "match": _match,
    "split": str.split,
    "length": _length,
    "int": _int,
    "float": _float,
    "round": _round,
    "abs": abs,
}
