"""What the checker carries along: the world, the scope, the messages so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from ankish.analysis import core
from ankish.analysis.world import World
from ankish.catalog.model import Command
from ankish.data import dataclass, field, replace
from ankish.diagnostics.model import Diagnostic, Severity, Source, Span
from ankish.syntax import tree as t


class Columns(Protocol):
    """What a row has: how a bare name in a row verb becomes a column."""

    def column(self, context: Context, name: t.Name) -> core.Expression:
        """The column of that name; one that isn't there is reported."""

    def field(self, context: Context, node: t.Get) -> core.Expression | None:
        """`fields.Name` as a field; None if it is no such thing."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which names mean what at a place.

    * **bindings** - the variables, the innermost last.
    * **names** - what a bare name is: `variable` inside `${…}`, `text` in a list or record
      that is an argument, `none` elsewhere.
    * **columns** - inside a row verb, the row: then a bare name is a column.
    """

    bindings: tuple[core.Binding, ...] = ()
    names: str = "none"
    columns: Columns | None = None

    def find(self, name: str) -> core.Binding | None:
        """The variable of that name, the innermost first."""
        return next((b for b in reversed(self.bindings) if b.name == name), None)


@dataclass
class Context:
    """The state of one check."""

    source: Source
    world: World
    commands: dict[str, Command]
    scope: Scope = Scope()
    diagnostics: list[Diagnostic] = field(default_factory=list)
    rows: list[core.Rows] = field(default_factory=list)
    defined: list[core.Binding] = field(default_factory=list)
    keep: bool = False
    atomic: bool = False
    """Whether the place at hand is inside `atomic`."""
    inside: int = 0
    """How many blocks deep the place at hand is."""
    created: set[tuple[str, str]] = field(default_factory=set)
    """Names that the program has made for sure before the place at hand: type and name."""
    perhaps: set[tuple[str, str]] = field(default_factory=set)
    """Names that it may have made: in a block that is done never or often."""
    unsettled: set[str] = field(default_factory=set)
    """Types whose names can't be checked any more, since the program may have made any."""
    given: dict[str, str | bool] = field(default_factory=dict)
    """What the script's parameters are given."""
    open_script: bool = False
    """The script is only checked: parameters without a value are fine."""
    used: Mapping[str, t.Program] = field(default_factory=dict)
    """The programs that `use` brings in, by the path as it is written."""
    borrowed: set[str] = field(default_factory=set)
    """Those of them whose macros are there already."""
    macros: dict[str, Any] = field(default_factory=dict)
    """The macros declared so far, by name."""
    nested: int = 0
    """How many macros deep the place at hand is."""
    expanded: int = 0
    """How many calls of macros stood in macros so far."""
    too_many: bool = False
    """Whether it was said that these are too many."""
    others: Callable[[], Iterable[str]] = tuple
    """Gives the names of all macros and scripts that a program could call."""
    own_macros: frozenset[str] = frozenset()
    """The names of all macros that the program declares, wherever it does."""
    column_of: Callable[[Context, core.Flow, t.Name], core.Expression] = field(init=False)
    check_block: Callable[[Context, t.Block], tuple[core.Statement, ...]] = field(init=False)
    check_pipeline: Callable[[Context, t.Pipeline], core.Pipeline] = field(init=False)
    """Set by `check`, as are the two above, so that modules need not import in a circle."""

    def report(self, problem: Diagnostic) -> None:
        """Note a message."""
        self.diagnostics.append(problem.within(self.source))

    def unfinished(self, name: str) -> bool:
        """Whether a macro of that name is declared, but not before the place at hand."""
        return name in self.own_macros and name not in self.macros

    @property
    def failed(self) -> bool:
        """Whether an error was reported."""
        return any(problem.severity is Severity.ERROR for problem in self.diagnostics)

    def text(self, span: Span) -> str:
        """The program's text at a place."""
        return self.source.text[span.start : span.end]

    @contextmanager
    def within(
        self,
        *bindings: core.Binding,
        names: str | None = None,
        columns: Columns | None = None,
    ) -> Iterator[None]:
        """A place with further variables, another meaning of bare names, or a row."""
        outer = self.scope
        self.scope = replace(
            outer,
            bindings=(*outer.bindings, *bindings),
            names=outer.names if names is None else names,
            columns=outer.columns if columns is None else columns,
        )
        try:
            yield
        finally:
            self.scope = outer

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Inside a block: nobody knows after it whether it was done."""
        self.inside += 1
        outer = set(self.created)
        try:
            yield
        finally:
            self.inside -= 1
            self.perhaps |= self.created
            self.created = outer

    @contextmanager
    def declaring(self) -> Iterator[None]:
        """The declaration of a macro: nothing is made by it."""
        outer = set(self.created), set(self.perhaps), set(self.unsettled)
        try:
            yield
        finally:
            self.created, self.perhaps, self.unsettled = outer

    def makes(self, type_: str) -> bool:
        """Whether the program may have made a thing of that type before the place at hand."""
        return type_ in self.unsettled or any(
            kind == type_ for kind, _ in self.created | self.perhaps
        )

    def may_have_made(self, type_: str, name: str) -> bool:
        """Whether the program may have made a thing of that name before the place at hand."""
        made = (type_, name)
        return type_ in self.unsettled or made in self.created or made in self.perhaps

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """Inside `atomic`."""
        outer, self.atomic = self.atomic, True
        try:
            yield
        finally:
            self.atomic = outer

    @contextmanager
    def outside_rows(self) -> Iterator[None]:
        """A pipeline inside a row verb: its bare names are not columns of that row."""
        outer = self.scope
        self.scope = replace(outer, columns=None, names="none")
        try:
            yield
        finally:
            self.scope = outer

    @contextmanager
    def alone(self, bindings: tuple[core.Binding, ...]) -> Iterator[None]:
        """The body of a macro: it sees its parameters and nothing around it."""
        outer = self.scope
        self.scope = Scope(bindings)
        try:
            yield
        finally:
            self.scope = outer

    def define(self, name: str, flow: core.Flow, span: Span) -> core.Binding:
        """A new variable, from here to the end of the block."""
        binding = core.Binding(name, flow, span)
        self.defined.append(binding)
        self.scope = replace(self.scope, bindings=(*self.scope.bindings, binding))
        return binding

    def new_rows(self, selection: core.Selection | None, entity: str = "") -> core.Rows:
        """Rows of cards or notes, remembered so that they can be settled at the end.

        Of a search, the entity is open until then.
        """
        rows = core.Rows(selection, entity)
        self.rows.append(rows)
        return rows
