"""Where the names of a program are declared and used: variables, parameters, macros."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ankish.data import dataclass, field
from ankish.diagnostics.model import Span
from ankish.syntax import tree as t

Scope = dict[str, Span]


@dataclass(frozen=True)
class Occurrence:
    """A name at a place, and where what it names is declared. `span` has no `$`."""

    name: str
    span: Span
    declared: Span


@dataclass
class Names:
    """All occurrences of the names that a program declares."""

    found: list[Occurrence] = field(default_factory=list)
    _macros: Scope = field(default_factory=dict)

    def at(self, offset: int) -> list[Occurrence]:
        """All occurrences of the name at an offset; none if no name is there."""
        for each in self.found:
            if each.span.start <= offset <= each.span.end:
                return [other for other in self.found if other.declared == each.declared]
        return []

    def statements(self, nodes: tuple[t.Statement, ...], scope: Scope) -> None:
        """Go through statements; what they declare is known to those that follow."""
        for node in nodes:
            self.visit(node, scope, False)

    def declare(self, name: str, span: Span, scope: Scope) -> None:
        """Note a declaration."""
        scope[name] = span
        self.found.append(Occurrence(name, span, span))

    def use(self, name: str, span: Span, scope: Scope) -> None:
        """Note a use, if the program declares the name."""
        if name in scope:
            self.found.append(Occurrence(name, span, scope[name]))

    def visit(self, node: Any, scope: Scope, in_row: bool) -> None:
        """Go through a node; in a row verb bare names are columns."""
        match node:
            case t.Let():
                self.visit(node.value, scope, False)
                self.declare(node.name, node.name_span, scope)
            case t.Param():
                self.parameter(node.parameter, scope)
            case t.For():
                self.visit(node.items, scope, False)
                inner = dict(scope)
                self.declare(node.name, node.name_span, inner)
                self.statements(node.body.statements, inner)
            case t.Macro():
                inner = dict(scope)
                for each in node.parameters:
                    self.parameter(each, inner)
                self.statements(node.body.statements, inner)
                self.declare(node.name, node.name_span, self._macros)
            case t.Try():
                self.statements(node.body.statements, dict(scope))
                inner = dict(scope)
                self.declare(node.name, node.name_span, inner)
                self.statements(node.handler.statements, inner)
            case t.Block():
                self.statements(node.statements, dict(scope))
            case t.Variable():
                self.use(node.name, Span(node.span.start + 1, node.span.end), scope)
            case t.Name() if not in_row:
                self.use(node.text, node.span, scope)
            case t.Command():
                self.use(node.name, node.name_span, self._macros)
                self.inside(node, scope, False)
            case t.Assignment() if node.variable:
                start, end = node.column_span.start, node.column_span.end
                self.use(node.column, Span(start + 1, end), scope)
                self.inside(node, scope, True)
            case t.RowVerb():
                self.inside(node, scope, True)
            case _:
                self.inside(node, scope, in_row)

    def parameter(self, node: t.Parameter, scope: Scope) -> None:
        """A parameter of a macro or a script."""
        self.visit(node.default, scope, False)
        self.declare(node.name, node.name_span, scope)

    def inside(self, node: Any, scope: Scope, in_row: bool) -> None:
        """Go through what is in a node."""
        for each in _children(node):
            self.visit(each, scope, in_row)


def names_of(program: t.Program) -> Names:
    """All occurrences of the names that a program declares."""
    names = Names()
    names.statements(program.statements, {})
    return names


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, tuple):
        yield from node
    elif type(node).__module__.startswith("ankish.syntax"):
        yield from (getattr(node, name) for name in node.__match_args__)
