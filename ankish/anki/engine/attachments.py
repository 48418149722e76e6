"""Audio, video and pictures that come with a note: stored, and shown in its fields."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.mediafile import Source, store
from ankish.anki.engine.session import NotAllowed, Session

if TYPE_CHECKING:
    from anki.notes import Note

MARKUP = {"audio": "[sound:{}]", "video": "[sound:{}]", "picture": '<img src="{}">'}
"""How a field shows a file, by the key of the note object; in the order they are appended."""


def attach(session: Session, note: Note, request: dict[str, Any]) -> None:
    """Store the files that a note object brings and append their markup to the fields named.

    A file that can't be had does not stop the note: the reason is appended in its place,
    as AnkiConnect does (recorded exchanges 263 to 266), unless no fields are named.
    What this server does not allow is refused, though, before anything is stored: `NotAllowed`.
    """
    wanted = [(key, item) for key in MARKUP for item in _listed(request.get(key))]
    for _, item in wanted:
        _check_allowed(session, item)
    for key, item in wanted:
        text = _stored(session, item, MARKUP[key])
        for field in item.get("fields") or []:
            if field in note:
                note[field] += text


def _listed(media: Any) -> list[dict[str, Any]]:
    """One file or several, as a list."""
    if not media:
        return []
    return media if isinstance(media, list) else [media]


def _check_allowed(session: Session, item: dict[str, Any]) -> None:
    if item.get("data"):
        return
    if item.get("path"):
        session.need_files()
    elif item.get("url"):
        session.need_urls()


def _stored(session: Session, item: dict[str, Any], markup: str) -> str:
    """The markup of a stored file, nothing if it was skipped, or why it could not be had."""
    try:
        source = Source(item.get("data"), item.get("path"), item.get("url"), item.get("skipHash"))
        replace = item.get("deleteExisting", True)
        name = store(session, item["filename"], source, replace=replace)
    except NotAllowed:
        raise
    except Exception as error:
        if "fields" not in item:
            raise KeyError("fields") from error
        return html.escape(str(error), quote=False)
    return "" if name is None else markup.format(name)
