"""From lark's exception to a message: which kind of mistake it is, and where.

`grammar/errors.toml` has examples of each kind; the tests hold this module against them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lark import Token, UnexpectedInput, UnexpectedToken
from lark.exceptions import UnexpectedCharacters

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Label, Span
from ankish.syntax.build import SMART_QUOTES

STRINGS = {"DBLQUOTE": '"', "TRIPLE": '"""'}
BRACKETS = {
    "LPAR": ("(", ")"),
    "CALL": ("(", ")"),
    "LSQB": ("[", "]"),
    "BLOCK": ("{", "}"),
    "RECORD": ("{", "}"),
    "HOLE": ("${", "}"),
}
CLOSING = {"RPAR": ")", "RSQB": "]", "RBRACE": "}"}

VALUES = frozenset(
    ["DBLQUOTE", "TRIPLE", "RAW", "RAW_LINES", "VARIABLE", "LSQB", "RECORD", "LPAR", "NUMBER", "CALL", "TRUE", "FALSE", "NULL"]
)
OPERATORS = frozenset(["COMPARE", "IN", "HAS", "AND", "OR", "TIMES", "OTHERWISE"])
WORDS = {
    "NAME": "a name",
    "QUOTED": "a name",
    "COMMAND": "a command",
    "WORD": "an argument",
    "VBAR": "`|`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "EQUAL": "`=`",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RBRACE": "`}`",
    "LPAR": "`(`",
    "BLOCK": "`{`",
    "_NL": "the end of the statement",
    "$END": "the end of the statement",
    "LESSTHAN": "`<`",
    "MORETHAN": "`>`",
    "CATCH": "`catch`",
}
"""How the terminals are called in a message; those that aren't here say nothing useful."""

