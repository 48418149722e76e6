"""Text to syntax tree. A text with mistakes gives what could be read, and every mistake."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ankish.data import dataclass, field
from ankish.diagnostics.model import Diagnostic, Source, Span
from ankish.syntax import tree as t
from ankish.syntax.build import Builder
from ankish.syntax.lexing import PARTS, first_in_line
from ankish.syntax.reading import Reading


@dataclass(frozen=True, slots=True)
class Parsed:
    """A syntax tree and what was wrong with the text; with errors, parts are missing.

    * **incomplete** - the text only ends too early: more lines may mend it.
    * **brackets** - the places of expressions in row verbs that stand in brackets, which
      leave no node in the tree, with the place of the (outermost) brackets.
    """

    program: t.Program
    diagnostics: tuple[Diagnostic, ...]
    incomplete: bool
    brackets: Mapping[Span, Span] = field(default_factory=dict)


def parse(source: Source) -> Parsed:
    """Parse a whole text.

    After a mistake, reading goes on at the next line that can begin a statement, so that
    the mistakes of all statements are found at once.
    """
    with no_collection():
        reading = Reading(source)
        tree = reading.run()
        builder = Builder(source, Docs(source, reading.comments).above)
        statements = builder.program(tree)
    whole = Span(0, len(source.text))
    problems = reading.problems + builder.problems
    problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
    return Parsed(
        t.Program(statements, tuple(reading.comments), whole),
        tuple(problem.within(source) for problem in problems),
        reading.incomplete and not builder.problems,
        builder.brackets,
    )


@contextmanager
def no_collection() -> Iterator[None]:
    """Hold Python's garbage collector: trees have no cycles, and it would take half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Docs:
    """The `##` lines above a declaration, each of them alone on its line."""

    def __init__(self, source: Source, comments: list[t.Comment]) -> None:
        self.source = source
        self.by_line = {
            source.position(comment.span.start)[0]: comment.text[2:].strip()
            for comment in comments
            if comment.text.startswith("##") and self.first(comment.span.start)
        }

    def first(self, offset: int) -> bool:
        """Whether nothing stands before an offset in its line but what parts statements."""
        return first_in_line(self.source.text, offset, PARTS)

    def above(self, offset: int) -> str:
        """The documentation of what begins at `offset`; empty if there is none."""
        if not self.by_line or not self.first(offset):
            return ""
        line = self.source.position(offset)[0]
        lines: list[str] = []
        while (line := line - 1) in self.by_line:
            lines.append(self.by_line[line])
        return "\n".join(reversed(lines))
