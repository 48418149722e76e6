"""The journal's file: SQLite, made and opened so that what is written in it stays."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.model import AnkishError

if TYPE_CHECKING:
    from sqlite3 import Connection

VERSION = 2
PATIENCE = 30.0
"""Seconds that another process is waited for, which writes into the same journal."""
SMALL = 400
"""Up to how many bytes a value is kept as it is; zlib makes nothing of less."""

SAMPLE = 2000
"""How many bytes tell whether zlib makes something of a value."""

TABLES = """
create table run (
    id integer primary key autoincrement, kind text not null, of integer, state text not null,
    name text not null, text text, arguments text not null, folder text not null,
    begun real not null, ended real,
    session text not null, embedded integer not null, undone integer, message text not null,
    limits text not null default '[]'
);
create table sent (
    id integer primary key, run integer not null references run on delete cascade,
    state text not null, begun real not null, asked blob, replies blob
);
create index sent_run on sent (run);
create table write (
    id integer primary key, sent integer not null references sent on delete cascade,
    action text not null, params blob not null, start integer not null, stop integer not null,
    before blob, after blob, reply blob, verdict blob
);
create index write_sent on write (sent);
create table renamed (
    kind text not null, old text not null, new text not null, run integer not null
);
"""


LATER = {1: ("alter table run add column limits text not null default '[]'",)}
"""By the version of a file, what makes it one of the latest."""


def connect(path: Path | None) -> Connection:
    """The open journal; None keeps it in memory, for as long as the process lasts.

    Another user can read neither the file nor those that SQLite puts beside it. What is
    committed has reached the disk (write-ahead log, synchronous). Raises `AnkishError`.
    """
    import sqlite3

    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        # The shell opens it in one thread and closes it in another, never both at once.
        made = sqlite3.connect(
            path or ":memory:", timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.Error) as error:
        raise unwritable(path, error) from error
    try:
        _prepare(made)
    except sqlite3.DatabaseError as error:
        made.close()
        if isinstance(error, sqlite3.OperationalError):
            raise unwritable(path, error) from error
        raise kinds.UNREADABLE.error(path=path, reason=str(error)) from error
    if _version(made) != VERSION:
        made.close()
        raise kinds.UNREADABLE.error(path=path, reason="it is that of a newer ankish")
    return made


def _prepare(made: Connection) -> None:
    made.execute("pragma journal_mode = wal")
    made.execute("pragma synchronous = full")
    made.execute("pragma foreign_keys = on")
    if _version(made) in (0, *LATER):
        made.execute("begin immediate")
        version = _version(made)  # another one may have been quicker
        for statement in TABLES.split(";") if not version else LATER.get(version, ()):
            made.execute(statement)
        if version in (0, *LATER):
            made.execute(f"pragma user_version = {VERSION}")
        made.execute("commit")


def _version(made: Connection) -> int:
    return int(made.execute("pragma user_version").fetchone()[0])


def unwritable(path: Path | None, error: Exception, sent: bool = False) -> AnkishError:
    """The error for a journal that takes nothing."""
    reason = getattr(error, "strerror", None) or str(error)
    what = "what was sent last is not in it" if sent else "nothing was sent"
    return kinds.UNWRITABLE.error(path=path or "in memory", reason=reason, sent=what)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def packed(value: Any) -> bytes | None:
    """A JSON value as bytes, small."""
    if value is None:
        return None
    content = _encode(value).encode("utf-8", "surrogatepass")
    if len(content) <= SMALL or not _shrinks(content):
        return content
    return b"z" + zlib.compress(content, 1)


def _shrinks(content: bytes) -> bool:
    """Whether zlib makes much less of it. A file in base64 loses a quarter, in 23 ms a MB."""
    at = max(len(content) - SAMPLE, 0) // 2
    sample = content[at : at + SAMPLE]
    return len(zlib.compress(sample, 1)) < 0.7 * len(sample)


def unpacked(content: bytes | None) -> Any:
    """The value again. No JSON begins with a z."""
    if content is None:
        return None
    if content[:1] == b"z":
        content = zlib.decompress(content[1:])
    return json.loads(content.decode("utf-8", "surrogatepass"))
