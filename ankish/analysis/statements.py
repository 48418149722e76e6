"""The checked forms of statements; `core` has them all."""

from __future__ import annotations

from ankish.analysis.convert import Conversion
from ankish.analysis.selection import Binding
from ankish.data import dataclass
from ankish.diagnostics.model import Span

TYPE_CHECKING = False  # as in typing, which takes 3 ms to import; type checkers know the name
if TYPE_CHECKING:
    from ankish.analysis.core import Expression, Pipeline, Statement


@dataclass(frozen=True, slots=True)
class Let:
    """A name for what a pipeline gives."""

    binding: Binding
    pipeline: Pipeline
    span: Span


@dataclass(frozen=True, slots=True)
class If:
    """Conditions with their statements, and the statements otherwise."""

    branches: tuple[tuple[Expression, tuple[Statement, ...]], ...]
    otherwise: tuple[Statement, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class For:
    """Statements for every item, in order.

    Cards and notes are `items` as they flow, and become rows as `piped` says: then each item is
    a row, as in `each`. Otherwise `piped` is None.
    """

    item: Binding
    items: Expression | Pipeline
    piped: Conversion | None
    body: tuple[Statement, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Try:
    """Statements, and what is done when one of them fails; the error is `error`."""

    body: tuple[Statement, ...]
    error: Binding
    handler: tuple[Statement, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Atomic:
    """Statements that are taken back when one of them fails."""

    body: tuple[Statement, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Fail:
    """Stop with a message."""

    message: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Assert:
    """Stop unless it holds."""

    condition: Expression
    message: Expression | None
    span: Span
