"""What an action would change, found out on a copy of the collection.

Of an import or a check nobody can tell beforehand which notes it will write. So it is done to a
copy first, and the rows that are otherwise there are those that a state has to hold.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from ankish.anki.engine.extra_state import CARD, NOTE, REVIEW
from ankish.anki.engine.registry import ACTIONS, ActionError, bind
from ankish.anki.engine.session import Session

FORESEEN = frozenset({"checkMedia", "importPackage"})
"""The actions that are done to a copy."""
TABLES = {
    "noteIds": ("notes", NOTE),
    "cards": ("cards", CARD),
    "reviews": ("revlog", REVIEW),
}
"""Which rows are compared, by which columns, and what `getState` is asked for them by."""


def touched(session: Session, action: Any, params: Any) -> dict[str, list[Any]]:
    """What an action would change, as lists for `getState`, with the ids of what it would make.

    It is empty if the action would fail: then it changes nothing. The media files that are to
    go are among it; those that are to come are not.
    """
    if action not in FORESEEN or not isinstance(params, dict):
        raise ActionError(f"what {action} changes is not found out on a copy")
    with tempfile.TemporaryDirectory(prefix="ankish-") as folder:
        # Two copies: Anki holds the lock on the collection itself.
        before, after = Path(folder, "before"), Path(folder, "after")
        before.mkdir()
        after.mkdir()
        session.copy_file(before)
        names: set[str] = set()
        with session.copy(after, media=False) as copy:
            for path in session.media_dir.iterdir():
                # What a file holds does not matter for whether its name may stay, but Anki passes
                # over files that hold nothing.
                if path.is_file():
                    names.add(path.name)
                    (copy.media_dir / path.name).write_bytes(os.fsencode(path.name))
            try:
                ACTIONS[action](copy, **bind(action, params))
            except Exception:
                return {}
            left = {path.name for path in copy.media_dir.iterdir()}
        name = session.path.name
        return {**_rows(before / name, after / name), "media": sorted(names - left)}


def _rows(before: Path, after: Path) -> dict[str, list[Any]]:
    """The ids of rows that are otherwise in one of two collections."""
    with closing(sqlite3.connect(before)) as db:
        db.execute("attach database ? as done", (str(after),))
        return {wanted: _ids(db, *table) for wanted, table in TABLES.items()}


def _ids(db: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> list[int]:
    same = " and ".join(f"one.{name} is other.{name}" for name in columns)
    sql = (
        f"select one.id from {{}}.{table} one where not exists"
        f" (select 1 from {{}}.{table} other where other.id = one.id and {same})"
    )
    both = f"{sql.format('main', 'done')} union {sql.format('done', 'main')}"
    return [row[0] for row in db.execute(both)]
