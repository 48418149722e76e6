"""Conditions that Anki's search can answer: what is not found need not be fetched.

A condition moves only if the answer stays the same. What Anki would find is either exactly
what the condition holds for, and then it is not looked at again; or more than that, and then
the rest is filtered here. Facts about searches are those of Anki 26.09.3, held against its
library by tests/plan/test_push.py:

* `prop:` compares the numbers that the cards have; an interval below 0 counts as 0 in rows.
* Names and texts are found in any case, a deck with its subdecks and with cards that sit in a
  filtered deck, a tag with its children: always more than `==` or `has` would.
* Texts are compared in Unicode's composed form, so only such a text moves.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import warnings
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from ankish.analysis import core
from ankish.analysis.regex import sound
from ankish.catalog.columns import FIELDS, Column
from ankish.catalog.types import QUERY
from ankish.data import dataclass, replace
from ankish.diagnostics.model import AnkishError, Span
from ankish.plan import model as m
from ankish.syntax.search import Hole, Piece, parse_search, render

MOST = 2_000_000_000
"""The largest number that moves: Anki keeps them in 32 bits."""
LONGEST = 100
"""How many characters of a text move at most."""

NUMBERS = {"lapses": "lapses", "reps": "reps", "interval": "ivl"}
"""Columns of whole numbers that are not negative, and what `prop:` calls them."""
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
FLAGS = 7

Columns = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Moved:
    """A condition as a part of a search.

    * **exact** - it finds what the condition holds for and nothing else.
    """

    term: str
    exact: bool


class Mover:
    """Moves the conditions of consecutive `where`s, in their order.

    A condition that can fail (a division by zero) ends it: what stands behind it is evaluated
    for fewer rows if it moves, but what stands before it must not be.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.terms: list[str] = []
        self._open = True

    def rest(self, condition: Any) -> Any:
        """What is left to be filtered here of a condition; None if nothing is."""
        left = None
        for part in _conjuncts(condition):
            moved = _moved(part, self.columns) if self._open else None
            if moved is not None:
                self.terms.append(moved.term)
            if moved is None or not moved.exact:
                left = part if left is None else replace(condition, operands=(left, part))
            self._open = self._open and _total(part, self.columns)
        return left


def narrowed(search: Any, terms: Sequence[str], span: Span) -> m.Narrowed:
    """A search that finds only what the terms find as well."""
    return m.Narrowed(search, tuple(dict.fromkeys(terms)), QUERY, span)


def _conjuncts(node: Any) -> Iterator[Any]:
    if isinstance(node, core.Operation) and node.operator == "and":
        for operand in node.operands:
            yield from _conjuncts(operand)
    else:
        yield node


# ---- what can't fail, whatever the row


def _total(node: Any, columns: Columns) -> bool:
    """Whether a condition has a value for every row."""
    if _is_state(node, columns):
        return True
    if not isinstance(node, core.Operation):
        return isinstance(node, core.Literal) and isinstance(node.value, bool)
    if node.operator in ("and", "or", "not"):
        return all(_total(operand, columns) for operand in node.operands)
    compared = _compared(node, columns)
    if compared is None:
        return False
    column, operator, value = compared
    if operator in ("==", "!="):
        return True
    if operator in ("<", "<=", ">", ">="):
        return column.type.name in ("int", "float") and _is_number(value)
    if operator in ("=~", "!~"):
        return _is_field(column) and isinstance(value, str) and _compiles(value)
    return operator == "has" and column.name == "tags" and isinstance(value, str)


def _compared(node: core.Operation, columns: Columns) -> tuple[Column, str, Any] | None:
    """A comparison of a column with a known value: column, operator, value."""
    if len(node.operands) != 2:
        return None
    left, right = node.operands
    operator = node.operator
    if isinstance(left, core.Literal) and (operator in FLIPPED or operator == "in"):
        left, right = right, left
        operator = "has" if operator == "in" else FLIPPED[operator]
    elif operator == "in":
        return None
    column = columns.get(left.name) if isinstance(left, core.ColumnOf) else None
    if column is None or not isinstance(right, core.Literal):
        return None
    return column, operator, right.value


def _is_state(node: Any, columns: Columns) -> bool:
    """Whether it is the column `suspended`, alone."""
    column = columns.get(node.name) if isinstance(node, core.ColumnOf) else None
    return column is not None and column.name == "suspended"


def _is_field(column: Column) -> bool:
    return column.key.startswith(FIELDS)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compiles(pattern: str) -> bool:
    try:
        sound(pattern)
    except re.error:
        return False
    return True


# ---- what Anki can find


def _moved(node: Any, columns: Columns) -> Moved | None:
    """A condition as a search; None if there is none for it."""
    if _is_state(node, columns):
        return Moved("is:suspended", exact=True)
    if not isinstance(node, core.Operation):
        return None
    if node.operator == "not":
        inner = _moved(node.operands[0], columns)
        return None if inner is None or not inner.exact else Moved(f"-({inner.term})", exact=True)
    if node.operator in ("and", "or"):
        return _joined(node, columns)
    compared = _compared(node, columns)
    return None if compared is None else _comparison(*compared)


