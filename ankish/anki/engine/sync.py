"""Syncing with AnkiWeb or a server of one's own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ankish.anki.engine import credentials
from ankish.anki.engine.registry import ActionError, action, own_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.sync import SyncAuth, SyncOutput

UP, DOWN = "upload", "download"
POLL = 0.1
"""Seconds between two looks at how far the media have got."""


@action
def sync(session: Session, direction: str | None = None) -> None:
    """Sync the collection and its media with the server that the user is logged in to.

    When changes can't be merged, one side has to replace the other. That is an error
    unless `direction` says which: "upload" replaces what the server has, "download" what
    is here (after a backup).
    """
    if direction not in (None, UP, DOWN):
        raise ActionError(f'sync: direction must be "{UP}" or "{DOWN}", not {direction!r}')
    login = credentials.stored(session)
    if login is None:
        raise ActionError("sync: auth not configured")
    auth = _auth(login)
    output = session.col.sync_collection(auth, login.media)
    if output.new_endpoint:
        auth.endpoint = output.new_endpoint
    if output.required != output.NO_CHANGES:
        _full_sync(session, auth, output, direction, login.media)
    try:
        _wait_for_media(session)
    finally:
        session.reopen()  # what the library remembers of note types may have changed


@own_action
def syncLogin(session: Session, username: str, password: str, endpoint: str | None = None) -> None:
    """Log in to a sync server and keep the login, not the password, for `sync`.

    `endpoint` is the URL of a server of one's own; AnkiWeb without one.
    """
    if endpoint is not None:
        session.need_urls()
    auth = session.col.sync_login(username, password, endpoint)
    credentials.store(session, credentials.Login(key=auth.hkey, endpoint=endpoint))


@own_action
def syncLogout(session: Session) -> bool:
    """Drop the login that `syncLogin` has kept, not Anki's own; whether there was one."""
    return credentials.forget(session)


def _auth(login: credentials.Login) -> SyncAuth:
    from anki.sync import SyncAuth

    return SyncAuth(hkey=login.key, endpoint=login.endpoint, io_timeout_secs=login.timeout)


def _full_sync(
    session: Session, auth: SyncAuth, output: SyncOutput, direction: str | None, media: bool
) -> None:
    """Replace one side by the other, if `direction` allows it; `ActionError` otherwise."""
    possible = {output.FULL_UPLOAD: [UP], output.FULL_DOWNLOAD: [DOWN]}.get(
        output.required, [UP, DOWN]
    )
    if direction not in possible:
        choice = " or ".join(f'"{one}"' for one in possible)
        raise ActionError(
            "sync: the changes here and on the server can't be merged, so one side has to replace"
            f" the other; give direction {choice}"
        )
    col = session.col
    if direction == DOWN:
        folder = session.path.parent / "backups"
        folder.mkdir(exist_ok=True)
        col.create_backup(backup_folder=str(folder), force=True, wait_for_completion=True)
    col.close_for_full_sync()
    try:
        col.full_upload_or_download(
            auth=auth,
            server_usn=output.server_media_usn if media else None,
            upload=direction == UP,
        )
    finally:
        # Anki's library has opened the collection again, whatever came of it.
        col.reopen(after_full_sync=True)


def _wait_for_media(session: Session) -> None:
    """Wait until the media, which go on their own, are through; raises what went wrong."""
    while session.col.media_sync_status().active:
        time.sleep(POLL)
