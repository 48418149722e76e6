"""What bare words of a search that has found nothing may have meant: `find leeches in spanish`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ankish.analysis.world import World
from ankish.diagnostics.model import Source
from ankish.syntax import tree as t
from ankish.syntax.parser import parse

SEARCHES = frozenset({"find", "cards", "notes", "findCards", "findNotes"})
WORD = re.compile(r"\w[\w-]*")
PLAIN = re.compile(r"[\w: -]+")
"""A name that can stand in a search as it is, at most in quotes."""
ENDS = ("", "s", "es")
"""What a word may have more than a name: `leeches` are cards with the tag leech."""


def meant(line: str, world: World) -> str:
    """The search for the tags and decks that have the words of a line's search as their names, as
    it would begin the line; empty if none has, or the search has more than words. `line` has no
    mistakes.
    """
    command, words = words_of(line)
    found = [*_named("tag", world.tags(), words), *_named("deck", world.decks(), words)]
    return " ".join([command, *found]) if found else ""


def words_of(line: str) -> tuple[str, list[str]]:
    """The command that a line begins with, and its words, if it is a search of nothing else."""
    statements = parse(Source("line", line)).program.statements
    first = statements[0] if len(statements) == 1 else None
    stage = first.stages[0] if isinstance(first, t.Pipeline) else None
    if not isinstance(stage, t.Command) or stage.name not in SEARCHES:
        return "", []
    texts = [
        value.text if isinstance(value, t.Word) else getattr(value, "plain", None) or "?"
        for value in (argument.value for argument in stage.arguments)
    ]
    words = " ".join(texts).casefold().split()
    plain = all(WORD.fullmatch(word) for word in words) and "or" not in words
    return stage.name, words if plain else []


def _named(key: str, names: Iterable[str] | None, words: list[str]) -> list[str]:
    """The terms for the names that words are, or end in."""
    found: dict[str, str] = {}
    for name in names or ():
        last = name.casefold().rpartition("::")[2]
        if last and any(word == last + end for word in words for end in ENDS):
            found.setdefault(last, name)
    return [_term(key, name) for name in found.values() if PLAIN.fullmatch(name)]


def _term(key: str, name: str) -> str:
    return f'{key}:"{name}"' if " " in name else f"{key}:{name}"
