"""The place where reading stopped, as the recognisers of mistakes look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from ankish.data import dataclass
from ankish.diagnostics.model import Span
from ankish.syntax.concrete import Token, first
from ankish.syntax.lexing import BRACKETS, CLOSING, OPENING, STRINGS, open_brackets

REACH = 200
"""How many characters around the place are looked at."""


@dataclass(frozen=True)
class Stop:
    """What is known where reading stopped.

    * **text**, **at** - the source and the offset; at its end there is nothing left to read.
    * **stack** - what the parser has read and not yet made one: tokens and trees.
    * **previous** - the token before this place.
    * **accepts** - gives the names of the terminals that could stand here.
    """

    text: str
    at: int
    stack: list[Any]
    previous: Token | None
    accepts: Callable[[], frozenset[str]]

    @cached_property
    def accepted(self) -> frozenset[str]:
        """The names of the terminals that could stand here."""
        return self.accepts()

    @cached_property
    def rest(self) -> str:
        """What could not be read, as far as it matters."""
        return self.text[self.at : self.at + REACH]

    @cached_property
    def word(self) -> str:
        """The name that begins here, or empty."""
        match = re.match(r"[^\W\d][\w-]*", self.rest)
        return match[0] if match else ""

    @property
    def ends(self) -> bool:
        """Whether the text ends here."""
        return self.at >= len(self.text)

    @property
    def joined(self) -> bool:
        """Whether there is nothing between this place and the token before it."""
        return self.previous is not None and self.previous.end == self.at

    @cached_property
    def opened(self) -> Token | None:
        """The innermost bracket or quote that is open."""
        opened = open_brackets(self.stack, OPENING | STRINGS.keys())
        return opened[-1] if opened else None

    @property
    def before_opened(self) -> Any:
        """What stands on the stack before the innermost bracket that is open; None if nothing."""
        number = next((i for i, item in enumerate(self.stack) if item is self.opened), 0)
        return self.stack[number - 1] if number else None

    def inside(self, *types: str) -> bool:
        """Whether the innermost bracket or quote that is open is one of these."""
        return self.opened is not None and self.opened.type in types

    def after(self, *types: str) -> Token | None:
        """The token before this place, if it is one of these."""
        before = self.previous
        return before if before is not None and before.type in types else None

    @property
    def command(self) -> Token | None:
        """The name of the innermost command whose arguments are being read."""
        for item in reversed(self.stack):
            if isinstance(item, Token) and item.type in ("COMMAND", "BLOCK"):
                return item if item.type == "COMMAND" else None
        return None

    def keyword(self, *types: str) -> Token | None:
        """The first of these tokens of the stage or statement that is being read."""
        closed = 0
        for item in reversed(self.stack):
            if not isinstance(item, Token):
                continue
            if item.type in CLOSING:
                closed += 1
            elif item.type in BRACKETS:
                if not closed:
                    return None
                closed -= 1
            elif item.type in types and not closed:
                return item
        return None

    def here(self, width: int = 1) -> Span:
        """The place where reading stopped."""
        return Span(self.at, self.at + width)

    def last(self) -> str:
        """How the last thing that was read is written."""
        start = first(self.stack[-1]).start if self.stack else self.at
        return self.text[start : self.at].strip()


def place(token: Token) -> Span:
    """The place of a token."""
    return Span(token.start, token.end)


def bracket_of(token: Token) -> tuple[Span, str, str]:
    """The place of a bracket that a token opens, the bracket and its counterpart."""
    bracket, closing = BRACKETS[token.type]
    end = place(token).end
    return Span(end - len(bracket), end), bracket, closing
