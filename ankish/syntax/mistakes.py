"""Where reading stopped: which kind of mistake it is, and its place.

`grammar/errors.toml` has examples of each kind; the tests hold this module against them.
Kinds that have a message of their own are tried in turn; for the rest the message says
what could stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lark import Token

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Label, Span
from ankish.syntax.expected import expected
from ankish.syntax.habits import COMMENTS, CONSTANTS, SMART_QUOTES, WORDS
from ankish.syntax.lexing import CLOSING, OPENING

BRACKETS = {
    "LPAR": ("(", ")"),
    "CALL": ("(", ")"),
    "LSQB": ("[", "]"),
    "BLOCK": ("{", "}"),
    "RECORD": ("{", "}"),
    "HOLE": ("${", "}"),
}
STRINGS = {"DBLQUOTE": '"', "TRIPLE": '"""'}

REACH = 200
"""How many characters after the place are looked at."""


@dataclass(frozen=True)
class Stop:
    """What is known where reading stopped.

    * **text**, **at** - the source and the offset; at its end there is nothing left to read.
    * **stack** - what the parser has read and not yet made one: tokens and trees.
    * **previous** - the token before this place.
    * **accepts** - gives the names of the terminals that could stand here.
    """

    text: str
    at: int
    stack: list[Any]
    previous: Token | None
    accepts: Callable[[], set[str]]

    @cached_property
    def accepted(self) -> set[str]:
        """The names of the terminals that could stand here."""
        return self.accepts()

    @cached_property
    def rest(self) -> str:
        """What could not be read, as far as it matters."""
        return self.text[self.at : self.at + REACH]

    @cached_property
    def word(self) -> str:
        """The name that begins here, or empty."""
        match = re.match(r"[^\W\d][\w-]*", self.rest)
        return match[0] if match else ""

    @property
    def ends(self) -> bool:
        """Whether the text ends here."""
        return self.at >= len(self.text)

    @cached_property
    def opened(self) -> Token | None:
        """The innermost bracket or quote that is open."""
        opened: list[Token] = []
        for item in self.stack:
            if isinstance(item, Token):
                if item.type in OPENING or item.type in STRINGS:
                    opened.append(item)
                elif item.type in CLOSING and opened:
                    opened.pop()
        return opened[-1] if opened else None

    def after(self, *types: str) -> bool:
        """Whether the token before this place is one of these."""
        return self.previous is not None and self.previous.type in types

    def here(self, width: int = 1) -> Span:
        """The place where reading stopped."""
        return Span(self.at, self.at + width)

    def keyword(self, *types: str) -> Token | None:
        """The innermost of these keywords whose statement or stage is not yet complete."""
        for item in reversed(self.stack):
            if isinstance(item, Token):
                if item.type in types:
                    return item
                if item.type in BRACKETS:
                    return None
        return None


def diagnose(stop: Stop) -> Diagnostic:
    """The message for the place where reading stopped."""
    for recognise in RECOGNISED:
        found = recognise(stop)
        if found is not None:
            return found
    return _unexpected(stop)


def place(token: Token) -> Span:
    """The place of a token."""
    return Span(token.start_pos, token.end_pos)  # type: ignore[arg-type]


def bracket_of(token: Token) -> tuple[Span, str, str]:
    """The place of a bracket that a token opens, the bracket and its counterpart."""
    bracket, closing = BRACKETS[token.type]
    end = place(token).end
    return Span(end - len(bracket), end), bracket, closing


# ---- the text ends


def _end(stop: Stop) -> Diagnostic | None:
    if not stop.ends:
        return None
    opened = stop.opened
    if opened is not None and opened.type in STRINGS:
        return kinds.OPEN_STRING(place(opened), quote=STRINGS[opened.type])
    if stop.previous is not None and stop.after("VBAR"):
        return kinds.STRAY_PIPE(place(stop.previous), side="after")
    if opened is not None:
        span, bracket, closing = bracket_of(opened)
        return kinds.OPEN_BRACKET(span, bracket=bracket, closing=closing)
    return _incomplete(stop)


