"""What the engine's tests work on: fresh profiles, made by Anki's own library."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from ankish.anki.engine.session import Session


def fresh_profile(base: Path, name: str = "User 1") -> Path:
    """A new empty collection in a base folder, in UTC; the collection's path."""
    from anki.collection import Collection

    os.environ["TZ"] = "UTC"
    time.tzset()
    path = base / name / "collection.anki2"
    path.parent.mkdir(parents=True)
    Collection(str(path)).close()
    return path


def note(front: str, back: str = "", **more: Any) -> dict[str, Any]:
    """A note object of the type Basic for the deck Default."""
    fields = {"Front": front, "Back": back}
    return {"deckName": "Default", "modelName": "Basic", "fields": fields, **more}


def is_sound(session: Session) -> bool:
    """Whether Anki's own database check finds nothing to mend."""
    return session.col.fix_integrity()[1]
