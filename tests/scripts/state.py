"""What a script has done: the collection before and after it, as a user would tell them apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.inverse.snapshot import Snapshot

SUSPENDED = -1
BURIED = (-2, -3)
NEW = 0
SEPARATOR = "\x1f"
"""What stands between the fields of a note, and between the parts of a deck's name."""

SHOWN = "type queue due ivl factor reps lapses left".split()
"""The columns of a card that its schedule is made of."""


@dataclass(frozen=True)
class NoteState:
    """A note: fields by name, tags, the name of its type."""

    fields: dict[str, str]
    tags: tuple[str, ...]
    model: str


@dataclass(frozen=True)
class CardState:
    """A card: its note, its template's number from 0, its deck's name, its schedule by column."""

    note: int
    ord: int
    deck: str
    schedule: tuple[tuple[str, int], ...]

    def __getitem__(self, column: str) -> int:
        return dict(self.schedule)[column]

    @property
    def suspended(self) -> bool:
        """Whether it is suspended."""
        return self["queue"] == SUSPENDED

    @property
    def new(self) -> bool:
        """Whether it was never learned, or was forgotten."""
        return self["type"] == NEW

    def within(self, deck: str) -> bool:
        """Whether it is in a deck or one below it."""
        return f"{self.deck}::".startswith(f"{deck}::")


@dataclass(frozen=True)
class State:
    """A collection at one moment."""

    rows: Snapshot

    @cached_property
    def decks(self) -> dict[int, str]:
        """The decks' names by id."""
        return {
            key: row["name"].replace(SEPARATOR, "::") for (key,), row in self.rows["decks"].items()
        }

    @cached_property
    def models(self) -> dict[int, str]:
        """The note types' names by id."""
        return {key: row["name"] for (key,), row in self.rows["notetypes"].items()}

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """The names of each note type's fields, in order."""
        found: dict[str, list[str]] = {}
        for (model, _), row in sorted(self.rows["fields"].items()):
            found.setdefault(self.models[model], []).append(row["name"])
        return found

    @cached_property
    def tags(self) -> set[str]:
        """The tags that the collection knows."""
        return {tag for (tag,) in self.rows["tags"]}

    @cached_property
    def notes(self) -> dict[int, NoteState]:
        """The notes by id."""
        return {key: self._note(row) for (key,), row in self.rows["notes"].items()}

    @cached_property
    def cards(self) -> dict[int, CardState]:
        """The cards by id."""
        return {
            key: CardState(
                row["nid"], row["ord"], self.decks[row["did"]], tuple((c, row[c]) for c in SHOWN)
            )
            for (key,), row in self.rows["cards"].items()
        }

    def _note(self, row: dict[str, Any]) -> NoteState:
        model = self.models[row["mid"]]
        values = row["flds"].split(SEPARATOR)
        fields = dict(zip(self.fields[model], values, strict=True))
        return NoteState(fields, tuple(row["tags"].split()), model)

    def cards_of(self, wanted: Callable[[CardState, NoteState], bool]) -> set[int]:
        """The cards of which something holds."""
        return {key for key, card in self.cards.items() if wanted(card, self.notes[card.note])}

    def notes_of(self, cards: Iterable[int]) -> set[int]:
        """The notes of cards."""
        return {self.cards[card].note for card in cards}

    def visible(self) -> Any:
        """What AnkiConnect can bring back: notes, cards, decks, note types, files. Fields in
        Unicode's form NFC and tags whatever their case, which is how Anki writes them.
        """
        return {
            "notes": {
                key: (
                    {name: unicodedata.normalize("NFC", text) for name, text in n.fields.items()},
                    sorted(unicodedata.normalize("NFC", tag).casefold() for tag in n.tags),
                    n.model,
                )
                for key, n in self.notes.items()
            },
            "cards": self.cards,
            "decks": set(self.decks.values()),
            "fields": self.fields,
            "media": self.rows["media"],
        }


@dataclass(frozen=True)
class Done:
    """A script that was run: both states, what it showed, and the folder it ran in."""

    before: State
    after: State
    shown: list[Any]
    folder: Path

    def changed_cards(self) -> set[int]:
        """The cards that are not as they were."""
        return _changed(self.before.cards, self.after.cards)

    def changed_notes(self) -> set[int]:
        """The notes that are not as they were."""
        return _changed(self.before.notes, self.after.notes)

    def only_cards(self, wanted: set[int]) -> None:
        """Assert that these cards have changed, at least one, and nothing else."""
        assert wanted, "nothing to do: the case proves nothing"
        assert self.changed_cards() == wanted
        assert self.changed_notes() == set()

    def only_notes(self, wanted: set[int]) -> None:
        """Assert that these notes have changed, at least one, and nothing else."""
        assert wanted, "nothing to do: the case proves nothing"
        assert self.changed_notes() == wanted
        assert self.changed_cards() == set()

    def nothing(self) -> None:
        """Assert that nothing has changed."""
        assert self.before.rows == self.after.rows


def _changed(before: dict[int, Any], after: dict[int, Any]) -> set[int]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
