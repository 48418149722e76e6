"""Write the sample as a collection, with Anki's own library.

The library adds decks, note types and notes and makes the cards. What it would take
from the clock, and the scheduling, is set afterwards.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from anki.collection import AddNoteRequest, Collection
from anki.config import Config
from anki.decks import DeckId
from anki.media import media_paths_from_col_path

from ankish.anki.engine.sample.calendar import Calendar
from ankish.anki.engine.sample.decks import add_decks
from ankish.anki.engine.sample.learner import TODAY
from ankish.anki.engine.sample.media import media_files
from ankish.anki.engine.sample.models import add_models
from ankish.anki.engine.sample.plan import Plan, make_plan
from ankish.anki.engine.sample.rows import CARDS, NOTES, REVIEWS, Rows
from ankish.anki.engine.sample.untidy import UNUSED_TAGS


def build(folder: Path, *, now: float | None = None) -> Path:
    """Write the sample collection into `folder` and return its path, the collection closed.

    `now`, in seconds, is the moment whose day is today; the present by default. The
    folder must exist and hold no `collection.anki2`, otherwise `FileExistsError`.
    """
    path = folder / "collection.anki2"
    if path.exists():
        raise FileExistsError(path)
    plan = make_plan()
    col = Collection(str(path))
    try:
        _write(col, plan, Calendar(time.time() if now is None else now, TODAY))
    finally:
        col.close()
    # Written directly: the library takes a millisecond for each file.
    media_folder = Path(media_paths_from_col_path(str(path))[0])
    for name, content in media_files(list(plan.notes)).items():
        (media_folder / name).write_bytes(content)
    return path


def _write(col: Collection, plan: Plan, calendar: Calendar) -> None:
    """Write a plan into a new collection."""
    db = col.db
    assert db is not None
    db.execute("update col set crt = ?", calendar.created)
    # Otherwise the first look at the decks takes the buried ones for yesterday's.
    col.set_config("lastUnburied", TODAY)
    add_models(col)
    added = _add_notes(col, plan, add_decks(col, plan))
    # Out of the way first: a time given now could be one that the sample uses.
    db.execute("update notes set id = -id")
    db.execute("update cards set id = -id, nid = -nid")
    rows = Rows(plan, calendar, [-nid for nid in added])
    db.execute(NOTES, json.dumps(rows.notes()))
    db.execute(CARDS, json.dumps(rows.cards()))
    db.execute(REVIEWS, json.dumps(rows.reviews()))


def _add_notes(col: Collection, plan: Plan, decks: dict[str, int]) -> list[int]:
    """Add the notes as Anki does, cards included; returns the ids that Anki gave."""
    # Text that is not NFC comes from collections that have this switched off.
    col.set_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT, False)
    requests = []
    for index, content in enumerate(plan.notes):
        model = col.models.by_name(content.model)
        assert model is not None
        note = col.new_note(model)
        note.guid = f"sample{index:04}"
        note.fields = list(content.fields)
        # The unused tags become known here and leave the note when its own are set.
        note.tags = [*content.tags, *(UNUSED_TAGS if index == 0 else ())]
        requests.append(AddNoteRequest(note, DeckId(decks[content.deck])))
    col.add_notes(requests)
    col.set_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT, True)
    return [request.note.id for request in requests]
