"""What AnkiConnect lacks for notes: find and replace in fields, duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.lookup import database
from ankish.anki.engine.registry import ActionError, own_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.notes import NoteId


@own_action
def findAndReplaceInNotes(
    session: Session,
    notes: list[NoteId],
    search: str,
    replacement: str,
    field: str | None = None,
    regex: bool = False,
    matchCase: bool = True,
) -> int:
    """Replace text in one field of notes, or in all of them; how many notes have changed.

    With `regex`, `search` is a regular expression of Rust's kind, and `$1` or `${name}` in
    `replacement` a group. A note or field that does not exist is an error.
    """
    ids = _existing_notes(session, notes)
    if not search:
        raise ActionError("the text to search for is empty")
    if field is not None and ids and field not in session.col.field_names_for_note_ids(ids):
        raise ActionError(f"field was not found in these notes: {field}")
    if not ids:  # Anki takes no ids at all for all notes
        return 0
    return session.col.find_and_replace(
        note_ids=ids,
        search=search,
        replacement=replacement,
        regex=regex,
        field_name=field,
        match_case=matchCase,
    ).count


@own_action
def findDuplicateNotes(session: Session, field: str, query: str = "") -> list[dict[str, Any]]:
    """Notes that have the same text in a field, among those that a search finds.

    Each duplicate has its `value`, without HTML and media, and the ids of the `notes`. Empty
    fields don't count. Notes of all types that have the field are compared.
    """
    need_language()
    found = session.col.find_dupes(field, query)
    return [{"value": value, "notes": notes} for value, notes in found]


def need_language() -> None:
    """Set the language of Anki's library, without which it can't take the HTML out of a text."""
    from anki import lang

    if lang.current_i18n is None:
        lang.set_lang("en")


def _existing_notes(session: Session, notes: list[NoteId]) -> list[NoteId]:
    """Note ids, each once; `ActionError` in AnkiConnect's words if one does not exist."""
    from anki.notes_pb2 import NoteIds
    from anki.utils import ids2str

    ids = list(dict.fromkeys(NoteIds(note_ids=list(notes)).note_ids))
    known = set(database(session.col).list(f"select id from notes where id in {ids2str(ids)}"))
    for note in ids:
        if note not in known:
            raise ActionError(f"Note was not found: {note}")
    return ids
