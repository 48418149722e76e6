"""What the lexer needs beyond the grammar: brackets in which new lines are white space."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Span

if TYPE_CHECKING:
    from lark import Token

OPENING = frozenset({"LPAR", "LSQB", "RECORD", "BLOCK", "CALL", "HOLE"})
CLOSING = frozenset({"RPAR", "RSQB", "RBRACE"})

DEPTH = 100
"""How deep brackets may be nested. Nobody writes 20; beyond some hundreds Python's stack ends."""


class Lines:
    """Drops the new lines that stand inside `( )`, `[ ]`, `${ }` and records.

    In a block a new line ends a statement; in other brackets it is white space. The
    grammar can't say so, since what stands inside brackets is made of the same rules
    as what stands outside.
    """

    always_accept = ("_NL",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Lark's hook between lexer and parser."""
        open_brackets: list[str] = []
        for token in stream:
            if token.type == "_NL" and open_brackets and open_brackets[-1] != "BLOCK":
                continue
            if token.type in OPENING:
                open_brackets.append(token.type)
                if len(open_brackets) > DEPTH:
                    start = token.start_pos or 0
                    raise kinds.TOO_DEEP.error(Span(start, start + len(token)), depth=DEPTH)
            elif token.type in CLOSING and open_brackets:
                open_brackets.pop()
            yield token
