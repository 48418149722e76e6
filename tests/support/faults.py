"""A server that goes wrong in one way: for what neither Anki nor the engine can be made to do."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from threading import Thread
from types import TracebackType

Act = Callable[[socket.socket], object]


class Fault:
    """Takes connections one at a time, reads the request, and then does what it is given.

    With several acts each connection gets the next, and the last one all further ones.
    `requests` holds what was read, header and body.
    """

    def __init__(self, *acts: Act, family: socket.AddressFamily = socket.AF_INET) -> None:
        self._acts = list(acts)
        self.requests: list[bytes] = []
        host = "::1" if family is socket.AF_INET6 else "127.0.0.1"
        self._listener = socket.create_server((host, 0), family=family)
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve, name="fault")

    @property
    def url(self) -> str:
        """Where it listens, if that is IPv4."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Fault:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                peer = self._listener.accept()[0]
            except OSError:
                return
            act = self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]
            with peer:
                peer.settimeout(5)
                try:
                    self.requests.append(whole(peer))
                    act(peer)
                except OSError:  # the client has had enough
                    continue


def whole(peer: socket.socket) -> bytes:
    """A request or an answer, to its end."""
    received = b""
    while True:
        chunk = peer.recv(65536)
        received += chunk
        head, end, body = received.partition(b"\r\n\r\n")
        length = next(
            (
                int(line[15:])
                for line in head.split(b"\r\n")
                if line.lower().startswith(b"content-l")
            ),
            0,
        )
        is_tls = received.startswith(b"\x16")
        if is_tls or not chunk or (end and len(body) >= length):
            return received


def says(
    body: str | bytes,
    status: str = "200 OK",
    content_type: str = "application/json",
    extra: str = "",
) -> Act:
    """Answers with `body` and closes."""
    content = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{extra}"
    whole = f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content
    return lambda peer: peer.sendall(whole)


def replies(result: object, error: str | None = None) -> Act:
    """Answers as AnkiConnect does."""
    return says(json.dumps({"result": result, "error": error}))


def raw(content: bytes) -> Act:
    """Sends bytes that may be no HTTP at all, and closes."""
    return lambda peer: peer.sendall(content)


def reset(peer: socket.socket) -> None:
    """Breaks the connection."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silence(peer: socket.socket) -> None:
    """Says nothing until the client goes."""
    peer.recv(1)


GRANTED = replies({"permission": "granted", "requireApikey": False, "version": 6})
