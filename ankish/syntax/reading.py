"""Reads a text to its end with lark's parser, past the mistakes in it.

After a mistake the statement that holds it is dropped from the parser's stack, and reading
goes on with the next one: the next line that is indented no deeper. So the mistakes of all
statements are found at once, those inside of blocks too, in one pass over the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Tree, UnexpectedInput, UnexpectedToken

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Label, Source, Span
from ankish.syntax.grammar import load
from ankish.syntax.lexing import CLOSING, OPENING, NewLines, open_brackets
from ankish.syntax.mistakes import Stop, bracket_of, diagnose
from ankish.syntax.resume import next_statement, width
from ankish.syntax.tree import Comment
from ankish.syntax.values import first, span

MISTAKES = 100
"""After how many mistakes reading stops."""

COMMENT = re.compile(r"#[^\n]*")


@lru_cache(maxsize=1)
def grammar() -> Lark:
    """The grammar, ready to parse. Loaded once in a process, from a cache where there is one."""
    return load("ankish", postlex=NewLines(), maybe_placeholders=False, keep_all_tokens=True)


class Reading:
    """Reads one text.

    After `run`:

    * **problems** - the mistakes, in the order of their places.
    * **comments** - the comments, in order; those near a mistake may be missing.
    * **incomplete** - whether the text only ends too early, so that more lines may mend it.
    """

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.parser = grammar().parse_interactive(source.text)
        self.state = self.parser.parser_state
        self.lexer = self.parser.lexer_thread
        self.problems: list[Diagnostic] = []
        self.comments: list[Comment] = []
        self.incomplete = False
        self.previous: Token | None = None

    def run(self) -> Tree[Token]:
        """Read the whole text; lark's tree of what could be read."""
        while True:
            try:
                self.feed()
                end = Token("$END", "", len(self.text), end_pos=len(self.text))
                return self.state.feed_token(end, True)  # type: ignore[no-any-return]
            except UnexpectedInput as error:
                self.recover(self.stop(error))

    def feed(self) -> None:
        """Hand the parser all tokens; new lines in brackets other than blocks are white space."""
        text, state = self.text, self.state
        opened = [token.type for token in self.opened()]
        previous = self.previous
        end = -1 if previous is None else previous.end_pos or 0
        try:
            for token in self.lexer.lex(state):
                kind = token.type
                if kind == "_NL":
                    if opened and opened[-1] != "BLOCK":
                        continue
                elif kind in OPENING:
                    opened.append(kind)
                elif kind in CLOSING and opened:
                    opened.pop()
                state.feed_token(token)
                start: int = token.start_pos  # type: ignore[assignment]
                if start > end + 1:
                    self.note_comments(end, start)
                if kind != "_NL":
                    end = token.end_pos  # type: ignore[assignment]
                previous = token
            self.note_comments(end, len(text))
        finally:
            self.previous = previous

    def note_comments(self, start: int, end: int) -> None:
        """Take in the comments between two tokens."""
        start = max(start, 0)
        if self.text.find("#", start, end) >= 0:
            for match in COMMENT.finditer(self.text, start, end):
                comment = match[0].rstrip("\r")
                self.comments.append(
                    Comment(comment, Span(match.start(), match.start() + len(comment)))
                )

    def opened(self, above: int = 0) -> list[Token]:
        """The brackets that are open, in order; only those of the stack's items from `above` on."""
        return open_brackets(self.state.value_stack[above:])

    # ---- mistakes

    def stop(self, error: UnexpectedInput) -> Stop:
        """What is known about the place where the parser stopped."""
        at = error.pos_in_stream or 0
        if isinstance(error, UnexpectedToken):
            at = error.token.start_pos or 0
        return Stop(self.text, at, self.state.value_stack, self.previous, self.parser.accepts)

    def recover(self, stop: Stop) -> None:
        """Report a mistake and go to where reading can go on."""
        number, start = self.statement(stop.at)
        begins = self.begins_another(stop, number, start)
        problem = self.never_closed(stop, number) if begins else diagnose(stop)
        self.report(problem)
        if stop.ends:
            self.incomplete = len(self.problems) == 1 and self.goes_on(stop)
            return self.give_up()
        if len(self.problems) >= MISTAKES:
            self.problems.append(kinds.TOO_MANY(stop.here(), count=MISTAKES))
            return self.give_up()
        if problem.code == kinds.OPEN_STRING.code and stop.rest.startswith("'''"):
            self.incomplete = len(self.problems) == 1
            return self.give_up()
        nested = any(token.type == "BLOCK" for token in self.opened()[: -1 or None])
        following: int | None
        if begins:
            following = stop.at
        else:
            inner = len(self.opened(number))
            nested = len(self.opened()) > inner
            following = next_statement(self.text, start, stop.at, inner, nested)
        if following is None:
            return self.give_up()
        return self.go_on(number, following)

    def report(self, problem: Diagnostic) -> None:
        """Note a mistake; a closing bracket that an earlier one left over is not another."""
        if problem.code != kinds.STRAY_BRACKET.code or not self.problems:
            self.problems.append(problem)

    def statement(self, at: int) -> tuple[int, int]:
        """The innermost statement not yet complete that begins a line.

        Its number in the parser's stack, and its offset; `at` if nothing of it is read.
        """
        stack = self.state.value_stack
        for number in range(len(stack), 0, -1):
            if _ends_statement(stack, number - 1):
                start = at if number == len(stack) else first(stack[number]).start_pos or 0
                line = self.text.rfind("\n", 0, start) + 1
                if not self.text[line:start].strip():
                    return number, start
        return 0, (first(stack[0]).start_pos or 0) if stack else at

    def begins_another(self, stop: Stop, number: int, start: int) -> bool:
        """Whether what was found begins the next statement while a bracket is open."""
        line = self.text.rfind("\n", 0, stop.at) + 1
        brackets = self.opened(number)
        return (
            bool(brackets)
            and brackets[-1].type != "BLOCK"
            and line > start
            and bool(stop.word)
            and stop.word not in ("else", "catch")
            and not self.text[line : stop.at].strip()
            and width(self.text, stop.at) <= width(self.text, start)
        )

    def never_closed(self, stop: Stop, number: int) -> Diagnostic:
        """The message for a bracket that is open where the next statement begins."""
        place, bracket, closing = bracket_of(self.opened(number)[-1])
        also = (Label(stop.here(len(stop.word)), "still open here", primary=False),)
        return kinds.OPEN_BRACKET(place, bracket=bracket, closing=closing, also=also)

    def goes_on(self, stop: Stop) -> bool:
        """Whether more lines may mend a text that ends too early."""
        if stop.opened is not None:
            return stop.opened.type != "DBLQUOTE"
        return stop.after("VBAR") or "CATCH" in stop.accepted

    def go_on(self, number: int, at: int) -> None:
        """Drop what is on the parser's stack from `number` on, and read from `at` on."""
        del self.state.value_stack[number:]
        del self.state.state_stack[number + 1 :]
        self.lexer.state.line_ctr.char_pos = at  # type: ignore[union-attr]
        self.previous = Token("_NL", "", at, end_pos=at)

    def give_up(self) -> None:
        """Drop what isn't complete, and read no further."""
        stack = self.state.value_stack
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
        return not (index and isinstance(stack[index - 1], Token) and stack[index - 1].type == "VBAR")
    return bool(item.type == "BLOCK")
