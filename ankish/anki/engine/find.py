"""Searches, and what there is to know about notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.lookup import column, database
from ankish.anki.engine.registry import ActionError, plain_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.collection import Collection


@plain_action
def findNotes(session: Session, query: str | None = None) -> list[int]:
    """The ids of the notes that a search finds; none without a query, all with an empty one."""
    return [] if query is None else list(session.col.find_notes(query))


@plain_action
def findCards(session: Session, query: str | None = None) -> list[int]:
    """The ids of the cards that a search finds; none without a query, all with an empty one."""
    return [] if query is None else list(session.col.find_cards(query))


@plain_action
def notesInfo(
    session: Session, notes: list[int] | None = None, query: str | None = None
) -> list[dict[str, Any]]:
    """The notes by id, or those that `query` finds: fields, tags, cards; `{}` for an unknown id."""
    if query is not None:
        notes = findNotes(session, query)
    if notes is None:
        raise ActionError('Must provide either "notes" or a "query"')
    ids = _note_ids(notes)
    rows = _rows(session.col, "id, mid, mod, tags, flds", ids)
    cards = _cards_by_note(session.col, ids)
    types = {model: _note_type(session.col, model) for model in {row[1] for row in rows.values()}}
    return [
        _info(session, rows[note], types[rows[note][1]], cards) if note in rows else {}
        for note in ids
    ]


@plain_action
def notesModTime(session: Session, notes: list[int]) -> list[dict[str, int]]:
    """When each note was last changed, in seconds since 1970; `{}` for an unknown id."""
    ids = _note_ids(notes)
    times = column(session.col, "mod", ids, "notes")
    return [{"noteId": note, "mod": times[note]} if note in times else {} for note in ids]


def _info(
    session: Session,
    row: Sequence[Any],
    note_type: tuple[str, list[str]],
    cards: dict[int, list[int]],
) -> dict[str, Any]:
    note, _, mod, tags, fields = row
    values = fields.split("\x1f")
    name, field_names = note_type
    return {
        "noteId": note,
        "profile": session.profile or "",
        "tags": session.col.tags.split(tags),
        "fields": {
            field: {"value": values[order], "order": order}
            for order, field in enumerate(field_names)
        },
        "modelName": name,
        "mod": mod,
        # A note without cards fails the whole, with its id as the error: as AnkiConnect does.
        "cards": cards[note],
    }


def _note_type(col: Collection, model_id: Any) -> tuple[str, list[str]]:
    """A note type's name and the names of its fields."""
    model = col.models.get(model_id)
    assert model is not None
    return model["name"], [field["name"] for field in model["flds"]]


def _note_ids(notes: Iterable[object]) -> list[int]:
    """Note ids as Anki's library takes them; its own `TypeError` for anything else.

    A boolean is refused by its database (recorded exchange 354); null reads as 0, which
    is no note.
    """
    from anki.notes_pb2 import NoteIds

    given = [0 if note is None else note for note in notes]
    if bool in set(map(type, given)):
        raise ActionError(
            'JsonError { info: "data did not match any variant of untagged enum SqlValue" }'
        )
    return list(NoteIds(note_ids=given).note_ids)  # type: ignore[arg-type]


def _rows(col: Collection, columns: str, ids: list[int]) -> dict[int, Sequence[Any]]:
    """Columns of those notes that exist, by note id, which is the first column."""
    from anki.utils import ids2str

    query = f"select {columns} from notes where id in {ids2str(ids)}"
    return {row[0]: row for row in database(col).all(query)}


def _cards_by_note(col: Collection, ids: list[int]) -> dict[int, list[int]]:
    """The cards of each note that has any, in the order of the templates."""
    from anki.utils import ids2str

    query = f"select nid, id from cards where nid in {ids2str(ids)} order by ord"
    found = defaultdict(list)
    for note, card in database(col).all(query):
        found[note].append(card)
    return dict(found)