def _incomplete(stop: Stop) -> Diagnostic:
    """The message for a statement that ends too early, at the last thing that was read."""
    end = len(stop.text[: stop.at].rstrip())
    if stop.previous is not None:
        end = place(stop.previous).end
    return kinds.UNFINISHED(Span(max(end - 1, 0), end), expected=expected(stop.accepted))


# ---- pipes, quotes, brackets


def _pipes(stop: Stop) -> Diagnostic | None:
    after_pipe = stop.previous is not None and stop.after("VBAR")
    if stop.rest.startswith("||"):
        return kinds.DOUBLE_PIPE(stop.here(2))
    if stop.rest.startswith("|"):
        if stop.previous is not None and after_pipe:
            if stop.previous.end_pos == stop.at:
                return kinds.DOUBLE_PIPE(place(stop.previous).to(stop.here()))
            return kinds.STRAY_PIPE(place(stop.previous), side="after")
        if stop.after("BLOCK") and (named := re.match(r"\|[^|\n{}]*\|", stop.rest)):
            return kinds.BLOCK_PARAMETER(stop.here(len(named[0])))
        if "COMMAND" in stop.accepted:
            return kinds.STRAY_PIPE(stop.here(), side="before")
    if stop.previous is not None and after_pipe and stop.rest[:1] in (";", ")", "]", "}"):
        return kinds.STRAY_PIPE(place(stop.previous), side="after")
    return None


def _quotes(stop: Stop) -> Diagnostic | None:
    if stop.rest[:1] in tuple(SMART_QUOTES):
        return kinds.SMART_QUOTE(stop.here(), quote=stop.rest[0])
    joined = stop.previous is not None and stop.previous.end_pos == stop.at
    if stop.previous is not None and joined and stop.after("RAW"):
        if stop.rest.startswith("'"):
            return kinds.RAW_QUOTE(Span(stop.at - 1, stop.at + 1), shown="`''`")
        if stop.previous.endswith("\\'"):
            return kinds.RAW_QUOTE(Span(stop.at - 2, stop.at), shown="`\\'`")
    if stop.previous is not None and joined and stop.rest[:1] in ("'", '"'):
        if re.fullmatch(r"[fFrRbBqQuU]{1,2}", stop.previous):
            return kinds.STRING_PREFIX(place(stop.previous))
    if stop.rest.startswith("'"):
        quote = "'''" if stop.rest.startswith("'''") else "'"
        closed = stop.text.find("'", stop.at + 1)
        line_end = stop.text.find("\n", stop.at)
        if quote == "'''" or closed < 0 or 0 <= line_end < closed:
            return kinds.OPEN_STRING(stop.here(len(quote)), quote=quote)
    return None


def _closing(stop: Stop) -> Diagnostic | None:
    found = stop.rest[:1]
    if found not in (")", "]", "}"):
        return None
    if stop.opened is None or stop.opened.type in STRINGS:
        return kinds.STRAY_BRACKET(stop.here(), bracket=found)
    span, bracket, closing = bracket_of(stop.opened)
    if closing == found:
        return None
    also = (Label(stop.here(), f"`{found}` closes another kind", primary=False),)
    return kinds.OPEN_BRACKET(span, bracket=bracket, closing=closing, also=also)


# ---- words and signs of other languages


def _words(stop: Stop) -> Diagnostic | None:
    if stop.word in WORDS:
        return kinds.FOREIGN_WORD(
            stop.here(len(stop.word)), found=stop.word, right=WORDS[stop.word]
        )
    command = next(
        (
            item
            for item in reversed(stop.stack)
            if isinstance(item, Token) and item.type in ("COMMAND", "BLOCK")
        ),
        None,
    )
    if command is not None and str(command) in WORDS:
        return kinds.FOREIGN_WORD(place(command), found=str(command), right=WORDS[command])
    return None


def _stray(stop: Stop) -> Diagnostic | None:
    if stop.word in ("else", "catch"):
        partner = "if" if stop.word == "else" else "try"
        return kinds.STRAY_ELSE(stop.here(len(stop.word)), found=stop.word, partner=partner)
    return None


