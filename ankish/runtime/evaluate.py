"""Evaluates the expressions of a plan."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ankish.analysis import core
from ankish.analysis.convert import ANY_COLUMNS, ID_COLUMNS, How
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.kinds_of import is_number, kind_of
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import AnkishError, Span
from ankish.plan.model import Narrowed, NotesOf, Ref
from ankish.runtime.accept import accepted
from ankish.runtime.ids import as_ids, only
from ankish.runtime.order import comparable
from ankish.runtime.patterns import Slow, compiled
from ankish.runtime.sizes import added, joined
from ankish.runtime.texts import as_text
from ankish.syntax.bound import ABSENT, SubSearch

Slots = Mapping[int, Any]
"""The values of slots, as far as they are filled."""


COLUMNS = 12
"""How many columns a message names."""


def evaluate(node: Any, slots: Slots, row: Mapping[str, Any] | None = None) -> Any:
    """The value of an expression. `row` is the row at hand in a row verb.

    Raises `AnkishError` where a value is not of the kind that the operation needs; that can
    only be where the types were not known before the program ran.
    """
    return _NODES[type(node)](node, slots, row)


def _literal(node: core.Literal, slots: Slots, row: Any) -> Any:
    return node.value


def _ref(node: Ref, slots: Slots, row: Any) -> Any:
    return slots[node.slot]


def _column(node: core.ColumnOf, slots: Slots, row: Any) -> Any:
    if not isinstance(row, Mapping):
        raise kinds.NO_COLUMNS.error(node.span, name=node.name, given=kind_of(row))
    if node.name not in row:
        raise _no_column(node, row)
    return row[node.name]


def _no_column(node: core.ColumnOf, row: Mapping[str, Any]) -> AnkishError:
    """That a row lacks a column, with those that it has; a name may have been meant as a text."""
    from ankish.diagnostics.nearest import near
    from ankish.diagnostics.text import listed, one_line

    names = [one_line(str(name)) for name in row][:COLUMNS]
    columns = listed(names, "and") if names else None
    similar = near(node.name, names)
    text = node.name if similar is None else None
    return kinds.NO_COLUMN.error(
        node.span, name=node.name, near=similar, columns=columns, text=text
    )


def _get(node: core.Get, slots: Slots, row: Any) -> Any:
    target = evaluate(node.target, slots, row)
    if isinstance(target, Mapping) and node.key in target:
        return target[node.key]
    if isinstance(target, list) and node.key.isdecimal() and int(node.key) < len(target):
        return target[int(node.key)]
    if node.optional:
        return None
    raise kinds.NO_KEY.error(node.span, given=kind_of(target), key=node.key)


def _list(node: core.ListOf, slots: Slots, row: Any) -> list[Any]:
    return [evaluate(item, slots, row) for item in node.items]


def _record(node: core.RecordOf, slots: Slots, row: Any) -> dict[str, Any]:
    return {key: evaluate(value, slots, row) for key, value in node.items}


def _text(node: core.TextOf, slots: Slots, row: Any) -> str:
    parts = [
        part if isinstance(part, str) else as_text(evaluate(part, slots, row), part.span)
        for part in node.parts
    ]
    return joined(parts, node.span)


def _search(node: core.SearchOf, slots: Slots, row: Any) -> str:
    from ankish.syntax.search import render  # 5 ms, and many programs search nothing

    values = [evaluate(value, slots, row) for value in node.values]
    return render(node.tree, values, [value.span for value in node.values])


def _narrowed(node: Narrowed, slots: Slots, row: Any) -> str:
    return node.text(str(evaluate(node.search, slots, row)))


def _notes_of(node: NotesOf, slots: Slots, row: Any) -> list[int]:
    infos = [info for info in evaluate(node.infos, slots) if info]
    if node.action == "cardsInfo":
        notes = {info["cardId"]: info["note"] for info in infos}
    else:
        notes = {card: info["noteId"] for info in infos for card in info["cards"]}
    return sorted({notes[card] for card in evaluate(node.cards, slots) if card in notes})


def _operation(node: core.Operation, slots: Slots, row: Any) -> Any:
    first = evaluate(node.operands[0], slots, row)
    if node.operator == "not":
        return not truth(first, node.operands[0].span)
    if node.operator in ("and", "or"):
        # The second side is not looked at when the first one decides.
        if truth(first, node.operands[0].span) == (node.operator == "or"):
            return node.operator == "or"
        second = evaluate(node.operands[1], slots, row)
        return truth(second, node.operands[1].span)
    if node.operator == "??":
        return first if first is not None else evaluate(node.operands[1], slots, row)
    if node.operator == "?":
        return ABSENT if first is None else first
    if node.operator == "negative":
        return -number(first, node.operands[0].span)
    second = evaluate(node.operands[1], slots, row)
    try:
        return operate(node.operator, first, second, node.span)
    except Slow as slow:
        raise kinds.SLOW.error(node.operands[1].span, length=slow.args[0]) from None


@cache
def _functions() -> Callable[[str, list[Any], Span], Any]:
    """What calls a function by its name: 2 ms to import, with dates and markup."""
    from ankish.runtime.functions import apply

    return apply


def _apply(node: core.Apply, slots: Slots, row: Any) -> Any:
    if node.function == "case":
        return _case(node, slots, row)
    arguments = [evaluate(argument, slots, row) for argument in node.arguments]
    try:
        return _functions()(node.function, arguments, node.span)
    except Slow as slow:
        names = [param.name for param in FUNCTIONS[node.function].params]
        span = node.arguments[names.index("pattern")].span
        raise kinds.SLOW.error(span, length=slow.args[0]) from None


def _case(node: core.Apply, slots: Slots, row: Any) -> Any:
    """The value after the first condition that holds; only that one is evaluated."""
    arguments = node.arguments
    for test, value in zip(arguments[::2], arguments[1::2], strict=False):
        if truth(evaluate(test, slots, row), test.span):
            return evaluate(value, slots, row)
    return evaluate(arguments[-1], slots, row) if len(arguments) % 2 else None


def _convert(node: core.Convert, slots: Slots, row: Any) -> Any:
    value = evaluate(node.value, slots, row)
    for step in node.how:
        value = _CONVERSIONS[step](value, node.span)
    return value


def _held(node: core.Held, slots: Slots, row: Any) -> Any:
    return accepted(evaluate(node.value, slots, row), node.param, node.command, node)


def _column_of_ids(column: str) -> Callable[[Any, Span], list[int]]:
    def ids(value: Any, span: Span) -> list[int]:
        if not isinstance(value, list) or not all(
            isinstance(row, Mapping) and column in row for row in value
        ):
            raise kinds.NO_COLUMN.error(span, name=column)
        return list(dict.fromkeys(as_ids([row[column] for row in value], span)))

    return ids


def _ids_of_any(column: str) -> Callable[[Any, Span], list[int]]:
    of_rows = _column_of_ids(column)

    def ids(value: Any, span: Span) -> list[int]:
        items = value if isinstance(value, list) else [value]
        rows = any(isinstance(item, Mapping) for item in items)
        return of_rows(items, span) if rows else as_ids(items, span)

    return ids


def _words(value: Any, span: Span) -> list[str]:
    """Texts, also those in lists of texts: `addTags a $tags`."""
    if isinstance(value, list):
        return [word for item in value for word in _words(item, span)]
    return [as_text(value, span)]


_CONVERSIONS: dict[How, Callable[[Any, Span], Any]] = {
    How.IDS: as_ids,
    How.CARD_ROWS: lambda value, span: [{"cardId": each} for each in value],
    How.NOTE_ROWS: lambda value, span: [{"noteId": each} for each in value],
    How.ONE: only,
    How.LIST: lambda value, span: [value],
    How.SPACED: lambda value, span: " ".join(_words(value, span)),
    How.PART: lambda value, span: SubSearch(value),
    How.NOTES_SEARCH: lambda value, span: "nid:" + (",".join(map(str, value)) or "0"),
    How.CARDS_SEARCH: lambda value, span: "cid:" + (",".join(map(str, value)) or "0"),
    **{how: _column_of_ids(column) for how, column in ID_COLUMNS.items()},
    **{how: _ids_of_any(column) for how, column in ANY_COLUMNS.items()},
}
"""The conversions that are done here; those that ask Anki are steps of the plan."""


_NODES: dict[type, Callable[[Any, Slots, Any], Any]] = {
    core.Literal: _literal,
    Ref: _ref,
    core.ColumnOf: _column,
    core.Get: _get,
    core.ListOf: _list,
    core.RecordOf: _record,
    core.TextOf: _text,
    core.SearchOf: _search,
    Narrowed: _narrowed,
    NotesOf: _notes_of,
    core.Operation: _operation,
    core.Apply: _apply,
    core.Convert: _convert,
    core.Held: _held,
}

# ---- operators


def operate(name: str, left: Any, right: Any, span: Span) -> Any:
    """`left name right`. A comparison with null is false: what isn't known is not greater."""
    if name == "==":
        return equal(left, right)
    if name == "!=":
        return not equal(left, right)
    if name in ("=~", "!~"):
        return _matches(left, right, span) == (name == "=~")
    if name in ("in", "has"):
        item, whole = (left, right) if name == "in" else (right, left)
        return _holds(whole, item, span)
    if name in _COMPARE:
        if left is None or right is None:
            return False
        if not comparable(left, right):
            raise kinds.OPERANDS.error(
                span, operator=name, left=kind_of(left), right=kind_of(right)
            )
        return _COMPARE[name](left, right)
    if name == "+" and type(left) is type(right) and type(left) in (str, list):
        return added(left, right, span)
    if not is_number(left) or not is_number(right):
        raise kinds.OPERANDS.error(span, operator=name, left=kind_of(left), right=kind_of(right))
    if name in ("/", "%") and right == 0:
        raise kinds.BY_ZERO.error(span)
    whole = isinstance(left, int) and isinstance(right, int)
    if name == "*" and whole and left.bit_length() + right.bit_length() > BITS:
        raise kinds.TOO_BIG.error(span)
    try:
        result = _ARITHMETIC[name](left, right)
    except OverflowError:
        raise kinds.TOO_BIG.error(span) from None
    if isinstance(result, float) and not math.isfinite(result):
        raise kinds.TOO_BIG.error(span)
    return result


