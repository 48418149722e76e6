"""Which of two values comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ankish.catalog.kinds_of import is_number, kind_of
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span


def comparable(left: Any, right: Any) -> bool:
    """Whether two values have an order: numbers, or texts."""
    return (is_number(left) and is_number(right)) or (
        isinstance(left, str) and isinstance(right, str)
    )


def compare(left: Any, right: Any, span: Span) -> int:
    """Numbers by size, texts by their folded form, null before everything."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if isinstance(left, bool) and isinstance(right, bool):
        return int(left) - int(right)
    if not comparable(left, right):
        raise kinds.UNORDERED.error(span, left=kind_of(left), right=kind_of(right))
    if isinstance(left, str):
        left, right = (left.casefold(), left), (right.casefold(), right)
    return int(left > right) - int(left < right)


def extreme(values: Iterable[Any], sign: int, span: Span) -> Any:
    """The greatest value, or with a negative sign the smallest; null of nothing."""
    best = None
    for value in values:
        if value is not None and (best is None or sign * compare(value, best, span) > 0):
            best = value
    return best
