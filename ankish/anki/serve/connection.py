"""A connection that does not wait for its first request for ever."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from ankish.anki.serve.app import PATIENCE


class Connection(H11Protocol):
    """uvicorn's connection; it ends if the head of a first request has not come in time.

    uvicorn has a limit between requests only. The places for connections are not without end
    (1024 on most systems), so those half open must not pile up.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(PATIENCE, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None:
            self.transport.close()
