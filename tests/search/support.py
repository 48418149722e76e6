"""Searches for tests: written with `${}` where a value is bound."""

from __future__ import annotations

from dataclasses import dataclass

from ankish.diagnostics.model import Diagnostic, Severity, Span
from ankish.syntax.search import Hole, Piece, Search, check_search, parse_search, render


def written(text: str) -> list[Piece | Hole]:
    """The parts of a search; the values of its `${}` are numbered from 0."""
    parts: list[Piece | Hole] = []
    at = 0
    for number, piece in enumerate(text.split("${}")):
        if number:
            parts.append(Hole(number - 1, Span(at - 3, at)))
        parts.append(Piece(piece, at))
        at += len(piece) + 3
    return parts


def parsed(text: str) -> Search:
    """The tree of a search that has no mistakes."""
    tree, problems = parse_search(written(text))
    assert tree is not None, text
    assert not problems, problems
    return tree


def bound(text: str, *values: object) -> str:
    """A search with its values bound."""
    return render(parsed(text), values)


@dataclass
class Names:
    """A world in which these names are known."""

    deck_names: tuple[str, ...] | None = None
    model_names: tuple[str, ...] | None = None
    field_names: tuple[str, ...] | None = None
    tag_names: tuple[str, ...] | None = None

    def decks(self) -> tuple[str, ...] | None:
        return self.deck_names

    def models(self) -> tuple[str, ...] | None:
        return self.model_names

    def all_fields(self) -> tuple[str, ...] | None:
        return self.field_names

    def tags(self) -> tuple[str, ...] | None:
        return self.tag_names


def problems(text: str, world: Names | None = None) -> list[Diagnostic]:
    """All that is said of a search."""
    tree, found = parse_search(written(text))
    return found + (check_search(tree, world) if tree is not None else [])


def errors(text: str) -> list[str]:
    """The codes of its errors."""
    return [each.code for each in problems(text) if each.severity is Severity.ERROR]
