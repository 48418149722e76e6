"""A collection as plain data, to be compared: what "equal to before" means.

All rows of notes, cards, the review log, decks, presets, note types, fields, templates and
tags, with all their columns, and the contents of all media files. Not in it are

* `mod`, `mtime_secs` and `usn`: whoever takes a change back has changed things then, and a
  sync has to learn of it;
* the table `config`, where Anki notes the deck and note type used last and the number that
  the next new card gets;
* `graves`, from which a sync learns what was deleted. That nothing which exists has one is
  held by `buried`.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from ankish.anki.engine.lookup import database
from ankish.anki.engine.session import Session

TABLES = tuple("notes cards revlog decks deck_config notetypes fields templates tags".split())
STAMPS = frozenset({"mod", "mtime_secs", "usn"})

Snapshot = dict[str, dict[Any, dict[str, Any]]]


def snapshot(session: Session) -> Snapshot:
    """Tables of rows by key, and media files by name."""
    found: Snapshot = {table: _rows(session, table) for table in TABLES}
    files = (path for path in session.media_dir.iterdir() if path.is_file())
    found["media"] = {path.name: {"sha": sha256(path.read_bytes()).hexdigest()} for path in files}
    return found


def fingerprint(session: Session) -> list[str]:
    """A text of each table and of the media: the same for what is the same, and quickly made."""
    db, texts = database(session.col), []
    for table in TABLES:
        names = [column[1] for column in db.all(f"pragma table_info({table})")]
        values = ", ".join(f"quote({name})" for name in names if name not in STAMPS)
        rows = f"select json_array({values}) as row from {table} order by 1"
        texts.append(str(db.scalar(f"select group_concat(row, char(10)) from ({rows})")))
    files = sorted(path for path in session.media_dir.iterdir() if path.is_file())
    texts.append(repr([(path.name, path.read_bytes()) for path in files]))
    return texts


def _rows(session: Session, table: str) -> dict[Any, dict[str, Any]]:
    db = database(session.col)
    about = db.all(f"pragma table_info({table})")
    names = [column[1] for column in about]
    keys = [at for at, column in enumerate(about) if column[5]]
    rows = db.all(f"select * from {table}")
    return {
        tuple(row[at] for at in keys): {
            name: value for name, value in zip(names, row, strict=True) if name not in STAMPS
        }
        for row in rows
    }


def buried(session: Session) -> list[int]:
    """What exists and is said to be deleted: a sync would delete it."""
    db = database(session.col)
    return [
        each
        for kind, table in enumerate(("cards", "notes", "decks"))
        for each in db.list(
            f"select oid from graves join {table} on id = oid where graves.type = {kind}"
        )
    ]


def differences(before: Snapshot, after: Snapshot) -> list[str]:
    """What is not the same, a line for each value: for people who look for the reason."""
    found = []
    for table, rows in before.items():
        others = after[table]
        for key in [*rows, *(key for key in others if key not in rows)]:
            one, other = rows.get(key), others.get(key)
            if one is None or other is None:
                found.append(f"{table} {key}: {'made' if one is None else 'gone'}")
                continue
            for name, value in one.items():
                if other[name] != value:
                    found.append(f"{table} {key} {name}: {value!r} -> {other[name]!r}")
    return found
