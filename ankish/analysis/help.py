"""`help`: what there is, and all about a command, a function or a family of commands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from ankish.analysis.commands import parameters
from ankish.analysis.fit import named
from ankish.analysis.topics import MARGIN, TOPICS, about, families_of, overview
from ankish.analysis.wanted import is_switch
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.functions import FUNCTIONS, Function
from ankish.catalog.model import Command, Effect, Param
from ankish.catalog.rowverbs import ROW_ARGUMENTS
from ankish.catalog.types import NULL
from ankish.diagnostics.explain import every_kind, explain
from ankish.diagnostics.kinds.shell import TOPIC
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.nearest import nearest
from ankish.diagnostics.text import listed, two_columns

EFFECTS = {
    Effect.READ: "reads, and changes nothing",
    Effect.WRITE: "changes the collection",
    Effect.DESTRUCTIVE: "changes the collection, and loses something",
    Effect.GUI: "needs Anki's window",
    Effect.EXTERNAL: "reaches beyond the collection: files, the network",
}


def help_text(topic: str | None, commands: Mapping[str, Command], width: int = 80) -> str:
    """The help on a topic, or where to begin without one.

    A word that is no topic gives what is about it. Raises `AnkishError` (`shell::topic`,
    `help::code`) if there is nothing of the kind.
    """
    if not topic:
        return overview(commands, width)
    if topic in TOPICS:
        return TOPICS[topic](commands, width)
    if named := list(_named(topic, commands, width)):
        return "\n\n".join(named)
    families = dict(families_of(commands))
    if topic in families:
        return "\n".join(two_columns(families[topic], width, MARGIN))
    try:
        known_topic(topic, commands)
    except AnkishError:
        if found := about(topic, commands, width):
            return found
        raise
    return explain(topic)


def known_topic(topic: str, commands: Mapping[str, Command]) -> None:
    """Make sure that a topic that is no name is the code of a message, or a family of codes.

    Raises `AnkishError` (`shell::topic`) if it is not.
    """
    if "::" in topic or "[" in topic or any(code.startswith(f"{topic}::") for code in every_kind()):
        return
    near = nearest(
        topic, [*commands, *ROW_VERBS, *FUNCTIONS, *dict(families_of(commands)), *TOPICS]
    )
    raise TOPIC.error(topic=topic, near=listed(near, "and") if near else None)


def _named(name: str, commands: Mapping[str, Command], width: int) -> Iterator[str]:
    """The help on all that has a name: `join` is a command and a function."""
    if name in commands:
        yield "\n".join(_command(commands[name], width))
    if name in ROW_VERBS:
        doc, example = ROW_VERBS[name]
        rows = "\n".join(two_columns(ROW_ARGUMENTS[name].items(), width, MARGIN))
        yield f"{name} …\n\n  {doc}\n\n{rows}\n\nfor example:\n  {example}"
    if name in FUNCTIONS:
        yield "\n".join(_function(FUNCTIONS[name], width))


def _command(command: Command, width: int) -> Iterator[str]:
    yield command.signature
    yield ""
    yield from _wrapped(command.doc, width)
    rows = [(_given(command, param), _about(param)) for param in parameters(command)]
    if rows:
        yield ""
        yield from two_columns(rows, width, MARGIN)
    if facts := _facts(command):
        yield ""
        yield from two_columns(facts, width, MARGIN)
    if command.examples:
        yield ""
        yield "for example:" if not command.examples[1:] else "examples:"
        yield from (f"  {example.line}" for example in command.examples)


def _given(command: Command, param: Param) -> str:
    """How a parameter is given."""
    if param.name == command.subject:
        return f"{param.name} |"
    if is_switch(param):
        return f"--{param.name}"
    return f"{param.name}{'…' if param.rest else ''}"


def _about(param: Param) -> str:
    kind = named(param.type)
    words = f"{param.doc} ({kind})" if kind not in param.doc else param.doc
    if param.required or param.default in (None, False, "null", "false", '""'):
        return words
    default = str(param.default).lower() if isinstance(param.default, bool) else param.default
    return f"{words}; {default} unless given"


def _facts(command: Command) -> list[tuple[str, str]]:
    """What it gives and does, how it is undone, and what is odd about it."""
    facts = []
    if command.family != "script":  # it shows what it has to say
        facts.append(("gives", _gives(command)))
    if command.family not in ("macro", "script"):  # what it does is what its lines do
        facts.append(("effect", EFFECTS[command.effect]))
    if command.effect.changes and command.undo:
        facts.append(("undo", command.undo))
    elif command.effect.changes and command.why:
        facts.append(("undo", f"none: {command.why}"))
    if command.engine_undo:
        facts.append(("undo", f"without Anki: {command.engine_undo}"))
    if command.differs:
        facts.append(("then", f"through AnkiConnect: {command.differs}"))
    if command.quirk:
        facts.append(("quirk", command.quirk))
    if command.newer:
        facts.append(("since", "not in the add-on of 2023"))
    return facts


def _gives(command: Command) -> str:
    """What a command gives, in words."""
    if command.hands_on:
        return "what it was given"
    return "nothing" if command.result == NULL else named(command.result)


def _function(function: Function, width: int) -> Iterator[str]:
    yield function.signature
    yield ""
    yield from _wrapped(function.doc, width)
    yield ""
    yield from two_columns([(p.name, _about(p)) for p in function.params], width, MARGIN)
    yield ""
    yield from two_columns([("gives", named(function.result))], width, MARGIN)
    yield ""
    yield "for example:"
    yield f"  {function.example}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ")
