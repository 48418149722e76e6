"""Text to syntax tree. A text with mistakes gives what could be read, and every mistake."""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from lark import Lark, Token, Tree, UnexpectedInput

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Source, Span
from ankish.syntax import tree as t
from ankish.syntax.build import Builder
from ankish.syntax.grammar import load
from ankish.syntax.lexing import Lines
from ankish.syntax.mistakes import diagnose

_comments = threading.local()


def _note_comment(token: Token) -> Token:
    _comments.seen.append(token)
    return token


@lru_cache(maxsize=1)
def grammar() -> Lark:
    """The grammar, ready to parse. Loaded once in a process, from a cache where there is one."""
    return load(
        "ankish",
        postlex=Lines(),
        lexer_callbacks={"COMMENT": _note_comment},
        maybe_placeholders=False,
        propagate_positions=True,
    )


def lark_tree(text: str) -> tuple[Tree[Token], list[Token]]:
    """Lark's tree of a text, and its comments.

    Raises lark's `UnexpectedInput` for what does not fit the grammar, and `AnkishError`
    for brackets nested too deep.
    """
    _comments.seen = []
    return grammar().parse(text), _comments.seen


@dataclass(frozen=True, slots=True)
class Parsed:
    """A syntax tree and what was wrong with the text; with errors, parts are missing.

    `incomplete` says that the text only ends too early: more lines may mend it.
    """

    program: t.Program
    diagnostics: tuple[Diagnostic, ...]
    incomplete: bool


STATEMENT = re.compile(r"^(?![\s#|)\]}]|else\b|catch\b)(?=.)", re.MULTILINE)
"""Where a statement can begin: a line that isn't indented and doesn't go on with another."""


def parse(source: Source) -> Parsed:
    """Parse a whole text.

    After a mistake, reading goes on at the next line that can begin a statement, so that
    the mistakes of all statements are found at once.
    """
    reading = _Reading(source)
    starts = [match.start() for match in STATEMENT.finditer(source.text)]
    start, end = 0, len(source.text)
    while start < end:
        problem = reading.read(start, end)
        if problem is None:
            break
        at = problem.span.start if problem.span else start
        failed = max([start, *starts[: bisect_right(starts, at)][-1:]])
        reading.read(start, failed)
        reading.report(problem)
        following = bisect_right(starts, max(at, failed))
        start = starts[following] if following < len(starts) else end
    return reading.result()


@dataclass
class _Reading:
    """What has been read so far."""

    source: Source
    statements: list[t.Statement] = field(default_factory=list)
    comments: list[t.Comment] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    unfinished: Diagnostic | None = None

    def read(self, start: int, end: int) -> Diagnostic | None:
        """Take in the statements between two offsets, or give the mistake that prevents it."""
        text = self.source.text[start:end]
        try:
            tree, comments = lark_tree(text)
        except UnexpectedInput as error:
            problem, ends_early = diagnose(error, text, start)
            self.unfinished = problem if ends_early else None
            return problem
        except AnkishError as error:
            return shifted(error.diagnostics[0], start)
        found = [t.Comment(str(token), _span(token, start)) for token in comments]
        builder = Builder(self.source, start, Docs(self.source, found).above)
        self.statements += builder.statements(tree.children)
        self.comments += found
        for problem in builder.problems:
            self.report(problem)
        return None

    def report(self, problem: Diagnostic) -> None:
        """Note a mistake; a closing bracket that an earlier one left over is not another."""
        if problem.code == kinds.STRAY_BRACKET.code and self.problems:
            return
        self.problems.append(problem)

    def result(self) -> Parsed:
        """All that was read, mistakes in the order of their places."""
        program = t.Program(
            tuple(self.statements), tuple(self.comments), Span(0, len(self.source.text))
        )
        self.problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
        placed = tuple(problem.within(self.source) for problem in self.problems)
        return Parsed(program, placed, self.problems == [self.unfinished])


class Docs:
    """The `##` lines above a declaration."""

    def __init__(self, source: Source, comments: list[t.Comment]) -> None:
        self.source = source
        self.by_line = {
            source.position(comment.span.start)[0]: comment.text[2:].strip()
            for comment in comments
            if comment.text.startswith("##")
        }

    def above(self, offset: int) -> str:
        """The documentation of what begins at `offset`; empty if there is none."""
        line = self.source.position(offset)[0]
        lines: list[str] = []
        while (line := line - 1) in self.by_line:
            lines.append(self.by_line[line])
        return "\n".join(reversed(lines))


def shifted(problem: Diagnostic, by: int) -> Diagnostic:
    """The same message, its places moved on by `by` characters."""
    from dataclasses import replace

    labels = tuple(replace(label, span=label.span.shift(by)) for label in problem.labels)
    return replace(problem, labels=labels)


def _span(token: Token, offset: int) -> Span:
    start = (token.start_pos or 0) + offset
    return Span(start, start + len(token))
