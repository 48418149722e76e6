"""Notes by id, with AnkiConnect's error for one that doesn't exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.registry import ActionError

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.notes import Note


def get_note(col: Collection, note: Any) -> Note:
    """The note; `ActionError` if there is none, Anki's own error if `note` is no number."""
    from anki.errors import NotFoundError

    try:
        return col.get_note(note)
    except NotFoundError:
        raise ActionError(f"Note was not found: {note}") from None


def existing_notes(col: Collection, notes: Iterable[Any]) -> list[Note]:
    """Those of the notes that exist."""
    from anki.errors import NotFoundError

    found = []
    for note in notes:
        try:
            found.append(col.get_note(note))
        except NotFoundError:
            continue
    return found
