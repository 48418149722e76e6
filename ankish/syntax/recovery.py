"""Has reading go on after a mistake.

The statement that holds the mistake is dropped from the parser's stack, and reading goes on with
the next one: the next line that is indented no deeper. So the mistakes of all statements are found
at once, those inside of blocks too, in one pass over the text.
"""

from __future__ import annotations

import re
from typing import Any

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Label, Span
from ankish.syntax.concrete import Token, Tree, first
from ankish.syntax.habits import PARTNERS, STATEMENTS
from ankish.syntax.lexing import OPENING, first_in_line, width
from ankish.syntax.mistakes import diagnose
from ankish.syntax.reading import Reading
from ankish.syntax.resume import closes, next_statement
from ankish.syntax.stop import Stop, bracket_of

MISTAKES = 100
"""After how many mistakes reading stops."""

NOTHING = re.compile(r"\s*(?:#[^\n]*\s*)*")
WORD = re.compile(r"[ \t]*([^\W\d][\w-]*)")


def recover(reading: Reading, at: int) -> None:
    """Report the mistake that reading has stopped at, and go to where it can go on."""
    recovery = _Recovery(reading)
    recovery.recover(recovery.stop(at))


class _Recovery:
    """One mistake of a text that is being read."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.driver = reading.driver
        self.problems = reading.problems

    def stop(self, at: int) -> Stop:
        """What is known about the place where the parser stopped."""
        if NOTHING.fullmatch(self.text, at):
            at = len(self.text)
        return Stop(self.text, at, self.driver.values, self.reading.previous, self.driver.accepts)

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
            self.reading.incomplete = self.problems == [problem] and self.goes_on(stop, problem)
            return self.give_up()
        opened = len(self.reading.opened(number))
        nested = len(self.reading.opened()) > opened
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
        brackets = self.reading.opened(number)
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
        opened, bracket, closing = bracket_of(self.reading.opened(number)[-1])
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
        self.reading.previous = Token("_NL", "", at, at)

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
