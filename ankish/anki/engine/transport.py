"""The engine as a place to send requests to, in this process."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session


class EmbeddedTransport:
    """Sends requests to an engine and gets what AnkiConnect would answer over HTTP."""

    sent = 0
    received = 0
    """Nothing is encoded here."""
    embedded = True
    engine = True
    local = True

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def where(self) -> str:
        """The collection's file."""
        return str(self._engine.session.path)

    def send(self, request: dict[str, Any], timeout: float) -> object:
        """The answer to one request, as the JSON value.

        `timeout` (seconds) is there for the sake of transports over a network: work on
        the collection here is never cut off.
        """
        return self._engine.handle(request)

    def while_waiting(self, work: Callable[[], object]) -> None:
        """See `Transport.while_waiting`: nothing is waited for."""

    def copied(self) -> EmbeddedTransport:
        """A transport to a copy of the collection and its media; it goes when it is closed."""
        return _Copy(Path(tempfile.mkdtemp(prefix="ankish-copy-")), self._engine.session)

    def close(self) -> None:
        """Close the collection and free its file."""
        self._engine.session.close()


class _Copy(EmbeddedTransport):
    """Sends requests to a copy of a collection in a folder of its own."""

    def __init__(self, folder: Path, of: Session) -> None:
        self._folder = folder
        try:
            super().__init__(Engine(of.copy(folder)))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def close(self) -> None:
        """Close the copy and delete it."""
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)
