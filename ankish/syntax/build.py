"""Statements and pipelines, from the concrete syntax tree to the abstract one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ankish.diagnostics.model import AnkishError, Source, Span
from ankish.syntax import tree as t
from ankish.syntax.arguments import check_command
from ankish.syntax.concrete import Node, Token, Tree, span, trees
from ankish.syntax.values import Values, unquoted


class Builder(Values):
    """Builds the syntax tree of one text, one method per rule of `grammar/ankish.lark`.

    `docs` gives the `##` lines above an offset.
    """

    def __init__(self, source: Source, docs: Callable[[int], str]) -> None:
        super().__init__(source)
        self.docs = docs

    def program(self, node: Tree) -> tuple[t.Statement, ...]:
        """The statements of a whole text; one that is nested too deep is left out."""
        statements: list[t.Statement] = []
        for child in trees(node):
            try:
                statements.append(self.build(child))
            except AnkishError as error:
                self.problems += error.diagnostics
        return tuple(statements)

    # ---- statements

    def let(self, node: Tree) -> t.Let:
        _, name, _, value = node.children
        return t.Let(str(name), span(name), self.build(value), span(node))

    def if_(self, node: Tree) -> t.If:
        parts = [self.build(child) for child in trees(node)]
        otherwise = parts.pop() if len(parts) % 2 else None
        return t.If(tuple(zip(parts[::2], parts[1::2], strict=True)), otherwise, span(node))

    def for_(self, node: Tree) -> t.For:
        _, name, _, items, body = node.children
        return t.For(str(name), span(name), self.build(items), self.build(body), span(node))

    def macro(self, node: Tree) -> t.Macro:
        name = node.children[1]
        *params, body = trees(node)
        parameters = tuple(self.build(child) for child in trees(params[0])) if params else ()
        place = span(node)
        doc = self.docs(place.start)
        return t.Macro(str(name), span(name), parameters, self.build(body), doc, place)

    def param_(self, node: Tree) -> t.Param:
        place = span(node)
        return t.Param(self.param(node.children[1], doc_at=place.start), place)

    def param(self, node: Tree, doc_at: int | None = None) -> t.Parameter:
        name = node.children[0]
        type_name, *default = trees(node)
        place = span(node)
        doc = self.docs(place.start if doc_at is None else doc_at)
        value = self.build(default[0]) if default else None
        return t.Parameter(str(name), span(name), self.build(type_name), value, doc, place)

    def type(self, node: Tree) -> t.TypeName:
        of = trees(node)
        return t.TypeName(str(node.children[0]), self.build(of[0]) if of else None, span(node))

    def use(self, node: Tree) -> t.Use:
        return t.Use(self.build(node.children[1]), span(node))

    def try_(self, node: Tree) -> t.Try:
        _, body, _, name, handler = node.children
        return t.Try(self.build(body), str(name), span(name), self.build(handler), span(node))

    def atomic(self, node: Tree) -> t.Atomic:
        return t.Atomic(self.build(node.children[1]), span(node))

    def fail(self, node: Tree) -> t.Fail:
        return t.Fail(self.build(node.children[1]), span(node))

    def assert_(self, node: Tree) -> t.Assert:
        condition, *message = [self.build(child) for child in trees(node)]
        return t.Assert(condition, message[0] if message else None, span(node))

    def test(self, node: Tree) -> t.Test:
        _, name, body = node.children
        return t.Test(self.build(name), self.build(body), span(node))

    def block(self, node: Tree) -> t.Block:
        return t.Block(tuple(self.build(child) for child in trees(node)), span(node))

    # ---- pipelines

    def pipeline(self, node: Tree) -> t.Pipeline:
        return t.Pipeline(tuple(self.build(child) for child in trees(node)), span(node))

    def value(self, node: Tree) -> t.Value:
        return t.Value(self.build(node.children[0]), span(node))

    def command(self, node: Tree) -> t.Command:
        name, *arguments = node.children
        built = tuple(self.argument(argument) for argument in arguments)
        command = t.Command(str(name), span(name), built, span(node))
        self.problems += check_command(command, self.source.text)
        return command

    def argument(self, node: Node) -> t.Argument:
        place = span(node)
        if isinstance(node, Token):  # SWITCH
            return t.Argument(str(node)[2:], None, place, place)
        if node.data != "named":
            return t.Argument(None, self.build(node), place)
        name, value = node.children
        name_span = Span(place.start, span(name).end - 1)
        return t.Argument(str(name)[:-1], self.build(value), place, name_span)

    def row_verb(self, node: Tree) -> t.RowVerb:
        verb, place, parts = *self.verb(node), [self.build(child) for child in trees(node)]
        if verb[0] == "sort":
            return t.RowVerb(*verb, place, keys=tuple(parts))
        if verb[0] in ("set", "derive", "add", "upsert"):
            switches = tuple(
                self.argument(each)
                for each in node.children
                if isinstance(each, Token) and each.type == "SWITCH"
            )
            return t.RowVerb(*verb, place, assignments=tuple(parts[0]), switches=switches)
        return t.RowVerb(*verb, place, expressions=tuple(parts))

    where = select = group = sort = set = derive = add = upsert = row_verb

    def verb(self, node: Tree) -> tuple[tuple[str, Span], Span]:
        """The verb that a stage begins with, its place, and that of the stage."""
        name = node.children[0]
        return (str(name), span(name)), span(node)

    def assignments(self, node: Tree) -> list[t.Assignment]:
        return [self.build(child) for child in trees(node)]

    def assignment(self, node: Tree) -> t.Assignment:
        column, _, value = node.children
        name: Any = column.children[0]
        held = name.type == "VARIABLE"
        column = str(name)[1:] if held else unquoted(name)
        return t.Assignment(column, span(name), self.build(value), held)

    def key(self, node: Tree) -> t.SortKey:
        value = self.build(node.children[0])
        descending = isinstance(value, t.Unary) and value.operator == "-"
        return t.SortKey(value.operand if descending else value, descending, span(node))

    def each(self, node: Tree) -> t.BlockVerb:
        verb, place = self.verb(node)
        return t.BlockVerb(*verb, None, self.build(node.children[1]), place)

    def chunk(self, node: Tree) -> t.BlockVerb:
        verb, place = self.verb(node)
        size, block = trees(node)
        return t.BlockVerb(*verb, self.build(size), self.build(block), place)
