"""Where reading stopped: which kind of mistake it is, and its place.

`grammar/errors.toml` has examples of each kind; the tests hold these modules against them.
Kinds that have a message of their own are tried in turn; for the rest the message says
what could stand there.
"""

from __future__ import annotations

import re

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Label, Span
from ankish.syntax import foreign, rules, shapes
from ankish.syntax.expected import expected
from ankish.syntax.habits import SMART_QUOTES
from ankish.syntax.lexing import STRINGS
from ankish.syntax.stop import Stop, bracket_of, place

CLOSED = re.compile(r"'[^'\n]*'")


def diagnose(stop: Stop) -> Diagnostic:
    """The message for the place where reading stopped."""
    for recognise in RECOGNISED:
        found = recognise(stop)
        if found is not None:
            return found
    return _unexpected(stop)


def open_string(span: Span, quote: str) -> Diagnostic:
    """The message for a string that is never closed; `span` is its opening quote."""
    return kinds.OPEN_STRING(span, quote=quote, three=quote * 3 if len(quote) == 1 else None)


# ---- quotes


def _open_string(stop: Stop) -> Diagnostic | None:
    """A string that its line's end or the text's end runs into."""
    if stop.opened is not None and stop.opened.type in STRINGS and stop.rest in ("", "\\"):
        return open_string(place(stop.opened), STRINGS[stop.opened.type])
    if stop.opened is not None and stop.inside("DBLQUOTE") and stop.rest[:1] in ("\n", "\\"):
        return open_string(place(stop.opened), '"')
    if stop.rest.startswith("'''"):
        return open_string(stop.here(3), "'''")
    if stop.rest.startswith("'") and not CLOSED.match(stop.text, stop.at):
        return open_string(stop.here(), "'")
    return None


def _quotes(stop: Stop) -> Diagnostic | None:
    """Quotes that others have, or that others put into a string this way."""
    if stop.rest[:1] in tuple(SMART_QUOTES):
        return kinds.SMART_QUOTE(stop.here(), quote=stop.rest[0])
    before = stop.previous
    if before is None or not stop.joined or stop.rest[:1] not in ("'", '"'):
        if stop.joined and before is not None and stop.after("RAW") and before.endswith("\\'"):
            return kinds.RAW_QUOTE(Span(stop.at - 2, stop.at), shown="`\\'`")
        return None
    both = Span(stop.at - 1, stop.at + 1)
    if stop.inside("HOLE") and stop.opened is not None:
        return _open_bracket(stop)
    if stop.after("RAW") and stop.rest[0] == "'":
        return kinds.RAW_QUOTE(both, shown="`''`")
    if stop.after("DBLQUOTE") and stop.rest[0] == '"':
        return kinds.DOUBLED_QUOTE(both)
    if re.fullmatch(r"[fFrRbBqQuU]{1,2}", before):
        return kinds.STRING_PREFIX(place(before))
    return None


# ---- pipes and brackets


def _pipes(stop: Stop) -> Diagnostic | None:
    rest, pipe = stop.rest, stop.after("VBAR")
    if rest.startswith("||"):
        return kinds.DOUBLE_PIPE(stop.here(2))
    if pipe is not None and rest.startswith("|"):
        if stop.joined:
            return kinds.DOUBLE_PIPE(place(pipe).to(stop.here()))
        return kinds.STRAY_PIPE(place(pipe), side="after")
    if pipe is not None and rest[:1] in ("", ";", ")", "]", "}"):
        return kinds.STRAY_PIPE(place(pipe), side="after")
    if rest.startswith("|"):
        if stop.after("BLOCK") and (named := re.match(r"\|[^|\n{}]*\|", rest)):
            return kinds.BLOCK_PARAMETER(stop.here(len(named[0])))
        if "COMMAND" in stop.accepted:
            return kinds.STRAY_PIPE(stop.here(), side="before")
    return None


def _closing(stop: Stop) -> Diagnostic | None:
    """A closing bracket that nothing has opened, or something else."""
    found = stop.rest[:1]
    if found not in (")", "]", "}"):
        return None
    if stop.opened is None or stop.opened.type in STRINGS:
        return kinds.STRAY_BRACKET(stop.here(), bracket=found)
    _, _, closing = bracket_of(stop.opened)
    if closing == found:
        return None
    also = (Label(stop.here(), f"`{found}` closes another kind", primary=False),)
    return _open_bracket(stop, also)


def _open_bracket(stop: Stop, also: tuple[Label, ...] = ()) -> Diagnostic | None:
    """A bracket that is open where it can't be any more."""
    if stop.opened is None or stop.opened.type in STRINGS:
        return None
    span, bracket, closing = bracket_of(stop.opened)
    return kinds.OPEN_BRACKET(span, bracket=bracket, closing=closing, also=also)


# ---- everything else


def _end(stop: Stop) -> Diagnostic | None:
    """The end of the text, or of a statement that isn't complete."""
    if stop.ends and (opened := _open_bracket(stop)) is not None:
        return opened
    if not stop.ends and stop.rest[0] not in "\r\n":
        return None
    before = stop.previous
    end = len(stop.text[: stop.at].rstrip())
    last = Span(max(end - 1, 0), end) if before is None or "\n" in before else place(before)
    return kinds.UNFINISHED(last, expected=expected(stop.accepted))


def _unexpected(stop: Stop) -> Diagnostic:
    found = re.match(r"[^\s()\[\]{}|;,]+|.", stop.rest, re.DOTALL)
    shown = found[0] if found else stop.rest
    return kinds.UNEXPECTED(stop.here(len(shown)), found=shown, expected=expected(stop.accepted))


RECOGNISED = (
    _open_string,
    _pipes,
    foreign.words,
    rules.misplaced,
    foreign.operators,
    shapes.indexes,
    shapes.methods,
    shapes.braces,
    shapes.columns,
    shapes.assignments,
    shapes.conditions,
    shapes.counting,
    _quotes,
    foreign.comments,
    foreign.equals,
    foreign.signs,
    foreign.numbers,
    foreign.constants,
    rules.commands,
    rules.calls,
    rules.separators,
    rules.terms,
    rules.colons,
    rules.searches,
    rules.holes,
    rules.names,
    rules.loops,
    rules.sorting,
    _closing,
    _end,
)
