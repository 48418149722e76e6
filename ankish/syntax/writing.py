"""How a text has to be written where it is to stand, so that it is read as that text again."""

from __future__ import annotations

import re
from functools import lru_cache

from ankish.syntax.reading import grammar


@lru_cache(maxsize=8)
def _terminal(name: str) -> re.Pattern[str]:
    return re.compile(grammar().terminals[name])


@lru_cache(maxsize=1)
def reserved() -> frozenset[str]:
    """The words that mean something in the language itself, wherever they do."""
    patterns = grammar().terminals.values()
    return frozenset(word[1] for each in patterns if (word := FIXED.fullmatch(each)))


FIXED = re.compile(r"([a-z]+)(?:\(\?!.*\))?")
"""The pattern of a terminal that is one word, perhaps with what must not follow it."""


def is_word(text: str) -> bool:
    """Whether a text can stand bare as an argument of a command."""
    if any(_terminal(name).match(text) for name in ("NAMED", "SWITCH")):
        return False
    return any(_terminal(name).fullmatch(text) for name in ("WORD", "ARG_NUMBER"))


def is_name(text: str) -> bool:
    """Whether a text can stand bare as a name in an expression."""
    return _terminal("NAME").fullmatch(text) is not None and text not in reserved()


def quoted(text: str) -> str:
    """A text as a string."""
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """A text as it stands inside `"…"`."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("${", "\\${")
    return text.replace("\n", "\\n").replace("\r", "\\r")


def inside(text: str, quote: str) -> str | None:
    """A text as it stands inside of a string; None if it can't stand there."""
    if quote.startswith("'"):
        return None if "'" in text or "\n" in text else text
    return escaped(text)


def name(text: str) -> str | None:
    """A text as a name in an expression, in back-ticks if need be; None if there is no way."""
    if is_name(text):
        return text
    return f"`{text}`" if _terminal("QUOTED").fullmatch(f"`{text}`") else None