def _comments(stop: Stop) -> Diagnostic | None:
    if stop.rest.startswith(COMMENTS) and stop.rest[2:3] in (" ", "", "*"):
        return kinds.FOREIGN_COMMENT(stop.here(2), found=stop.rest[:2])
    if stop.previous is not None and stop.after("TIMES", "MINUS"):
        start = place(stop.previous).start
        if stop.previous.end_pos == stop.at and stop.text.startswith(COMMENTS, start):
            return kinds.FOREIGN_COMMENT(Span(start, stop.at + 1), found=stop.text[start : stop.at + 1])
        if stop.text[start - 1 : start + 1] == "--" and stop.previous.end_pos != stop.at:
            return kinds.FOREIGN_COMMENT(Span(start - 1, start + 1), found="--")
    return None


def _equals(stop: Stop) -> Diagnostic | None:
    rest = stop.rest
    if stop.previous is not None and rest.startswith("="):
        before = place(stop.previous)
        if stop.after("EQUAL"):
            return kinds.DOUBLE_EQUALS(before.to(stop.here()))
        if stop.after("COMPARE"):
            right = "!=" if stop.previous.startswith("!") else "=="
            found = f"{stop.previous}="
            return kinds.TRIPLE_EQUALS(before.to(stop.here()), found=found, right=right)
        if stop.after("PLUS", "MINUS", "TIMES") and before.end == stop.at:
            return _assignment(stop, before.to(stop.here()))
    if stop.previous is not None and rest.startswith(">") and stop.after("COMPARE"):
        if stop.previous == "<":
            both = place(stop.previous).to(stop.here())
            return kinds.TRIPLE_EQUALS(both, found="<>", right="!=")
    if not rest.startswith("="):
        return None
    if stop.after("VARIABLE", "PATH") and stop.keyword("LET", "IF", "WHERE", "FAIL") is None:
        if stop.opened is None or stop.opened.type == "BLOCK":
            return _assignment(stop, stop.here())
    if "COMPARE" in stop.accepted:
        wrong = re.match(r"=[<>]", rest)
        if wrong:
            return kinds.TRIPLE_EQUALS(stop.here(2), found=wrong[0], right=wrong[0][::-1])
        if "COLON" not in stop.accepted:
            return kinds.SINGLE_EQUALS(stop.here())
    if "COLON" in stop.accepted and stop.opened is not None and stop.opened.type == "RECORD":
        return kinds.EQUALS_PAIR(stop.here(), name=stop.previous)
    return None


def _assignment(stop: Stop, span: Span) -> Diagnostic:
    line = stop.text.rfind("\n", 0, stop.at) + 1
    name = re.search(r"\$(\w+)[^$]*\Z", stop.text[line : stop.at])
    return kinds.ASSIGNMENT(span, name=name[1] if name else "name")


def _signs(stop: Stop) -> Diagnostic | None:
    rest = stop.rest
    if rest.startswith("&&"):
        return kinds.DOUBLE_AMPERSAND(stop.here(2))
    if rest.startswith("!") and rest[1:2] not in ("=", "~"):
        return kinds.NEGATION(stop.here())
    if rest.startswith("$("):
        return kinds.SUBSTITUTION(stop.here(2))
    if rest.startswith("?") and "OTHERWISE" in stop.accepted:
        return kinds.TERNARY(stop.here())
    dollar = re.match(r"\$([^\W\d]\w*)", rest)
    if dollar and stop.accepted <= {"NAME", "QUOTED"}:
        return kinds.DOLLAR_NAME(stop.here(len(dollar[0])), right=dollar[1])
    return None


# ---- rules of ankish that others don't have


def _commas(stop: Stop) -> Diagnostic | None:
    if stop.rest.startswith(",") and "SWITCH" in stop.accepted:
        return kinds.COMMA_ARGUMENT(stop.here())
    return None


def _colons(stop: Stop) -> Diagnostic | None:
    if not stop.rest.startswith(":"):
        return None
    if "BLOCK" in stop.accepted or stop.after("ELSE", "TRY", "EACH", "ATOMIC"):
        return kinds.COLON_BLOCK(stop.here())
    if stop.opened is not None and stop.opened.type == "CALL" and stop.after("NAME"):
        return kinds.COLON_ARGUMENT(stop.here(), name=stop.previous)
    return None


