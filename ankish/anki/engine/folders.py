"""Where Anki keeps its profiles: the base folder, and the collections in it."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from ankish.diagnostics.kinds import engine as kinds
from ankish.diagnostics.nearest import near

COLLECTION = "collection.anki2"
PREFERENCES = "prefs21.db"
"""Anki's table of profiles, an SQLite database in the base folder."""


def find_base(base: Path | None = None) -> Path:
    """Anki's base folder: `base`, else `$ANKI_BASE`, else the system's usual place.

    Raises `AnkishError` (`engine::no-base`) when it does not exist.
    """
    found = base or _usual_base()
    if not found.is_dir():
        raise kinds.NO_BASE.error(path=found)
    return found


def find_profile(name: str, base: Path | None = None) -> Path:
    """The collection of the profile `name` in `base` (see `find_base`).

    Raises `AnkishError` (`engine::no-profile`) with the names that there are.
    """
    folder = find_base(base)
    names = profile_names(folder)
    if name not in names:
        raise kinds.NO_PROFILE.error(
            name=name,
            base=folder,
            names=", ".join(names) or "none",
            close=near(name, names),
        )
    return folder / name / COLLECTION


def profile_names(base: Path) -> list[str]:
    """The names of the profiles in a base folder, sorted.

    They stand in Anki's preferences; a base without these (a copy, a server) has the
    profiles that have a folder with a collection.
    """
    preferences = base / PREFERENCES
    if preferences.is_file():
        try:
            with closing(sqlite3.connect(f"{preferences.as_uri()}?mode=ro", uri=True)) as db:
                rows = db.execute("select name from profiles where name != '_global'").fetchall()
            return sorted(str(name) for (name,) in rows)
        except sqlite3.Error:
            pass  # Anki mends damaged preferences when it starts; the folders still tell
    return sorted(found.parent.name for found in base.glob(f"*/{COLLECTION}"))


def place(path: Path, base: Path | None = None) -> tuple[Path | None, str | None]:
    """The base folder and the profile's name of a collection, each None if unknown.

    A collection has a profile when it lies at `BASE/NAME/collection.anki2`, with `BASE`
    given or known by Anki's preferences in it.
    """
    folder = path.parent.parent
    is_base = folder == base if base else (folder / PREFERENCES).is_file()
    if is_base and path.name == COLLECTION:
        return folder, path.parent.name
    return base, None


def _usual_base() -> Path:
    given = os.environ.get("ANKI_BASE")
    if given:
        return Path(given).expanduser().absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")) / "Anki2"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Anki2"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "Anki2"


def need_utf8() -> None:
    """Raise `AnkishError` if Python has file names in another encoding than Anki."""
    if (encoding := sys.getfilesystemencoding()) != "utf-8":
        raise kinds.ENCODING.error(encoding=encoding)
