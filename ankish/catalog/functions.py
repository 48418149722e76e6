"""The functions of expressions: `trim(Front)`. What they do is in `runtime/functions.py`."""

from __future__ import annotations

from typing import Any

from ankish.catalog.model import Param
from ankish.catalog.types import ANY, BOOL, FLOAT, INT, TEXT, Type, list_of
from ankish.data import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function: parameters, the type of its result, a line of documentation, an example.

    With `rest` the last parameter takes all further arguments.
    """

    name: str
    params: tuple[Param, ...]
    result: Type
    doc: str
    example: str
    rest: bool = False

    @property
    def signature(self) -> str:
        """`replace(text, pattern, with, [regex])`."""
        words = [p.name if p.required else f"[{p.name}]" for p in self.params]
        return f"{self.name}({', '.join(words)}{', …' if self.rest else ''})"

    @property
    def about(self) -> dict[str, Any]:
        """The signature and what it does, for the notes of messages."""
        return {"signature": self.signature, "doc": self.doc[:1].lower() + self.doc[1:]}


def _function(
    name: str, result: Type, doc: str, example: str, *params: Param, rest: bool = False
) -> Function:
    return Function(name, params, result, doc, example, rest)


_text = Param("text", TEXT, "the text")
_number = Param("number", FLOAT, "the number")
_pattern = Param("pattern", TEXT, "the text to find, or a regular expression")
_regex = Param("regex", BOOL, "whether `pattern` is a regular expression", default=False)

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        _function("trim", TEXT, "Remove white space at both ends", 'trim("  a ")', _text),
        _function("upper", TEXT, "Change letters to capitals", 'upper("abc")', _text),
        _function("lower", TEXT, "Change letters to small ones", 'lower("ABC")', _text),
        _function(
            "replace",
            TEXT,
            "Replace every place where a text or a regular expression matches",
            "replace(\"a  b\", ' +', ' ', regex=true)",
            _text,
            _pattern,
            Param(
                "with", TEXT, "what to put there; \\1 is the first group of a regular expression"
            ),
            _regex,
        ),
        _function(
            "match",
            TEXT,
            "Give what a regular expression finds first: its first group, or all of it; else null",
            "match(\"lesson 12\", '\\d+')",
            _text,
            Param("pattern", TEXT, "the regular expression"),
        ),
        _function(
            "split",
            list_of(TEXT),
            "Cut a text at every place where another one stands",
            'split("a,b", ",")',
            _text,
            Param("at", TEXT, "where to cut"),
        ),
        _function(
            "length",
            INT,
            "Count the characters of a text or the items of a list",
            'length("abc")',
            Param("value", ANY, "the text or the list"),
        ),
        _function(
            "int",
            INT,
            "Make a whole number of a text or a number",
            'int("12")',
            Param("value", ANY, "what to make a number of"),
        ),
        _function(
            "float",
            FLOAT,
            "Make a number of a text",
            'float("1.5")',
            Param("value", ANY, "what to make a number of"),
        ),
        _function(
            "round",
            FLOAT,
            "Round to so many digits",
            "round(2.345, 1)",
            _number,
            Param("digits", INT, "digits after the point", default=0),
        ),
        _function("abs", FLOAT, "Drop the sign", "abs(-3)", _number),
        _function(
            "case",
            ANY,
            "Give the value after the first condition that holds, or the last value",
            'case(2 > 1, "more", "less")',
            Param(
                "condition", ANY, "a condition and its value, and so on; at the end the value else"
            ),
            rest=True,
        ),
    )
}
