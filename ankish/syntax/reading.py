"""Reads a text to its end, past the mistakes in it.

After a mistake the statement that holds it is dropped from the parser's stack, and reading
goes on with the next one: the next line that is indented no deeper. So the mistakes of all
statements are found at once, those inside of blocks too, in one pass over the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Label, Source, Span
from ankish.syntax.concrete import Token, Tree, first
from ankish.syntax.driver import Driver, Unexpected
from ankish.syntax.grammar import load
from ankish.syntax.habits import STATEMENTS
from ankish.syntax.lexing import CLOSING, OPENING, open_brackets
from ankish.syntax.mistakes import diagnose
from ankish.syntax.resume import closes, first_in_line, next_statement, width
from ankish.syntax.rules import PARTNERS
from ankish.syntax.stop import Stop, bracket_of
from ankish.syntax.tables import Tables
from ankish.syntax.tree import Comment

MISTAKES = 100
"""After how many mistakes reading stops."""

COMMENT = re.compile(r"#[^\n]*")
NOTHING = re.compile(r"\s*(?:#[^\n]*\s*)*")
WORD = re.compile(r"[ \t]*([^\W\d][\w-]*)")


@lru_cache(maxsize=1)
def grammar() -> Tables:
    """The grammar's tables. Loaded once in a process, from a cache where there is one."""
    return load("ankish")


