"""Media files as parts of a state: known by digests, and put back from where they went.

What is taken away goes to Anki's trash of media files, where it stays until the user empties it.
So a state need not hold the contents of files, which may be more than there is memory for.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ankish.anki.engine.mediafile import checked_name
from ankish.anki.engine.registry import ActionError
from ankish.anki.engine.session import Session

TRASH = "media.trash"
"""The folder beside the collection where Anki puts media files that are deleted."""
PART = ".ankish-part"
"""How the name of a file ends while it is being written."""


def digests(folder: Path, names: Iterable[Any]) -> dict[str, str]:
    """A digest of each file that is in a folder, by name."""
    paths = {name: folder / checked_name(name) for name in names}
    return {name: _digest(path) for name, path in paths.items() if path.is_file()}


def sources(session: Session, files: Mapping[str, Any], gone: Iterable[Any]) -> dict[str, Path]:
    """Where the contents of files are that are to be put back, by their names.

    They are in the trash, or in files that are to go: one that was renamed. Those that are
    there as they are to be are left out. `ActionError` for one that is nowhere.
    """
    folder, trash = session.media_dir, session.path.parent / TRASH
    found: dict[str, Path] = {}
    going = [folder / checked_name(name) for name in gone] if files else []
    for name, digest in files.items():
        own = checked_name(name)
        places = [folder / own, trash / own, *going]
        place = next((p for p in places if p.is_file() and _digest(p) == digest), None)
        if place is None:
            raise ActionError(f"{own} is not in Anki's trash of media files any more")
        if place != folder / own:
            found[own] = place
    return found


def put_files(session: Session, found: Mapping[str, Path], gone: Iterable[Any]) -> None:
    """Put files back from where `sources` has found them, and take others away."""
    folder = session.media_dir
    for name, place in found.items():
        if (folder / name).exists():
            session.col.media.trash_files([name])
        part = folder.parent / f"{name[:100]}{PART}"
        shutil.copyfile(place, part)
        part.replace(folder / name)
    names = [name for each in gone if (folder / (name := checked_name(each))).is_file()]
    if names:
        session.col.media.trash_files(names)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha1(usedforsecurity=False)
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
