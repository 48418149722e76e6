"""The names of decks and note types that were there when they were last asked for, and how fast
Anki was.

They hardly ever change, and to know them beforehand saves a request of 25 ms, or two. What is
inside note types can only be asked for by their names: it is asked for with them, for those of last
time. And what a program asks first goes with the question for names, where by those of last time it
has no mistake. What counts is what the answer says: where that has other names, they are asked for
again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from ankish.settings import cache_dir, file_name, keep

MOST = 2_000
"""How many decks are remembered at the most: reading more takes longer than it saves."""

MUCH = 1.3
"""What factor makes it worth while to write down that Anki is faster or slower than it was."""

Inside: TypeAlias = "Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]"
"""The fields and the card templates of note types."""


class Remembered:
    """The names for one place: a URL.

    * **file** - where they are kept; only the user can read it.
    * **decks**, **models** - the names of last time; None if they were not asked for, are too
      many, or can't be read.
    * **paces** - how fast Anki was, by action: a factor on what is usual.
    """

    def __init__(self, place: str) -> None:
        self.file = cache_dir() / f"names-{file_name(place)}.json"
        self.decks: Sequence[str] | None = None
        self.models: Inside | None = None
        self.paces: Mapping[str, float] = {}
        with suppress(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            kept = json.loads(self.file.read_bytes())
            self.decks, self.models = _decks(kept["decks"]), _models(kept["models"])
            self.paces = {str(action): float(pace) for action, pace in kept["paces"].items()}

    def keep(self, decks: Sequence[str] | None, models: Inside | None) -> None:
        """Keep names for the next time; None for those that were not asked for. It is no harm if
        that can't be done.
        """
        new = (
            self.decks if decks is None else None if len(decks) > MOST else decks,
            self.models if models is None else models,
        )
        if new == (self.decks, self.models):
            return
        self.decks, self.models = new
        self._write()

    def keep_paces(self, paces: Mapping[str, float]) -> None:
        """Keep how fast Anki is, where that is much otherwise than it was."""
        other = {
            action: pace
            for action, pace in paces.items()
            if not 1 / MUCH < pace / (self.paces.get(action) or 0.001) < MUCH
        }
        if other:
            self.paces = {**self.paces, **other}
            self._write()

    def _write(self) -> None:
        kept = {"decks": self.decks, "models": self.models, "paces": self.paces}
        keep(self.file, json.dumps(kept).encode())


def _decks(kept: Any) -> tuple[str, ...] | None:
    return None if kept is None else tuple(_text(name) for name in kept)


def _models(kept: Any) -> Inside | None:
    if kept is None:
        return None
    return {
        name: (tuple(map(_text, fields)), tuple(map(_text, templates)))
        for name, (fields, templates) in kept.items()
    }


def _text(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError("no name")
    return name
