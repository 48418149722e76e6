"""Syntax tree to text, in the one layout that ankish has: `ankish fmt`.

* One statement a line, blocks indented by four spaces. A block stands on one line if its
  author put it on one line and it fits.
* A pipeline that is too long, or that its author broke, is broken before each `|`; a list
  or a record has one item a line then.
* Strings, numbers and comments stay as they are written, brackets in row verbs where they
  are. At most one blank line is kept between two lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from ankish.diagnostics.model import AnkishError, Source, Span
from ankish.syntax import tree as t
from ankish.syntax.layout import HARD, Doc, Group, Indent, Line, Printer
from ankish.syntax.notes import Notes
from ankish.syntax.operators import Operator
from ankish.syntax.parser import Parsed, parse


def format_program(source: Source) -> str:
    """The text of a program in canonical layout; its lines end as those of the source do.

    Formatting the result again changes nothing, and its tree and comments are those of the
    source. Raises `AnkishError` with every mistake if the source has any.
    """
    parsed = parse(source)
    if parsed.diagnostics:
        raise AnkishError(*parsed.diagnostics)
    newline = "\r\n" if "\r\n" in source.text else "\n"
    return Printer(newline).print(_Layouts(source.text, parsed).program(parsed.program))


class _Layouts(Notes):
    """The layout of each kind of node.

    `free` says that a node stands in brackets, where a line may end anywhere.
    """

    def __init__(self, text: str, parsed: Parsed) -> None:
        super().__init__(text, parsed.program.comments)
        self.brackets = parsed.brackets

    # ---- statements

    def program(self, program: t.Program) -> Doc:
        """A whole program."""
        lines = self.lines(program.statements, HARD, HARD)
        return [lines, self.notes(len(self.text), first=not program.statements, blanks=True)]

    def lines(self, statements: Sequence[t.Statement], first: Line, between: Line) -> Doc:
        """Statements, each in its line."""
        docs: list[Doc] = []
        for statement in statements:
            line = between if docs else first
            docs.append(self.gap(statement.span.start, line, first=not docs, blanks=True))
            docs.append(self.statement(statement))
        return docs

    def statement(self, node: t.Statement) -> Doc:
        """A statement."""
        match node:
            case t.Pipeline():
                return self.pipeline(node, free=False)
            case t.Let():
                return ["let ", node.name, " = ", self.pipeline(node.value, free=False)]
            case t.If():
                return self.if_(node)
            case t.For():
                items = self.value(node.items, free=False)
                return ["for ", node.name, " in ", items, " ", self.block(node.body)]
            case t.Macro():
                return ["macro ", self.parameters(node), " ", self.block(node.body)]
            case t.Param():
                return ["param ", self.parameter(node.parameter)]
            case t.Use():
                return ["use ", self.value(node.path, free=False)]
            case t.Try():
                return self.try_(node)
            case t.Atomic():
                return ["atomic ", self.block(node.body)]
            case t.Fail():
                return ["fail ", self.value(node.message, free=False)]

    def if_(self, node: t.If) -> Doc:
        """`if` with its branches, all on one line or each over several."""
        docs: list[Doc] = []
        for condition, block in node.branches:
            docs.append([self.gap(condition.span.start, " "), "else if "] if docs else "if ")
            docs += [self.value(condition, free=False), " ", self.inside(block)]
        if node.otherwise is not None:
            docs += [self.gap(node.otherwise.span.start, " "), "else "]
            docs.append(self.inside(node.otherwise))
        return Group(docs, self.over_lines(node.span))

    def try_(self, node: t.Try) -> Doc:
        """`try` and `catch`, both on one line or each over several."""
        body = ["try ", self.inside(node.body), self.gap(node.name_span.start, " ")]
        handler = ["catch ", node.name, " ", self.inside(node.handler)]
        return Group([*body, *handler], self.over_lines(node.span))

    def parameters(self, node: t.Macro) -> Doc:
        """A macro's name and its parameters, on one line or one a line."""
        bracket = self.text.index("(", node.name_span.end)
        within = Span(bracket + 1, node.body.span.start)
        parts = [(parameter.span.start, parameter) for parameter in node.parameters]
        docs = self.items([(start, lambda p=p: self.parameter(p)) for start, p in parts])
        return self.bracketed(f"{node.name}(", docs, ")", within)

    def parameter(self, node: t.Parameter) -> Doc:
        """`name: type = default`."""
        docs: list[Doc] = [node.name, ":", self.gap(node.type.span.start, " ")]
        docs.append(self.type(node.type))
        if node.default is not None:
            docs += [" =", self.gap(node.default.span.start, " ")]
            docs.append(self.value(node.default, free=False))
        return docs

    def type(self, node: t.TypeName) -> Doc:
        """`name` or `name<type>`."""
        if node.of is None:
            return node.name
        inner = [self.gap(node.of.span.start, ""), self.type(node.of)]
        return [node.name, "<", *inner, self.gap(node.span.end, ""), ">"]

    def block(self, node: t.Block) -> Doc:
        """A block, on one line if it stands on one and fits."""
        return Group(self.inside(node), self.over_lines(node.span))

    def inside(self, node: t.Block) -> Doc:
        """A block whose lines are broken if those around it are."""
        if not node.statements and not self.commented(node.span.start, node.span.end):
            return "{ }"
        lines = self.lines(node.statements, Line(), Line("; "))
        notes = self.notes(node.span.end, first=not node.statements, blanks=True)
        return ["{", Indent([lines, *notes]), Line(), "}"]

    # ---- pipelines

    def pipeline(self, node: t.Pipeline, free: bool) -> Doc:
        """Stages on one line, or each after the first in a line of its own."""
        docs: list[Doc] = []
        for stage in node.stages[1:]:
            docs += [self.gap(stage.span.start, Line()), "| ", self.stage(stage, free)]
        return Group([self.stage(node.stages[0], free), Indent(docs)], self.broken(node))
