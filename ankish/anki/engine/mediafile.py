"""Getting a media file from wherever a request says it is, and storing it."""

from __future__ import annotations

import base64
import hashlib
import os.path
import time
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

from ankish.anki.engine.registry import ActionError
from ankish.anki.engine.session import Session

URL_TIMEOUT = 30
"""Seconds that a server has for each step of its answer."""

URL_PATIENCE = 300
"""Seconds that it has for all of them; nobody else is answered meanwhile."""

URL_PART = 64 * 1024
"""Bytes that are read at once."""

URL_LIMIT = 100 * 1024 * 1024
"""Bytes of a file at most: more than this AnkiWeb does not take either."""


class Source(NamedTuple):
    """Where a file's contents come from: the first of the three that is given.

    `skip_hash` is an MD5 in hex: contents that have it are not stored.
    """

    data: str | None = None
    path: str | None = None
    url: str | None = None
    skip_hash: str | None = None


def store(session: Session, filename: str, source: Source, *, replace: bool = True) -> str | None:
    """Store a file in the media folder; the name it got, None if `skip_hash` matched.

    With `replace` a file of the same name goes to the media trash first. Anki's library
    changes names that some system can't have, and those taken by other contents.
    """
    name = checked_name(filename)
    contents = _contents(session, source)
    if source.skip_hash is not None and hashlib.md5(contents).hexdigest() == source.skip_hash:
        return None
    if replace and os.path.lexists(session.media_dir / name):
        session.col.media.trash_files([name])
    return session.col.media.write_data(name, contents)


def last_part(filename: Any) -> str:
    """The name without the folders before it; `TypeError` for what can't be a path."""
    name: str = os.path.basename(filename)  # noqa: PTH119
    return name


def checked_name(filename: Any) -> str:
    """The name of a file in the media folder, without the folders before it.

    Raises `ActionError` for a name that means a folder: AnkiConnect would move the whole
    media folder into the trash.
    """
    name = last_part(filename)
    if name in ("", ".", ".."):
        raise ActionError(f"a media file needs a name: '{filename}' is a folder")
    return name


def _contents(session: Session, source: Source) -> bytes:
    if source.data:
        return base64.b64decode(source.data)
    if source.path:
        session.need_files()
        return _read(Path(source.path))
    if source.url:
        session.need_urls()
        return _fetched(source.url)
    raise ActionError('You must provide a "data", "path", or "url" field.')


def _read(path: Path) -> bytes:
    """What a file holds; not what a device or a pipe gives, which might have no end."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ActionError(f"not a file: {path}")
    return path.read_bytes()


def _fetched(url: str) -> bytes:
    """What a web server answers; only http and https, so that no local file is read."""
    if not url.lower().startswith(("http://", "https://")):
        raise ActionError(f"only http and https urls are fetched, not {url}")
    request = urllib.request.Request(url, headers={"User-Agent": "ankish"})
    deadline = time.monotonic() + URL_PATIENCE
    contents = bytearray()
    with urllib.request.urlopen(request, timeout=URL_TIMEOUT) as answer:
        while part := answer.read1(URL_PART):
            contents += part
            if len(contents) > URL_LIMIT:
                raise ActionError(f"{url} is larger than {URL_LIMIT // 1024 // 1024} MB")
            if time.monotonic() > deadline:
                raise ActionError(f"{url} did not come within {URL_PATIENCE} seconds")
        if answer.length:
            raise ActionError(f"{url} ended {answer.length} bytes too early")
    return bytes(contents)
