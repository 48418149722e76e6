"""How large the values of a program may grow.

Twenty lines that each put a text four times into the next one would make a trillion letters. A
program ends with an error long before the memory does.
"""

from __future__ import annotations

from typing import Any

from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span

TEXT = 50_000_000
"""How many characters a text has at the most."""

ITEMS = 5_000_000
"""How many items a list has at the most, or all lists that an `each` gives together."""

ROUNDS = 1_000_000
"""For how many items an `each` does its block at the most."""


def room(span: Span, size: int, what: str = "text") -> None:
    """Make sure that a value of that size may be made. Raises `AnkishError`."""
    most = {"text": TEXT, "list": ITEMS, "each": ROUNDS}[what]
    if size > most:
        unit = "characters" if what == "text" else "items"
        name = "an `each`" if what == "each" else f"a {what}"
        raise kinds.TOO_LONG.error(span, what=name, size=size, most=most, unit=unit)


def joined(parts: list[str], span: Span) -> str:
    """The parts as one text."""
    room(span, sum(map(len, parts)))
    return "".join(parts)


def added(left: Any, right: Any, span: Span) -> Any:
    """Two texts or two lists as one."""
    room(span, len(left) + len(right), "text" if isinstance(left, str) else "list")
    return left + right


def held(value: Any, span: Span) -> Any:
    """A value that is there already, unless it is too large to go on with."""
    if isinstance(value, str | list):
        room(span, len(value), "text" if isinstance(value, str) else "list")
    return value
