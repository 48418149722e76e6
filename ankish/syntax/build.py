"""From lark's tree to the syntax tree.

One method per rule of `grammar/ankish.lark`, under the rule's name. Mistakes that the
grammar lets pass, because a good message needs the whole, are collected in `problems`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lark import Token, Tree

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Source, Span
from ankish.syntax import tree as t
from ankish.syntax.strings import Raw, dedented, unescaped

Node = Tree[Token]

SMART_QUOTES = "“”„‟‘’‚‛«»"
QUOTING = "in '…' a quote can't be doubled: write \"…\" around it"


class Builder:
    """Builds the syntax tree of one text; `docs` gives the `##` lines above an offset."""

    def __init__(self, source: Source, offset: int, docs: Callable[[int], str]) -> None:
        self.source = source
        self.offset = offset
        self.docs = docs
        self.problems: list[Diagnostic] = []

    def build(self, node: Node) -> Any:
        """The syntax tree's node for one of lark's."""
        return getattr(self, node.data)(node)

    def span(self, node: Node | Token) -> Span:
        """The place of a node or a token in the source."""
        place = node if isinstance(node, Token) else node.meta
        return Span(place.start_pos + self.offset, place.end_pos + self.offset)  # type: ignore[operator]

    def statements(self, nodes: list[Any]) -> tuple[t.Statement, ...]:
        """Statements of a program or a block."""
        return tuple(self.build(node) for node in nodes)

    # ---- statements

    def let(self, node: Node) -> t.Let:
        name, value = node.children
        return t.Let(str(name), self.span(name), self.build(value), self.span(node))

    def if_(self, node: Node) -> t.If:
        parts = [self.build(child) for child in node.children]
        otherwise = parts.pop() if len(parts) % 2 else None
        return t.If(tuple(zip(parts[::2], parts[1::2], strict=False)), otherwise, self.span(node))

    def for_(self, node: Node) -> t.For:
        name, items, body = node.children
        return t.For(
            str(name), self.span(name), self.build(items), self.build(body), self.span(node)
        )

    def macro(self, node: Node) -> t.Macro:
        name, *params, body = node.children
        parameters = tuple(self.param(child) for child in params[0].children) if params else ()
        span = self.span(node)
        doc = self.docs(span.start)
        return t.Macro(str(name), self.span(name), parameters, self.build(body), doc, span)

    def param_(self, node: Node) -> t.Param:
        parameter = self.param(node.children[0], doc_at=self.span(node).start)
        return t.Param(parameter, self.span(node))

    def param(self, node: Node, doc_at: int | None = None) -> t.Parameter:
        name, type_name, *default = node.children
        span = self.span(node)
        doc = self.docs(span.start if doc_at is None else doc_at)
        value = self.build(default[0]) if default else None
        return t.Parameter(str(name), self.span(name), self.build(type_name), value, doc, span)

    def type(self, node: Node) -> t.TypeName:
        name, *of = node.children
        return t.TypeName(str(name), self.build(of[0]) if of else None, self.span(node))

    def use(self, node: Node) -> t.Use:
        return t.Use(self.build(node.children[0]), self.span(node))

    def try_(self, node: Node) -> t.Try:
        body, name, handler = node.children
        return t.Try(
            self.build(body), str(name), self.span(name), self.build(handler), self.span(node)
        )

    def atomic(self, node: Node) -> t.Atomic:
        return t.Atomic(self.build(node.children[0]), self.span(node))

    def fail(self, node: Node) -> t.Fail:
        return t.Fail(self.build(node.children[0]), self.span(node))

    def block(self, node: Node) -> t.Block:
        return t.Block(self.statements(node.children[1:]), self.span(node))

    # ---- pipelines

    def pipeline(self, node: Node) -> t.Pipeline:
        return t.Pipeline(tuple(self.build(child) for child in node.children), self.span(node))

    def value(self, node: Node) -> t.Value:
        return t.Value(self.build(node.children[0]), self.span(node))

    def command(self, node: Node) -> t.Command:
        name, *arguments = node.children
        span = self.span(node)
        built = tuple(self.argument(argument) for argument in arguments)
        self.check_arguments(self.span(name), built)
        return t.Command(str(name), self.span(name), built, span)

    def argument(self, node: Node | Token) -> t.Argument:
        span = self.span(node)
        if isinstance(node, Token):  # SWITCH
            return t.Argument(str(node)[2:], None, span, span)
        if node.data != "named":
            return t.Argument(None, self.build(node), span)
        name, value = node.children
        name_span = self.span(name)
        bare = Span(name_span.start, name_span.end - 1)
        built = self.build(value)
        if built.span.start != name_span.end:
            gap = Span(bare.end, built.span.start)
            self.problems.append(kinds.SPACED_ARGUMENT(gap, name=name[:-1], value="…"))
        return t.Argument(str(name)[:-1], built, span, bare)

    def check_arguments(self, name: Span, arguments: tuple[t.Argument, ...]) -> None:
        """Find the mistakes that are made of good arguments: `deck = "X"`, `'it''s'`, `a && b`."""
        text = self.source.text
        end = name.end
        for index, argument in enumerate(arguments):
            word = argument.value.text if isinstance(argument.value, t.Word) else ""
            if word == "=" and index:
                name_text = text[arguments[index - 1].span.start : arguments[index - 1].span.end]
                self.problems.append(
                    kinds.SPACED_ARGUMENT(argument.span, name=name_text, value="…")
                )
            elif word == "&&":
                self.problems.append(kinds.DOUBLE_AMPERSAND(argument.span))
            elif word[:1] in SMART_QUOTES and word:
                quote = Span(argument.span.start, argument.span.start + 1)
                self.problems.append(kinds.SMART_QUOTE(quote, quote=word[0]))
            elif argument.span.start == end:
                self.problems.append(self.joined(argument.span, after_name=index == 0))
            end = argument.span.end

    def joined(self, span: Span, after_name: bool) -> Diagnostic:
        """The message for an argument that begins where something else ends."""
        text = self.source.text
        if after_name and text[span.start] == ":":
            return kinds.BRACKET_IN_SEARCH(span)
        doubled = text[span.start - 1 : span.start + 1] == "''"
        return kinds.JOINED(span, quoting=QUOTING if doubled else None)

    def row_verb(self, node: Node) -> t.RowVerb:
        span = self.span(node)
        verb_span = Span(span.start, span.start + len(node.data))
        parts = [self.build(child) for child in node.children]
        if node.data == "sort":
            return t.RowVerb(node.data, verb_span, span, keys=tuple(parts))
        if node.data in ("set", "derive", "add", "upsert"):
            return t.RowVerb(node.data, verb_span, span, assignments=tuple(parts[0]))
        return t.RowVerb(node.data, verb_span, span, expressions=tuple(parts))

    where = select = group = sort = set = derive = add = upsert = row_verb

    def assignments(self, node: Node) -> list[t.Assignment]:
        return [self.build(child) for child in node.children]

    def assignment(self, node: Node) -> t.Assignment:
        column, value = node.children
        name = column.children[0]
        return t.Assignment(unquoted(name), self.span(name), self.build(value))

    def key(self, node: Node) -> t.SortKey:
        value = self.build(node.children[0])
        descending = isinstance(value, t.Unary) and value.operator == "-"
        return t.SortKey(value.operand if descending else value, descending, self.span(node))

    def each(self, node: Node) -> t.BlockVerb:
        return self.block_verb(node, None, node.children[0])

    def chunk(self, node: Node) -> t.BlockVerb:
        return self.block_verb(node, self.build(node.children[0]), node.children[1])

    def block_verb(self, node: Node, size: t.Expression | None, block: Node) -> t.BlockVerb:
        span = self.span(node)
        verb_span = Span(span.start, span.start + len(node.data))
        return t.BlockVerb(str(node.data), verb_span, size, self.build(block), span)

    # ---- expressions

    def word(self, node: Node) -> t.Word:
        return t.Word(str(node.children[0]), self.span(node))

    def number(self, node: Node) -> t.Number:
        text = str(node.children[0])
        whole = re.fullmatch(r"-?\d+", text)
        return t.Number(int(text) if whole else float(text), text, self.span(node))

    def constant(self, node: Node) -> t.Constant:
        value = {"true": True, "false": False, "null": None}[str(node.children[0])]
        return t.Constant(value, self.span(node))

    def name(self, node: Node) -> t.Expression:
        name, path = node.children
        return self.with_path(t.Name(unquoted(name), self.span(name)), path)

    def variable(self, node: Node) -> t.Expression:
        name, path = node.children
        return self.with_path(t.Variable(str(name)[1:], self.span(name)), path)

    def with_path(self, target: t.Expression, path: Node) -> t.Expression:
        steps: list[Token] = []
        while path.children:
            path, step = path.children  # type: ignore[assignment]
            steps.append(step)  # type: ignore[arg-type]
        for step in reversed(steps):
            span = self.span(step)
            key = str(step)[1:].removesuffix("?")
            key_span = Span(span.start + 1, span.start + 1 + len(key))
            optional = step.endswith("?")
            whole = target.span.to(span)
            target = t.Get(target, unquoted(key), optional, whole, key_span)
        return target

    def sub(self, node: Node) -> t.Expression:
        brackets, path = node.children
        pipeline = self.build(brackets.children[0])
        return self.with_path(t.Sub(pipeline, self.span(brackets)), path)

    def group_(self, node: Node) -> t.Expression:
        brackets, path = node.children
        return self.with_path(self.build(brackets.children[0]), path)

    def list(self, node: Node) -> t.List:
        return t.List(tuple(self.build(child) for child in node.children), self.span(node))

    def record(self, node: Node) -> t.Record:
        pairs = tuple(self.build(child) for child in node.children[1:])
        return t.Record(pairs, self.span(node))

    def pair(self, node: Node) -> t.Pair:
        key, value = node.children
        if isinstance(key, Token):
            return t.Pair(unquoted(key), self.span(key), self.build(value))
        text: t.String = self.build(key)
        if text.plain is None:
            self.problems.append(kinds.HOLE_IN_KEY(text.span))
        return t.Pair(text.plain or "", text.span, self.build(value))

    def call(self, node: Node) -> t.Call:
        name, *arguments = node.children
        place = self.span(name)
        span = Span(place.start, place.end - 1)
        args = tuple(self.build(a) for a in arguments if not is_keyword(a))
        named = tuple(self.keyword(a) for a in arguments if is_keyword(a))
        return t.Call(str(name)[:-1], span, args, named, self.span(node))

    def keyword(self, node: Any) -> t.Pair:
        name, value = node.children
        return t.Pair(str(name), self.span(name), self.build(value))

    def binary(self, node: Node) -> t.Binary:
        left, operator, right = node.children
        return t.Binary(
            str(operator), self.span(operator), self.build(left), self.build(right), self.span(node)
        )

    def not_(self, node: Node) -> t.Unary:
        return t.Unary("not", self.build(node.children[0]), self.span(node))

    def negative(self, node: Node) -> t.Expression:
        operand = self.build(node.children[-1])
        if isinstance(operand, t.Number):  # a literal, so that -3 is one wherever it stands
            return t.Number(-operand.value, f"-{operand.text}", self.span(node))
        return t.Unary("-", operand, self.span(node))

    # ---- text

    def raw(self, node: Node) -> t.String:
        span = self.span(node)
        return self.filled([Raw.at(str(node.children[0])[1:-1], span.start + 1)], [], span)

    def raw_lines(self, node: Node) -> t.String:
        span = self.span(node)
        whole = Raw.at(str(node.children[0])[3:-3], span.start + 3)
        return self.filled(dedented([whole]), [], span)

    def string(self, node: Node) -> t.String:
        span = self.span(node)
        if node.children and is_open_end(node.children[-1]):
            node.children.pop()
            self.problems.append(kinds.OPEN_STRING(Span(span.start, span.start + 1), quote='"'))
        raws, holes = self.around_holes(node, span.start + 1)
        return self.filled([unescaped(raw, self.problems) for raw in raws], holes, span)

    def string_lines(self, node: Node) -> t.String:
        span = self.span(node)
        raws, holes = self.around_holes(node, span.start + 3)
        return self.filled([unescaped(raw, self.problems) for raw in dedented(raws)], holes, span)

    def around_holes(self, node: Node, start: int) -> tuple[list[Raw], list[Node]]:
        """The literal text before, between and after the holes; empty where there is none."""
        raws = [Raw.at("", start)]
        holes: list[Node] = []
        for child in node.children:
            if isinstance(child, Token):
                raws[-1] = Raw.at(str(child), self.span(child).start)
            else:
                holes.append(child)
                raws.append(Raw.at("", self.span(child).end))
        return raws, holes

    def filled(self, raws: list[Raw], holes: list[Node], span: Span) -> t.String:
        """Text and holes in turn; text that is empty is left out."""
        parts: list[t.Piece | t.Expression] = []
        for index, raw in enumerate(raws):
            if index:
                parts.append(self.build(holes[index - 1].children[1]))
            if raw.text:
                parts.append(raw.piece())
        return t.String(tuple(parts), span)


def unquoted(name: str) -> str:
    """A name without its back-ticks."""
    return str(name).strip("`")


def is_keyword(node: Any) -> bool:
    """Whether an argument of a call is `name=value`."""
    return isinstance(node, Tree) and node.data == "keyword"


def is_open_end(node: Any) -> bool:
    """Whether it is the line's end that an unclosed string ran into."""
    return isinstance(node, Token) and node.type == "OPEN_END"
