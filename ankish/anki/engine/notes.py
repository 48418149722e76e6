"""Adding, changing and deleting notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.attachments import attach
from ankish.anki.engine.change import one_change
from ankish.anki.engine.drafts import Names, draft, set_fields, skip_positions
from ankish.anki.engine.duplicates import Batch, Draft
from ankish.anki.engine.lookup import database
from ankish.anki.engine.modellookup import CLOZE, Model
from ankish.anki.engine.notelookup import get_note
from ankish.anki.engine.registry import ActionError, action, plain_action
from ankish.anki.engine.session import NotAllowed, Session
from ankish.anki.engine.tags import tag_list

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.notes import Note


@action
def addNote(session: Session, note: dict[str, Any]) -> int:
    """Add a note; its id."""
    made = draft(session, Names(session.col), note)
    session.col.add_note(made.note, made.deck)
    return made.note.id


@plain_action
def addNotes(session: Session, notes: list[dict[str, Any]]) -> list[int]:
    """Add notes, all or none; their ids.

    When any can't be added the error is the list of the reasons, written as in Python.
    """
    from anki.collection import AddNoteRequest

    names = Names(session.col)
    drafts: list[Draft] = []
    batch: Batch = {}
    errors: list[str] = []
    for note in notes:
        try:
            made = draft(session, names, note, batch)
            batch.setdefault(made.text, []).append(made)
            drafts.append(made)
        except NotAllowed:
            raise
        except Exception as error:
            errors.append(str(error))
    if errors:
        skip_positions(session, len(drafts))
        raise ActionError(str(errors))
    session.col.add_notes([AddNoteRequest(made.note, made.deck) for made in drafts])
    return [made.note.id for made in drafts]


@action
def canAddNote(session: Session, note: dict[str, Any]) -> bool:
    """Whether `addNote` would add the note; its files are stored."""
    return canAddNotes(session, [note])[0]


@plain_action
def canAddNotes(session: Session, notes: list[dict[str, Any]]) -> list[bool]:
    """Whether `addNote` would add each note, were it the only one."""
    return [answer["canAdd"] for answer in canAddNotesWithErrorDetail(session, notes)]


@action
def canAddNoteWithErrorDetail(session: Session, note: dict[str, Any]) -> dict[str, Any]:
    """`canAdd`: whether `addNote` would add the note; and `error`: if not, why."""
    return canAddNotesWithErrorDetail(session, [note])[0]


@plain_action
def canAddNotesWithErrorDetail(
    session: Session, notes: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """`canAddNoteWithErrorDetail` of each note, were it the only one."""
    names = Names(session.col)
    return [_can_add(session, names, note) for note in notes]


@action
def updateNoteFields(session: Session, note: dict[str, Any]) -> None:
    """Set the fields given and append the files given; other fields stay."""
    found = get_note(session.col, note["id"])
    _change_fields(session, found, note)
    session.col.update_note(found, skip_undo_entry=True)


@action
def updateNote(session: Session, note: dict[str, Any]) -> None:
    """Set the fields, the tags, or both, in one step: all of it or nothing."""
    given = note.keys() & {"fields", "tags"}
    if not given:
        raise ActionError('Must provide a "fields" or "tags" property.')
    if "tags" in given:
        tags = tag_list(note["tags"])
    found = get_note(session.col, note["id"])
    if "tags" in given:
        found.tags = tags
    if "fields" in given:
        _change_fields(session, found, note)
    session.col.update_note(found, skip_undo_entry="tags" not in given)


@action
def updateNoteModel(session: Session, note: dict[str, Any]) -> None:
    """Give a note another note type with these fields and tags, and none of the old ones.

    A card stays if the new type has a template of the same number. AnkiConnect leaves the
    other cards behind, without a template; Anki's own check deletes such cards.
    """
    changes = _model_change(note)
    found = get_note(session.col, changes["id"])
    model = session.col.models.by_name(changes["modelName"])
    if model is None:
        raise ActionError(f"Model '{changes['modelName']}' not found")
    changed = session.col.new_note(model)
    set_fields(changed, changes["fields"])
    changed.id, changed.guid = found.id, found.guid
    changed.tags = changes.get("tags") or []
    stray = _cards_without_template(session, changed.id, model)
    with one_change(session, steps=2 if stray else 1):
        session.col.update_note(changed, skip_undo_entry=True)
        if stray:
            session.col.remove_cards_and_orphaned_notes(stray)


@action
def deleteNotes(session: Session, notes: list[int]) -> None:
    """Delete notes and their cards; unknown ids are passed over."""
    session.col.remove_notes(list(notes))  # type: ignore[arg-type]


def _can_add(session: Session, names: Names, note: dict[str, Any]) -> dict[str, Any]:
    try:
        draft(session, names, note)
    except NotAllowed:
        raise
    except Exception as error:
        return {"canAdd": False, "error": str(error)}
    return {"canAdd": True}


def _change_fields(session: Session, found: Note, note: dict[str, Any]) -> None:
    """Set fields by their exact names; others are passed over (recorded exchange 363)."""
    for name, value in note["fields"].items():
        if name in found:
            found[name] = value
    attach(session, found, note)


def _model_change(note: dict[str, Any]) -> dict[str, Any]:
    if not note.get("id"):
        raise ActionError("Note ID is required")
    if not note.get("modelName"):
        raise ActionError("Model name is required")
    if not isinstance(note.get("fields"), dict):
        raise ActionError("Fields must be provided as a dictionary")
    return note


def _cards_without_template(session: Session, note: int, model: Model) -> list[CardId]:
    """The cards of a note that would have no template if it were of that type."""
    if model["type"] == CLOZE:
        return []  # a cloze type has one template for every number
    sql = "select id from cards where nid = ? and ord >= ?"
    return database(session.col).list(sql, note, len(model["tmpls"]))