class Reading:
    """Reads one text.

    After `run`:

    * **problems** - the mistakes, in the order of their places.
    * **comments** - the comments, in order; those near a mistake may be missing.
    * **incomplete** - whether the text only ends too early, so that more lines may mend it.
    """

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.driver = Driver(grammar(), source.text)
        self.problems: list[Diagnostic] = []
        self.comments: list[Comment] = []
        self.incomplete = False
        self.previous: Token | None = None

    def run(self) -> Tree:
        """Read the whole text; the concrete syntax tree of what could be read."""
        while True:
            try:
                self.feed()
                return self.driver.finish()
            except Unexpected as error:
                self.recover(self.stop(error.at))

    def feed(self) -> None:
        """Hand the parser all tokens; new lines in brackets other than blocks are white space."""
        text, feed = self.text, self.driver.feed
        opened = [token.type for token in self.opened()]
        previous = self.previous
        end = -1 if previous is None else previous.end
        try:
            for token in self.driver.tokens():
                kind = token.type
                if kind == "_NL":
                    if opened and opened[-1] != "BLOCK":
                        continue
                elif kind == "OPEN_END":
                    raise Unexpected(token.start, token)
                elif kind in OPENING:
                    opened.append(kind)
                elif kind in CLOSING and opened:
                    opened.pop()
                feed(token)
                if kind != "_NL":
                    if token.start > end + 1:
                        self.note_comments(end, token.start)
                    end = token.end
                previous = token
            self.note_comments(end, len(text))
        finally:
            self.previous = previous

    def note_comments(self, start: int, end: int) -> None:
        """Take in the comments between two tokens."""
        start = max(start, 0)
        if self.text.find("#", start, end) >= 0:
            for match in COMMENT.finditer(self.text, start, end):
                comment = match[0].rstrip()
                self.comments.append(
                    Comment(comment, Span(match.start(), match.start() + len(comment)))
                )

    def opened(self, above: int = 0) -> list[Token]:
        """The brackets that are open, in order; only those of the stack's items from `above` on."""
        return open_brackets(self.driver.values[above:])

    # ---- mistakes

    def stop(self, at: int) -> Stop:
        """What is known about the place where the parser stopped."""
        if NOTHING.fullmatch(self.text, at):
            at = len(self.text)
        return Stop(self.text, at, self.driver.values, self.previous, self.driver.accepts)

    def recover(self, stop: Stop) -> None:
        """Report a mistake and go to where reading can go on."""
        if len(self.problems) >= MISTAKES:
            self.problems.append(kinds.TOO_MANY(stop.here(), count=MISTAKES))
            return self.give_up()
        number, start = self.statement(stop.at)
        another = self.begins_another(stop, number, start)
        if another is not None:
            self.problems.append(self.never_closed(number, another))
            return self.go_on(number, another.start)
        problem = diagnose(stop)
        self.report(problem)
        if stop.ends or stop.rest.startswith("'''"):
            self.incomplete = self.problems == [problem] and self.goes_on(stop, problem)
            return self.give_up()
        opened = len(self.opened(number))
        nested = len(self.opened()) > opened
        following = next_statement(self.text, start, stop.at, opened, nested)
        return self.give_up() if following is None else self.go_on(number, following)

    def report(self, problem: Diagnostic) -> None:
        """Note a mistake; a line's closing bracket that an earlier one left over is not another."""
        span = problem.span or Span(0, 0)
        stray = problem.code == kinds.STRAY_BRACKET.code and first_in_line(self.text, span.start)
        if not (stray and self.problems):
            self.problems.append(problem)

    def statement(self, at: int) -> tuple[int, int]:
        """The innermost statement not yet complete that begins a line.

        Its number in the parser's stack, and its offset; `at` if nothing of it is read.
        """
        stack = self.driver.values
        for number in range(len(stack), 0, -1):
            if _ends_statement(stack, number - 1):
                start = at if number == len(stack) else first(stack[number]).start
                if first_in_line(self.text, start):
                    return number, start
        return 0, first(stack[0]).start if stack else at

    def begins_another(self, stop: Stop, number: int, start: int) -> Span | None:
        """The word that begins another statement while a bracket is open, if it seems so.

        It begins a line that is indented no deeper than the statement, and the bracket is
        closed nowhere, or the word can only begin a statement.
        """
        brackets = self.opened(number)
        if not brackets or brackets[-1].type == "BLOCK":
            return None
        opened, _, closing = bracket_of(brackets[-1])
        line = self.text.rfind("\n", 0, stop.at) + 1
        word = WORD.match(self.text, line)
        if word is None or line < opened.end or width(self.text, line) > width(self.text, start):
            return None
        if word[1] in PARTNERS or word[1] not in STATEMENTS and closes(self.text, stop.at, closing):
            return None
        return Span(word.start(1), word.end(1))

    def never_closed(self, number: int, another: Span) -> Diagnostic:
        """The message for a bracket that is open where another statement begins."""
        opened, bracket, closing = bracket_of(self.opened(number)[-1])
        also = (Label(another, "still open here", primary=False),)
        return kinds.OPEN_BRACKET(opened, bracket=bracket, closing=closing, also=also)

    def goes_on(self, stop: Stop, problem: Diagnostic) -> bool:
        """Whether more lines may mend the mistake at the end of the text."""
        if problem.code == kinds.OPEN_STRING.code:
            return not stop.inside("DBLQUOTE")
        if problem.code == kinds.UNFINISHED.code:
            return "CATCH" in stop.accepted
        return problem.code in (kinds.OPEN_BRACKET.code, kinds.STRAY_PIPE.code)

    def go_on(self, number: int, at: int) -> None:
        """Drop what is on the parser's stack from `number` on, and read from `at` on."""
        del self.driver.values[number:]
        del self.driver.states[number + 1 :]
        self.driver.at = at
        self.previous = Token("_NL", "", at, at)

    def give_up(self) -> None:
        """Drop what isn't complete, and read no further."""
        stack = self.driver.values
        inner = next((i for i, item in enumerate(stack) if _opens(item)), len(stack))
        number = next((i + 1 for i in range(inner - 1, -1, -1) if _ends_statement(stack, i)), 0)
        self.go_on(number, len(self.text))


def _opens(item: Any) -> bool:
    return isinstance(item, Token) and item.type in OPENING


def _ends_statement(stack: list[Any], index: int) -> bool:
    """Whether a statement begins after this item of the parser's stack."""
    item = stack[index]
    if isinstance(item, Tree):
        return item.data.startswith(("_gap", "__gap"))
    if item.type in ("_NL", "SEMICOLON"):
        before = stack[index - 1] if index else None
        return not (isinstance(before, Token) and before.type == "VBAR")
    return bool(item.type == "BLOCK")
