"""From a note object in a request to a note that is ready to be added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.attachments import attach
from ankish.anki.engine.duplicates import Batch, Draft, comparable, is_duplicate, read_options
from ankish.anki.engine.modellookup import Model, read_model
from ankish.anki.engine.registry import ActionError
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.decks import DeckId
    from anki.notes import Note


class Names:
    """Decks and note types by name, each looked up once for all the notes of a request."""

    def __init__(self, col: Collection) -> None:
        self._col = col
        self._models: dict[str, Model] = {}
        self._decks: dict[str, DeckId] = {}

    def model(self, name: Any) -> Model:
        """See `read_model`."""
        if not isinstance(name, str) or name not in self._models:
            self._models[name] = read_model(self._col, name)  # which refuses what is no text
        return self._models[name]

    def deck(self, name: Any) -> DeckId:
        """The id of the deck of that name, whatever its case; `ActionError` if there is none."""
        if not isinstance(name, str) or name not in self._decks:
            found = self._col.decks.id_for_name(name)
            if found is None:
                raise ActionError(f"deck was not found: {name}")
            self._decks[name] = found
        return self._decks[name]


def draft(session: Session, names: Names, request: Any, before: Batch | None = None) -> Draft:
    """The note of a request's note object, checked; its files are stored.

    `before` are drafts that will be added first: a note may be a duplicate of one of them.
    Raises `ActionError` when the note can't be added.
    """
    made = _made(session, names, request)
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


def _made(session: Session, names: Names, request: Any) -> Draft:
    col = session.col
    model = names.model(request["modelName"])
    deck = names.deck(request["deckName"])
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
