"""Hints about the line that is being written: the signature at the cursor, the first mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ankish.analysis.check import check
from ankish.analysis.commands import parameters
from ankish.analysis.complete import without_word
from ankish.analysis.flows import Bindings
from ankish.analysis.offering import topics
from ankish.analysis.places import Place
from ankish.analysis.wanted import function_param, is_switch, param_at
from ankish.analysis.world import World
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.model import Command, Param
from ankish.data import dataclass
from ankish.diagnostics.kinds import syntax as syntax_kinds
from ankish.diagnostics.model import Diagnostic, Severity, Source
from ankish.syntax import tree as t
from ankish.syntax.cursor import Cursor, at_cursor
from ankish.syntax.frames import Frame
from ankish.syntax.parser import parse

OPEN = frozenset({syntax_kinds.OPEN_STRING.code, syntax_kinds.OPEN_BRACKET.code})
"""What is wrong with every line at some time, while it is written."""

_WORD_END, _WORD_START = re.compile(r"[\w-]+$"), re.compile(r"^[\w-]+")


@dataclass(frozen=True, slots=True)
class Hint:
    """A signature in parts, the one that is being written marked, and a line about it."""

    parts: tuple[tuple[str, bool], ...]
    doc: str


def hint_at(
    text: str, at: int, world: World, extra: Mapping[str, Command] | None = None
) -> Hint | None:
    """The signature of the function, command or verb that the cursor is in."""
    cursor = at_cursor(without_word(text, at), at)
    if cursor is None:
        return None
    place = Place(cursor, "", world, (), {**COMMANDS, **(extra or {})})
    for frame in reversed(cursor.frames):
        if frame.kind == "call":
            return _function(frame)
        if frame.is_stage:
            return _stage(frame, cursor, place.commands)
    return None


def topic_at(text: str, at: int, commands: Mapping[str, Command]) -> str | None:
    """What help is wanted on at offset `at`: the word there, else the command it is given to.

    None if there is neither.
    """
    known = topics(commands)
    before = _WORD_END.search(text[:at])
    after = _WORD_START.match(text[at:])
    word = (before[0] if before else "") + (after[0] if after else "")
    if word in known:
        return word
    cursor = at_cursor(without_word(text, at), at)
    for frame in reversed(cursor.frames if cursor is not None else ()):
        name = frame.opener[:-1] if frame.kind == "call" else frame.verb or frame.command
        if name in known:
            return name
    return None


def _function(frame: Frame) -> Hint | None:
    function = FUNCTIONS.get(frame.opener[:-1])
    if function is None:
        return None
    param = function_param(function, frame)
    words = [(_shown(each), each is param) for each in function.params]
    parts = [(f"{function.name}(", False)]
    for number, word in enumerate(words):
        parts += [(", ", False)] * bool(number) + [word]
    rest = ", …)" if function.rest else ")"
    return Hint((*parts, (rest, False)), param.doc if param else function.doc)


def _stage(stage: Frame, cursor: Cursor, commands: Mapping[str, Command]) -> Hint | None:
    name = stage.command or ""
    if stage.head is None and "COMMAND" in cursor.accepts:
        name = cursor.prefix
    verb = stage.verb or name
    if verb in ROW_VERBS:
        doc, example = ROW_VERBS[verb]
        return Hint(((verb, False),), f"{doc}: {example}")
    command = commands.get(name)
    if command is None:
        return None
    param = param_at(command, stage) if stage.head is not None else None
    parts = [(f"{command.subject} | ", False)] if command.subject else []
    parts.append((command.name, False))
    for each in parameters(command):
        if each.name != command.subject or (each is param and stage.pipe is None):
            parts += [(" ", False), (_shown(each), param is not None and each.name == param.name)]
    return Hint(tuple(parts), (param.doc if param else "") or command.doc)


def _shown(param: Param) -> str:
    if is_switch(param):
        return f"[--{param.name}]" if not param.required else f"--{param.name}"
    return param.name if param.required else f"[{param.name}]"


def problem_at(
    text: str,
    at: int,
    world: World,
    bindings: Bindings = (),
    known: Sequence[t.Program] = (),
) -> Diagnostic | None:
    """The first mistake of a text that is not just what is still being written at the cursor.

    `known` are the programs whose macros can be called, as in `check`.
    """

    def problems(part: str) -> list[Diagnostic]:
        return _problems(part, world, bindings, known)

    text = without_word(text, len(text))
    at_end = not text[at:].strip()
    found = problems(text)
    wrong = next((p for p in found if not (at_end and _unfinished(p, text, at))), None)
    if wrong is not None or not found:
        return wrong
    # Nothing of a statement is checked that can't be read; the stages before the last one can.
    cursor = at_cursor(text, at)
    pipe = cursor.stage.pipe if cursor is not None and len(cursor.frames) == 1 else None
    before = problems(text[:pipe]) if pipe is not None else []
    return before[0] if before else None


def _problems(
    text: str, world: World, bindings: Bindings, known: Sequence[t.Program]
) -> list[Diagnostic]:
    """The errors of a text; those of its names and types only if it is written well."""
    source = Source("", text)
    parsed = parse(source)
    found = parsed.diagnostics
    if not found:
        result = check(parsed.program, source, world, bindings, keep=True, known=known)
        found = result.diagnostics
    return [problem for problem in found if problem.severity is Severity.ERROR]


def _unfinished(problem: Diagnostic, text: str, at: int) -> bool:
    """Whether a mistake may be one only since the text goes on at the cursor, its end."""
    span = problem.span
    if span is None or problem.code in OPEN:
        return True
    between = text[span.end : at]
    if problem.code.startswith("call::missing"):
        return "|" not in between
    return not (between.strip() if problem.code.startswith("syntax::") else between)
