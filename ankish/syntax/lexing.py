"""What lark's lexer needs beyond the grammar: new lines, brackets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from lark import Token

BRACKETS = {
    "LPAR": ("(", ")"),
    "CALL": ("(", ")"),
    "LSQB": ("[", "]"),
    "BLOCK": ("{", "}"),
    "RECORD": ("{", "}"),
    "HOLE": ("${", "}"),
}
"""The terminals that open a bracket, how it looks, and what closes it."""

OPENING = frozenset(BRACKETS)
CLOSING = frozenset({"RPAR", "RSQB", "RBRACE"})

STRINGS = {"DBLQUOTE": '"', "TRIPLE": '"""'}
"""The terminals that open a string which is read in parts."""


class NewLines:
    """Has the lexer find new lines everywhere, also where the parser wants none.

    `syntax.reading` drops those inside brackets. The grammar can't say so, since what
    stands inside brackets is made of the same rules as what stands outside.
    """

    always_accept = ("_NL",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Lark's hook between lexer and parser."""
        return stream


def open_brackets(items: Iterable[Any], opening: Collection[str] = OPENING) -> list[Token]:
    """The brackets that are open after these items of the parser's stack, the innermost last."""
    opened: list[Token] = []
    for item in items:
        if isinstance(item, Token):
            if item.type in STRINGS and opened and opened[-1].type == item.type:
                opened.pop()
            elif item.type in opening:
                opened.append(item)
            elif item.type in CLOSING and opened:
                opened.pop()
    return opened
