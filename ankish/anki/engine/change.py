"""Several changes by Anki's library made one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ankish.anki.engine.lookup import database
from ankish.anki.engine.session import Session


@contextmanager
def one_change(session: Session, steps: int = 2) -> Iterator[None]:
    """What is done inside stays as a whole or not at all, even if the process is killed.

    Each operation of Anki's library is a transaction of its own; inside they are parts of one.
    `steps` is how many there will be: fewer than two need nothing around them.
    """
    if steps < 2:
        yield
        return
    db = database(session.col)
    backend = db._backend
    written = db.scalar("select total_changes()")
    backend.db_begin()
    try:
        yield
        backend.db_commit()
    except BaseException:
        touched = db.scalar("select total_changes()") != written
        with suppress(Exception):  # SQLite has done it already when the disk is full
            backend.db_rollback()
        if touched:  # the library would still undo, and show, what never was
            session.reopen()
        raise
