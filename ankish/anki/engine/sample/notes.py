"""The notes of the sample collection, before anyone has studied them."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

from ankish.data import dataclass

FIELDS = {
    "Basic": ("Front", "Back"),
    "Basic (and reversed card)": ("Front", "Back"),
    "Cloze": ("Text", "Back Extra"),
    "Vocabulary": ("Word", "Meaning", "Example", "Audio"),
    "Sentence": ("Sentence", "Translation", "Sentence Audio"),
}
"""The fields of every note type that is used, in Anki's order."""

TWO_CARDS = frozenset({"Basic (and reversed card)", "Vocabulary"})

LESSONS = 12


@dataclass(frozen=True)
class Note:
    """A note as it will stand in the collection.

    `made` is the number of days ago it was added; `problem` names what is wrong with it
    on purpose, "" for most notes.
    """

    deck: str
    model: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    made: int
    problem: str = ""

    def ordinals(self) -> tuple[int, ...]:
        """The template numbers of the cards that Anki makes of this note."""
        if self.model == "Cloze":
            numbers = re.findall(r"\{\{c(\d+)::.*?\}\}", self.fields[0])
            return tuple(sorted({int(number) - 1 for number in numbers}))
        return (0, 1) if self.model in TWO_CARDS else (0,)


def read_content(
    name: str,
    deck: str,
    model: str,
    *,
    tags: tuple[str, ...] = (),
    lessons: bool = False,
    made: int,
) -> list[Note]:
    """Read `content/NAME.csv`: its columns are fields of `model`, and `tags`.

    `lessons` spreads the notes over `lesson::01` to `lesson::12`, in the order of the
    file. `made` is the age of the notes in days; a negative one, -N, means that N notes
    were added each day, the last ones today.
    """
    text = (files(__package__) / "content" / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    notes = []
    for index, row in enumerate(rows):
        lesson = f"lesson::{index * LESSONS // len(rows) + 1:02}"
        own = row.get("tags", "").split()
        notes.append(
            Note(
                deck,
                model,
                tuple(row.get(field, "") for field in FIELDS[model]),
                in_order([*own, *tags, *([lesson] if lessons else [])]),
                made if made >= 0 else (len(rows) - 1 - index) // -made,
            )
        )
    return notes


def in_order(tags: list[str]) -> tuple[str, ...]:
    """Tags in the order in which Anki keeps them in a note."""
    return tuple(sorted(tags, key=str.casefold))
