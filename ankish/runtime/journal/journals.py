"""Where journals are kept: one for each collection, and whose runs are still going on."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ankish.data import dataclass, field
from ankish.runtime.journal.alive import Held, hold

if TYPE_CHECKING:
    from ankish.runtime.journal.store import Store

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Retention:
    """How long runs are kept: **days**, and how large a journal may grow, in **megabytes**."""

    days: int = 180
    megabytes: int = 500


@dataclass
class Journals:
    """The journals of a process. `folder` None keeps them in memory, for the sample collection.

    **session** names this process, or this shell, in the journals.
    """

    folder: Path | None
    retention: Retention = field(default_factory=Retention)
    session: str = field(default_factory=lambda: os.urandom(16).hex())
    _stores: dict[str, Store] = field(default_factory=dict)
    _lock: Held | None = None

    def keep(self, days: int, megabytes: int) -> None:
        """Keep runs for so long, and journals no larger than that."""
        self.retention = Retention(days, megabytes)

    def store(self, collection: str) -> Store:
        """The journal of a collection, opened when it is first needed. Raises `AnkishError`."""
        if collection not in self._stores:
            from ankish.runtime.journal.store import Store  # only what writes has a journal

            self._stores[collection] = Store(self._path(collection))
        return self._stores[collection]

    def _path(self, collection: str) -> Path | None:
        if self.folder is None:
            return None
        from hashlib import sha256

        readable = re.sub(r"[^\w.-]+", "-", collection.removesuffix("collection.media"))
        digest = sha256(collection.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return self.folder / f"{readable.strip('-')[-40:]}-{digest}.sqlite"

    def live(self) -> None:
        """Have others see that this session lives, from now until it ends, however it does."""
        if self.folder is not None and self._lock is None:
            self._lock = hold(self._file_of(self.session))

    def lives(self, session: str) -> bool:
        """Whether another session lives: the system lets go of its file when it dies."""
        if self.folder is None or session == self.session:
            return False
        file = self._file_of(session)
        if not file.exists():
            return False
        held = hold(file)
        if held is None:
            return True
        held.release()
        _drop(file)
        return False

    def _file_of(self, session: str) -> Path:
        assert self.folder is not None
        folder = self.folder / "sessions"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / session

    def forget_old(self, store: Store, keep: int) -> None:
        """Forget what is older or more than is to be kept, but for the run `keep`."""
        oldest = time.time() - self.retention.days * DAY
        store.forget(oldest, self.retention.megabytes * 1_000_000, [keep])

    def close(self) -> None:
        """Let go of the files."""
        for store in self._stores.values():
            store.close()
        self._stores.clear()
        if self._lock is not None:
            self._lock.release()
            _drop(self._file_of(self.session))
            self._lock = None


def open_journals(passing: bool = False) -> Journals:
    """The user's journals; those of a `passing` collection are kept in memory."""
    from ankish.settings import state_dir

    return Journals(None if passing else state_dir() / "journal")


def _drop(file: Path) -> None:
    with suppress(OSError):
        file.unlink()
