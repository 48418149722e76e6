"""Mistakes where reading stopped that are whole shapes of other languages: `x[0]`, `a.f(b)`."""

from __future__ import annotations

import re

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.syntax.concrete import Token
from ankish.syntax.habits import METHODS
from ankish.syntax.stop import REACH, Stop, place

COLUMNS = ("SELECT", "GROUP", "SORT")
"""The row verbs that take names of columns."""

ORDER = re.compile(r"(?:asc|desc)", re.IGNORECASE)


def indexes(stop: Stop) -> Diagnostic | None:
    """`$x[0]`, `$x["a"]`, `Front[0]`."""
    value = stop.after("VARIABLE", "PATH", "RPAR", "RSQB", "NAME", "QUOTED")
    if value is None or not stop.joined:
        return None
    found = re.match(r"\[[^\]\n]*\]?", stop.rest)
    return index(stop.here(len(found[0])), found[0], _written(stop)) if found else None


def _written(stop: Stop) -> str:
    """How the value before this place is written, as far as it is one word."""
    found = re.search(r"[$\w.`?]*\Z", stop.text[max(stop.at - REACH, 0) : stop.at])
    return found[0] if found else ""


def index(span: Span, found: str, value: str) -> Diagnostic:
    """The message for `[0]`, `["a"]`, `.-1` or `."a b"` behind a value."""
    inner = found.strip(".[]").strip("\"'")
    if re.fullmatch(r"-\d+", inner):
        right = "| last gives the end of a list"
    elif re.fullmatch(r"\w+", inner):
        right = f"write {value}.{inner}"
    elif re.fullmatch(r"[^`$:]+", inner):
        right = f"write {value}.`{inner}`"
    else:
        right = "slice(list, 1, 3) gives some items, get(record, key) a value by a computed key"
    return kinds.INDEX(span, found=found, right=right)


def methods(stop: Stop) -> Diagnostic | None:
    """`Front.contains("a")`."""
    path = stop.after("PATH")
    if path is None or not stop.joined or not stop.rest.startswith("("):
        return None
    name = path.strip(".?")
    value = _written(stop)[: -len(path)] or "…"
    right = METHODS.get(name.lower(), f"{name}({{value}}, …)").format(value=value)
    return kinds.METHOD(Span(place(path).start, stop.at + 1), name=name, right=right)


def braces(stop: Stop) -> Diagnostic | None:
    """`where { lapses > 4 }`, `where {|x| … }`."""
    verb = stop.before_opened if stop.inside("RECORD") else None
    if not isinstance(verb, Token) or verb.type not in ("WHERE", *COLUMNS) or not stop.opened:
        return None
    example = "lapses > 4" if verb.type == "WHERE" else "lapses"
    return kinds.BRACES(place(stop.opened), verb=verb, example=example)


def columns(stop: Stop) -> Diagnostic | None:
    """`select a = …`, `select a: b`, `select a as b`, `select a b`, `select *`, `select .a`."""
    verb = stop.keyword("SELECT", "GROUP", "SORT", "WHERE", "SET", "DERIVE")
    if verb is None:
        return None
    pointed = re.match(r"\.([^\W\d]\w*)", stop.rest)
    if pointed and ("NAME" in stop.accepted or not stop.joined):
        return kinds.POINTED_NAME(stop.here(len(pointed[0])), name=pointed[1])
    if verb.type not in COLUMNS:
        return None
    if stop.rest.startswith("*") and stop.after(*COLUMNS, "COMMA"):
        return kinds.ALL_COLUMNS(stop.here())
    name = stop.after("NAME", "QUOTED")
    if name is None or stop.opened is not None and not stop.inside("BLOCK", "LPAR"):
        return None
    renamed = re.match(r"as\s+([^\W\d]\w*)", stop.rest)
    if renamed:
        right = f"| rename {stop.last()} {renamed[1]}"
        return kinds.NEW_COLUMN(stop.here(2), verb=verb, what="name", right=right)
    if re.match(r"=(?![=~<>])", stop.rest):
        right = f"derive makes it: | derive {name} = …"
        return kinds.NEW_COLUMN(stop.here(), verb=verb, what="value", right=right)
    if re.match(r":(?!:)", stop.rest):
        right = f"derive makes it: | derive {name} = …"
        return kinds.NEW_COLUMN(stop.here(), verb=verb, what="value", right=right)
    if stop.word and "COMMA" in stop.accepted and name != "by" and not ORDER.match(stop.word):
        return kinds.MISSING_COMMA(stop.here(len(stop.word)))
    return None


def assignments(stop: Stop) -> Diagnostic | None:
    """`set Front "a"`, `set Front: "a"`, `set Front`, `set Front = 1 Back = 2`, `add note`."""
    verb = stop.keyword(*ASSIGNING)
    if verb is None:
        return None
    name = stop.after("NAME", "QUOTED", "VARIABLE")
    if name is not None and "EQUAL" in stop.accepted:
        words = re.match(r"[\w-]+(?:[ \t]+[\w-]+)*(?=[ \t]*=(?![=~]))", stop.rest)
        if words and name.type == "NAME":
            whole = Span(place(name).start, stop.at + len(words[0]))
            return kinds.BLANK_IN_NAME(whole, name=stop.text[whole.start : whole.end])
        if not NO_VALUE.match(stop.rest):
            return None
        example = ASSIGNING[verb.type].format(name=name)
        return kinds.WITHOUT_VALUE(place(name), verb=verb, name=name, example=example)
    another = re.match(r"[^\W\d][\w-]*(?=\s*=(?![=~]))", stop.rest)
    if another and "COMMA" in stop.accepted:
        return kinds.MISSING_COMMA(stop.here(len(another[0])))
    return None


NO_VALUE = re.compile(r"\s*(?:\Z|[\r\n|;:,\"'\w]|\$(?!\{))")
"""What is behind a name that is not given a value, and no sign of something else."""

ASSIGNING = {
    "SET": "set {name} = trim({name})",
    "DERIVE": "derive {name} = upper(Front)",
    "ADD": 'add deck = "Spanish", model = "Basic", Front = "hola", Back = "hello"',
    "UPSERT": 'upsert deck = "Spanish", model = "Basic", key = Front, Front = "hola", Back = "hi"',
}
"""The verbs that give values to names, each with an example."""


def conditions(stop: Stop) -> Diagnostic | None:
    """`if find deck:Spanish | count > 5 { … }`."""
    name = stop.after("NAME")
    if name is None or stop.keyword("IF", "ASSERT") is None or stop.joined:
        return None
    if not re.match(r"[\w\"'$\[-]", stop.rest):
        return None
    return kinds.BARE_COMMAND(place(name), command=name)


def counting(stop: Stop) -> Diagnostic | None:
    """`for (let i = 0; …)`, `for x in 3`, `for x in 1..10`."""
    if stop.keyword("FOR") is None:
        return None
    loop = re.match(r"\(\s*(?:let|var|const|int)?\s*\$?(\w+)\s*:?=[^;\n]*;?", stop.rest)
    if loop and stop.after("FOR"):
        return kinds.COUNTING(stop.here(len(loop[0])), name=loop[1], range="0, 10")
    number = re.match(r"(\d+)(?:\.\.[=<]?(\d+))?", stop.rest)
    named = re.search(r"(\w+)\s+in\s*\Z", stop.text[max(stop.at - REACH, 0) : stop.at])
    if number is None or named is None:
        return None
    whole = f"{number[1]}, {int(number[2]) + 1}" if number[2] else f"0, {number[1]}"
    return kinds.COUNTING(stop.here(len(number[0])), name=named[1], range=whole)
