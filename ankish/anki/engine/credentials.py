"""The login to a sync server: Anki's own, or the one that `syncLogin` has left."""

from __future__ import annotations

import io
import json
import os
import pickle
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from ankish.anki.engine.folders import PREFERENCES
from ankish.anki.engine.session import Session
from ankish.data import dataclass

FILE = "ankish-sync.json"
"""In the collection's folder, readable by its owner alone."""
TIMEOUT = 60
"""Seconds without an answer; Anki's default."""


@dataclass(frozen=True)
class Login:
    """What a sync server knows a user by.

    * **key** - the token that stands for name and password. **endpoint** - the server's
      URL, None for AnkiWeb. **timeout** - in seconds. **media** - whether media are synced.
    """

    key: str
    endpoint: str | None = None
    timeout: int = TIMEOUT
    media: bool = True

    def __repr__(self) -> str:
        """Without the key, so that it reaches no message."""
        return f"Login(endpoint={self.endpoint!r})"


def stored(session: Session) -> Login | None:
    """The login of the session's collection: of `syncLogin`, else of Anki; None without one."""
    return _own(_file(session)) or _ankis(session)


def store(session: Session, login: Login) -> None:
    """Keep a login for the session's collection."""
    path = _file(session)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(vars(login), file)


def forget(session: Session) -> bool:
    """Drop the login that `store` has kept; whether there was one."""
    path = _file(session)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _file(session: Session) -> Path:
    return session.path.with_name(FILE)


def _own(path: Path) -> Login | None:
    try:
        return Login(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # none was stored, or not by this version: logging in again mends it


def _ankis(session: Session) -> Login | None:
    profile = _anki_profile(session)
    key = profile.get("syncKey")
    if not isinstance(key, str) or not key:
        return None
    return Login(
        key=key,
        endpoint=profile.get("currentSyncUrl") or profile.get("customSyncUrl") or None,
        timeout=profile.get("networkTimeout") or TIMEOUT,
        media=profile.get("syncMedia", True),
    )


def _anki_profile(session: Session) -> dict[str, Any]:
    """What Anki keeps about the open profile: a pickled dict in its table of profiles."""
    preferences = session.base / PREFERENCES if session.base else None
    if preferences is None or not preferences.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{preferences.as_uri()}?mode=ro", uri=True)) as db:
            row = db.execute(
                "select cast(data as blob) from profiles where name = ?", (session.profile,)
            ).fetchone()
        profile = _PlainUnpickler(io.BytesIO(row[0])).load() if row else {}
    except Exception:
        return {}  # damaged preferences, which Anki mends when it starts: no login
    return profile if isinstance(profile, dict) else {}


class _Inert:
    """Stands for any object in a pickle: takes everything and does nothing."""

    def __new__(cls, *_: object, **__: object) -> _Inert:
        return super().__new__(cls)

    def __call__(self, *_: object, **__: object) -> _Inert:
        return self

    def __setstate__(self, state: object) -> None:
        pass


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values only: a pickle can't run anything, and Qt's window states are skipped."""

    def find_class(self, module: str, name: str) -> Any:
        return _Inert
