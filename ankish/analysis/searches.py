"""Searches in a program: words and strings become one search, with its values bound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.convert import How
from ankish.analysis.expressions import check_dollars, expression, value
from ankish.analysis.fit import named
from ankish.catalog.types import QUERY
from ankish.data import replace
from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.syntax import tree as t
from ankish.syntax.search import Bound, Hole, Piece, Search, check_search, parse_search

TERM = re.compile(r"[^\s:\"()-][^\s:\"()]*:[^\"\s]+\s[^:\"]*")
"""What begins as a term, goes on behind a space, and holds no other term."""


class Assembled:
    """One search out of several arguments, and where each of its characters stands.

    The parts of a search are words with spaces between them, or strings with escapes;
    the search's own parser sees one text. `places` leads its spans back to the source.
    """

    def __init__(self) -> None:
        self.parts: list[Piece | Hole] = []
        self.values: list[core.Expression] = []
        self.places: list[int] = []

    def text(self, text: str, places: Sequence[int]) -> None:
        """Add literal text."""
        self.parts.append(Piece(text, len(self.places)))
        self.places += places[: len(text)]

    def hole(self, bound: core.Expression) -> None:
        """Add a bound value."""
        at = len(self.places)
        self.parts.append(Hole(len(self.values), Span(at, at + 1)))
        self.values.append(bound)
        self.places.append(bound.span.start)

    def place(self, span: Span) -> Span:
        """A span of the search as a span of the source."""
        if not self.places:
            return Span(0, 0)
        last = len(self.places) - 1
        start = self.places[min(span.start, last)]
        end = self.places[min(max(span.end - 1, span.start), last)] + 1
        return Span(start, max(end, start + 1))

    def placed(self, problem: Diagnostic) -> Diagnostic:
        """A message about the search as a message about the program."""
        labels = tuple(replace(each, span=self.place(each.span)) for each in problem.labels)
        fix = replace(problem.fix, span=self.place(problem.fix.span)) if problem.fix else None
        return replace(problem, labels=labels, fix=fix)


class _Settled:
    """The names that can be relied on: those that the program itself can't have added to."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.changed = context.unsettled | {kind for kind, _ in context.created | context.perhaps}

    def decks(self) -> tuple[str, ...] | None:
        """The decks, unless the program has made some."""
        return None if "deck" in self.changed else self.context.world.decks()

    def models(self) -> tuple[str, ...] | None:
        """The note types, unless the program has made some."""
        return None if "model" in self.changed else self.context.world.models()

    def all_fields(self) -> tuple[str, ...] | None:
        """The fields, unless the program has made a note type or changed one."""
        return None if "model" in self.changed else self.context.world.all_fields()

    def tags(self) -> tuple[str, ...] | None:
        """The tags, unless the program has changed notes."""
        return None if "tag" in self.changed else self.context.world.tags()


def search(context: Context, nodes: Sequence[t.Expression]) -> core.Expression:
    """The checked form of a search, written as one argument or as several words."""
    span = nodes[0].span.to(nodes[-1].span) if nodes else Span(0, 0)
    if len(nodes) == 1 and isinstance(nodes[0], (t.Variable, t.Get, t.Sub)):
        given = expression(context, nodes[0])
        if isinstance(given, core.Use) and given.type == QUERY:
            return given
    assembled = Assembled()
    for index, node in enumerate(nodes):
        if index:
            assembled.text(" ", [node.span.start])
        _add(context, assembled, node, alone=len(nodes) == 1)
    tree, problems = parse_search(assembled.parts)
    if tree is not None:
        _check_parts(context, tree, assembled.values)
        problems = [*problems, *check_search(tree, _Settled(context))]
    for problem in problems:
        context.report(assembled.placed(problem))
    return core.SearchOf(tree, tuple(assembled.values), QUERY, span)


def _check_parts(context: Context, tree: Search, values: Sequence[core.Expression]) -> None:
    """A search in a search stands for itself: it is no value of a term."""
    for term in tree.terms():
        whole = term.kind == "text" and len(term.value) == 1
        for part in (*term.key, *term.value):
            if isinstance(part, Bound) and values[part.index].type == QUERY and not whole:
                context.report(kinds.SEARCH_IN_TERM(values[part.index].span))


def _bound(context: Context, assembled: Assembled, node: t.Expression) -> None:
    """A value in a search; a search there is a part of the whole, asked with it."""
    inner = node.operand if isinstance(node, t.Unary) and node.operator == "?" else node
    checked = expression(context, inner)
    if checked.type == QUERY:
        checked = core.Convert(checked, (How.SEARCH, How.PART), QUERY, checked.span)
    else:
        checked = value(context, checked)
    if checked.type.name == "record":
        context.report(type_kinds.HOLE(inner.span, given=named(checked.type)))
    if inner is not node:
        checked = core.Operation("?", (checked,), checked.type, node.span)
    assembled.hole(checked)


def _add(context: Context, assembled: Assembled, node: t.Expression, alone: bool) -> None:
    if isinstance(node, (t.Word, t.Number, t.Name)):
        assembled.text(node.text, range(node.span.start, node.span.end))
    elif isinstance(node, t.String):
        _add_string(context, assembled, node, alone)
    else:
        _bound(context, assembled, node)


def _add_string(context: Context, assembled: Assembled, node: t.String, alone: bool) -> None:
    """A string among other words is a part of its own: brackets keep its `or` inside.

    `"Back:to be"` is one term there, as it is for Anki.
    """
    check_dollars(context, node)
    text = "".join(part.text if isinstance(part, t.Piece) else "x" for part in node.parts)
    term = not alone and TERM.fullmatch(text) is not None
    guarded = not alone and not term and " or " in text.casefold()
    if guarded or term:
        assembled.text("(" if guarded else '"', [node.span.start])
    for part in node.parts:
        if isinstance(part, t.Piece):
            assembled.text(part.text, [part.place(i) for i in range(len(part.text))])
        else:
            with context.within(names="variable"):
                _bound(context, assembled, part)
    if guarded or term:
        assembled.text(")" if guarded else '"', [node.span.end - 1])
