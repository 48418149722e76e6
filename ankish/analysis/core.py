"""The checked program: every name resolved, every type known, every conversion explicit.

It is what `plan` is made of. Nodes keep the span of what they come from.
"""

from __future__ import annotations

from typing import Any

from ankish.analysis.selection import Binding as Binding
from ankish.analysis.selection import Flow as Flow
from ankish.analysis.selection import Rows as Rows
from ankish.analysis.selection import Selection as Selection
from ankish.catalog.model import Command
from ankish.catalog.types import Type
from ankish.data import dataclass
from ankish.diagnostics.model import Span

# ---- expressions


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is known."""

    value: Any
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Use:
    """The value of a variable."""

    binding: Binding
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column of the row at hand; `path` is where it stands in it."""

    name: str
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Get:
    """`target.key`; a key that is not there is an error, unless `optional`."""

    target: Any
    key: str
    optional: bool
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list."""

    items: tuple[Expression, ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record."""

    items: tuple[tuple[str, Expression], ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class TextOf:
    """A text with values filled in: texts and expressions in turn."""

    parts: tuple[str | Expression, ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class SearchOf:
    """A search: its tree as `syntax.search` has it, and the values bound in it."""

    tree: Any
    values: tuple[Expression, ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator and its operands, one or two."""

    operator: str
    operands: tuple[Expression, ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Apply:
    """A function and its arguments, in the order of its parameters."""

    function: str
    arguments: tuple[Expression, ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Sub:
    """A pipeline whose result is the value, converted as `into` says."""

    pipeline: Pipeline
    into: str
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Convert:
    """A value made into what a parameter wants; `how` names a conversion of `convert`."""

    value: Any
    how: str
    type: Type
    span: Span


Expression = (
    Literal
    | Use
    | ColumnOf
    | Get
    | ListOf
    | RecordOf
    | TextOf
    | SearchOf
    | Operation
    | Apply
    | Sub
    | Convert
)

# ---- stages and statements


@dataclass(frozen=True, slots=True)
class Act:
    """An action.

    `piped` says how what flows in becomes the parameter `subject`; `create` that a deck
    which does not exist may be made.
    """

    command: Command
    arguments: dict[str, Expression]
    subject: str | None
    piped: str | None
    create: bool
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Do:
    """A builtin. What flows in, if anything, is its first operand, converted as `piped` says."""

    command: Command
    arguments: dict[str, Expression]
    piped: str | None
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Find:
    """A search; asked when it is known in which forms it is wanted."""

    search: SearchOf
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A row verb over what flows in, as rows.

    `where` and `sort` have `keys`; `select` and `derive` have `columns`.
    """

    verb: str
    piped: str
    item: Binding
    keys: tuple[Expression, ...]
    columns: tuple[tuple[str, Expression], ...]
    descending: tuple[bool, ...]
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class SetFields:
    """`set`: fields of notes and what they become. Notes that stay as they are aren't sent."""

    piped: str
    item: Binding
    fields: tuple[tuple[str, Expression], ...]
    rows: Flow
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class AddNotes:
    """`add`: a note for every row, and what became of each.

    `parts` are `deck`, `model` and `tags`; the others are the note's `fields`.
    """

    piped: str
    item: Binding
    parts: tuple[tuple[str, Expression], ...]
    fields: tuple[tuple[str, Expression], ...]
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Expand:
    """A call of a macro: its parameters with their values, and its body.

    With `hands_on` it gives what flowed in, as it flowed in.
    """

    name: str
    given: tuple[tuple[Binding, Expression], ...]
    piped: tuple[Binding, str] | None
    body: tuple[Statement, ...]
    hands_on: bool
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Each:
    """A block for every item, or for every `size` items; its last value is that of the result."""

    piped: str
    item: Binding
    size: Expression | None
    body: tuple[Statement, ...]
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Given:
    """An expression as a stage."""

    value: Expression
    flow: Flow
    span: Span


Stage = Act | Do | Find | Row | SetFields | AddNotes | Expand | Each | Given


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages; the last one's flow is what the whole gives."""

    stages: tuple[Stage, ...]
    flow: Flow
    span: Span


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
    """Statements for every item, in order."""

    item: Binding
    items: Expression
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
class Fail:
    """Stop with a message."""

    message: Expression
    span: Span


Statement = Pipeline | Let | If | For | Try | Fail


@dataclass(frozen=True, slots=True)
class Checked:
    """A program without errors, ready to be planned."""

    statements: tuple[Statement, ...]
