"""The line to an AnkiConnect on this machine: a socket, and httptools to read the answers.

Almost always Anki runs on this machine. What httpx knows (proxies, certificates, redirects,
encodings, connections that are kept) is of no use there, and takes longer to import than all else
that a short program does. h11, with which it reads HTTP, takes 15 ms alone, often more than Anki
takes to answer; the parser of httptools, which is that of Node.js, 1.4. It is imported once the
request has gone, while Anki, which looks for requests every 25 ms, has not seen it yet.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ankish.anki import timeouts
from ankish.anki.address import Address
from ankish.anki.line import HEADERS, Answer, Fault, Garbled, Late, Silent, Unreached

if TYPE_CHECKING:
    from httptools import HttpResponseParser

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
    import httptools

    said = _Said()
    said.reader = httptools.HttpResponseParser(said)
    try:
        while said.answer is None:
            if received := line.recv(_READ):
                said.reader.feed_data(received)
            else:
                said.ended()
    except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
        if said.answer is None:  # else it is what comes behind the answer
            raise Garbled from error
    finally:
        del said.reader  # the two hold each other
    if said.answer.headers.get("content-encoding", "identity") != "identity":  # nobody asked for it
        raise Garbled
    return said.answer


class _Said:
    """What has been said so far, as the parser tells it: the first answer alone is taken."""

    def __init__(self) -> None:
        self.answer: Answer | None = None
        self.reader: HttpResponseParser
        self._headers: dict[str, str] = {}
        self._content = bytearray()
        self._headed = False

    def on_message_begin(self) -> None:
        self._headers, self._content, self._headed = {}, bytearray(), False

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._headed = True

    def on_body(self, body: bytes) -> None:
        self._content += body

    def on_message_complete(self) -> None:
        status = self.reader.get_status_code()
        if self.answer is None and status >= 200:  # what comes before says that more will come
            self.answer = Answer(status, self._headers, bytes(self._content))

    def ended(self) -> None:
        """Nothing more comes: that is the end of an answer which does not say how long it is."""
        if self._headed and not {"content-length", "transfer-encoding"} & self._headers.keys():
            self.on_message_complete()
        if self.answer is None:
            raise Fault
