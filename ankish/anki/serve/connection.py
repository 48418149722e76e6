"""What uvicorn is to do otherwise: when a connection ends, and what comes first when it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import FrameType

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ankish.anki.serve.app import PATIENCE


class Connection(H11Protocol):
    """A connection that ends if the head of a first request has not come in time.

    uvicorn has a limit between requests only. The places for connections are not without end
    (1024 on most systems), so those half open must not pile up.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(PATIENCE, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None:
            self.transport.close()


class Server(uvicorn.Server):
    """A server that calls `on_stop` as soon as a signal comes."""

    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """See `uvicorn.Server.handle_exit`."""
        self._on_stop()
        super().handle_exit(sig, frame)
