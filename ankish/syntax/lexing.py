"""What reading needs to know of brackets, strings and lines, beyond the grammar."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from ankish.syntax.concrete import Token

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

PARTS = ",;"
"""What stands between items and between statements. Layout moves it, so a line that begins with it
begins with what comes after it."""

STRINGS = {"DBLQUOTE": '"', "TRIPLE": '"""'}
"""The terminals that open a string which is read in parts."""


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


def width(text: str, at: int) -> int:
    """How far the line of an offset is indented."""
    line = text.rfind("\n", 0, at) + 1
    indented = re.compile(r"[ \t]*").match(text, line)
    return len(indented[0].expandtabs(4)) if indented else 0


def first_in_line(text: str, at: int, but: str = "") -> bool:
    """Whether nothing but white space, and these signs, stands before an offset in its line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    for sign in but:
        before = before.replace(sign, "")
    return not before.strip()
