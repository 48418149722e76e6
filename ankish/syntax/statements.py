"""The nodes of statements; `tree` has them all, and says what trees are."""

from __future__ import annotations

from ankish.data import dataclass
from ankish.diagnostics.model import Span

TYPE_CHECKING = False  # as in typing, which takes 3 ms to import; type checkers know the name
if TYPE_CHECKING:
    from ankish.syntax.tree import Block, Expression, Pipeline


@dataclass(frozen=True, slots=True)
class TypeName:
    """`int`, `list<deck>`."""

    name: str
    of: TypeName | None
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name: type = default` of a macro or a script, with its `##` lines."""

    name: str
    name_span: Span
    type: TypeName
    default: Expression | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Let:
    """`let name = pipeline`."""

    name: str
    name_span: Span
    value: Pipeline
    span: Span


@dataclass(frozen=True, slots=True)
class If:
    """`if c { } else if d { } else { }`."""

    branches: tuple[tuple[Expression, Block], ...]
    otherwise: Block | None
    span: Span


@dataclass(frozen=True, slots=True)
class For:
    """`for name in items { }`."""

    name: str
    name_span: Span
    items: Expression
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Macro:
    """`macro name(parameters) { }` with its `##` lines.

    `script` says that it is a script called by its name: all its statements show what they give.
    """

    name: str
    name_span: Span
    parameters: tuple[Parameter, ...]
    body: Block
    doc: str
    span: Span
    script: bool = False


@dataclass(frozen=True, slots=True)
class Param:
    """`param name: type = default`: a parameter of the script."""

    parameter: Parameter
    span: Span


@dataclass(frozen=True, slots=True)
class Use:
    """`use "other.ank"`."""

    path: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Try:
    """`try { } catch name { }`."""

    body: Block
    name: str
    name_span: Span
    handler: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Atomic:
    """`atomic { }`."""

    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Fail:
    """`fail message`."""

    message: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Assert:
    """`assert condition` or `assert condition, message`."""

    condition: Expression
    message: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Test:
    """`test "name" { }`."""

    name: Expression
    body: Block
    span: Span
