"""The line to an AnkiConnect on this machine: a socket, and h11 to read the answers.

Almost always Anki runs on this machine. What httpx knows (proxies, certificates, redirects,
encodings, connections that are kept) is of no use there, and takes longer to import than all else
that a short program does. h11 is what httpx itself reads HTTP with. It too is imported only once
the request has gone, while Anki, which looks for requests every 25 ms, has not seen it yet.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from ankish.anki import timeouts
from ankish.anki.address import Address
from ankish.anki.line import HEADERS, Answer, Fault, Garbled, Late, Silent, Unreached

_READ = 1 << 18
"""Bytes that are read at once."""


class Near:
    """See `Line`. For plain http, and hosts that are written as numbers."""

    def __init__(self, address: Address) -> None:
        self._headers = {"Host": address.host, **HEADERS}

    def post(self, url: str, body: bytes, timeout: float, waiting: Callable[[], object]) -> Answer:
        """See `Line.post`."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 80
        target = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
        fields = {**self._headers, "Content-Length": len(body)}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        try:
            line = _connected(host, port)
        except TimeoutError as error:
            raise Late from error
        except OSError as error:
            raise Unreached from error
        with line:
            line.settimeout(timeout)
            try:
                with suppress(ConnectionError):  # it may be answered before it is read to its end
                    # All at once: Anki waits for the rest of a request that has begun.
                    line.sendall(f"POST {target} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body)
                waiting()
                return _answer(line)
            except TimeoutError as error:
                raise Silent from error
            except OSError as error:
                raise Fault from error

    def close(self) -> None:
        """See `Line.close`: a request's connection goes with it."""


def _connected(host: str, port: int) -> socket.socket:
    """A connection. `socket.create_connection` would have the number looked up like a name."""
    line = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.settimeout(timeouts.CONNECT)
        line.connect((host, port))
    except BaseException:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> Answer:
    """What is answered to a request that has gone."""
    import h11

    reader = h11.Connection(h11.CLIENT)
    reader.send(h11.Request(method="POST", target="/", headers=[("Host", "")]))
    reader.send(h11.EndOfMessage())
    status, headers, content = 0, {}, bytearray()
    ended = False
    while True:
        try:
            event = reader.next_event()
        except h11.RemoteProtocolError as error:
            raise (Fault if ended else Garbled) from error
        if event is h11.NEED_DATA:
            received = line.recv(_READ)
            ended = not received
            reader.receive_data(received)
        elif isinstance(event, h11.Response):
            status = event.status_code
            headers = {
                name.decode("latin-1"): said.decode("latin-1") for name, said in event.headers
            }
        elif isinstance(event, h11.Data):
            content += event.data
        elif isinstance(event, h11.EndOfMessage):
            break
        elif isinstance(event, h11.ConnectionClosed):
            raise Fault
    if headers.get("content-encoding", "identity") != "identity":  # nobody asked for it
        raise Garbled
    return Answer(status, headers, bytes(content))
