"""Syntax tree to text, in the one layout that ankish has: `ankish fmt`.

* One statement a line, blocks indented by four spaces. A block stands on one line if its
  author put it on one line and it fits.
* A pipeline that is too long, or that its author broke, is broken before each `|`; a list
  or a record has one item a line then.
* Strings, numbers and comments stay as they are written, brackets in row verbs where they
  are. At most one blank line is kept between two lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

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
            case t.Assert():
                docs = ["assert ", self.value(node.condition, free=False)]
                if node.message is not None:
                    docs += [", ", self.value(node.message, free=False)]
                return docs
            case t.Test():
                return ["test ", self.value(node.name, free=False), " ", self.block(node.body)]

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
        items = [(p.span.start, partial(self.parameter, p)) for p in node.parameters]
        within = Span(bracket + 1, node.body.span.start)
        return self.bracketed(f"{node.name}(", items, ")", within)

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
        first, *others = node.stages
        docs: list[Doc] = [self.stage(first, free)]
        rest: list[Doc] = []
        for stage in others:
            rest += [self.gap(stage.span.start, Line()), "| ", self.stage(stage, free)]
        return Group([*docs, Indent(rest, continues=True)], self.piped_over_lines(node))

    def piped_over_lines(self, node: t.Pipeline) -> bool:
        """Whether the author has ended a line at a `|`."""
        ends = [self.end(stage) for stage in node.stages]
        pairs = zip(ends, node.stages[1:], strict=False)
        return any(self.over_lines(Span(end, stage.span.start)) for end, stage in pairs)

    def end(self, node: t.Stage) -> int:
        """Where a stage ends, but for a comma."""
        if isinstance(node, t.RowVerb) and node.assignments and not node.switches:
            return self.outer(node.assignments[-1].value).end
        return node.span.end

    def stage(self, node: t.Stage, free: bool) -> Doc:
        """A stage of a pipeline."""
        match node:
            case t.Command():
                return [node.name, *(self.argument(each, free) for each in node.arguments)]
            case t.Value():
                return self.value(node.expression, free)
            case t.RowVerb():
                return [node.verb, self.parts(node, free)]
            case t.BlockVerb():
                return self.block_verb(node, free)

    def argument(self, node: t.Argument, free: bool) -> Doc:
        """An argument with the space before it."""
        space = self.gap(node.span.start, " ")
        if node.value is None:
            return [space, self.source(node.span)]
        value = self.value(node.value, free)
        return [space, value if node.name is None else [f"{node.name}=", value]]

    def parts(self, node: t.RowVerb, free: bool) -> Doc:
        """What follows a row verb."""
        docs: list[Doc] = []
        for part in (*node.expressions, *node.keys, *node.assignments):
            docs.append("," if docs else "")
            if isinstance(part, t.Assignment):
                docs += [self.gap(part.column_span.start, " "), self.source(part.column_span)]
                docs += [" =", self.gap(self.outer(part.value).start, " ")]
                docs.append(self.value(part.value, free))
            elif isinstance(part, t.SortKey):
                docs += [self.gap(part.span.start, " "), self.key(part, free)]
            else:
                docs += [self.gap(self.outer(part).start, " "), self.value(part, free)]
        return [*docs, *(self.argument(each, free) for each in node.switches)]

    def key(self, node: t.SortKey, free: bool) -> Doc:
        """A column to sort by."""
        if not node.descending:
            return self.value(node.value, free)
        return self.prefixed("-", node.value, free)

    def block_verb(self, node: t.BlockVerb, free: bool) -> Doc:
        """`each { … }`, `chunk 100 { … }`."""
        docs: list[Doc] = [node.verb]
        if node.size is not None:
            docs += [self.gap(node.size.span.start, " "), self.value(node.size, free)]
        return [*docs, self.gap(node.block.span.start, " "), self.block(node.block)]

    # ---- expressions

    def outer(self, node: t.Expression) -> Span:
        """The place of an expression, with the brackets around it."""
        return self.brackets.get(node.span, node.span)

    def value(self, node: t.Expression, free: bool) -> Doc:
        """An expression, in brackets if it stands in some."""
        brackets = self.brackets.get(node.span)
        if brackets is None:
            return self.bare(node, free)
        broken = isinstance(node, t.Binary) and self.joined_over_lines(node)
        items = [(node.span.start, partial(self.bare, node, True))]
        return self.bracketed("(", items, ")", Span(brackets.start + 1, brackets.end), broken)

    def bare(self, node: t.Expression, free: bool) -> Doc:
        """An expression without brackets around it."""
        match node:
            case t.Number():
                return self.number(node)
            case t.Get():
                return self.get(node, free)
            case t.List():
                items = [(self.outer(i).start, partial(self.value, i, True)) for i in node.items]
                return self.bracketed("[", items, "]", inside(node.span))
            case t.Record():
                pairs = [(p.key_span.start, partial(self.pair, p, ":", " ")) for p in node.pairs]
                return self.bracketed("{", pairs, "}", inside(node.span))
            case t.Sub():
                return self.sub(node)
            case t.Call():
                return self.call(node)
            case t.Binary():
                return self.binary(node, free)
            case t.Unary():
                if isinstance(node.operand, t.Binary) and node.operand.span == node.span:
                    return self.binary(node.operand, free, negated=True)
                return self.prefixed(node.operator, node.operand, free)
            case _:
                return self.source(node.span)

    def number(self, node: t.Number) -> Doc:
        """A number; white space after its sign is taken away."""
        if not node.text.startswith("-"):
            return node.text
        return ["-", self.gap(node.span.end, ""), node.text[1:]]

    def get(self, node: t.Get, free: bool) -> Doc:
        """`target.key`; it can't be broken, unless its target is in brackets."""
        target: t.Expression = node
        while isinstance(target, t.Get) and target.target.span not in self.brackets:
            target = target.target
        if isinstance(target, t.Name | t.Variable):
            return self.source(node.span)
        key = self.text[node.key_span.start : node.key_span.end]
        return [self.value(node.target, free), f".{key}", "?" if node.optional else ""]

    def pair(self, node: t.Pair, sign: str, space: str) -> Doc:
        """`key: value` in a record, `name=value` in a call."""
        key = self.source(node.key_span)
        gap = self.gap(self.outer(node.value).start, space)
        return [key, sign, gap, self.value(node.value, True)]

    def call(self, node: t.Call) -> Doc:
        """`name(a, b, key=c)`, in the order in which it is written."""
        items = [(self.outer(arg).start, partial(self.value, arg, True)) for arg in node.args]
        items += [(p.key_span.start, partial(self.pair, p, "=", "")) for p in node.named]
        items.sort(key=lambda item: item[0])
        within = Span(node.name_span.end + 1, node.span.end)
        return self.bracketed(f"{node.name}(", items, ")", within)

    def sub(self, node: t.Sub) -> Doc:
        """`( … )` around a pipeline."""
        stages = node.pipeline.stages
        broken = self.piped_over_lines(node.pipeline)
        items = [(stages[0].span.start, partial(self.pipeline, node.pipeline, True))]
        return self.bracketed("(", items, ")", inside(node.span), broken)

    def prefixed(self, sign: str, operand: t.Expression, free: bool) -> Doc:
        """`not` or `-` and its operand."""
        minus = isinstance(operand, t.Unary) and operand.operator == "-"
        minus = minus or isinstance(operand, t.Number) and operand.text.startswith("-")
        apart = sign == "not" or minus and operand.span not in self.brackets
        gap = self.gap(self.outer(operand).start, " " if apart else "")
        return [sign, gap, self.value(operand, free)]

    def binary(self, node: t.Binary, free: bool, negated: bool = False) -> Doc:
        """Operands with an operator between them; in brackets, each may have its own line."""
        first, *others = self.chain(node)
        docs: list[Doc] = [self.value(first[1], free)]
        for operator, operand in others:
            sign = f"not {operator}" if negated else operator
            line = self.gap(self.outer(operand).start, Line() if free else " ")
            docs += [line, f"{sign} ", self.value(operand, free)]
        return Group(docs, free and self.joined_over_lines(node))

    def joined_over_lines(self, node: t.Binary) -> bool:
        """Whether the author has ended a line at an operator."""
        places = [self.outer(operand) for _, operand in self.chain(node)]
        pairs = zip(places, places[1:], strict=False)
        return any(self.over_lines(Span(a.end, b.start)) for a, b in pairs)

    def chain(self, node: t.Binary) -> list[tuple[str, t.Expression]]:
        """The operands that operators which bind alike join, each with the one before it."""
        parts: list[tuple[str, t.Expression]] = []
        todo: list[tuple[str, t.Expression]] = [("", node)]
        while todo:
            operator, part = todo.pop()
            joined = part is node or part.span not in self.brackets
            if isinstance(part, t.Binary) and joined and level(part) == level(node):
                todo += [(part.operator, part.right), (operator, part.left)]
            else:
                parts.append((operator, part))
        return parts

    # ---- brackets

    def bracketed(
        self,
        opening: str,
        items: Sequence[tuple[int, Callable[[], Doc]]],
        closing: str,
        within: Span,
        broken: bool = False,
    ) -> Doc:
        """Items between brackets, on one line or one a line.

        `items` are given by where they begin and what makes their layout, `within` is what
        stands between the brackets. The items have lines of their own if `broken` says so,
        if the author has ended the line after the opening bracket, or if there is a comment.
        """
        broken = broken or self.ends_line(within.start) or self.commented(within.start, within.end)
        docs: list[Doc] = []
        for start, layout in items:
            line = Line() if docs else Line("")
            docs += ["," if docs else "", self.gap(start, line, first=not docs, blanks=True)]
            docs.append(layout())
        docs += self.notes(within.end, first=not docs, blanks=True)
        return (
            Group([opening, Indent(docs), Line(""), closing], broken) if docs else opening + closing
        )


def inside(span: Span) -> Span:
    """What stands between brackets."""
    return Span(span.start + 1, span.end)


def level(node: t.Binary) -> int:
    """How tight the operator binds."""
    return Operator(node.operator, node.operator_span).level
