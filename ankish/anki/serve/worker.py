"""The thread that owns the collection: requests wait in line and are answered one at a time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from ankish.anki.engine.dispatch import Engine, failure
from ankish.anki.engine.registry import ActionError
from ankish.anki.engine.session import Session

STOPPING = json.dumps(failure(ActionError("the server is stopping"))).encode("ascii")
"""The answer to requests that still wait in line when the server stops; nothing was done."""


class Worker:
    """An engine on a collection that only one thread ever touches.

    `open_session` opens the collection; `key` is the API key that requests have to carry.
    """

    def __init__(self, open_session: Callable[[], Session], key: str | None = None) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="collection")
        self._stopping = self._closed = False
        self._engine = self._thread.submit(lambda: Engine(open_session(), key))

    def wait_until_open(self) -> Engine:
        """The engine, once the collection is open. Raises `AnkishError` if it can't be opened."""
        return self._engine.result()

    async def answer(self, body: bytes, origin: str = "", allowed: bool = True) -> bytes:
        """The answer to the body of a request; see `Engine.handle_bytes`.

        What has begun is answered, even when the server wants to stop meanwhile.
        """
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._thread, self._answer, body, origin, allowed)
        while not future.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([future])
        return future.result()

    def stop(self) -> None:
        """Answer the requests that wait in line with `STOPPING`, but for the one that runs."""
        self._stopping = True

    def close(self) -> None:
        """Let the action that is running end, then close the collection; harmless when closed."""
        self.stop()
        if not self._closed:
            self._closed = True
            self._thread.submit(self._close).result()
            self._thread.shutdown()

    def _answer(self, body: bytes, origin: str, allowed: bool) -> bytes:
        if self._stopping:
            return STOPPING
        return self._engine.result().handle_bytes(body, origin=origin, allowed=allowed)

    def _close(self) -> None:
        if self._engine.exception() is None:
            self._engine.result().session.close()
