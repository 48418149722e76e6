"""Files of the collection's media folder."""

from __future__ import annotations

import base64
import glob
import os.path
from pathlib import Path

from ankish.anki.engine import mediafile
from ankish.anki.engine.registry import action
from ankish.anki.engine.session import Session


@action
def getMediaDirPath(session: Session) -> str:
    """The media folder's full path."""
    return str(session.media_dir)


@action
def storeMediaFile(
    session: Session,
    filename: str,
    data: str | None = None,
    path: str | None = None,
    url: str | None = None,
    skipHash: str | None = None,
    deleteExisting: bool = True,
) -> str | None:
    """Put a file into the media folder, from `data` (base64), else `path`, else `url`.

    Returns the name it got there, or None if the contents' MD5 is `skipHash` and nothing
    was stored. Another file of that name is replaced; with `deleteExisting` false it stays
    and the new one gets another name.
    """
    source = mediafile.Source(data, path, url, skipHash)
    return mediafile.store(session, filename, source, replace=deleteExisting)


@action
def retrieveMediaFile(session: Session, filename: str) -> str | bool:
    """A file's contents in base64, or False if there is no such file."""
    path = os.path.join(session.media_dir, mediafile.last_part(filename))  # noqa: PTH118
    if not Path(path).exists():
        return False
    # A Path would lose the last slash of the folder's own path (recorded exchange 685).
    with open(path, "rb") as file:  # noqa: PTH123
        return base64.b64encode(file.read()).decode("ascii")


@action
def getMediaFilesNames(session: Session, pattern: str = "*") -> list[str]:
    """The names of the files that match a shell pattern, in the media folder only.

    AnkiConnect looks into other folders as well, for a pattern such as `../*`.
    """
    path = os.path.join(glob.escape(str(session.media_dir)), pattern)  # noqa: PTH118
    if pattern != mediafile.last_part(pattern):
        return []
    return [mediafile.last_part(found) for found in glob.glob(path)]  # noqa: PTH207


@action
def deleteMediaFile(session: Session, filename: str) -> None:
    """Move a file to Anki's media trash; nothing happens if there is none of that name."""
    session.col.media.trash_files([mediafile.checked_name(filename)])
