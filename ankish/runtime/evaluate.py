"""Evaluates the expressions of a plan."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from ankish.analysis import core
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span
from ankish.plan.model import Ref
from ankish.runtime.functions import apply
from ankish.runtime.ids import as_ids, only
from ankish.runtime.kinds_of import is_number, kind_of

Slots = Mapping[int, Any]
"""The values of slots, as far as they are filled."""


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
        raise kinds.NO_COLUMN.error(node.span, name=node.name)
    return row[node.name]


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
    return "".join(
        part if isinstance(part, str) else as_text(evaluate(part, slots, row), part.span)
        for part in node.parts
    )


def _search(node: core.SearchOf, slots: Slots, row: Any) -> str:
    from ankish.syntax.search import render  # 5 ms, and many programs search nothing

    values = [evaluate(value, slots, row) for value in node.values]
    return render(node.tree, values, [value.span for value in node.values])


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
    if node.operator == "negative":
        return -number(first, node.operands[0].span)
    second = evaluate(node.operands[1], slots, row)
    return operate(node.operator, first, second, node.span)


def _apply(node: core.Apply, slots: Slots, row: Any) -> Any:
    if node.function == "case":
        return _case(node, slots, row)
    arguments = [evaluate(argument, slots, row) for argument in node.arguments]
    return apply(node.function, arguments, node.span)


def _case(node: core.Apply, slots: Slots, row: Any) -> Any:
    """The value after the first condition that holds; only that one is evaluated."""
    arguments = node.arguments
    for test, value in zip(arguments[::2], arguments[1::2], strict=False):
        if truth(evaluate(test, slots, row), test.span):
            return evaluate(value, slots, row)
    return evaluate(arguments[-1], slots, row) if len(arguments) % 2 else None


def _convert(node: core.Convert, slots: Slots, row: Any) -> Any:
    value = evaluate(node.value, slots, row)
    if node.how == "ids":
        return as_ids(value, node.span)
    if node.how == "one":
        return only(value, node.span)
    if node.how == "list":
        return [value]
    if node.how == "spaced":
        return " ".join(str(item) for item in value)
    if node.how == "nid-search":
        return "nid:" + (",".join(map(str, value)) or "0")
    column = node.how.removeprefix("column-")
    if not isinstance(value, list) or not all(
        isinstance(r, Mapping) and column in r for r in value
    ):
        raise kinds.NO_COLUMN.error(node.span, name=column)
    return list(dict.fromkeys(as_ids([each[column] for each in value], node.span)))


_NODES: dict[type, Callable[[Any, Slots, Any], Any]] = {
    core.Literal: _literal,
    Ref: _ref,
    core.ColumnOf: _column,
    core.Get: _get,
    core.ListOf: _list,
    core.RecordOf: _record,
    core.TextOf: _text,
    core.SearchOf: _search,
    core.Operation: _operation,
    core.Apply: _apply,
    core.Convert: _convert,
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
        return left + right
    if not is_number(left) or not is_number(right):
        raise kinds.OPERANDS.error(span, operator=name, left=kind_of(left), right=kind_of(right))
    if name in ("/", "%") and right == 0:
        raise kinds.BY_ZERO.error(span)
    try:
        result = _ARITHMETIC[name](left, right)
    except OverflowError:
        raise kinds.TOO_BIG.error(span) from None
    if isinstance(result, float) and not math.isfinite(result):
        raise kinds.TOO_BIG.error(span)
    return result


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


def comparable(left: Any, right: Any) -> bool:
    """Whether two values have an order: numbers, or texts."""
    return (is_number(left) and is_number(right)) or (
        isinstance(left, str) and isinstance(right, str)
    )


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
    return compiled(pattern, span).search(text) is not None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def compiled(pattern: str, span: Span) -> re.Pattern[str]:
    """A regular expression, ready to use."""
    try:
        return _compiled(pattern)
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


def as_text(value: Any, span: Span) -> str:
    """A value as it is filled into a text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return str(value)
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return ", ".join(as_text(each, span) for each in value)
    raise kinds.NOT_A_TEXT.error(span, given=kind_of(value))
