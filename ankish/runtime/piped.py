"""The pipe of the system's shell: what comes on standard input flows into the program.

    ankish -c 'find is:due' | head -3 | ankish -c 'suspend'

A program that begins with a verb that nothing flows into would be a mistake. Where something does
stand on standard input, it stands before that verb, as a value in the text. So it is checked,
explained, kept in the log and gone on with like any other program.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from typing import Any

from ankish.analysis.fit import TEXTS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command
from ankish.diagnostics.model import Source
from ankish.syntax import tree as t
from ankish.syntax.parser import parse

ABOUT = (t.Param, t.Use, t.Macro, t.Test)
"""Statements that do nothing by themselves."""


BY_HAND = frozenset({"cards", "notes", "show", "print"})
"""Builtins whose arguments can be what they work on."""

FORMATTED = frozenset({"save", "from", "to"})
"""Builtins that can be given all they need by name or in order, as actions can."""


def is_piped(handle: int = 0) -> bool:
    """Whether a pipe, a file or a socket is there to be read; no terminal, and not nothing."""
    try:
        mode = os.fstat(handle).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def with_input(source: Source, read: Callable[[], str]) -> Source:
    """A program with what `read` gives before it, if it begins with a verb that wants something.

    Otherwise nothing is read, and the program stays as it is.
    """
    program = parse(source).program
    first = next((node for node in program.statements if not isinstance(node, ABOUT)), None)
    pipeline = first.value if isinstance(first, t.Let) else first
    if not isinstance(pipeline, t.Pipeline) or not pipeline.stages:
        return source
    stage = pipeline.stages[0]
    if isinstance(stage, t.Value) or (
        isinstance(stage, t.Command) and not _wants(stage, _command(stage.name, source))
    ):
        return source
    value: Any = read()
    if not (isinstance(stage, t.Command) and _takes_text(stage.name)):
        texts = isinstance(stage, t.Command) and _takes_texts(_command(stage.name, source))
        value = as_value(value, texts=texts)
    at = stage.span.start
    return Source(source.name, f"{source.text[:at]}{written(value)} | {source.text[at:]}")


def _wants(node: t.Command, command: Command | None) -> bool:
    """Whether a command lacks its subject, the parameter that the pipe fills."""
    if command is None or command.subject_param is None or not command.subject_param.required:
        return False
    if command.name in BY_HAND:
        return command.name != "print" and not node.arguments
    named = {argument.name for argument in node.arguments if argument.name is not None}
    if command.subject in named:
        return False
    if command.family == "builtin" and command.name not in FORMATTED:
        return True
    free = [param for param in command.params if param.required and param.name not in named]
    return sum(argument.name is None for argument in node.arguments) < len(free)


def _command(name: str, source: Source) -> Command | None:
    """A command of the catalog, a macro of the program, a short verb or a macro of the user's."""
    if name in COMMANDS:
        return COMMANDS[name]
    from ankish.runtime.callable import callable_commands

    return callable_commands((source,), library=False).get(name)


def _takes_text(name: str) -> bool:
    command = COMMANDS.get(name)
    param = command.subject_param if command is not None else None
    return param is not None and param.type.name == "text"


def _takes_texts(command: Command | None) -> bool:
    """Whether a list of texts is wanted: then a line of digits is a text, such as a deck's name."""
    param = command.subject_param if command is not None else None
    return param is not None and param.type.of is not None and param.type.of.name in TEXTS


def as_value(text: str, *, texts: bool = False) -> Any:
    """What a text holds: a value of JSON, one on each line (ids are that), or else its lines.

    With `texts` its lines, unless it is a list in JSON.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if texts and not text.lstrip().startswith(("[", '"')):
        return lines
    try:
        values = [json.loads(line) for line in lines]
    except ValueError:
        try:
            return json.loads(text)
        except ValueError:
            return lines
    return values[0] if len(values) == 1 and isinstance(values[0], list | dict) else values


def written(value: Any) -> str:
    """A value as it stands in a program."""
    return json.dumps(value, ensure_ascii=False).replace("${", r"\${")
