"""Mistakes where reading stopped against rules that ankish has and others don't."""

from __future__ import annotations

import re

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.syntax.arguments import stray
from ankish.syntax.concrete import Token, Tree
from ankish.syntax.habits import PARTNERS, STATEMENTS
from ankish.syntax.stop import REACH, Stop, place


def misplaced(stop: Stop) -> Diagnostic | None:
    """`else` and `catch` that follow nothing, a statement where a pipeline should be."""
    if stop.word in PARTNERS:
        return stray(stop.word, stop.here(len(stop.word)))
    command = stop.command
    if command is None:
        return None
    if str(command) in PARTNERS:
        return stray(str(command), place(command))
    argument = GOES_ON.search(stop.text, place(command).end, stop.at)
    if argument:
        return stray(argument[1], Span(argument.start(1), argument.end(1)))
    if str(command) in STATEMENTS:
        return kinds.MISPLACED_STATEMENT(place(command), found=str(command))
    return None


GOES_ON = re.compile(r"\n[ \t]*(else|catch)(?![\w-])")
"""A line that would go on with the one before it, if there were an `if` or a `try` there."""


def commands(stop: Stop) -> Diagnostic | None:
    """`suspend(find x)`: a command called as other languages call a function."""
    if stop.opened is None or not stop.inside("CALL"):
        return None
    before = stop.before_opened
    if isinstance(before, Tree):
        begins = before.data.startswith(("_gap", "__gap", "__pipeline"))
    else:
        begins = before is None or before.type in BEFORE_STAGES
    return kinds.GLUED_BRACKET(place(stop.opened), found=stop.opened[:-1]) if begins else None


BEFORE_STAGES = frozenset({"VBAR", "_NL", "SEMICOLON", "BLOCK", "LPAR"})
"""The tokens after which a stage of a pipeline begins."""


def separators(stop: Stop) -> Diagnostic | None:
    """A comma between arguments or in brackets, none between items."""
    if stop.rest.startswith(","):
        verb = stop.before_opened if stop.inside("LPAR") else None
        if isinstance(verb, Token) and verb.type in ("SELECT", "GROUP", "SORT"):
            assert stop.opened is not None
            return kinds.COLUMN_BRACKETS(place(stop.opened), verb=verb)
        if "NAMED" in stop.accepted:
            return kinds.COMMA_ARGUMENT(stop.here())
    item = re.match(r"[\w$`]+|[\"'\[{(]", stop.rest)
    if item and "COMMA" in stop.accepted and stop.opened is not None and not stop.inside("BLOCK"):
        return kinds.MISSING_COMMA(stop.here(len(item[0])))
    return None


def colons(stop: Stop) -> Diagnostic | None:
    """`if c:`, `else:`, `f(name: value)`."""
    if not stop.rest.startswith(":"):
        return None
    if "BLOCK" in stop.accepted:
        return kinds.COLON_BLOCK(stop.here())
    if stop.inside("CALL") and stop.after("NAME"):
        return kinds.COLON_ARGUMENT(stop.here(), name=stop.previous)
    return None


def searches(stop: Stop) -> Diagnostic | None:
    """A search that stands where a command should: `(-is:due …)`, `-is:due`."""
    term = re.match(r"[^\W\d]\w*:[^\s()|]*", stop.rest)
    minus = stop.after("MINUS")
    if term is None or not (minus or stop.after("LPAR")):
        return None
    span = Span(stop.at - 1 if minus else stop.at, stop.at + len(term[0]))
    if stop.inside("LPAR"):
        return kinds.BRACKET_IN_SEARCH(span)
    return kinds.BARE_SEARCH(span, search=stop.text[span.start : span.end])


def terms(stop: Stop) -> Diagnostic | None:
    """`where prop:ease>250`: a term of a search in a condition."""
    name = stop.after("NAME")
    term = re.match(r":[^\s()|]*", stop.rest)
    if name is None or term is None or not stop.joined or not stop.keyword("WHERE", "VBAR"):
        return None
    if stop.opened is not None and stop.inside("CALL", "RECORD"):
        return None
    found = f"{name}{term[0]}"
    return kinds.TERM_IN_CONDITION(Span(place(name).start, stop.at + len(term[0])), term=found)


def calls(stop: Stop) -> Diagnostic | None:
    """`print split(a, b)`: a function with several arguments, as an argument without brackets."""
    name = stop.before_opened if stop.inside("LPAR") else None
    opened = stop.opened
    if not stop.rest.startswith(",") or opened is None or isinstance(name, Token):
        return None
    word = re.search(r"(?<=\s)[^\W\d]\w*\Z", stop.text[: place(opened).end - 1])
    if word is None or name is None:
        return None
    return kinds.CALL_ARGUMENT(Span(word.start(), word.end()), name=word[0])


def holes(stop: Stop) -> Diagnostic | None:
    """A bare word that goes on with `${`, which opens a record there."""
    if stop.opened is None or not stop.inside("RECORD"):
        return None
    end = place(stop.opened).end
    word = re.search(r"([^\s|;()\[\]{}]*)\$\{\Z", stop.text[max(0, end - REACH) : end])
    return kinds.HOLE_IN_WORD(Span(end - 2, end), word=word[1]) if word else None


def names(stop: Stop) -> Diagnostic | None:
    """`catch` without a name, a parameter without a type."""
    if stop.after("CATCH") and stop.rest[:1] in ("{", "("):
        name = re.match(r"\(\s*(\w+)", stop.rest)
        return kinds.CATCH_NAME(stop.here(), name=name[1] if name else "e")
    name_token = stop.after("NAME")
    parameter = stop.keyword("PARAM") or _in_parameters(stop)
    if name_token is not None and parameter and stop.accepted == {"COLON"}:
        return kinds.MISSING_TYPE(place(name_token), name=name_token)
    return None


def _in_parameters(stop: Stop) -> bool:
    """Whether the bracket that is open is that of a macro's parameters."""
    name = stop.before_opened if stop.inside("LPAR") else None
    return isinstance(name, Token) and name.type == "NAME"


def loops(stop: Stop) -> Diagnostic | None:
    """`for` whose items need brackets, or that has too many."""
    keyword = stop.keyword("FOR")
    if keyword is None:
        return None
    if stop.after("IN") and stop.word:
        name = stop.text[place(keyword).end : stop.at].split()[0]
        return kinds.FOR_BRACKETS(stop.here(len(stop.word)), name=name)
    if stop.after("FOR") and (inner := re.match(r"\(\s*\$?(\w+)", stop.rest)):
        return kinds.FOR_BRACKETS(stop.here(), name=inner[1])
    return None


def sorting(stop: Stop) -> Diagnostic | None:
    """`sort lapses desc`, `sort by lapses`."""
    verb = stop.keyword("SORT", "GROUP", "VBAR")
    by = stop.after("NAME")
    if verb is not None and by is not None and by == "by" and stop.word:
        return kinds.FOREIGN_WORD(place(by), found="by", right=f"leave it out: {verb} {stop.word}")
    alone = stop.after("SORT")
    if alone is not None and stop.rest[:1] in ("", "|", ";", ")", "}", "\r", "\n"):
        return kinds.SORT_KEY(place(alone))
    order = re.match(r"(asc|desc)(?:ending)?\b", stop.rest, re.IGNORECASE)
    if order is None or stop.keyword("SORT", "VBAR", "SELECT") is None:
        return None
    sign = "-" if order[1].lower() == "desc" else ""
    return kinds.SORT_ORDER(stop.here(len(order[0])), found=order[0], right=f"{sign}{stop.last()}")