BITS = 13_000
"""How large a whole number may get: about as large as it may be written, 4000 digits."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
}


def equal(left: Any, right: Any) -> bool:
    """Equality as in JSON: true is not 1."""
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    return bool(left == right)


def _matches(text: Any, pattern: Any, span: Span) -> bool:
    if text is None:
        return False
    if not isinstance(text, str) or not isinstance(pattern, str):
        raise kinds.OPERANDS.error(span, operator="=~", left=kind_of(text), right=kind_of(pattern))
    try:
        return compiled(pattern).search(text) is not None
    except re.error as error:
        raise kinds.REGEX.error(span, reason=error.msg) from None


def _holds(whole: Any, item: Any, span: Span) -> bool:
    if isinstance(whole, str) and isinstance(item, str):
        return item in whole
    if isinstance(whole, list):
        return any(equal(each, item) for each in whole)
    if isinstance(whole, Mapping) and isinstance(item, str):
        return item in whole
    raise kinds.OPERANDS.error(span, operator="in", left=kind_of(item), right=kind_of(whole))


# ---- kinds of values


def truth(value: Any, span: Span) -> bool:
    """A condition's value; null counts as false."""
    if value is None or isinstance(value, bool):
        return bool(value)
    raise kinds.CONDITION.error(span, given=kind_of(value))


def number(value: Any, span: Span) -> int | float:
    """A number, or an error that says what it is instead."""
    if is_number(value):
        return value  # type: ignore[no-any-return]
    raise kinds.NOT_A_NUMBER.error(span, given=kind_of(value))
