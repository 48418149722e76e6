"""Reads a text to its end, past the mistakes in it (`syntax.recovery`)."""

from __future__ import annotations

import re
from functools import lru_cache

from ankish.diagnostics.model import Diagnostic, Source, Span
from ankish.syntax.concrete import Token, Tree
from ankish.syntax.driver import Driver, Unexpected
from ankish.syntax.grammar import load
from ankish.syntax.lexing import CLOSING, OPENING, open_brackets
from ankish.syntax.tables import Tables
from ankish.syntax.tree import Comment

COMMENT = re.compile(r"#[^\n]*")


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
                from ankish.syntax.recovery import recover  # most texts have no mistakes

                recover(self, error.at)

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
