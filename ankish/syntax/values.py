"""Expressions and text, from the concrete syntax tree to the abstract one."""

from __future__ import annotations

import builtins
import re
from typing import Any

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Source, Span
from ankish.syntax import tree as t
from ankish.syntax.concrete import Token, Tree, first, span, trees
from ankish.syntax.habits import CONSTANTS as CONSTANTS_ELSEWHERE
from ankish.syntax.operators import Operand, Operator, combined, levels
from ankish.syntax.strings import Raw, dedented, unescaped

Nodes = list[Tree]
Raws = list[Raw]

CONSTANTS = {"true": True, "false": False, "null": None}

DIGITS = 4000
"""How many digits a whole number may have. Python refuses to read more than 4300."""


class Values:
    """The methods for the grammar's rules of expressions and text, under the rules' names.

    Mistakes that the grammar lets pass, because a good message needs the whole, are
    collected in `problems`. `brackets` gets the places of expressions in row verbs that have
    brackets around them, which leave no node in the tree, with the place of the brackets.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []
        self.brackets: dict[Span, Span] = {}
        self.depth = 0

    def build(self, node: Tree, below: int = 1) -> Any:
        """The abstract tree's node for one of the concrete tree, `below` levels deeper than the
        one at hand.

        Raises `AnkishError` if the tree would be deeper than `tree.DEPTH`.
        """
        self.depth += below
        try:
            if self.depth > t.DEPTH:
                start = first(node).start
                raise kinds.TOO_DEEP.error(Span(start, start + 1), depth=t.DEPTH)
            return getattr(self, node.data)(node)
        finally:
            self.depth -= below

    # ---- expressions

    def expression(self, node: Tree) -> t.Expression:
        parts: list[Tree | Operator] = []
        negation: Token | None = None
        after_operand = False
        for child in node.children:
            if isinstance(child, Tree):
                parts.append(child)
                after_operand = True
            elif child.type == "NOT" and after_operand:  # of `not in`
                negation = child
            else:
                whole = span(child) if negation is None else span(negation).to(span(child))
                negated = negation is not None
                parts.append(Operator(str(child), whole, not after_operand, negated))
                after_operand, negation = False, None
        below = levels([part for part in parts if isinstance(part, Operator)])
        return combined(
            [
                part if isinstance(part, Operator) else Operand(self.build(part, below), span(part))
                for part in parts
            ],
            self.problems,
        )

    def word(self, node: Tree) -> t.Word:
        return t.Word(str(node.children[0]), span(node))

    def number(self, node: Tree) -> t.Number:
        text = str(node.children[0])
        place = span(node)
        whole = re.fullmatch(r"-?\d+", text)
        value = int(text[:DIGITS]) if whole else float(text)
        if len(text) > DIGITS or abs(value) == float("inf"):
            self.problems.append(kinds.HUGE_NUMBER(place))
        return t.Number(value, text, place)

    def constant(self, node: Tree) -> t.Constant:
        return t.Constant(CONSTANTS[str(node.children[0])], span(node))

    def name(self, node: Tree) -> t.Expression:
        name, *path = node.children
        place = span(name)
        if name in CONSTANTS_ELSEWHERE:
            right = CONSTANTS_ELSEWHERE[str(name)]
            self.problems.append(kinds.FOREIGN_CONSTANT(place, found=name, right=right))
        return self.with_path(t.Name(unquoted(name), place), place, path)

    def variable(self, node: Tree) -> t.Expression:
        name, *path = node.children
        place = span(name)
        return self.with_path(t.Variable(str(name)[1:], place), place, path)

    def sub(self, node: Tree) -> t.Expression:
        brackets, *path = node.children
        pipeline = self.build(brackets.children[1], 1 + len(path))
        place = span(brackets)
        return self.with_path(t.Sub(pipeline, place), place, path)

    def group_(self, node: Tree) -> t.Expression:
        brackets, *path = node.children
        inner: t.Expression = self.build(brackets.children[1], 1 + len(path))
        place = span(brackets)
        self.brackets[inner.span] = place
        return self.with_path(inner, place, path)

    def with_path(self, target: t.Expression, head: Span, path: list[Any]) -> t.Expression:
        """The target, which stands at `head`, with `.key` steps after it."""
        if self.depth + len(path) > t.DEPTH:
            raise kinds.TOO_DEEP.error(span(path[t.DEPTH - self.depth]), depth=t.DEPTH)
        for step in path:
            place = span(step)
            key = str(step)[1:].removesuffix("?")
            key_span = Span(place.start + 1, place.start + 1 + len(key))
            optional = step.endswith("?")
            target = t.Get(target, unquoted(key), optional, head.to(place), key_span)
        return target

    def list(self, node: Tree) -> t.List:
        return t.List(tuple(self.build(child) for child in trees(node)), span(node))

    def record(self, node: Tree) -> t.Record:
        return t.Record(tuple(self.build(child) for child in trees(node)), span(node))

    def pair(self, node: Tree) -> t.Pair:
        key, _, value = node.children
        if isinstance(key, Token):
            return t.Pair(unquoted(key), span(key), self.build(value))
        text: t.String = self.build(key)
        if text.plain is None:
            self.problems.append(kinds.HOLE_IN_KEY(text.span))
        return t.Pair(text.plain or "", text.span, self.build(value))

    def call(self, node: Tree) -> t.Call:
        name = node.children[0]
        place = span(name)
        arguments = [(a, a.data == "keyword") for a in trees(node)]
        args = tuple(self.build(a) for a, keyword in arguments if not keyword)
        named = tuple(self.build(a) for a, keyword in arguments if keyword)
        return t.Call(str(name)[:-1], Span(place.start, place.end - 1), args, named, span(node))

    def keyword(self, node: Tree) -> t.Pair:
        name, _, value = node.children
        return t.Pair(str(name), span(name), self.build(value))

    # ---- text

    def raw(self, node: Tree) -> t.String:
        place = span(node)
        return self.filled([Raw.at(str(node.children[0])[1:-1], place.start + 1)], [], place)

    def raw_lines(self, node: Tree) -> t.String:
        place = span(node)
        whole = Raw.at(str(node.children[0])[3:-3], place.start + 3)
        return self.filled(dedented([whole]), [], place)

    def string(self, node: Tree) -> t.String:
        raws, holes = self.around_holes(node)
        return self.filled([unescaped(raw, self.problems) for raw in raws], holes, span(node))

    def string_lines(self, node: Tree) -> t.String:
        raws, holes = self.around_holes(node)
        return self.filled(
            [unescaped(raw, self.problems) for raw in dedented(raws)], holes, span(node)
        )

    def around_holes(self, node: Tree) -> tuple[builtins.list[Raw], builtins.list[Tree]]:
        """The literal text before, between and after the holes; empty where there is none."""
        quote, *children, _ = node.children
        raws = [Raw.at("", span(quote).end)]
        holes: list[Tree] = []
        for child in children:
            if isinstance(child, Token):
                raws[-1] = Raw.at(str(child), span(child).start)
            else:
                holes.append(child)
                raws.append(Raw.at("", span(child).end))
        return raws, holes

    def hole(self, node: Tree) -> t.Expression:
        """What stands in `${…}`; with `?` behind it, it may be null."""
        _, inner, *rest = node.children
        value: t.Expression = self.build(inner)
        marked = isinstance(rest[0], Token) and rest[0].type == "MAYBE"
        return t.Unary("?", value, span(inner).to(span(rest[0]))) if marked else value

    def filled(self, raws: builtins.list[Raw], holes: builtins.list[Tree], place: Span) -> t.String:
        """Text and holes in turn; text that is empty is left out."""
        parts: list[t.Piece | t.Expression] = []
        for index, raw in enumerate(raws):
            if index:
                parts.append(self.hole(holes[index - 1]))
            if raw.text:
                parts.append(raw.piece())
        return t.String(tuple(parts), place)


def unquoted(name: Any) -> str:
    """A name, given as a token, without its back-ticks."""
    return str(name).strip("`")
