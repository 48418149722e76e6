"""The tokens of a text that is still being written, mistakes and all.

`parser` reads a text that is whole. Colouring and completion look at it with every key,
when most of the time it is not: what the parser can't take is left out here, and reading
goes on behind it, with the same grammar.
"""

from __future__ import annotations

import re

from lark import Token, UnexpectedCharacters, UnexpectedToken
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser_state import ParseConf, ParserState

from ankish.data import dataclass
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
        parser = grammar().parse_interactive(text)
        conf = parser.parser_state.parse_conf
        self._lexer = parser.lexer_thread
        # Without callbacks no tree is made; that takes most of the time.
        self._state = ParserState(ParseConf(conf.parse_table, {}, conf.start), self._lexer)
        self._opened: list[str] = []
        self._read()

    def accepts(self) -> frozenset[str]:
        """The names of the terminals that could come next."""
        states = self._state.parse_conf.states
        return frozenset(filter(self._takes, states[self._state.position]))

    def _takes(self, kind: str) -> bool:
        """Whether a terminal can be shifted after the reductions that it leads to."""
        states, stack = self._state.parse_conf.states, self._state.state_stack[:]
        while kind in states[stack[-1]]:
            action, rule = states[stack[-1]][kind]
            if action is Shift:
                return kind.isupper()  # rules stand among the terminals; their names are small
            if rule.expansion:
                del stack[-len(rule.expansion) :]
            stack.append(states[stack[-1]][rule.origin.name][1])
        return False

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
        lexer, at = self._lexer, 0
        for _ in range(MOST):
            try:
                for token in lexer.lex(self._state):  # type: ignore[no-untyped-call]
                    if not self._feed(token):
                        self._note(GARBAGE, str(token), token.start_pos or 0)
                return
            except UnexpectedToken as error:  # a token, but none that could stand here
                at = error.token.start_pos or 0
            except UnexpectedCharacters as error:
                at = error.pos_in_stream or 0
            lexer.state.line_ctr.char_pos = self._pass_over(at)  # type: ignore[union-attr]
        self._note(GARBAGE, self.text[at:], at)

    def _feed(self, token: Token) -> bool:
        """Hand a token to the parser; false if it refuses, which leaves it as it was."""
        kind, state = token.type, self._state
        if kind == "_NL" and self._opened and self._opened[-1] != "BLOCK":
            return True
        states, values = state.state_stack[:], state.value_stack[:]
        try:
            state.feed_token(token)
        except UnexpectedToken:
            state.state_stack[:], state.value_stack[:] = states, values
            return False
        if kind in OPENING:
            self._opened.append(kind)
        elif kind in CLOSING and self._opened:
            self._opened.pop()
        self._note(kind, str(token), token.start_pos or 0)
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
