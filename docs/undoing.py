"""The table of what takes each action back, from the declarations of the catalog."""

from __future__ import annotations

from collections.abc import Iterator

from marks import paragraphs, prose, table

from ankish.catalog.actions import ACTIONS
from ankish.catalog.actions.table import NOTHING_TO_UNDO
from ankish.catalog.model import Command, Side

NAME = "undo.md"

INTRODUCTION = """\
# What can be taken back

`undo` takes back what ankish has changed. Here is what it does for each action, and what is
otherwise afterwards. This file is written by `python docs/generate.py` from what ankish itself
goes by. A test carries each action out with random parameters on a collection, takes it back, and
compares all notes, cards, reviews, decks, presets, note types, tags and media files with what they
were.

"Exact" means that they are the same to the last column. Never put back are times of change, since
a sync has to learn of it, and what Anki notes for itself: the deck and note type used last, and the
number that the next new card gets.

Through AnkiConnect something more holds for every note that is written: Anki makes accents one
letter with what they stand on, spells tags as its list of tags does, and makes cards that the note
lacks. The embedded engine puts that back as well.

The engine behind a URL (`ankish serve`) takes back as the embedded one does. What it has done is
not taken back through AnkiConnect, which has no action for that; the other way round it is.

Nothing is taken back that somebody else has changed since: it stays, and `undo` says so. So it does
of cards that a change has made and that stay behind, blank.

`redo` does again what `undo` took back, by taking that back. Notes, fields and templates that are
made again have other global ids. Through AnkiConnect what had to be put into the review log stays
there, and so do note types that were made again, which is told; unused tags are cleared and presets
cloned by the same call once more, as long as what they are about is as it was left.
"""


def undoing() -> str:
    """The whole text."""
    families = dict.fromkeys(c.family for c in ACTIONS.values() if c.effect.changes)
    parts = [INTRODUCTION.strip()]
    for family in families:
        rows = [row for command in ACTIONS.values() for row in _row(command, family)]
        if rows:
            parts += [f"## {family.capitalize()}", table(HEADER, rows)]
    window = ", ".join(f"`{c.name}`" for c in ACTIONS.values() if c.undo == NOTHING_TO_UNDO)
    parts += ["## Nothing to take back", f"These change no data: {window}."]
    return paragraphs(parts) + "\n"


HEADER = ("action", "through AnkiConnect: taken back by", "then", "embedded engine")


def _row(command: Command, family: str) -> Iterator[tuple[str, str, str, str]]:
    if command.family != family or not command.effect.changes or command.undo == NOTHING_TO_UNDO:
        return
    anki, engine = command.back(embedded=False), command.back(embedded=True)
    if command.side is Side.ENGINE:
        how, then = "no such action", ""
    else:
        how = f"nothing: {prose(anki.why)}" if anki.why else prose(anki.how or "")
        then = "" if anki.why else prose(anki.differs or "exact")
    embedded = f"nothing: {prose(engine.why)}" if engine.why else prose(engine.differs or "exact")
    yield f"`{command.name}`", how, then, embedded
