"""Syntax trees compared by what they say, not by where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ankish.diagnostics.model import Source, Span
from ankish.syntax import tree as t
from ankish.syntax.parser import parse


def saying(node: Any) -> Any:
    """A tree as nested tuples, less all places."""
    if isinstance(node, tuple):
        return tuple(saying(item) for item in node)
    names = getattr(type(node), "__match_args__", ())
    if not names:
        return node
    said = [saying(getattr(node, name)) for name in names if not of_place(name)]
    return (type(node).__name__, *said)


def of_place(name: str) -> bool:
    """Whether an attribute of a node tells its place."""
    return name.endswith("span") or name == "places"


def program(text: str) -> t.Program:
    """The tree of a text that must have no mistakes."""
    parsed = parse(Source("test.ank", text))
    assert not parsed.diagnostics, (parsed.diagnostics[0], text)
    return parsed.program


def told(text: str) -> Any:
    """What a program says, and its comments in order."""
    tree = program(text)
    return saying(tree.statements), [comment.text for comment in tree.comments]


def nodes(node: Any) -> Iterator[Any]:
    """A node and all nodes within it."""
    if isinstance(node, tuple):
        for item in node:
            yield from nodes(item)
    elif names := getattr(type(node), "__match_args__", ()):
        yield node
        for name in names:
            value = getattr(node, name)
            if not isinstance(value, Span):
                yield from nodes(value)
