"""The syntax tree: what was written, as plain data. Every node knows its place.

Nothing here says what a name means. A bare `Name` is a column in a row verb, a
variable inside `${…}` and a text in a list; `analysis` decides, since only it knows
where it stands.
"""

from __future__ import annotations

from ankish.data import dataclass
from ankish.diagnostics.model import Span
from ankish.syntax import statements

DEPTH = 100
"""How deep a tree can be, in steps of `syntax.build`; what would be deeper is refused.

So whoever walks the tree may recurse. A chain of `and` or of `or` is a balanced tree, so that
it may have any length.
"""

# ---- expressions


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word as a command's argument: `Spanish::Verbs`, `prop:ivl>=21`, `true`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number; `text` is how it was written, for the parameters that want a text."""

    value: int | float
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Constant:
    """`true`, `false` or `null`."""

    value: bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Literal text within a string, its escapes resolved.

    `places` has the offset in the source of each character, and one more for the end;
    None while they follow each other from `span.start` on.
    """

    text: str
    span: Span
    places: tuple[int, ...] | None = None

    def place(self, index: int) -> int:
        """The offset in the source of the character at `index`."""
        return self.span.start + index if self.places is None else self.places[index]


@dataclass(frozen=True, slots=True)
class String:
    """`"…"`, `'…'` and their forms over several lines: pieces of text and expressions."""

    parts: tuple[Piece | Expression, ...]
    span: Span

    @property
    def plain(self) -> str | None:
        """The text, if there is nothing to fill in; else None."""
        if not self.parts:
            return ""
        only = self.parts[0]
        return only.text if len(self.parts) == 1 and isinstance(only, Piece) else None


@dataclass(frozen=True, slots=True)
class Name:
    """A bare name in an expression: `lapses`, `` `Sentence Audio` ``."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Variable:
    """`$name`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Get:
    """`target.key`; with `optional` (`target.key?`) a key that is not there gives null."""

    target: Expression
    key: str
    optional: bool
    span: Span
    key_span: Span


@dataclass(frozen=True, slots=True)
class List:
    """`[a, b]`."""

    items: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Pair:
    """`key: value` in a record."""

    key: str
    key_span: Span
    value: Expression


@dataclass(frozen=True, slots=True)
class Record:
    """`{deck: "X", days: 3}`."""

    pairs: tuple[Pair, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Sub:
    """`( … )`: a pipeline whose result is a value."""

    pipeline: Pipeline
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """`name(a, b, key=c)`."""

    name: str
    name_span: Span
    args: tuple[Expression, ...]
    named: tuple[Pair, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`."""

    operator: str
    operator_span: Span
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    """`not operand`, `-operand`."""

    operator: str
    operand: Expression
    span: Span


Literal = Word | Number | Constant | String
Expression = Literal | Name | Variable | Get | List | Record | Sub | Call | Binary | Unary

# ---- stages of a pipeline


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a command: positional (no name), `name=value`, or `--name` (no value)."""

    name: str | None
    value: Expression | None
    span: Span
    name_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """`name arguments…`."""

    name: str
    name_span: Span
    arguments: tuple[Argument, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """An expression as a stage."""

    expression: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Assignment:
    """`column = expression`; with `variable`, `$name = …`, `column` names a variable."""

    column: str
    column_span: Span
    value: Expression
    variable: bool = False


@dataclass(frozen=True, slots=True)
class SortKey:
    """`lapses` or `-lapses`."""

    value: Expression
    descending: bool
    span: Span


@dataclass(frozen=True, slots=True)
class RowVerb:
    """A verb whose expressions are about a row; its `verb` tells which parts it has.

    * `where` - one expression
    * `select`, `group` - expressions
    * `sort` - keys
    * `set`, `derive`, `add`, `upsert` - assignments; of the last two also switches
    """

    verb: str
    verb_span: Span
    span: Span
    expressions: tuple[Expression, ...] = ()
    keys: tuple[SortKey, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    switches: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockVerb:
    """`each { … }`, `chunk 100 { … }`: a block for every item, or for every so many."""

    verb: str
    verb_span: Span
    size: Expression | None
    block: Block
    span: Span


Stage = Command | Value | RowVerb | BlockVerb

# ---- statements


@dataclass(frozen=True, slots=True)
class Pipeline:
    """`stage | stage | …`; a statement, or the inside of `( … )`."""

    stages: tuple[Stage, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """`{ statements }`."""

    statements: tuple[Statement, ...]
    span: Span


# ---- statements

Assert = statements.Assert
Atomic = statements.Atomic
Fail = statements.Fail
For = statements.For
If = statements.If
Let = statements.Let
Macro = statements.Macro
Param = statements.Param
Parameter = statements.Parameter
Test = statements.Test
Try = statements.Try
TypeName = statements.TypeName
Use = statements.Use

Statement = Pipeline | Let | If | For | Macro | Param | Use | Try | Atomic | Fail | Assert | Test


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, `#` included."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Program:
    """A whole text: its statements, and its comments by their places."""

    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...]
    span: Span
