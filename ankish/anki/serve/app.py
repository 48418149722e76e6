"""What is answered to an HTTP request: AnkiConnect's manners, as an ASGI application.

As in AnkiConnect the method and the path mean nothing, but for OPTIONS, and the status is 200
for errors of actions too (measured on Anki 26.09.3). What AnkiConnect lacks is there as well:
connections that stay open, bodies in chunks, a limit on their size.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from ankish.anki.engine.dispatch import failure
from ankish.anki.engine.registry import ActionError
from ankish.anki.protocol import SERVER
from ankish.anki.serve.origins import LOCALHOST, Origins
from ankish.anki.serve.worker import Worker
from ankish.data import dataclass

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

MEGABYTE = 1024 * 1024
PATIENCE = 30.0
"""Seconds that a client may be silent in the middle of a request."""
LONGEST_PERMISSION = 64 * 1024
"""Bytes of a refused page's request that are looked at, to see whether it asks for permission."""


class TooLarge(Exception):
    """The body of a request is larger than the limit."""


@dataclass(frozen=True)
class App:
    """Answers requests with the engine of `worker`, in order of arrival.

    `limit` is the largest body in bytes.
    """

    worker: Worker
    origins: Origins
    limit: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. A client that has gone is not answered."""
        origins = _all(scope, b"origin")
        if scope["method"] == "OPTIONS":
            await _respond(send, HTTPStatus.OK, b"", _preflight(scope, origins))
            return
        allowed = self.origins.allow(origins)
        headers = _cross_origin(self.origins.header(origins))
        try:
            body = await self._body(scope, receive)
        except TooLarge:
            text = f"the request is larger than {self.limit / MEGABYTE:g} MB"
            await _refuse(send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text, headers)
            return
        except TimeoutError:
            text = "the rest of the request did not come"
            await _refuse(send, HTTPStatus.REQUEST_TIMEOUT, text, headers)
            return
        if body is None:
            return
        if not allowed and not _asks_permission(body):
            await _respond(send, HTTPStatus.FORBIDDEN, b"", [])
            return
        answer = await self.worker.answer(body, ", ".join(origins), allowed)
        await _respond(send, HTTPStatus.OK, answer, headers)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body; None if the client went away before its end.

        A body that is too large is read to its end all the same, and forgotten: a client
        that is cut off while it sends never sees the answer that says why. One that asks
        first (`Expect: 100-continue`) is told at once.
        """
        announced = int(next(iter(_all(scope, b"content-length")), "0"))
        if announced > self.limit and _all(scope, b"expect"):
            raise TooLarge
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            try:
                message = await asyncio.wait_for(receive(), PATIENCE)
            except asyncio.TimeoutError as error:  # another class than TimeoutError in 3.10
                raise TimeoutError from error
            if message["type"] == "http.disconnect":
                return None
            part, more = message.get("body", b""), message.get("more_body", False)
            size += len(part)
            if size > self.limit:
                parts.clear()
            else:
                parts.append(part)
        if size > self.limit:
            raise TooLarge
        return b"".join(parts)


def _all(scope: Scope, name: bytes) -> list[str]:
    """Every value of a header."""
    return [value.decode("latin-1") for header, value in scope["headers"] if header == name]


def _asks_permission(body: bytes) -> bool:
    """Whether this is `requestPermission`, the one request that any page may send."""
    if len(body) > LONGEST_PERMISSION:
        return False
    try:
        request = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(request, dict) and request.get("action") == "requestPermission"


def _preflight(scope: Scope, origins: list[str]) -> Headers:
    """A browser asks before it sends: it may, and the request itself is what is judged."""
    headers = _cross_origin(origins[0] if origins else LOCALHOST)
    if _all(scope, b"access-control-request-private-network") == ["true"]:
        headers.append((b"Access-Control-Allow-Private-Network", b"true"))
    return headers


def _cross_origin(origin: str) -> Headers:
    return [
        (b"Access-Control-Allow-Origin", origin.encode("latin-1")),
        (b"Access-Control-Allow-Headers", b"*"),
    ]


async def _refuse(send: Send, status: HTTPStatus, text: str, headers: Headers) -> None:
    """Answer with an error of the server's own, and end the connection."""
    content = json.dumps(failure(ActionError(text))).encode("ascii")
    await _respond(send, status, content, [*headers, (b"Connection", b"close")])


async def _respond(send: Send, status: HTTPStatus, content: bytes, headers: Headers) -> None:
    whole = [
        (b"Content-Type", b"application/json"),
        (b"Server", SERVER.encode("ascii")),
        *headers,
        (b"Content-Length", str(len(content)).encode("ascii")),
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": whole})
    await send({"type": "http.response.body", "body": content})
