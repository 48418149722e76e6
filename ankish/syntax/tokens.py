"""The tokens of a text that is still being written, mistakes and all.

`parser` reads a text that is whole. Colouring and completion look at it with every key,
when most of the time it is not: what the parser can't take is left out here, and reading
goes on behind it, with the same grammar.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ankish.data import dataclass
from ankish.syntax.concrete import Token
from ankish.syntax.driver import Driver, Unexpected
from ankish.syntax.lexing import CLOSING, OPENING
from ankish.syntax.reading import grammar

GARBAGE = "GARBAGE"
"""What fits nowhere."""
OPEN_RAW = "OPEN_RAW"
"""A raw string without its end, up to the end of its line, or of the text if it may span lines."""
OPEN_QUOTED = "OPEN_QUOTED"
"""A name in back-ticks without its end, up to the end of its line."""
COMMENT = "COMMENT"

MOST = 50
"""After how many pieces of garbage the rest of a text is left unread."""

_COMMENT = re.compile(r"#[^\n]*")
_JUNK = re.compile(r"[^\W\d][\w-]*|\d[\w.]*|--?|\S|\s")
_LINE = re.compile(r"[^\n]*")


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of a text: the name of its terminal in the grammar, or one of those above."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)


class Reader:
    """Reads a text to its end, whatever is in it.

    * **seen** - the tokens and the garbage, in order, without comments and white space.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.seen: list[Seen] = []
        # Of the parser only the states are moved on: to make a tree takes most of the time.
        self._driver = Driver(grammar(), text)
        self._opened: list[str] = []
        self._read()

    def accepts(self) -> frozenset[str]:
        """The names of the terminals that could come next."""
        return self._driver.accepts()

    def comments(self) -> list[Seen]:
        """The comments, in order."""
        found: list[Seen] = []
        ends = [0, *(seen.end for seen in self.seen)]
        starts = [*(seen.start for seen in self.seen), len(self.text)]
        for end, start in zip(ends, starts, strict=True):
            if self.text.find("#", end, start) >= 0:
                matches = _COMMENT.finditer(self.text, end, start)
                found += [Seen(COMMENT, match[0], match.start()) for match in matches]
        return found

    def _read(self) -> None:
        at = 0
        for _ in range(MOST):
            try:
                for token in self._driver.tokens():
                    if not self._feed(token):
                        self._note(GARBAGE, str(token), token.start)
                return
            except Unexpected as error:
                at = error.at
            self._driver.at = self._pass_over(at)
        self._note(GARBAGE, self.text[at:], at)

    def _feed(self, token: Token) -> bool:
        """Hand a token to the parser; false if it refuses, which leaves it as it was."""
        kind = token.type
        if kind == "_NL" and self._opened and self._opened[-1] != "BLOCK":
            return True
        if not self._driver.shift(kind):
            return False
        if kind in OPENING:
            self._opened.append(kind)
        elif kind in CLOSING and self._opened:
            self._opened.pop()
        self._note(kind, str(token), token.start)
        return True

    def _pass_over(self, at: int) -> int:
        """Note what begins at an offset and could not be read; the offset behind it."""
        text = self.text
        line = _LINE.match(text, at)[0]  # type: ignore[index]
        if text.startswith("'''", at):
            return self._note(OPEN_RAW, text[at:], at)
        if line[0:1] in ("'", "`") and line[0] not in line[1:]:
            return self._note(OPEN_RAW if line[0] == "'" else OPEN_QUOTED, line, at)
        junk = _JUNK.match(text, at)
        assert junk is not None
        return self._note(GARBAGE, junk[0], at)

    def _note(self, kind: str, text: str, at: int) -> int:
        self.seen.append(Seen(kind, text, at))
        return at + len(text)


@lru_cache(maxsize=8)
def tokens_of(text: str) -> Reader:
    """A text read to its end; the last few are kept, and are not to be changed.

    With every key colouring, completion and hints look at the same text, and at what stands
    before its last word, which stays while that is typed.
    """
    return Reader(text)