ORDER = ["a command", "a value", "a name", "an argument", "an operator"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is known where lark stopped."""

    text: str
    offset: int
    at: int
    token: Token | None
    stack: list[Any]
    accepts: frozenset[str]

    @property
    def rest(self) -> str:
        """The text that could not be read."""
        return self.text[self.at :]

    @property
    def type(self) -> str:
        """The terminal that was found, or empty if none fits."""
        return self.token.type if self.token is not None else ""

    @property
    def before(self) -> Token | None:
        """The token that was read last, if it still stands alone."""
        last = self.stack[-1] if self.stack else None
        return last if isinstance(last, Token) else None

    def opened(self) -> Token | None:
        """The innermost bracket or quote that is open."""
        for item in reversed(self.stack):
            if isinstance(item, Token) and (item.type in BRACKETS or item.type in STRINGS):
                return item
        return None

    def span(self, start: int, end: int) -> Span:
        """A place in the whole source."""
        return Span(start + self.offset, end + self.offset)

    def here(self, width: int = 1) -> Span:
        """The place where reading stopped."""
        return self.span(self.at, self.at + width)

    def of(self, token: Token) -> Span:
        """The place of a token."""
        start = token.start_pos or 0
        return self.span(start, start + len(token))


def diagnose(error: UnexpectedInput, text: str, offset: int) -> tuple[Diagnostic, bool]:
    """The message for what lark could not read in `text`, which begins at `offset`.

    The second value says that the text only ends too early.
    """
    mistake = _mistake(error, text, offset)
    ends_early = mistake.type == "$END"
    if ends_early:
        return _at_the_end(mistake), True
    raw_open = re.match(r"'''", mistake.rest) is not None and mistake.type == ""
    return _elsewhere(mistake), raw_open


def _mistake(error: UnexpectedInput, text: str, offset: int) -> Mistake:
    interactive = getattr(error, "interactive_parser", None)
    token = error.token if isinstance(error, UnexpectedToken) else None
    at = len(text) if token is not None and token.type == "$END" else error.pos_in_stream
    if isinstance(error, UnexpectedCharacters) and at is None:
        at = 0
    stack = list(interactive.parser_state.value_stack) if interactive else []
    accepts = frozenset(interactive.accepts()) if interactive else frozenset()
    return Mistake(text, offset, int(at or 0), token, stack, accepts)


def _at_the_end(m: Mistake) -> Diagnostic:
    opened = m.opened()
    if opened is not None and opened.type in STRINGS:
        return kinds.OPEN_STRING(m.of(opened), quote=STRINGS[opened.type])
    before = m.before
    if before is not None and before.type == "VBAR":
        return kinds.STRAY_PIPE(m.of(before), side="after")
    if opened is not None:
        bracket, closing = BRACKETS[opened.type]
        start = (opened.start_pos or 0) + len(opened) - len(bracket)
        return kinds.OPEN_BRACKET(
            m.span(start, start + len(bracket)), bracket=bracket, closing=closing
        )
    end = len(m.text.rstrip())
    return kinds.UNFINISHED(m.span(max(end - 1, 0), end), expected=expected(m.accepts))


def _elsewhere(m: Mistake) -> Diagnostic:
    rest = m.rest
    before = m.before
    if m.type == "VBAR" or rest.startswith("|"):
        if before is not None and before.type == "VBAR":
            start = before.start_pos or 0
            if start + 1 == m.at:
                return kinds.DOUBLE_PIPE(m.span(start, m.at + 1))
            return kinds.STRAY_PIPE(m.of(before), side="after")
        if rest.startswith("||"):
            return kinds.DOUBLE_PIPE(m.here(2))
        if "COMMAND" in m.accepts:
            return kinds.STRAY_PIPE(m.here(), side="before")
    if before is not None and before.type == "VBAR" and m.type in ("SEMICOLON", *CLOSING):
        return kinds.STRAY_PIPE(m.of(before), side="after")
    if rest.startswith("&&"):
        return kinds.DOUBLE_AMPERSAND(m.here(2))
    if rest[:1] in tuple(SMART_QUOTES):
        return kinds.SMART_QUOTE(m.here(), quote=rest[0])
    if rest.startswith("'") and not m.type.startswith("RAW"):
        quote = "'''" if rest.startswith("'''") else "'"
        return kinds.OPEN_STRING(m.here(len(quote)), quote=quote)
    if before is not None and before.type == "EQUAL" and rest.startswith("="):
        return kinds.DOUBLE_EQUALS(m.of(before).to(m.here()))
    if before is not None and before.type == "COMPARE" and rest.startswith("="):
        found = f"{before}="
        right = "!=" if before.startswith("!") else "=="
        return kinds.TRIPLE_EQUALS(m.of(before).to(m.here()), found=found, right=right)
    if rest.startswith("=") and "COMPARE" in m.accepts:
        wrong = re.match(r"=[<>]", rest)
        if wrong:
            right = wrong[0][::-1]
            return kinds.TRIPLE_EQUALS(m.here(2), found=wrong[0], right=right)
        return kinds.SINGLE_EQUALS(m.here())
    if rest.startswith("$") and (name := re.match(r"\$(\w+)", rest)) and m.accepts <= {"NAME"}:
        return kinds.DOLLAR_NAME(m.here(len(name[0])), right=name[1])
    if word := _word_with_hole(m):
        return kinds.HOLE_IN_WORD(m.span(word.end() - 2, word.end()), word=word[1])
    if _in_for(m) and "LPAR" in m.accepts and m.type != "_NL":
        name = str(m.stack[-2]) if len(m.stack) >= 2 else "x"
        return kinds.FOR_BRACKETS(m.here(_width(m)), name=name)
    if m.type in CLOSING:
        return _closing(m)
    return _generic(m)


def _word_with_hole(m: Mistake) -> re.Match[str] | None:
    """The bare word that goes on with `${`, which opens a record there."""
    opened = m.opened()
    if opened is None or opened.type != "RECORD":
        return None
    return re.search(r"([^\s|;()\[\]{}]*)\$\{\Z", m.text[: (opened.start_pos or 0) + 1])


def _in_for(m: Mistake) -> bool:
    last = m.before
    return (
        last is not None
        and last.type == "IN"
        and any(isinstance(item, Token) and item.type == "FOR" for item in m.stack[-3:])
    )


def _closing(m: Mistake) -> Diagnostic:
    found = CLOSING[m.type]
    opened = m.opened()
    if opened is None or opened.type in STRINGS:
        return kinds.STRAY_BRACKET(m.here(), bracket=found)
    bracket, closing = BRACKETS[opened.type]
    if closing == found:
        return _generic(m)
    start = (opened.start_pos or 0) + len(opened) - len(bracket)
    place = m.span(start, start + len(bracket))
    also = (Label(m.here(), f"`{found}` closes another kind", primary=False),)
    return kinds.OPEN_BRACKET(place, bracket=bracket, closing=closing, also=also)


def _width(m: Mistake) -> int:
    """How much of the text to show: a word, since lark's token may go far beyond it."""
    word = re.match(r"[^\s()\[\]{}|;,]+", m.rest)
    return len(word[0]) if word else 1


def _generic(m: Mistake) -> Diagnostic:
    wanted = expected(m.accepts)
    if m.type == "_NL" or m.rest[:1] in ("\n", "\r"):
        end = len(m.text[: m.at].rstrip())
        return kinds.UNFINISHED(m.span(max(end - 1, 0), end), expected=wanted)
    width = _width(m)
    shown = m.rest[:width].split("\n")[0]
    kind = kinds.UNEXPECTED if m.token is not None else kinds.BAD_CHARACTER
    return kind(m.here(width), found=f"`{shown}`", expected=wanted)


def expected(accepts: frozenset[str]) -> str:
    """What may come next, in words: `a value, a name or `(``."""
    words = {WORDS[name] for name in accepts if name in WORDS}
    if len(accepts & VALUES) > 3:
        words.add("a value")
        words.discard("`(`")
    if accepts & OPERATORS:
        words.add("an operator")
    if not words:
        return "something else"
    ordered = [word for word in ORDER if word in words] + sorted(words - set(ORDER))
    if "a command" in ordered and "a value" in ordered:
        ordered.remove("a value")
    return " or ".join([", ".join(ordered[:-1]), ordered[-1]] if ordered[1:] else ordered)
