"""Whether a program changes something, as far as the names of its commands tell.

Nothing is checked: it is for what is listed or recorded, not for what is run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ankish.catalog.model import Command, Effect
from ankish.syntax import tree as t

CHANGING = frozenset({"set", "add", "upsert"})
"""The row verbs that change notes."""


def changes(node: Any, commands: Mapping[str, Command]) -> bool:
    """Whether something in a tree changes anything; a command that nobody knows may."""
    return effect_of(node, commands).changes


def effect_of(node: Any, commands: Mapping[str, Command]) -> Effect:
    """`Effect.WRITE` if something in a tree changes anything, else `Effect.READ`."""
    every = list(nodes(node))
    own = {each.name for each in every if isinstance(each, t.Macro)}  # their bodies are among them
    for each in every:
        if isinstance(each, t.Command):
            if each.name in own:
                continue
            known = commands.get(each.name)
            if known is None or known.effect.changes:
                return Effect.WRITE
        elif isinstance(each, t.RowVerb) and each.verb in CHANGING:
            return Effect.WRITE
    return Effect.READ


def nodes(node: Any) -> Iterator[Any]:
    """A node of a tree and all that are in it."""
    if isinstance(node, tuple):
        for each in node:
            yield from nodes(each)
    elif hasattr(node, "__match_args__") and type(node).__module__.startswith("ankish.syntax"):
        yield node
        for name in node.__match_args__:
            yield from nodes(getattr(node, name))
