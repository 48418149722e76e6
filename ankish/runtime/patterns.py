"""Regular expressions: Python's own, but with an end.

`(a+)+$` on a text of thirty letters would be tried for hours, and nothing could stop it. What
Python reads as a regular expression is one here, and it is Python that runs it wherever that can't
take long. Elsewhere the library `regex` runs it, which reads the same and can be given a time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from ankish.analysis.regex import sound

if TYPE_CHECKING:
    import regex

Match: TypeAlias = "re.Match[str] | regex.Match[str]"

LIMIT = 3.0
"""How many seconds a pattern may take, for one text or for several on end."""

NOTICED = 0.05
"""Seconds for one text from which on they are counted."""

LONG = 10_000
"""Characters of a text from which on even one repetition can take long."""

_PIECE = (
    r"(?P<escape>\\.)|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<repeat>[*+?]|\{\d*,?\d*\})"
    r"|(?P<opens>\(\??)|(?P<brace>\{)"
)


class Slow(Exception):
    """A pattern has taken too long on a text of so many characters."""


class Pattern:
    """A regular expression, ready to use. Its methods raise `Slow`.

    Raises `re.error` if it is not sound.
    """

    def __init__(self, pattern: str) -> None:
        self._plain = sound(pattern)
        self._quick = is_quick(pattern)
        self._timed: Any = None
        self._spent = 0.0
        self._ended = 0.0

    @property
    def groups(self) -> int:
        """How many groups it has."""
        return self._plain.groups

    def search(self, text: str) -> Match | None:
        """The first match in a text."""
        if self._is_quick_on(text):
            return self._plain.search(text)
        return self._in_time(text, "search", text)  # type: ignore[no-any-return]

    def all(self, text: str) -> list[Match]:
        """All matches in a text."""
        if self._is_quick_on(text):
            return list(self._plain.finditer(text))
        return self._in_time(text, "finditer", text)  # type: ignore[no-any-return]

    def sub(self, new: str, text: str) -> str:
        """A text with all matches replaced; raises `re.error` also if `new` is not sound."""
        if self._is_quick_on(text):
            return self._plain.sub(new, text)
        self._plain.sub(new, "")
        return str(self._in_time(text, "sub", new, text))

    def _is_quick_on(self, text: str) -> bool:
        return self._quick and len(text) <= LONG

    def _in_time(self, text: str, method: str, *given: str) -> Any:
        import regex  # 10 ms, and few patterns need it

        if self._timed is None:
            self._timed = regex.compile(for_regex(self._plain.pattern), regex.VERSION0)
        began = time.monotonic()
        if began - self._ended > LIMIT:
            self._spent = 0.0  # another program
        left = max(LIMIT - self._spent, NOTICED)
        try:
            made = getattr(self._timed, method)(*given, timeout=left, concurrent=True)
            return list(made) if method == "finditer" else made
        except TimeoutError:
            raise Slow(len(text)) from None
        finally:
            self._ended = time.monotonic()
            took = self._ended - began
            self._spent += took if took > NOTICED else 0.0


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Pattern:
    """A regular expression. Raises `re.error` if it is not sound."""
    return Pattern(pattern)


def is_quick(pattern: str) -> bool:
    """Whether it surely takes no longer than the square of a text's length.

    One repetition of something that can be read in one way only has at most as many ends as the
    text has characters.
    """
    repeats = [piece for piece in _pieces(pattern) if piece.lastgroup == "repeat"]
    return not repeats or len(repeats) == 1 and "|" not in pattern and r"\1" not in pattern


def for_regex(pattern: str) -> str:
    """The same for the library: what only that takes for something else is escaped.

    `{` that repeats nothing would allow errors there, `[[:alpha:]]` would be a class of its own.
    """
    made, end = "", 0
    for piece in _pieces(pattern):
        found = piece[0]
        if piece.lastgroup == "brace" or found == "{}":
            found = found.replace("{", r"\{").replace("}", r"\}")
        elif piece.lastgroup == "class":
            found = found[0] + re.sub(r"(\\.)|\[", lambda each: each[1] or r"\[", found[1:])
        made += pattern[end : piece.start()] + found
        end = piece.end()
    return made + pattern[end:]


def _pieces(pattern: str) -> Iterator[re.Match[str]]:
    return re.finditer(_PIECE, pattern, re.DOTALL)
