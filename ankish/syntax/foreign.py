"""Mistakes where reading stopped that come from other languages."""

from __future__ import annotations

import re

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.syntax.habits import COMMENTS, CONSTANTS, OPERATORS, WORDS
from ankish.syntax.stop import REACH, Stop, place

OPTION = re.compile(r"--([^\W\d][\w-]*)")
"""An option, as on a command line."""


def words(stop: Stop) -> Diagnostic | None:
    """`elif`, `then`, `while`: here, or as the command whose arguments make no sense."""
    if stop.word in WORDS:
        right = WORDS[stop.word]
        return kinds.FOREIGN_WORD(stop.here(len(stop.word)), found=stop.word, right=right)
    command = stop.command
    if command is not None and str(command) in WORDS:
        return kinds.FOREIGN_WORD(place(command), found=str(command), right=WORDS[command])
    return None


def comments(stop: Stop) -> Diagnostic | None:
    """`//`, `/*` and `--` before something to say; `%` where a statement would begin."""
    start = stop.at
    begins = "LET" in stop.accepted
    if begins and stop.rest.startswith("%"):
        return kinds.FOREIGN_COMMENT(stop.here(), found="%")
    operator = stop.after("TIMES", "MINUS")
    if operator is not None:
        start = place(operator).start
        if stop.text[start - 1 : start + 1] == "--":
            start -= 1
    found = stop.text[start : start + 2]
    option = OPTION.match(stop.text, start)
    begins = begins or not stop.text[stop.text.rfind("\n", 0, start) + 1 : start].strip()
    if option is not None and (begins or stop.keyword("ADD", "UPSERT", "SET", "DERIVE")):
        name = option[1]
        about = "help tells what there is, help NAME all about a command" if begins else None
        pairs = None if begins or name == "create" else f"{name} = …"
        if name == "create":
            about = "it stands behind the last name: …, Back = meaning --create"
        return kinds.OPTION(Span(start, option.end()), found=option[0], about=about, pairs=pairs)
    if found not in COMMENTS or start + 2 < stop.at and not stop.text[start + 2].isspace():
        return None
    return kinds.FOREIGN_COMMENT(Span(start, start + 2), found=found)


def equals(stop: Stop) -> Diagnostic | None:
    """`=` for `==` and the reverse, `===`, `=>`, `+=`, `$x = 5`."""
    rest, before = stop.rest, stop.previous
    if before is None or rest[:1] not in ("=", ">"):
        return None
    both = place(before).to(stop.here())
    if rest[0] == ">":
        unequal = stop.after("COMPARE") and before == "<"
        return kinds.FOREIGN_OPERATOR(both, found="<>", right="!=") if unequal else None
    if stop.after("EQUAL"):
        return kinds.DOUBLE_EQUALS(both)
    if stop.after("COMPARE"):
        right = "!=" if before.startswith("!") else "=="
        return kinds.FOREIGN_OPERATOR(both, found=f"{before}=", right=right)
    if stop.after("PLUS", "MINUS", "TIMES") and stop.joined:
        return _assignment(stop, both)
    return _single(stop)


def _single(stop: Stop) -> Diagnostic | None:
    """`=` where a value has ended."""
    if stop.inside("RECORD") and stop.accepted == {"COLON"}:
        return kinds.EQUALS_PAIR(stop.here(), name=stop.last())
    starred = stop.after("VARIABLE", "PATH") and not stop.keyword(*EXPRESSIONS)
    if starred and (stop.opened is None or stop.inside("BLOCK")):
        return _assignment(stop, stop.here())
    if "COMPARE" not in stop.accepted:
        return None
    wrong = re.match(r"=[<>]", stop.rest)
    if wrong:
        return kinds.FOREIGN_OPERATOR(stop.here(2), found=wrong[0], right=wrong[0][::-1])
    return kinds.SINGLE_EQUALS(stop.here())


EXPRESSIONS = (
    "LET",
    "IF",
    "WHERE",
    "FAIL",
    "ASSERT",
    "SET",
    "DERIVE",
    "ADD",
    "UPSERT",
    "SELECT",
    "SORT",
)
"""What an expression can follow, so that an `=` after a variable does not assign."""


