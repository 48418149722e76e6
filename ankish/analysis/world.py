"""What analysis may know about the collection, whoever provides it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Count(Protocol):
    """How many cards a deck has, and how many of them are due."""

    @property
    def cards(self) -> int: ...

    @property
    def due(self) -> int: ...


class World(Protocol):
    """Names that exist in the collection. What is not known is None: then nothing is checked."""

    def decks(self) -> tuple[str, ...] | None:
        """Full names of all decks."""

    def models(self) -> tuple[str, ...] | None:
        """Names of all note types."""

    def fields(self, model: str) -> tuple[str, ...] | None:
        """The fields of a note type."""

    def all_fields(self) -> tuple[str, ...] | None:
        """The fields of all note types, each name once."""

    def known_fields(self) -> tuple[str, ...] | None:
        """The same, if that is known without asking."""

    def templates(self, model: str) -> tuple[str, ...] | None:
        """The card templates of a note type."""

    def tags(self) -> tuple[str, ...] | None:
        """All tags."""

    def profiles(self) -> tuple[str, ...] | None:
        """All profiles."""

    def media(self) -> tuple[str, ...] | None:
        """Names of all files in the media folder."""

    def deck_counts(self) -> Mapping[str, Count] | None:
        """How many cards each deck has, and how many of them are due, by name."""

    def actions(self) -> frozenset[str] | None:
        """The actions that the other side answers."""


class Unknown:
    """No collection at hand. Remembers what it was asked for, so that it can be fetched at once."""

    def __init__(self) -> None:
        self.wanted: set[str] = set()

    def decks(self) -> None:
        """Not known."""
        self.wanted.add("decks")

    def models(self) -> None:
        """Not known."""
        self.wanted.add("models")

    def fields(self, model: str) -> None:
        """Not known."""
        self.wanted.add("details")

    def all_fields(self) -> None:
        """Not known."""
        self.wanted.add("details")

    def known_fields(self) -> None:
        """Not known, and not worth a question."""

    def templates(self, model: str) -> None:
        """Not known."""
        self.wanted.add("details")

    def tags(self) -> None:
        """Not known."""
        self.wanted.add("tags")

    def profiles(self) -> None:
        """Not known."""
        self.wanted.add("profiles")

    def media(self) -> None:
        """Not known."""
        self.wanted.add("media")

    def deck_counts(self) -> None:
        """Not known, and never needed."""

    def actions(self) -> None:
        """Not known."""
        self.wanted.add("actions")
