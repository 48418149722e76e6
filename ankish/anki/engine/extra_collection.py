"""What AnkiConnect lacks for the collection as a whole: backup, checks, empty cards."""

from __future__ import annotations

import time
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.registry import ActionError, own_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.collection import EmptyCardsReport

BACKUP_NAME = "backup-%Y-%m-%d-%H.%M.%S.colpkg"
"""Anki's own, so that it thins these out with its backups."""


@own_action
def createBackup(session: Session, path: str | None = None, includeMedia: bool = False) -> str:
    """Write the whole collection to a .colpkg file, which must not exist yet; its path.

    Without a path it goes to the profile's folder `backups`. What could be undone before
    can't be undone afterwards.
    """
    target = _backup_path(session, path)
    try:
        session.col.export_collection_package(str(target), includeMedia, legacy=False)
    finally:
        session.reopen()  # Anki's library closes the collection for it, also when it fails
    return str(target)


@own_action
def checkDatabase(session: Session) -> list[str]:
    """Check the collection and mend what is wrong; what that was, in the user's language."""
    problems = session.col._backend.check_database()
    session.reopen()  # decks and note types may have been mended
    return list(problems)


@own_action
def checkMedia(session: Session) -> dict[str, Any]:
    """Compare the media folder with the notes.

    `unused` - files that no note uses; `missing` - files that notes use and that are not
    there; `missingIn` - the ids of these notes.

    Anki's check changes what can't stay: a file whose name would not do on other systems is
    renamed, also in the notes, and a picture written into a field (`data:`) becomes a file.
    """
    found = session.col.media.check()
    if any((session.media_dir / name).exists() for name in found.missing):
        # Anki counts the pictures that it has just made files of as missing.
        found = session.col.media.check()
    return {
        "unused": list(found.unused),
        "missing": list(found.missing),
        "missingIn": list(found.missing_media_notes),
    }


@own_action
def getEmptyCards(session: Session) -> list[dict[str, Any]]:
    """The notes that have cards with nothing on the front.

    `note` - the note's id; `cards` - its empty cards; `allEmpty` - whether it has no other.
    """
    return [
        {"note": note.note_id, "cards": list(note.card_ids), "allEmpty": note.will_delete_note}
        for note in _empty_cards(session).notes
    ]


@own_action
def deleteEmptyCards(session: Session, keepNotes: bool = True) -> int:
    """Delete cards with nothing on the front; how many.

    With `keepNotes` a note that has only such cards keeps the first.
    """
    doomed = [
        card
        for note in _empty_cards(session).notes
        for card in note.card_ids[1 if keepNotes and note.will_delete_note else 0 :]
    ]
    return session.col.remove_cards_and_orphaned_notes(doomed).count


def _backup_path(session: Session, path: str | None) -> Path:
    if path is None:
        folder = session.path.parent / "backups"
        folder.mkdir(exist_ok=True)
        first = folder / time.strftime(BACKUP_NAME)
        more = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
        return next(target for target in chain([first], more) if not target.exists())
    session.need_files()
    target = Path(path).absolute()
    if target.exists():
        raise ActionError(f"the file exists already: {target}")
    if not target.parent.is_dir():
        raise ActionError(f"there is no folder {target.parent}")
    return target


def _empty_cards(session: Session) -> EmptyCardsReport:
    return session.col.get_empty_cards()
