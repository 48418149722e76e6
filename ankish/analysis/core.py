"""The checked program: every name resolved, every type known, every conversion explicit.

It is what `plan` is made of. Nodes keep the span of what they come from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ankish.analysis import statements
from ankish.analysis.convert import Conversion
from ankish.analysis.selection import (
    Binding as Binding,
)
from ankish.analysis.selection import (
    Flow as Flow,
)
from ankish.analysis.selection import (
    Rows as Rows,
)
from ankish.analysis.selection import (
    Selection as Selection,
)
from ankish.catalog.model import Command, Param
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
    into: Conversion
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Convert:
    """A value made into what a parameter wants."""

    value: Any
    how: Conversion
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Held:
    """A value whose type is only known when the program runs, held against a parameter then."""

    value: Any
    command: str
    param: Param
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
    | Held
)

# ---- stages and statements


@dataclass(frozen=True, slots=True)
class Act:
    """An action.

    `piped` says how what flows in becomes the parameter `subject`; `decks` are the parameters
    whose decks are looked up before it is sent, since nothing else says that they exist.
    """

    command: Command
    arguments: dict[str, Expression]
    subject: str | None
    piped: Conversion | None
    decks: tuple[str, ...]
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Do:
    """A builtin. What flows in, if anything, is its first operand, converted as `piped` says."""

    command: Command
    arguments: dict[str, Expression]
    piped: Conversion | None
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
    piped: Conversion
    item: Binding
    keys: tuple[Expression, ...]
    columns: tuple[tuple[str, Expression], ...]
    descending: tuple[bool, ...]
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class SetFields:
    """`set`: fields of notes and what they become. Notes that stay as they are aren't sent."""

    piped: Conversion
    item: Binding
    fields: tuple[tuple[str, Expression], ...]
    rows: Flow
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class AddNotes:
    """`add`: a note for every row, and what became of each.

    `parts` are `deck`, `model` and `tags`; the others are the note's `fields`. `create`: decks
    that are not there are made.
    """

    piped: Conversion
    item: Binding
    parts: tuple[tuple[str, Expression], ...]
    fields: tuple[tuple[str, Expression], ...]
    create: bool
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class UpsertNotes:
    """`upsert`: the note with the same key changed, or one added, for every row.

    `parts` are `deck`, `model`, `tags` and `noteId`; `key` is the field that tells which note a
    row is about, None if `noteId` does. `create` is as with `add`.
    """

    piped: Conversion
    item: Binding
    parts: tuple[tuple[str, Expression], ...]
    fields: tuple[tuple[str, Expression], ...]
    create: bool
    key: str | None
    flow: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class Piped:
    """What flows into a macro: its variable, how it becomes that, and the parameter that it is
    held against when it is known, if it has to be.
    """

    binding: Binding
    how: Conversion
    held: Param | None


@dataclass(frozen=True, slots=True)
class Expand:
    """A call of a macro: its parameters with their values, and its body.

    With `hands_on` it gives what flowed in, as it flowed in. Of a `script` each statement shows
    what it gives.
    """

    name: str
    given: tuple[tuple[Binding, Expression], ...]
    piped: Piped | None
    body: tuple[Statement, ...]
    hands_on: bool
    flow: Flow
    span: Span
    script: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """A block for every item, or for every `size` items; its last value is that of the result."""

    piped: Conversion
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


Stage = Act | Do | Find | Row | SetFields | AddNotes | UpsertNotes | Expand | Each | Given


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages; the last one's flow is what the whole gives."""

    stages: tuple[Stage, ...]
    flow: Flow
    span: Span


Assert = statements.Assert
Atomic = statements.Atomic
Fail = statements.Fail
For = statements.For
If = statements.If
Let = statements.Let
Try = statements.Try

Statement = Pipeline | Let | If | For | Try | Atomic | Fail | Assert


@dataclass(frozen=True, slots=True)
class Checked:
    """A program without errors, ready to be planned."""

    statements: tuple[Statement, ...]


def known_text(value: Any) -> str | None:
    """The text that a value or a pipeline is, if that is known before the program runs."""
    if isinstance(value, Pipeline):
        only = value.stages[0] if len(value.stages) == 1 else None
        value = only.value if isinstance(only, Given) else None
    if isinstance(value, Use):
        return value.binding.known
    return value.value if isinstance(value, Literal) and isinstance(value.value, str) else None


def written(node: Any, other: Callable[[Any], Any]) -> Any:
    """The value of an expression as far as it is written in the program, in lists and records too;
    `other` gives what stands for the rest.
    """
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, ListOf):
        return [written(item, other) for item in node.items]
    if isinstance(node, RecordOf):
        return {name: written(value, other) for name, value in node.items}
    return other(node)
