"""What the functions of `catalog/functions.py` do."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.kinds_of import is_number
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span
from ankish.runtime import dates, markup, sizes
from ankish.runtime.order import extreme
from ankish.runtime.patterns import Match, Pattern, compiled
from ankish.runtime.texts import as_text

LONGEST_RANGE = 100_000
"""How many numbers `range` gives at the most."""


def apply(name: str, arguments: list[Any], span: Span) -> Any:
    """Call a function. Null for its first argument gives null: what isn't there stays so."""
    function = FUNCTIONS[name]
    if function.rest:
        return extreme(arguments, {"max": 1, "min": -1}[name], span)
    if arguments and arguments[0] is None:
        return None
    for param, given in zip(function.params, arguments, strict=False):
        if given is None and param.default is None:
            continue
        wanted = _WANTED.get(param.type.name)
        if wanted is not None and not wanted[1](given):
            raise kinds.ARGUMENT.error(span, function=name, wanted=wanted[0], name=param.name)
    try:
        return sizes.held(_DO[name](*arguments), span)
    except MemoryError:
        raise kinds.TOO_LONG.error(
            span, what="a text", most=sizes.TEXT, unit="characters"
        ) from None
    except re.error as error:
        raise kinds.REGEX.error(span, reason=error.msg) from None
    except _TooMany as error:
        raise kinds.TOO_MANY.error(span, function=name, count=error.args[0]) from None
    except dates.NotATime:
        raise kinds.NOT_A_TIME.error(span, given=repr(arguments[0])) from None
    except (ValueError, OverflowError, IndexError):
        raise kinds.UNREADABLE.error(span, function=name, given=repr(arguments[0])) from None


_WANTED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("a text", lambda given: isinstance(given, str)),
    "media": ("a text", lambda given: isinstance(given, str)),
    "int": ("a whole number", lambda given: is_number(given) and isinstance(given, int)),
    "float": ("a number", is_number),
    "list": ("a list", lambda given: isinstance(given, list)),
    "record": ("a record", lambda given: isinstance(given, dict)),
}
"""What a parameter of a type takes, and how to say that."""


def _replace(text: str, pattern: str, new: str, regex: bool) -> str:
    return compiled(pattern).sub(new, text) if regex else text.replace(pattern, new)


def _match(text: str, pattern: str) -> str | None:
    sought = compiled(pattern)
    found = sought.search(text)
    return None if found is None else _of(sought, found)


def _scan(text: str, pattern: str) -> list[str]:
    sought = compiled(pattern)
    return [_of(sought, found) for found in sought.all(text)]


def _of(sought: Pattern, found: Match) -> Any:
    """The first group of a match, or all of it if there is none."""
    return found[1] if sought.groups else found[0]


def _split(text: str, at: str | None = None) -> list[str]:
    """The characters, if it is nothing that the text is split at."""
    return list(text) if at == "" else text.split(at)


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
    made = float(value)
    if not math.isfinite(made):
        raise ValueError  # "nan" and "inf" are no numbers of the language
    return made


def _round(value: float, digits: int) -> float:
    return round(value, digits) if digits else round(value)


def _slice(value: Any, start: int, end: int | None) -> Any:
    if not isinstance(value, str | list):
        raise ValueError
    return value[start:end]


class _TooMany(Exception):
    """A list would be so long that it is surely not meant."""


def _range(first: int, behind: int) -> list[int]:
    if behind - first > LONGEST_RANGE:
        raise _TooMany(behind - first)
    return list(range(first, behind))


def _join(items: list[Any], between: str) -> str:
    if any(isinstance(item, list | dict) for item in items):
        raise ValueError
    return between.join(as_text(item, Span(0, 0)) for item in items)


def _record(names: list[Any], values: list[Any]) -> dict[str, Any]:
    if not all(isinstance(name, str) for name in names):
        raise ValueError
    return dict(zip(names, values, strict=True))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    return "-".join(re.findall(r"[^\W_]+", plain))


_DO: dict[str, Callable[..., Any]] = {
    "trim": str.strip,
    "upper": str.upper,
    "lower": str.lower,
    "replace": _replace,
    "match": _match,
    "scan": _scan,
    "split": _split,
    "length": _length,
    "int": _int,
    "float": _float,
    "round": _round,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "contains": str.__contains__,
    "starts": str.startswith,
    "ends": str.endswith,
    "slice": _slice,
    "range": _range,
    "join": _join,
    "record": _record,
    "get": dict.get,
    "normalize": lambda text: unicodedata.normalize("NFC", text),
    "slug": _slug,
    "text": markup.plain,
    "md": markup.from_markdown,
    "html": markup.to_markdown,
    "cloze": markup.cloze,
    "sound": markup.sound,
    "img": markup.image,
    "today": dates.today,
    "now": dates.now,
    "date": dates.day,
    "datetime": dates.whole,
    "days": dates.between,
    "epoch": dates.seconds,
    "format": dates.formatted,
}