def _assignment(stop: Stop, span: Span) -> Diagnostic:
    line = stop.text.rfind("\n", 0, stop.at) + 1
    name = re.search(r"\$(\w+)[^$]*\Z", stop.text[line : stop.at])
    return kinds.ASSIGNMENT(span, name=name[1] if name else "name")


def signs(stop: Stop) -> Diagnostic | None:
    """`&&`, `!`, `$(`, `? :`, `$name` where a name is given, back-ticks around a command."""
    rest = stop.rest
    if rest.startswith("&&"):
        return kinds.DOUBLE_AMPERSAND(stop.here(2))
    if rest.startswith("!") and rest[1:2] not in ("=", "~"):
        return kinds.NEGATION(stop.here())
    if rest.startswith("$("):
        return kinds.SUBSTITUTION(stop.here(2))
    if rest.startswith("${"):
        return kinds.HOLE_IN_WORD(stop.here(2), word="")
    if rest.startswith("?") and "OTHERWISE" in stop.accepted:
        return kinds.TERNARY(stop.here())
    dollar = re.match(r"\$([^\W\d]\w*)", rest)
    if dollar and "NAME" in stop.accepted <= {"NAME", "QUOTED", "RPAR"}:
        return kinds.DOLLAR_NAME(stop.here(len(dollar[0])), right=dollar[1])
    ticks = re.match(r"`[^`\n]*`?", rest)
    if ticks and "QUOTED" not in stop.accepted and stop.accepted & {"WORD", "COMMAND", "RAW"}:
        return kinds.BACK_TICKS(stop.here(len(ticks[0])))
    return None


def operators(stop: Stop) -> Diagnostic | None:
    """`is`, `like`, `contains`, `**`, `-gt` where an operator could stand, and `:=`."""
    if stop.rest.startswith(":=") and stop.accepted == {"EQUAL"}:
        return kinds.FOREIGN_OPERATOR(stop.here(2), found=":=", right="=")
    times = stop.after("TIMES")
    if times == "*" and stop.joined and stop.rest.startswith("*"):
        return kinds.POWER(place(times).to(stop.here()))
    name = stop.after("NAME")
    if name is not None and stop.text[: place(name).start].endswith(" -"):
        right = OPERATORS.get(name.lower())
        span = Span(place(name).start - 1, place(name).end)
        if right is None:
            return None
        return kinds.FOREIGN_OPERATOR(span, found=f"-{name}", right=right)
    found = re.match(r"is[ \t]+not\b|[a-zA-Z]+\b|\*\*|>", stop.rest)
    if found is None or found[0] == ">" and not (stop.after("VBAR") and stop.joined):
        return None
    if found[0] == ">":
        return kinds.FOREIGN_OPERATOR(Span(stop.at - 1, stop.at + 1), found="|>", right="|")
    word = re.sub(r"\s+", " ", found[0].lower())
    if word not in OPERATORS or "COMPARE" not in stop.accepted:
        return None
    return kinds.FOREIGN_OPERATOR(stop.here(len(found[0])), found=found[0], right=OPERATORS[word])


def numbers(stop: Stop) -> Diagnostic | None:
    """`0x1F`, `1_000`, `.5` and `5.`."""
    number = stop.after("NUMBER")
    if number is not None and stop.joined:
        start = place(number).start
        whole = re.match(r"[\w.]+", stop.text[start : start + REACH])
        return _number(whole[0], start) if whole and whole[0] != number else None
    fraction = re.match(r"\.\d+", stop.rest)
    return _number(fraction[0], stop.at) if fraction else None


def _number(found: str, start: int) -> Diagnostic:
    plain = found.replace("_", "").strip(".")
    right: str | None = None
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", plain):
        right = str(int(plain, 0))
    elif ends := re.fullmatch(r"(\d+)\.\.(\d+)", plain):
        right = f"range({ends[1]}, {int(ends[2]) + 1})"
    elif re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain):
        right = f"0.{plain}" if found.startswith(".") else plain
    return kinds.BAD_NUMBER(Span(start, start + len(found)), found=found, right=right)


def constants(stop: Stop) -> Diagnostic | None:
    """`True`, `None` and the like where no name can stand."""
    if stop.word not in CONSTANTS:
        return None
    right = CONSTANTS[stop.word]
    return kinds.FOREIGN_CONSTANT(stop.here(len(stop.word)), found=stop.word, right=right)
