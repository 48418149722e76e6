"""Mistakes in regular expressions, as far as they show at a glance.

Anki's are those of Rust's `regex` crate: no look-around, no back-references, and Unicode
everywhere. Anki compiles one only when it meets a note, so a mistake would come up in the
middle of a run. Nothing is refused here that Anki takes (tests/search/test_against_anki.py);
of what Anki refuses, something may be missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ankish.diagnostics.kinds import regex as kinds
from ankish.diagnostics.model import Diagnostic
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.written import HOLE

TOKEN = re.compile(
    r"""
    (?P<escape>\\(?:[pPxuUbB]\{[^}]*\}|.?))
    | (?P<look>\(\?<?[=!])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<class>\[)
    | (?P<repeat>[*+?]|\{[^}]*\}?)
    | (?P<or>\|)
    | (?P<other>.)
    """,
    re.X | re.S,
)

UNKNOWN = re.compile(r"\\[ceghijklmoqyCEFGHIJKLMNOQRTVXYZ]")
"""Escapes with a letter that Rust's crate has no meaning for (measured on Anki 26.09.3)."""

BACK_REFERENCE = re.compile(r"\\[0-9]")
COUNT = re.compile(rf"[*+?]|\{{(?:[0-9]+(?:,[0-9]*)?|.*{HOLE}.*)\}}", re.A)
FLAGS = re.compile(r"\?(?:P?<[^>]*>|[a-zA-Z-]*:?)")
"""What may follow an opening bracket: the name of a group, or flags."""

DOUBTFUL = -1
VERBOSE = re.compile(r"\(\?[a-zA-Z-]*x")
CLASS_START = re.compile(r"\[\^?-*\]?")
"""The beginning of a class, with those characters that are only there not what they look like."""


def check_regex(pattern: Spelled, start: int) -> Iterator[Diagnostic]:
    """What is wrong with a regular expression that begins at `start` of a value.

    Looking ends at the first mistake that makes the rest doubtful.
    """
    text = pattern.text
    if VERBOSE.search(text):
        return  # there a bracket may stand in a comment
    opened: list[int] = []
    repeatable = False
    at = start
    while at < len(text):
        match = TOKEN.match(text, at)
        assert match is not None
        kind, found, place = match.lastgroup, match[0], match.span()
        at = match.end()
        if kind == "look":
            yield kinds.LOOK_AROUND(pattern.span(*place), given=found)
            return
        if kind == "escape":
            yield from _escape(found, pattern, place)
        elif kind == "open":
            opened.append(place[0])
            flags = FLAGS.match(text, at)
            at = flags.end() if flags else at
        elif kind == "close":
            if not opened:
                span = pattern.span(*place)
                yield kinds.BRACKET(span, bracket=found, problem="closes nothing")
                return
            opened.pop()
        elif kind == "class":
            end = _class_end(text, place[0])
            if end == DOUBTFUL:
                return
            if end is None:
                problem = "is never closed"
                yield kinds.BRACKET(pattern.span(*place), bracket="[", problem=problem)
                return
            at = end
        elif kind == "repeat" and not (repeatable and COUNT.fullmatch(found)):
            label = "expected a number, or two" if repeatable else "nothing before it to repeat"
            problem = "is no count" if repeatable else "repeats nothing"
            span = pattern.span(*place)
            yield kinds.REPETITION(span, given=found, problem=problem, label=label)
            return
        repeatable = kind not in ("open", "or")
    for place_of in opened:
        problem = "is never closed"
        span = pattern.span(place_of, place_of + 1)
        yield kinds.BRACKET(span, bracket="(", problem=problem)


def _escape(found: str, pattern: Spelled, place: tuple[int, int]) -> Iterator[Diagnostic]:
    if BACK_REFERENCE.match(found):
        yield kinds.BACK_REFERENCE(pattern.span(*place), given=found)
    elif UNKNOWN.match(found):
        yield kinds.ESCAPE(pattern.span(*place), given=found)


def _class_end(text: str, start: int) -> int | None:
    """The end of a class in square brackets, which may have others in it; None if it is open.

    `DOUBTFUL` if a bracket may be the end of a range, as in `[+-[]`.
    """
    depth, at = 0, start
    while at < len(text):
        if text.startswith("-[", at):
            return DOUBTFUL
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == "[":
            depth += 1
            first = CLASS_START.match(text, at)
            assert first is not None
            at = first.end()
            continue
        if text[at] == "]":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return None
