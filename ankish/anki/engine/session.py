"""One open collection, and what the actions on it are allowed to do."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ankish.anki.engine.folders import place
from ankish.anki.engine.registry import ActionError
from ankish.data import dataclass, field
from ankish.diagnostics.kinds import engine as kinds
from ankish.diagnostics.model import AnkishError

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.collection import Collection


class NotAllowed(ActionError):
    """What a request wants done is switched off here."""


@dataclass
class Review:
    """The card that a client was shown to review, since when, and whether with its answer."""

    card: CardId
    since: float = field(default_factory=time.time)
    answer_shown: bool = False


class Session:
    """Owns Anki's `Collection` from `open` to `close`.

    * **path**: the collection's file. **base**, **profile**: Anki's base folder and the
      profile's name, None when the collection lies outside of one.
    * **allow_files**: whether requests may name paths on this machine.
    * **allow_urls**: whether requests may have files fetched from the net.
    * **review**: the review that is under way, None without one.
    """

    def __init__(self, path: Path, base: Path | None, profile: str | None) -> None:
        self.path = path
        self.base = base
        self.profile = profile
        self.allow_files = True
        self.allow_urls = True
        self.review: Review | None = None
        self._collection: Collection | None = None

    @classmethod
    def open(cls, path: Path, *, base: Path | None = None, profile: str | None = None) -> Session:
        """Open the collection at `path`.

        `base` and `profile` are found out from the path when left out. Raises
        `AnkishError` (a kind of `engine`) when it can't be opened; the file is then as
        it was, and not locked.
        """
        path = path.expanduser().absolute()
        found_base, found_profile = place(path, base.expanduser().absolute() if base else None)
        session = cls(path, found_base, profile or found_profile)
        session.reopen()
        return session

    @property
    def col(self) -> Collection:
        """The open collection; `ActionError` if it is closed, in AnkiConnect's words."""
        if self._collection is None:
            raise ActionError("collection is not available")
        return self._collection

    @property
    def media_dir(self) -> Path:
        """The folder of the collection's media files; it exists."""
        folder = Path(self.col.media.dir())
        folder.mkdir(exist_ok=True)
        return folder

    def need_files(self) -> None:
        """Refuse, with `NotAllowed`, if requests may not name paths."""
        if not self.allow_files:
            raise NotAllowed("paths are switched off here; start the server with --allow-files")

    def need_urls(self) -> None:
        """Refuse, with `NotAllowed`, if requests may not have files fetched."""
        if not self.allow_urls:
            raise NotAllowed("urls are switched off here; start the server with --allow-files")

    def close(self) -> None:
        """Close the collection and free its file; harmless if it is closed."""
        collection, self._collection, self.review = self._collection, None, None
        if collection is None:
            return
        collection.close()
        # An export or a full sync that failed halfway has left the file open, and
        # `Collection.close` does nothing then.
        with suppress(Exception):
            collection._backend.close_collection(downgrade_to_schema11=False)

    def reopen(self) -> None:
        """Open the collection again, closing it first if need be. A review goes on."""
        review = self.review
        self.close()
        self._collection, self.review = _open(self.path), review

    def switch(self, path: Path, profile: str) -> None:
        """Go over to another profile's collection; if that can't be opened, stay with this one."""
        collection = _open(path)
        self.close()
        self.path, self.profile, self._collection = path, profile, collection

    def copy(self, folder: Path, media: bool = True) -> Session:
        """A session on a copy of the collection and its media, made in an empty folder."""
        copy = Session.open(self.copy_file(folder))
        if media:
            shutil.copytree(self.media_dir, copy.media_dir, dirs_exist_ok=True)
        copy.allow_files, copy.allow_urls = self.allow_files, self.allow_urls
        return copy

    def copy_file(self, folder: Path) -> Path:
        """Copy the collection into an empty folder; the copy.

        Nothing else writes to the file while it is open here, so that its pages and those of
        its write-ahead log belong together.
        """
        for name in (self.path.name, f"{self.path.name}-wal"):
            if (file := self.path.with_name(name)).exists():
                shutil.copyfile(file, folder / name)
        return folder / self.path.name

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _open(path: Path) -> Collection:
    try:
        from anki._backend import RustBackend
        from anki.collection import Collection
    except ImportError:
        raise kinds.NOT_INSTALLED.error() from None
    _check_file(path)
    backend = RustBackend()
    try:
        return Collection(str(path), backend)
    except Exception as error:
        # An error's traceback keeps the half made collection, and that would keep the file.
        with suppress(Exception):
            backend.close_collection(downgrade_to_schema11=False)
        raise _refusal(path, str(error)) from error


def _check_file(path: Path) -> None:
    """Refuse what Anki's library would turn into a new collection: it opens any database."""
    if not path.is_file():
        raise kinds.NO_FILE.error(path=path)
    try:
        # `immutable` reads past Anki's lock, so that a file in use is told from a wrong one.
        # It does not see what a program that was killed has left in the write-ahead log.
        found = _has_tables(path, "immutable=1") or (
            path.with_name(f"{path.name}-wal").exists() and _has_tables(path, "mode=ro")
        )
    except sqlite3.DatabaseError as error:
        kind = kinds.IN_USE if "locked" in str(error) else kinds.NOT_A_COLLECTION
        raise kind.error(path=path) from error
    if not found:
        raise kinds.NOT_A_COLLECTION.error(path=path)


def _has_tables(path: Path, mode: str) -> bool:
    with closing(sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True, timeout=0)) as db:
        return db.execute("select 1 from sqlite_master where name = 'col'").fetchone() is not None


def _refusal(path: Path, reason: str) -> AnkishError:
    """The diagnostic for what Anki's library says when it can't open a file."""
    if "already open" in reason:
        return kinds.IN_USE.error(path=path)
    if "FileTooNew" in reason:
        from anki.buildinfo import version

        return kinds.NEWER_SCHEMA.error(path=path, version=version)
    return kinds.UNREADABLE.error(path=path, reason=reason)
