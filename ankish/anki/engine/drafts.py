"""From a note object in a request to a note that is ready to be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.attachments import attach
from ankish.anki.engine.duplicates import Batch, Draft, comparable, is_duplicate, read_options
from ankish.anki.engine.modellookup import read_model
from ankish.anki.engine.registry import ActionError
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.notes import Note


def draft(session: Session, request: Any, before: Batch | None = None) -> Draft:
    """The note of a request's note object, checked; its files are stored.

    `before` are drafts that will be added first: a note may be a duplicate of one of them.
    Raises `ActionError` when the note can't be added.
    """
    made = _made(session, request)
    if not made.options.allow and is_duplicate(session.col, made, before or {}):
        raise ActionError("cannot create note because it is a duplicate")
    return made


def set_fields(note: Note, fields: dict[str, Any]) -> None:
    """Fill a note's fields by name, whatever the case; unknown names are passed over."""
    names = {name.lower(): name for name in reversed(note.keys())}
    for given, value in fields.items():
        if given.lower() in names:
            note[names[given.lower()]] = value


def skip_positions(session: Session, count: int) -> None:
    """Leave out so many positions among the new cards.

    AnkiConnect adds the good notes of a batch and takes them away again if another fails;
    the positions they had are not given out anew (recorded exchange 646).
    """
    position: int = session.col.get_config("nextPos", 1)
    if count:
        session.col.set_config("nextPos", position + count, undoable=True)


def _made(session: Session, request: Any) -> Draft:
    col = session.col
    model = read_model(col, request["modelName"])
    deck = col.decks.id_for_name(request["deckName"])
    if deck is None:
        raise ActionError(f"deck was not found: {request['deckName']}")
    note = col.new_note(model)
    set_fields(note, request["fields"])
    note.tags = request.get("tags")
    options = read_options(col, request)
    attach(session, note, request)
    repeated = _check(note)
    return Draft(note, deck, options, comparable(col, note.fields[0]), repeated)


def _check(note: Note) -> bool:
    """Refuse a note that Anki's library finds unfit; whether it finds it to be a duplicate."""
    from anki.notes import NoteFieldsCheckResult as Check

    state = note.fields_check()
    if state == Check.EMPTY:
        raise ActionError("cannot create note because it is empty")
    if state not in (Check.NORMAL, Check.DUPLICATE):
        raise ActionError("cannot create note for unknown reason")
    return state == Check.DUPLICATE
