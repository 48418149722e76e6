"""AnkiConnect over HTTP.

What AnkiConnect is like (measured on Anki 26.09.3): it closes the connection after every
answer without saying so, takes one connection per 25 ms and one request at a time. So each
request has a connection of its own, and never two are on the way at once. Once a request has
begun Anki waits for its end, so that it is sent all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

from ankish.anki import address, line, wire
from ankish.anki.line import Answer, Line
from ankish.anki.protocol import SERVER
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import harmless
from ankish.settings import DEFAULT_URL


class HttpTransport:
    """A `Transport` to an AnkiConnect at a URL: on this machine by a line of its own, which is
    quicker to be had than that to anywhere else.
    """

    def __init__(self, url: str = DEFAULT_URL) -> None:
        """Take `url` apart; nothing is sent. Raises `AnkishError` (`anki::url`)."""
        self._url = url
        self._address = address.parse(url)
        self._urls = self._address.urls
        self._line: Line | None = None
        self._turn = Lock()
        self._work: Callable[[], object] | None = None
        self.where = self._address.where
        self.embedded = False
        self.engine = False
        self.local = self._address.loopback
        self.sent = 0
        self.received = 0

    def send(self, request: dict[str, Any], timeout: float) -> object:
        """See `Transport.send`."""
        body = wire.encode(request)
        with self._turn:
            try:
                answer = self._post(self._opened(), body, timeout)
            except line.Fault as fault:
                raise self._failure(fault, request, timeout) from fault
            self.sent += len(body)
            self.received += len(answer.content)
            self.engine = answer.headers.get("server") == SERVER
        content_type = answer.headers.get("content-type", "")
        return wire.decode(answer.status, content_type, answer.content, request, self.where)

    def while_waiting(self, work: Callable[[], object]) -> None:
        """See `Transport.while_waiting`. Anki looks for requests every 25 ms."""
        self._work = work

    def copied(self) -> None:
        """See `Transport.copied`."""

    def close(self) -> None:
        """See `Transport.close`."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _post(self, way: Line, body: bytes, timeout: float) -> Answer:
        """The answer of the first URL that takes the connection; it alone is used from now on."""
        failures: list[line.Fault] = []
        for url in self._urls:
            try:
                answer = way.post(url, body, timeout, self._waiting)
            except line.Unreached as fault:
                failures.append(fault)
            else:
                self._urls = (url,)
                return answer
        raise failures[0]

    def _waiting(self) -> None:
        """Do what can be done while an answer is waited for."""
        if self._work is not None:
            work, self._work = self._work, None
            with suppress(Exception):  # what is wrong will be so again in its own time
                work()

    def _opened(self) -> Line:
        if self._line is None:
            near = self._address.loopback and self._url.isascii()
            if near and not (self._address.secure or self._address.login):
                from ankish.anki.near import Near

                self._line = Near(self._address)
            else:
                from ankish.anki.far import Far

                self._line = Far(self._address)
        return self._line

    def _failure(
        self, fault: line.Fault, request: Mapping[str, Any], timeout: float
    ) -> AnkishError:
        """What it means for the user that a request ended in `fault`."""
        where, action, unsure = self.where, request["action"], wire.unsure(request)
        if isinstance(fault, line.Unreached):
            tls = isinstance(fault, line.Unsafe)
            reason = line.reason(fault)
            if isinstance(fault, line.Late):
                tls, reason = self._address.secure, "no connection was made in time"
            return (kinds.TLS if tls else kinds.NO_ANSWER).error(where=where, reason=reason)
        if isinstance(fault, line.Silent):
            return kinds.TIMEOUT.error(where=where, action=action, seconds=timeout, unsure=unsure)
        if isinstance(fault, line.NoProxy):
            return kinds.BAD_PROXY.error(where=where, reason=harmless(str(fault)))
        if isinstance(fault, line.NoName):
            return address.bad(self._url, "its host is not a name")
        if isinstance(fault, line.Garbled):
            return kinds.NOT_ANKICONNECT.error(where=where)
        reason = line.reason(fault)
        return kinds.LOST.error(where=where, action=action, unsure=unsure, reason=reason)
