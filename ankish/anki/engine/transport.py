"""The engine as a place to send requests to, in this process."""

from __future__ import annotations

from typing import Any

from ankish.anki.engine.dispatch import Engine


class EmbeddedTransport:
    """Sends requests to an engine and gets what AnkiConnect would answer over HTTP."""

    sent = 0
    received = 0
    """Nothing is encoded here."""

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

    def close(self) -> None:
        """Close the collection and free its file."""
        self._engine.session.close()
