"""The entries of the reference: all about a command, its parameters and its result."""

from __future__ import annotations

import json
from collections.abc import Iterator

from marks import anchor, code, paragraphs, prose, table

from ankish.analysis.commands import parameters
from ankish.analysis.help import EFFECTS
from ankish.analysis.wanted import is_switch
from ankish.catalog.model import Command, Param
from ankish.catalog.types import NULL, Type


class Entries:
    """The entries of commands. A record is described where it first appears."""

    def __init__(self) -> None:
        self._described: dict[Type, str] = {}

    def command(self, command: Command) -> str:
        """The entry of a command."""
        parts = [f"### {command.name}", f"`{command.signature}`", f"{prose(command.doc)}."]
        rows = [row for param in parameters(command) for row in self._param(command, param)]
        if rows:
            parts.append(table(("parameter", "type", "unless given", ""), rows))
        result = [*self._keys(command.result, "", command)] if not command.hands_on else []
        parts.append("\n".join(f"- {fact}" for fact in _facts(command)))
        if result:
            parts.append(table(("in the result", "type", ""), [(a, b, d) for a, b, _, d in result]))
        parts.append(code(*(example.line for example in command.examples)))
        return paragraphs(parts)

    def _param(self, command: Command, param: Param) -> Iterator[tuple[str, str, str, str]]:
        doc = prose(param.doc)
        if param.name == command.subject:
            doc += "; from the pipe"
        if param.rest:
            doc += "; all arguments that are left"
        if param.empty:
            doc += f"; an empty text means {prose(param.empty)}"
        if param.engine_only:
            doc += "; without Anki only"
        if (known := self._known(param.type)) is not None:
            doc += f"; {known}"
        name = f"--{param.name}" if is_switch(param) else param.name
        yield f"`{name}`", type_words(param.type), _default(param), doc
        yield from self._keys(param.type, param.name, command)

    def _known(self, type_: Type) -> str | None:
        """Where the keys of a record have been described, if they have."""
        name = self._described.get(_record(type_))
        return None if name is None else f"keys as in [{name}](#{anchor(name)})"

    def _keys(
        self, type_: Type, path: str, command: Command
    ) -> Iterator[tuple[str, str, str, str]]:
        """The keys of a record, of the records of a list, or of those of a map."""
        record = _record(type_)
        if not record.keys:
            return
        if (known := self._known(type_)) is not None:
            if not path:
                yield "all", "", "", known
            return
        self._described[record] = command.name
        inner = _inside(type_, path)
        for key in record.keys:
            need = "required" if key.required and path else ""
            doc = prose(key.doc)
            nested = _record(key.type)
            if nested.keys and (known := self._known(nested)) is not None:
                doc += f"; {known}"
            name = f"{inner}{key.name}"
            yield f"`{name}`", type_words(key.type), need, doc
            if nested not in self._described:
                yield from self._keys(key.type, name, command)


def _record(type_: Type) -> Type:
    """The record in a type: its own, or that of its elements."""
    while not type_.keys and type_.of is not None:
        type_ = type_.of
    return type_


def _inside(type_: Type, path: str) -> str:
    """What stands before the keys of the record in a type: `notes[].`, `fields.FIELD.`."""
    while not type_.keys and type_.of is not None:
        path += f".{type_.names.upper()}" if type_.name == "record" else "[]"
        type_ = type_.of
    return f"{path.removeprefix('[]').removeprefix('.')}.".removeprefix(".")


def type_words(type_: Type) -> str:
    """A type as it is written, choices as texts."""
    if type_.choices:
        return " or ".join(f"`{choice}`" for choice in type_.choices)
    if type_.name == "list" and type_.of is not None and type_.of.choices:
        return f"list of {type_words(type_.of)}"
    if type_.name == "record" and type_.names and type_.of is not None:
        return f"record of `{type_.of}` by {type_.names}"
    return f"`{type_}`"


def _default(param: Param) -> str:
    if param.required:
        return "required"
    return "" if param.default is None else f"`{json.dumps(param.default)}`"


def _facts(command: Command) -> Iterator[str]:
    """What a command gives and does, how it is undone, and what is odd about it."""
    if command.hands_on:
        yield "gives what it was given"
    elif command.result != NULL:
        yield f"gives {type_words(command.result)}"
    if command.effect.changes:
        yield f"effect: {EFFECTS[command.effect]}"
    if command.undo:
        yield f"undo: {prose(command.undo)}"
    elif command.why:
        yield f"undo: none, {prose(command.why)}"
    yield from _differences(command)
    if command.false_means:
        yield f"false in place of a result means: {prose(command.false_means)}"
    if command.quirk:
        yield f"quirk: {prose(command.quirk)}"
    if command.newer:
        yield "not in the add-on of 2023"
    if command.source:
        yield f"source: {prose(command.source)}"


def _differences(command: Command) -> Iterator[str]:
    """What is otherwise once it was taken back; nothing to say of what is exact."""
    if command.engine_undo:
        yield f"undo in the embedded engine: {prose(command.engine_undo)}"
    if command.differs:
        yield f"after undo, through AnkiConnect: {prose(command.differs)}"
    if command.engine_differs:
        yield f"after undo, in the embedded engine: {prose(command.engine_differs)}"
