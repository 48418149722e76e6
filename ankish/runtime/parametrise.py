"""The literals of recorded lines as parameters: decks, tags, searches, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ankish.analysis.changing import CHANGING, nodes
from ankish.analysis.commands import with_values
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.model import Command
from ankish.catalog.types import Type
from ankish.data import dataclass
from ankish.diagnostics.model import Span
from ankish.syntax import tree as t
from ankish.syntax.habits import STATEMENTS

NAMED = frozenset({"deck", "tag", "model", "field", "template"})
"""The types of things that have names; the parameter is called like its type."""

TERM = re.compile(r'(?<![^\s(])(?P<head>-?(?P<kind>deck|tag|note):)(?P<name>"[^"]*"|[^\s()"]+)')
"""A term of a search that names one thing."""

LIMIT = re.compile(
    r"(?<![^\s(])(?P<head>-?prop:(?P<kind>[a-z]+)(?:<=|>=|=|<|>))(?P<name>\d+)(?![^\s)])"
)
"""A term of a search that compares with a whole number."""

WILD = re.compile(r"[*_\\]|^re:|^(?:current|filtered|none)$")
"""Names that mean more than one thing, or another one."""


@dataclass(frozen=True)
class Edit:
    """A text to stand in place of another one."""

    span: Span
    text: str


@dataclass(frozen=True)
class Parameter:
    """A parameter with what was recorded for a default."""

    name: str
    type: str
    default: str


class Parameters:
    """Finds the literals of programs. The same literal of one type is one parameter."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self.commands = commands
        self.made: list[Parameter] = []

    def of(self, program: t.Program, text: str) -> list[Edit]:
        """What is to stand in place of the literals of a program."""
        edits: list[Edit] = []
        for node in nodes(program):
            if isinstance(node, t.Command):
                edits += self._of_command(node, text)
            elif isinstance(node, t.Binary):
                edits += self._of_comparison(node)
            elif isinstance(node, t.Call):
                edits += self._of_call(node)
            elif isinstance(node, t.RowVerb):
                edits += self._of_assignments(node)
        return edits

    @property
    def ordered(self) -> list[Parameter]:
        """Those that were made in the order of their first appearance, but the deck first.

        A deck is what the macro will be called with most: `tidy Japanese`.
        """
        return sorted(self.made, key=lambda made: made.name != "deck")

    def parameter(self, name: str, type_: str, default: str) -> str:
        """The name of the parameter for a literal."""
        for made in self.made:
            if (made.type, made.default) == (type_, default):
                return made.name
        taken = {made.name for made in self.made}
        free = next(n for n in (name, *(f"{name}{i}" for i in range(2, 99))) if n not in taken)
        self.made.append(Parameter(free, type_, default))
        return free

    def _of_command(self, node: t.Command, text: str) -> Iterator[Edit]:
        command = self.commands.get(node.name)
        if command is None:
            return
        if node.name == "find" and node.arguments:
            yield from self._of_search(node, text)
            return
        params = [p for p in command.params if p.name != command.subject]
        named = {argument.name for argument in node.arguments if argument.name}
        free = iter([param for param in params if param.name not in named])
        for argument in with_values(command, node.arguments):
            param = command.param(argument.name) if argument.name else next(free, None)
            value = argument.value
            if param is None or value is None:
                continue
            type_ = _kind(param.type)
            plain = _plain(value)
            if type_ == "query" and plain is not None and "$" not in plain:
                yield Edit(value.span, f'"{self._search(plain)}"')
            elif isinstance(value, t.Number) and isinstance(value.value, int):
                if type_ in ("int", "float", "text"):
                    of = "int" if type_ == "float" else type_
                    default = value.text if of == "int" else f'"{value.text}"'
                    yield Edit(value.span, f"${self.parameter(param.name, of, default)}")
            elif plain is not None and (type_ in NAMED or type_ == "text"):
                name = type_ if type_ in NAMED else param.name
                made = type_ == "deck" and "create" in named  # then it need not exist
                kind = "text" if made else type_
                yield Edit(value.span, f"${self.parameter(name, kind, quoted(plain))}")

    def _of_search(self, node: t.Command, text: str) -> Iterator[Edit]:
        """The terms of a search that name a deck, a tag or a note type, or else all of it."""
        span = Span(node.arguments[0].span.start, node.arguments[-1].span.end)
        plain: str | None = text[span.start : span.end]
        if len(node.arguments) == 1 and isinstance(node.arguments[0].value, t.String):
            plain = node.arguments[0].value.plain
        if plain is None or "$" in plain or any(a.name for a in node.arguments):
            return
        yield Edit(span, f'"{self._search(plain)}"')

    def _search(self, plain: str) -> str:
        """A search with its names and numbers as parameters; one without any is a parameter."""
        made, at = "", 0
        found = [*TERM.finditer(plain), *LIMIT.finditer(plain)]
        for match in sorted(found, key=lambda each: each.start()):
            kind, name = match["kind"], match["name"].strip('"')
            if WILD.search(name):
                continue
            if kind in ("deck", "tag", "note"):
                kind = "model" if kind == "note" else kind
                param = self.parameter(kind, kind, quoted(name))
            else:
                param = self.parameter({"ivl": "days", "due": "days"}.get(kind, kind), "int", name)
            made += f"{_escaped(plain[at : match.start()])}{match['head']}${{{param}}}"
            at = match.end()
        if not at:
            return f"${{{self.parameter('search', 'query', quoted(plain))}}}"
        return made + _escaped(plain[at:])

    def _of_comparison(self, node: t.Binary) -> Iterator[Edit]:
        """Numbers and texts that a column is compared with."""
        if not isinstance(node.left, t.Name):
            return
        if isinstance(node.right, t.Number):
            value = node.right
            type_ = "int" if isinstance(value.value, int) else "float"
            name = _named(node.left.text, "number")
            yield Edit(value.span, f"${self.parameter(name, type_, value.text)}")
        else:
            yield from self._of_text(node.left.text, node.right)

    def _of_call(self, node: t.Call) -> Iterator[Edit]:
        """Texts that a function is given: `replace(Front, "colour", "color")`."""
        function = FUNCTIONS.get(node.name)
        if function is None:
            return
        names = [param.name for param in function.params]
        given = [(names[min(at, len(names) - 1)], value) for at, value in enumerate(node.args)]
        for name, value in [*given, *((pair.key, pair.value) for pair in node.named)]:
            yield from self._of_text(name, value)

    def _of_assignments(self, node: t.RowVerb) -> Iterator[Edit]:
        """Texts that are written into a column; a note type stays: it tells which those are."""
        for each in node.assignments:
            if node.verb in CHANGING and each.column not in ("model", "key"):
                yield from self._of_text(each.column, each.value)

    def _of_text(self, column: str, value: t.Expression) -> Iterator[Edit]:
        if isinstance(value, t.String) and value.plain:
            type_ = column if column in ("deck", "model") else "text"
            name = _named(column, "text")
            yield Edit(value.span, f"${self.parameter(name, type_, quoted(value.plain))}")


def _named(column: str, otherwise: str) -> str:
    """What a parameter for a column is called: like it, in small letters, as names are written."""
    name = re.sub(r"\W+", "_", column.strip()).lower().strip("_")
    return name if name.isidentifier() and name not in STATEMENTS else otherwise


def quoted(text: str) -> str:
    """A text as a literal."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return re.sub(r'(["\\]|\$(?=\{))', r"\\\1", text)


def _plain(value: t.Expression) -> str | None:
    if isinstance(value, t.Word):
        return value.text
    return value.plain if isinstance(value, t.String) else None


def _kind(type_: Type) -> str:
    """The name of a type; of a list, that of what is in it."""
    inner = type_.of.name if type_.name == "list" and type_.of is not None else type_.name
    return "tag" if inner == "tags" else inner
