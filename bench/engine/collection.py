"""A large collection, made by Anki's library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anki.collection import Collection

BATCH = 5000
DECKS = 20
REVIEWS = 4
"""Log lines of each card that has been reviewed: two of three."""
DAY = 24 * 60 * 60 * 1000
SMALL = 1000
"""Notes of the type whose fields and templates are changed."""


def make(folder: Path, size: int) -> Path:
    """Make a collection of `size` notes and their reviews; its path."""
    from anki.collection import Collection
    from anki.lang import set_lang

    set_lang("en")  # without a language the library can't look for duplicates
    path = folder / "collection.anki2"
    col = Collection(str(path))
    try:
        decks = [col.decks.id(f"Deck {n // 5}::Part {n}") for n in range(DECKS)]
        for first in range(0, size, BATCH):
            _add(col, range(first, min(first + BATCH, size)), decks)
        _add_small(col)
        _review(col)
        for number in range(100):
            col.media.write_data(f"file-{number}.txt", b"contents " * 100)
        col.fix_integrity()  # as a user does now and then; it has SQLite look at its tables
    finally:
        col.close()
    return path


def _add(col: Collection, numbers: range, decks: Sequence[object]) -> None:
    from anki.collection import AddNoteRequest

    types = [col.models.by_name("Basic"), col.models.by_name("Basic (and reversed card)")]
    requests = []
    for number in numbers:
        note = col.new_note(types[number % 4 == 0])  # type: ignore[arg-type]
        note.fields = [
            f"front {number} lorem ipsum",
            f"back {number} <b>dolor</b> sit amet, consectetur adipiscing elit",
        ]
        note.tags = [f"t{number % 50}", "all"]
        requests.append(AddNoteRequest(note, decks[number % len(decks)]))  # type: ignore[arg-type]
    col.add_notes(requests)


def _add_small(col: Collection) -> None:
    """Notes of a type of their own, in a deck of their own."""
    from anki.collection import AddNoteRequest

    small = col.models.copy(col.models.by_name("Basic"), add=False)  # type: ignore[arg-type]
    small["name"] = "Small"
    col.models.add_template(small, {**col.models.new_template("Other"), "qfmt": "{{Back}}"})
    col.models.add(small)
    kind = col.models.by_name("Small")
    deck = col.decks.id("Small")
    requests = []
    for number in range(SMALL):
        note = col.new_note(kind)  # type: ignore[arg-type]
        note.fields = [f"small {number}", f"little {number}"]
        requests.append(AddNoteRequest(note, deck))  # type: ignore[arg-type]
    col.add_notes(requests)


def _review(col: Collection) -> None:
    """Make two of three cards review cards with some log lines each, as years of use would."""
    assert col.db is not None
    db = col.db
    begin = (col.sched.day_cutoff * 1000) - 200 * DAY
    cards = db.list("select id from cards order by id")
    reviewed = [card for number, card in enumerate(cards) if number % 3]
    rows = [
        (begin + (number * REVIEWS + turn) * 7, card, -1, 3, ivl, last, 2500, 4000, 1)
        for number, card in enumerate(reviewed)
        for turn, (ivl, last) in enumerate([(1, 0), (4, 1), (10, 4), (25, 10)])
    ]

    def insert() -> None:
        db.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", rows)
        db.execute(
            "update cards set type = 2, queue = 2, ivl = 25, factor = 2500, reps = 4,"
            " due = 10 + id % 60 where id in (select cid from revlog)"
        )

    db.transact(insert)
