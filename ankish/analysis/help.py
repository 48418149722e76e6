"""`help`: what there is, and all about a command, a function or a family of commands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from ankish.analysis.commands import parameters
from ankish.analysis.fit import named
from ankish.analysis.wanted import is_switch
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.functions import FUNCTIONS, Function
from ankish.catalog.model import Command, Effect, Param
from ankish.catalog.types import NULL
from ankish.diagnostics.explain import every_kind, explain
from ankish.diagnostics.kinds.shell import TOPIC
from ankish.diagnostics.nearest import nearest
from ankish.diagnostics.text import listed

FAMILIES = {
    "builtin": "of ankish itself",
    "verbs": "about rows; bare names in them are columns and fields",
    "functions": "in expressions",
    "shell": "of the shell",
    "engine": "without Anki only",
    "gui": "with Anki's window only",
}
"""What the heading of a family says besides its name."""

INTRODUCTION = """\
A line is a pipeline: each command takes what the one before it gives.

  find deck:Spanish is:due | count
  find "tag:leech -is:suspended" | suspend
  find deck:Spanish | where lapses > 4 | sort -lapses | select Front, lapses

Tab completes commands, decks, tags, fields and searches. `explain` before a line shows what it
would do. `help suspend` tells all about a command, `help decks` about a family of them."""

EFFECTS = {
    Effect.READ: "reads, and changes nothing",
    Effect.WRITE: "changes the collection",
    Effect.DESTRUCTIVE: "changes the collection, and loses something",
    Effect.GUI: "needs Anki's window",
    Effect.EXTERNAL: "reaches beyond the collection: files, the network",
}


def help_text(topic: str | None, commands: Mapping[str, Command], width: int = 80) -> str:
    """The help on a topic, or an overview without one.

    Raises `AnkishError` (`shell::topic`, `help::code`) if there is nothing of that name.
    """
    if not topic:
        return _overview(commands, width)
    if topic in commands:
        return "\n".join(_command(commands[topic], width))
    if topic in ROW_VERBS:
        doc, example = ROW_VERBS[topic]
        return f"{topic} …\n\n  {doc}\n\nfor example:\n  {example}"
    if topic in FUNCTIONS:
        return "\n".join(_function(FUNCTIONS[topic], width))
    families = dict(_families(commands))
    if topic in families:
        return "\n".join(_two_columns(families[topic], width))
    if "::" in topic or "[" in topic or any(code.startswith(f"{topic}::") for code in every_kind()):
        return explain(topic)
    near = nearest(topic, [*commands, *ROW_VERBS, *FUNCTIONS, *families])
    raise TOPIC.error(topic=topic, near=listed(near, "and") if near else None)


def _overview(commands: Mapping[str, Command], width: int) -> str:
    lines = [INTRODUCTION]
    for family, rows in _families(commands):
        about = f" ({FAMILIES[family]})" if family in FAMILIES else ""
        lines += ["", f"{family}{about}"]
        names = " ".join(name for name, _ in rows)
        lines += textwrap.wrap(
            names, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
    return "\n".join(lines)


def _families(commands: Mapping[str, Command]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The families in the order in which they are shown, each with its commands and their docs."""
    families: dict[str, list[tuple[str, str]]] = {"builtin": []}
    families["verbs"] = [(name, doc) for name, (doc, _) in ROW_VERBS.items()]
    families["functions"] = [(f.signature, f.doc) for f in FUNCTIONS.values()]
    for command in commands.values():
        families.setdefault(command.family, []).append((command.name, command.doc))
    yield from families.items()


def _command(command: Command, width: int) -> Iterator[str]:
    yield command.signature
    yield ""
    yield from _wrapped(command.doc, width)
    rows = [(_given(command, param), _about(param)) for param in parameters(command)]
    if rows:
        yield ""
        yield from _two_columns(rows, width)
    yield ""
    yield from _two_columns(_facts(command), width)
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
    if param.required or param.default is None or param.default is False:
        return words
    default = str(param.default).lower() if isinstance(param.default, bool) else param.default
    return f"{words}; {default} unless given"


def _facts(command: Command) -> list[tuple[str, str]]:
    """What it gives and does, how it is undone, and what is odd about it."""
    gives = "what it was given" if command.hands_on else named(command.result)
    facts = [("gives", "nothing" if command.result == NULL and not command.hands_on else gives)]
    facts.append(("effect", EFFECTS[command.effect]))
    if command.effect.changes and command.undo:
        facts.append(("undo", command.undo))
    elif command.effect.changes and command.why:
        facts.append(("undo", f"none: {command.why}"))
    if command.quirk:
        facts.append(("quirk", command.quirk))
    if command.newer:
        facts.append(("since", "not in the add-on of 2023"))
    return facts


def _function(function: Function, width: int) -> Iterator[str]:
    yield function.signature
    yield ""
    yield from _wrapped(function.doc, width)
    yield ""
    yield from _two_columns([(p.name, _about(p)) for p in function.params], width)
    yield ""
    yield from _two_columns([("gives", named(function.result))], width)
    yield ""
    yield "for example:"
    yield f"  {function.example}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ")


def _two_columns(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Words and what is said of each; a long word has a line to itself."""
    rows = list(rows)
    left = min(max((len(word) for word, _ in rows), default=0), width // 3)
    for word, text in rows:
        lines = textwrap.wrap(text, max(width - left - 4, 20)) or [""]
        if len(word) > left:
            yield f"  {word}"
            word = ""
        yield f"  {word:<{left}}  {lines[0]}".rstrip()
        yield from (f"  {'':<{left}}  {line}" for line in lines[1:])
