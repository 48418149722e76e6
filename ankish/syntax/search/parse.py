"""From the parts of a search to its tree. Reading goes on after a mistake, to find them all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import Diagnostic
from ankish.syntax.concrete import Node as Part
from ankish.syntax.concrete import Token, Tree
from ankish.syntax.driver import Driver, Unexpected
from ankish.syntax.grammar import load
from ankish.syntax.search.term import TermReader
from ankish.syntax.search.tree import And, Node, Not, Or, Search
from ankish.syntax.search.written import Hole, Piece, Written
from ankish.syntax.tables import Tables

DEPTH = 100
"""How deep brackets may be nested. Anki 26.09.3 crashes at 10,000."""

MOST = 900
"""How many terms may stand in a row. Anki 26.09.3 takes 990 of any kind, SQLite's limit."""


def parse_search(parts: Sequence[Piece | Hole]) -> tuple[Search | None, list[Diagnostic]]:
    """The tree of a search, and what is wrong with how it is written.

    `parts` are its literal texts and the values bound into it, in order; two texts side by
    side are one. The tree is there also after most mistakes, so that what stands after its
    keywords can be checked too (`check_search`); with an error it must not be rendered.
    """
    reading = _Reading(Written(parts))
    return reading.search(), reading.problems


PATIENCE = 20
"""After how many mistakes reading ends."""


@lru_cache(maxsize=1)
def _grammar() -> Tables:
    return load("search")


class _GivenUp(Exception):
    """There is no tree."""


class _Reading:
    """One search being read."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.problems: list[Diagnostic] = []
        self.terms = TermReader(written, self.problems)
        self.mended = 0

    def search(self) -> Search | None:
        """The tree; None if there are too many mistakes or terms, or brackets too deep."""
        try:
            tree = self._read()
            root = self._node(tree.children[0], 0) if tree.children else None
        except (Unexpected, _GivenUp):
            return None
        finally:
            self.problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
        return Search(root, self.written.original, self.written.holes)

    def _read(self) -> Tree:
        """The concrete syntax tree; what is wrong in its structure is mended on the way."""
        driver = Driver(_grammar(), self.written.text)
        while True:
            try:
                for token in driver.tokens():
                    driver.feed(token)
                return driver.finish()
            except Unexpected as error:
                found = driver.misplaced() if error.token is None else error.token
                self._mend(driver, error.at, found)

    def _mend(self, driver: Driver, at: int, found: Token | None) -> None:
        """Report a mistake in the structure, and do what lets the parser go on.

        `found` is the token that can't stand at the offset; None if there is none.
        """
        self.mended += 1
        if len(self.problems) >= PATIENCE or self.mended > 10 * PATIENCE:
            raise _GivenUp
        stack = list(driver.values)
        last = stack[-1] if stack and isinstance(stack[-1], Token) else None
        brackets = [each for each in stack if isinstance(each, Token) and each.type == "LPAR"]

        if found is None:
            self._report(kinds.OPEN_QUOTE, at, at + 1)
            driver.feed(Token("WORD", "", at, at))
            driver.at = len(self.written.text)
            return
        if last is not None and last.type in ("OR", "AND"):
            self._report(
                kinds.DANGLING, last.start, last.end, word=str(last), where="nothing after it"
            )
        if last is not None and last.type in ("OR", "AND", "LPAR"):
            driver.feed(Token("WORD", "", 0, 0))
        if found.type == "RPAR":
            if brackets:
                driver.feed(found)
            else:
                self._report(kinds.STRAY_BRACKET, found.start, found.end)
            return
        for bracket in brackets[:PATIENCE]:
            self._report(kinds.OPEN_BRACKET, bracket.start, bracket.end)
            driver.feed(Token("RPAR", "", 0, 0))

    def _node(self, branch: Part, depth: int) -> Node:
        if isinstance(branch, Token):
            return self.terms.read(branch.type, branch.start, branch.end)
        if branch.data == "group":
            return self._group(branch, depth + 1)
        if branch.data == "not_":
            minus, item = branch.children
            node = self._node(item, depth)
            grouped = not isinstance(item, Token)
            return Not(node, grouped, self.written.span(minus.start, minus.end).to(node.span))
        make = And if branch.data == "and_" else Or
        items: list[Node] = []
        for child in branch.children:
            if isinstance(child, Token) and child.type in ("OR", "AND"):
                continue
            node = self._node(child, depth)
            items += node.items if isinstance(node, make) else [node]
            if len(items) > MOST:
                self.problems.append(kinds.TOO_MANY(items[MOST].span, most=MOST))
                raise _GivenUp
        return make(tuple(items), items[0].span.to(items[-1].span))

    def _group(self, branch: Tree, depth: int) -> Node:
        start, end = branch.children[0].start, branch.children[-1].end
        if depth > DEPTH:
            self._report(kinds.TOO_DEEP, start, start + 1, depth=DEPTH)
            raise _GivenUp
        if len(branch.children) == 3:
            return self._node(branch.children[1], depth)
        self._report(kinds.EMPTY_BRACKETS, start, end)
        return self.terms.read("WORD", start, start)

    def _report(self, kind: Kind, start: int, end: int, **values: Any) -> None:
        self.problems.append(kind(self.written.span(start, end), **values))
