"""Putting back what `getState` has read, under the same ids, and taking away what was not there.

Anki's library has no action for this: it gives whatever is added an id of its own. So notes,
cards and reviews are written through the library's database, and decks, presets and note
types by the actions with which the library takes in what a sync brings.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ankish.anki.engine import staterows, statethings
from ankish.anki.engine.change import one_change
from ankish.anki.engine.extra_state import getState
from ankish.anki.engine.filestate import put_files, sources
from ankish.anki.engine.lookup import database, loose_ids
from ankish.anki.engine.registry import ActionError, own_action
from ankish.anki.engine.session import Session
from ankish.anki.protocol import CHANGED_MEANWHILE

if TYPE_CHECKING:
    from anki.collection import Collection

    from ankish.anki.engine.extra_state import State

THINGS = frozenset({"decks", "presets", "models"})
"""The tables of what Anki's library keeps in memory."""
TABLES = THINGS | {"notes", "cards", "logs", "reviews", "contents", "tags", "media", "foreseen"}
BY_NAME = frozenset({"tags", "media"})
"""The tables whose records have names, and no ids."""
BY_ID = {"notes": "noteIds", "decks": "deckIds", "models": "modelIds"}
"""What `getState` is asked for single records of a table by, where that is not its name."""


@own_action
def putState(
    session: Session,
    state: State,
    gone: dict[str, list[Any]] | None = None,
    now: State | None = None,
) -> list[str]:
    """Put back what `getState` has given, all of it or nothing; what had to be left.

    `gone` has the ids of what is to go: `notes` with all their cards, `cards` (a note without any
    goes too), `reviews`, `decks`, `presets`, `models`, and names of `tags` and of `media` files,
    which go to Anki's trash, and are taken from there to put them back. A deck or note type that
    holds something else, a preset or tag that is in use, is left, and named in the result. A card
    whose deck is gone goes to its home deck or to Default. An error if a note's type is gone or
    has other fields, if a note would be left without cards, or if a file is in the trash no more.

    `now` has records that are put back or go as they were when somebody last looked. Nothing is
    done, and an error given, if any is otherwise by now.
    """
    going, seen = gone or {}, now or {}
    if not all(isinstance(each, dict) for each in (state, going, seen, *seen.values())):
        raise ActionError("state, gone and now must be objects")
    unknown = [name for name in [*state, *going, *seen] if name not in TABLES]
    if unknown:
        raise ActionError(f"a state has no table {unknown[0]}; it has {', '.join(sorted(TABLES))}")
    if not _as_seen(session, state, seen):
        raise ActionError(CHANGED_MEANWHILE)
    files = sources(session, state.get("media", {}), going.get("media", []))
    with one_change(session):
        left = [*_put(session, state, going)]
    put_files(session, files, going.get("media", []))
    if THINGS.intersection([*state, *going]):
        session.reopen()
    return left


def _as_seen(session: Session, state: State, seen: State) -> bool:
    """Whether records are as they were seen, or as they are to be."""
    wanted: dict[str, list[Any]] = {}
    for table, rows in seen.items():
        pairs = (key.partition("/")[::2] for key in rows)
        wanted[BY_ID.get(table, table)] = (
            [[int(model), field] for model, field in pairs]
            if table == "contents"
            else [*rows]
            if table in BY_NAME
            else [int(key) for key in rows]
        )
    are = json.loads(json.dumps(getState(session, wanted))) if wanted else {}
    return all(
        are.get(table, {}).get(key) in (row, state.get(table, {}).get(key))
        for table, rows in seen.items()
        for key, row in rows.items()
    )


def _decks_gone(col: Collection, state: State, gone: list[Any]) -> list[str]:
    """Delete decks. One that was to get the name of such a deck gets it then, without a +."""
    left = [*statethings.remove_decks(col, gone)]
    for deck in state.get("decks", {}).values():
        if col.decks.name(deck["id"]) != deck["name"]:
            statethings.put_deck(col, deck)
    return left


def _put(session: Session, state: State, gone: dict[str, list[Any]]) -> Iterable[str]:
    col = session.col
    for model in state.get("models", {}).values():
        statethings.put_model(col, model)
    for preset in state.get("presets", {}).values():
        statethings.put_preset(col, preset)
    for deck in sorted(state.get("decks", {}).values(), key=lambda deck: str(deck["name"])):
        statethings.put_deck(col, deck)
    staterows.put_contents(col, state.get("contents", {}))
    robbed = staterows.remove(
        col, loose_ids(gone.get("notes", [])), loose_ids(gone.get("cards", []))
    )
    touched = staterows.put_notes(col, state.get("notes", {}))
    touched |= staterows.put_cards(col, state.get("cards", {}))
    staterows.check(col, touched)
    staterows.remove_bare(col, robbed)
    staterows.put_reviews(col, state.get("reviews", {}), loose_ids(gone.get("reviews", [])))
    staterows.cut_logs(col, state.get("logs", {}))
    statethings.put_tags(col, state.get("tags", {}))
    left = [
        *_decks_gone(col, state, loose_ids(gone.get("decks", []))),
        *statethings.remove_presets(col, loose_ids(gone.get("presets", []))),
        *statethings.remove_models(col, loose_ids(gone.get("models", []))),
        *statethings.remove_tags(col, gone.get("tags", [])),
    ]
    # What is written past the library's actions does not tell it that there is something to sync.
    database(col).execute("update col set mod = ?", int(time.time() * 1000))
    return left
