"""`help` as data: what a command, a function or a message's code is, in the shape of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ankish.analysis.commands import parameters
from ankish.analysis.help import known_topic
from ankish.analysis.wanted import is_switch
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.functions import FUNCTIONS, Function
from ankish.catalog.model import Command, Param
from ankish.diagnostics.explain import explain

Record = dict[str, Any]


def help_records(topic: str | None, commands: Mapping[str, Command]) -> list[Record]:
    """All that a topic is about: one for a name, several for a family, everything without one.

    Raises `AnkishError` (`shell::topic`, `help::code`) if there is nothing of that name.
    """
    everything = list(_everything(commands))
    if not topic:
        return everything
    if found := [each for each in everything if each["name"] == topic]:
        return found
    if found := [each for each in everything if each["family"] == topic]:
        return found
    known_topic(topic, commands)
    return [{"name": topic, "family": "message", "signature": topic, "doc": explain(topic)}]


def _everything(commands: Mapping[str, Command]) -> Iterator[Record]:
    yield from map(_command, commands.values())
    for name, (doc, example) in ROW_VERBS.items():
        yield {
            "name": name,
            "family": "verbs",
            "signature": f"items | {name} …",
            "doc": doc,
            "examples": [example],
        }
    yield from map(_function, FUNCTIONS.values())


def _command(command: Command) -> Record:
    anki, engine = command.back(embedded=False), command.back(embedded=True)
    return {
        "name": command.name,
        "family": command.family,
        "signature": command.signature,
        "doc": command.doc,
        "params": [_param(each, command.subject) for each in parameters(command)],
        "gives": str(command.result),
        "hands_on": command.hands_on,
        "effect": command.effect.value,
        "undo": anki.how,
        "undo_embedded": engine.how,
        "examples": [example.line for example in command.examples],
    }


def _function(function: Function) -> Record:
    return {
        "name": function.name,
        "family": "functions",
        "signature": function.signature,
        "doc": function.doc,
        "params": [_param(each) for each in function.params],
        "gives": str(function.result),
        "examples": [function.example],
    }


def _param(param: Param, subject: str | None = None) -> Record:
    """A parameter. What the pipe fills is the subject."""
    return {
        "name": param.name,
        "type": str(param.type),
        "doc": param.doc,
        "required": param.required,
        "default": None if param.required else _default(param),
        "subject": param.name == subject,
        "switch": is_switch(param),
    }


def _default(param: Param) -> Any:
    """A default as a value; those of macros and scripts are known as they are written."""
    if not isinstance(param.default, str):
        return param.default
    try:
        return json.loads(param.default)
    except ValueError:
        return param.default