def _searches(stop: Stop) -> Diagnostic | None:
    """A search that stands where a command should: `(-is:due …)`, `-is:due`."""
    term = re.match(r"[^\W\d]\w*:[^\s()|]*", stop.rest)
    if term is None or not stop.after("LPAR", "MINUS"):
        return None
    sign = 1 if stop.after("MINUS") else 0
    span = Span(stop.at - sign, stop.at + len(term[0]))
    if stop.opened is not None and stop.opened.type == "LPAR":
        return kinds.BRACKET_IN_SEARCH(span)
    return kinds.BARE_SEARCH(span, search=stop.text[span.start : span.end])


def _holes(stop: Stop) -> Diagnostic | None:
    """A bare word that goes on with `${`, which opens a record there."""
    if stop.opened is None or stop.opened.type != "RECORD":
        return None
    end = place(stop.opened).end
    word = re.search(r"([^\s|;()\[\]{}]*)\$\{\Z", stop.text[max(0, end - REACH) : end])
    return kinds.HOLE_IN_WORD(Span(end - 2, end), word=word[1]) if word else None


def _statements(stop: Stop) -> Diagnostic | None:
    """`for` without brackets, `catch` without a name, a parameter without a type."""
    width = len(stop.word) or 1
    if stop.after("IN") and (keyword := stop.keyword("FOR")) is not None and stop.word:
        name = stop.text[place(keyword).end : stop.at].split()[0]
        return kinds.FOR_BRACKETS(stop.here(width), name=name)
    if stop.after("CATCH") and stop.rest[:1] in ("{", "("):
        name = re.match(r"\(\s*(\w+)", stop.rest)
        return kinds.CATCH_NAME(stop.here(), name=name[1] if name else "e")
    if stop.previous is not None and stop.after("NAME") and stop.accepted == {"COLON"}:
        if stop.keyword("PARAM") or stop.keyword("MACRO") or _in_parameters(stop):
            return kinds.MISSING_TYPE(place(stop.previous), name=stop.previous)
    return None


def _in_parameters(stop: Stop) -> bool:
    tokens = [item for item in stop.stack if isinstance(item, Token)]
    return any(
        first.type == "MACRO" and second.type == "NAME" for first, second in zip(tokens, tokens[1:])
    ) and (stop.opened is not None and stop.opened.type == "LPAR")


def _numbers(stop: Stop) -> Diagnostic | None:
    previous = stop.previous
    if previous is not None and stop.after("NUMBER") and previous.end_pos == stop.at:
        start = place(previous).start
        number = re.match(r"[\w.]+", stop.text[start : start + REACH])
        if number:
            return _number(number[0], start)
    if number := re.match(r"\.\d+", stop.rest):
        return _number(number[0], stop.at)
    return None


def _number(found: str, start: int) -> Diagnostic:
    plain = found.replace("_", "").strip(".")
    right: str | None = None
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", plain):
        right = str(int(plain, 0))
    elif re.fullmatch(r"\d+(?:\.\d+)?", plain):
        right = f"0.{plain}" if found.startswith(".") else plain
    return kinds.BAD_NUMBER(Span(start, start + len(found)), found=found, right=right)


def _constants(stop: Stop) -> Diagnostic | None:
    if stop.word in CONSTANTS:
        right = CONSTANTS[stop.word]
        return kinds.FOREIGN_CONSTANT(stop.here(len(stop.word)), found=stop.word, right=right)
    return None


# ---- everything else


def _unexpected(stop: Stop) -> Diagnostic:
    if stop.rest[:1] in ("\n", "\r"):
        return _incomplete(stop)
    found = re.match(r"[^\s()\[\]{}|;,]+|.", stop.rest, re.DOTALL)
    shown = found[0] if found else stop.rest
    return kinds.UNEXPECTED(
        stop.here(len(shown)), found=f"`{shown}`", expected=expected(stop.accepted)
    )


RECOGNISED = (
    _end,
    _pipes,
    _words,
    _stray,
    _quotes,
    _comments,
    _equals,
    _signs,
    _commas,
    _colons,
    _searches,
    _holes,
    _statements,
    _numbers,
    _constants,
    _closing,
)
