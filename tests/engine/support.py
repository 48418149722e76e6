"""What the engine's tests work on: fresh profiles, made by Anki's own library."""

from __future__ import annotations

import os
import time
from pathlib import Path


def fresh_profile(base: Path, name: str = "User 1") -> Path:
    """A new empty collection in a base folder, in UTC; the collection's path."""
    from anki.collection import Collection

    os.environ["TZ"] = "UTC"
    time.tzset()
    path = base / name / "collection.anki2"
    path.parent.mkdir(parents=True)
    Collection(str(path)).close()
    return path