def _joined(node: core.Operation, columns: Columns) -> Moved | None:
    """Both sides of an `or`; of an `and` inside it, what moves of it."""
    sides = [_moved(operand, columns) for operand in node.operands]
    if not all(_total(operand, columns) for operand in node.operands):
        return None
    found = [side for side in sides if side is not None]
    if not found or (node.operator == "or" and len(found) < len(sides)):
        return None
    exact = len(found) == len(sides) and all(side.exact for side in found)
    joiner = " or " if node.operator == "or" else " "
    return Moved(f"({joiner.join(side.term for side in found)})", exact)


def _comparison(column: Column, operator: str, value: Any) -> Moved | None:
    if _is_field(column):
        return _field(column, operator, value)
    if column.name in NUMBERS:
        return _number(column.name, operator, value)
    if column.name == "ease":
        return _ease(operator, value)
    if column.name == "suspended" and isinstance(value, bool) and operator in ("==", "!="):
        return Moved("is:suspended" if value == (operator == "==") else "-is:suspended", exact=True)
    if column.name == "flag" and operator == "==" and type(value) is int and 0 <= value <= FLAGS:
        return Moved(f"flag:{value}", exact=False)
    if column.name == "deck" and operator == "==":
        return _named("deck:", value)
    if column.name == "model" and operator == "==":
        return _named("note:", value)
    if column.name == "tags" and operator == "has":
        return _named("tag:", value)
    return None


def _number(column: str, operator: str, value: Any) -> Moved | None:
    """`lapses > 4` as `prop:lapses>4`."""
    if type(value) is not int or not 0 <= value <= MOST or operator not in FLIPPED:
        return None
    if column == "interval" and value == 0 and operator in ("==", "!=", ">="):
        return None  # one below 0 is 0 in a row, but not in a search
    return Moved(f"prop:{NUMBERS[column]}{_written(operator)}{value}", exact=True)


def _ease(operator: str, value: Any) -> Moved | None:
    """`ease < 2.5` as `prop:ease<2.5`, where Anki gets to the same permille."""
    if not _is_number(value) or operator not in FLIPPED or not 0 < value < 100:
        return None
    permille = round(value * 1000)
    # Anki reads it in 32 bits, multiplies it by 1000 and cuts off what is behind the point.
    if permille / 1000 != value or int(_single(_single(value) * 1000)) != permille:
        return None
    return Moved(f"prop:ease{_written(operator)}{permille / 1000}", exact=True)


def _single(value: float) -> float:
    """The nearest number of 32 bits."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


def _written(operator: str) -> str:
    return "=" if operator == "==" else operator


def _field(column: Column, operator: str, value: Any) -> Moved | None:
    """`Front == "x"` as `Front:x`, `Front =~ "x"` as `Front:*x*`."""
    name = column.key.removeprefix(FIELDS)
    if operator == "==":
        return _text((name, ":", value), value, empty=True)
    if operator == "=~" and isinstance(value, str):
        literal = _literal_part(value)
        return _text((name, ":*", literal), literal, "*")
    return None


def _named(keyword: str, value: Any) -> Moved | None:
    return _text((None, keyword, value), value)


def _text(
    parts: tuple[str | None, str, Any], value: Any, after: str = "", empty: bool = False
) -> Moved | None:
    """A term that holds a text literally; None if no search can be trusted to find it."""
    if not isinstance(value, str) or len(value) > LONGEST or not (value or empty):
        return None
    if not unicodedata.is_normalized("NFC", value) or not all(map(_is_plain, value)):
        return None
    name, between, _ = parts
    nowhere = Span(0, 0)
    written: list[Piece | Hole] = [Piece(between, 0), Hole(0, nowhere), Piece(after, 0)]
    values: list[object] = [value]
    if name is not None:
        written = [Hole(1, nowhere), *written]
        values.append(name)
    try:
        tree, problems = parse_search([each for each in written if getattr(each, "text", "x")])
        if tree is None or problems:
            return None
        return Moved(render(tree, values), exact=False)
    except AnkishError:
        return None


def _is_plain(char: str) -> bool:
    """Whether a character is itself in every text: no control, no blank but the one."""
    return char == " " or (char.isprintable() and not char.isspace())


def _literal_part(pattern: str) -> str:
    """The longest text that stands in everything that a regular expression matches."""
    try:
        sre: Any = import_module("re._parser")
    except ImportError:  # Python 3.10
        sre = import_module("sre_parse")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parsed = sre.parse(pattern)
        except (re.error, RecursionError, OverflowError):
            return ""
    if parsed.state.flags & (re.IGNORECASE | re.LOCALE):
        return ""
    runs = [""]
    for kind, argument in parsed:
        if str(kind) == "LITERAL" and _is_plain(chr(argument)):
            runs[-1] += chr(argument)
        else:
            runs.append("")
    return max((run[:LONGEST] for run in runs), key=len)
