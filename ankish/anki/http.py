"""AnkiConnect over HTTP. The only module that knows httpx, and imports it when first asked.

What AnkiConnect is like (measured on Anki 26.09.3): it closes the connection after every
answer without saying so, takes one connection per 25 ms and one request at a time. So each
request has a connection of its own, and never two are on the way at once. Once a request has
begun Anki waits for its end; httpx sends the body right behind the head, 0.05 ms later.

Almost always Anki runs on this machine. What httpx knows beyond its own core, which is httpcore
(proxies, certificates, redirects, encodings), is of no use there and takes 22 ms to import, a
quarter of what a short program takes. So for this machine httpx's core is asked directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any

from ankish.anki import address, timeouts, wire
from ankish.anki.address import Address
from ankish.anki.protocol import SERVER
from ankish.data import dataclass
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import harmless
from ankish.settings import DEFAULT_URL

_Extensions = dict[str, Any]
"""What the library is to do beside its usual work."""

_ON_ITS_WAY = "http11.send_request_body.complete"
"""What httpcore calls the moment when a request has been sent and its answer is waited for."""

_HEADERS = {
    "Content-Type": "application/json",
    "Connection": "close",
    "Accept-Encoding": "identity",
    "User-Agent": "ankish",
}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class HttpTransport:
    """A `Transport` to an AnkiConnect at a URL.

    For this machine the proxies of the environment are ignored. Only an https URL costs a
    TLS context (14 ms to make, against 0.2 ms without).
    """

    def __init__(self, url: str = DEFAULT_URL) -> None:
        """Take `url` apart; nothing is sent. Raises `AnkishError` (`anki::url`)."""
        self._url = url
        self._address = address.parse(url)
        self._urls = self._address.urls
        self._line: _Line | None = None
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
            line = self._opened()
            try:
                answer = self._post(line, body, timeout)
            except line.faults as error:
                raise _fault(error, line.library, request, self.where, timeout) from error
            except line.refusals as error:  # a host that no name can have
                raise address.bad(self._url, "its host is not a name") from error
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

    def _post(self, line: _Line, body: bytes, timeout: float) -> _Answer:
        """The answer of the first URL that takes the connection; it alone is used from now on."""
        failures: list[Exception] = []
        extensions = {} if self._work is None else {"trace": self._went_on}
        for url in self._urls:
            try:
                answer = line.post(url, body, timeout, extensions)
            except (line.library.ConnectError, line.library.ConnectTimeout) as error:
                failures.append(error)
            else:
                self._urls = (url,)
                return answer
        raise failures[0]

    def _went_on(self, event: str, _: object) -> None:
        """What the library tells of a request on its way."""
        if event == _ON_ITS_WAY and self._work is not None:
            work, self._work = self._work, None
            with suppress(Exception):  # what is wrong will be so again in its own time
                work()

    def _opened(self) -> _Line:
        if self._line is None:
            plain = self._address.loopback and self._url.isascii()
            far = self._address.secure or self._address.login or not plain
            self._line = _Far(self._address) if far else _Near(self._address)
        return self._line


class _Near:
    """The line to this machine: httpx's core."""

    def __init__(self, address: Address) -> None:
        import httpcore

        self.library = httpcore
        self.faults = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)
        self.refusals: tuple[type[Exception], ...] = ()
        self._headers = [*{**_HEADERS, "Host": address.host}.items()]
        self._pool = httpcore.ConnectionPool(max_keepalive_connections=0)

    def post(self, url: str, body: bytes, timeout: float, extensions: _Extensions) -> _Answer:
        patience = dict.fromkeys(("read", "write", "pool"), timeout)
        extensions = {**extensions, "timeout": {**patience, "connect": timeouts.CONNECT}}
        said = self._pool.request(
            "POST", url, headers=self._headers, content=body, extensions=extensions
        )
        headers = {
            name.decode("latin-1").lower(): text.decode("latin-1") for name, text in said.headers
        }
        if headers.get("content-encoding", "identity") != "identity":  # nobody asked for it
            raise self.library.RemoteProtocolError("an encoding")
        return _Answer(said.status, headers, said.content)

    def close(self) -> None:
        self._pool.close()


class _Far:
    """The line to anywhere else: httpx with the proxies and certificates of the environment."""

    def __init__(self, address: Address) -> None:
        """Raises `AnkishError`: `anki::tls` or `anki::proxy`."""
        import httpx

        self.library = httpx
        self.faults = (httpx.HTTPError,)
        self.refusals = (httpx.InvalidURL, UnicodeError)
        headers = dict(_HEADERS)
        if len(address.urls) > 1:  # connected to by number, asked for by name
            headers["Host"] = address.host
        try:
            self._client = httpx.Client(
                verify=httpx.create_ssl_context() if address.secure else False,
                trust_env=not address.loopback,
                limits=httpx.Limits(max_keepalive_connections=0),
                headers=headers,
            )
        except OSError as error:  # the file that SSL_CERT_FILE names
            raise kinds.TLS.error(where=address.where, reason=_reason(error)) from error
        except (ImportError, ValueError) as error:
            reason = harmless(str(error))
            raise kinds.BAD_PROXY.error(where=address.where, reason=reason) from error

    def post(self, url: str, body: bytes, timeout: float, extensions: _Extensions) -> _Answer:
        patience = self.library.Timeout(timeout, connect=timeouts.CONNECT)
        said = self._client.post(url, content=body, timeout=patience, extensions=extensions)
        return _Answer(said.status_code, said.headers, said.content)

    def close(self) -> None:
        self._client.close()


_Line = _Near | _Far


def _fault(
    error: Exception, library: Any, request: Mapping[str, Any], where: str, timeout: float
) -> AnkishError:
    """What it means for the user that sending a request ended in `error`, which is of `library`."""
    action, unsure = request["action"], wire.unsure(request)
    if isinstance(error, library.ConnectTimeout):  # under https the handshake is a part of it
        kind = kinds.TLS if where.startswith("https") else kinds.NO_ANSWER
        return kind.error(where=where, reason="no connection was made in time")
    if isinstance(error, library.ConnectError):
        kind = kinds.TLS if _is_tls(error) else kinds.NO_ANSWER
        return kind.error(where=where, reason=_reason(error))
    if isinstance(error, library.TimeoutException):
        return kinds.TIMEOUT.error(where=where, action=action, seconds=timeout, unsure=unsure)
    if isinstance(error, library.ProxyError):
        return kinds.BAD_PROXY.error(where=where, reason=harmless(str(error)))
    garbled = isinstance(error, library.RemoteProtocolError) and not _is_cut(error)
    if garbled or type(error).__name__ == "DecodingError":
        return kinds.NOT_ANKICONNECT.error(where=where)
    return kinds.LOST.error(where=where, action=action, unsure=unsure, reason=_reason(error))


def _is_cut(error: Exception) -> bool:
    """Whether the other side stopped speaking, rather than speaking something else than HTTP."""
    return any(word in str(error) for word in ("closed", "disconnected"))


def _is_tls(error: BaseException) -> bool:
    import ssl

    return any(isinstance(cause, ssl.SSLError) for cause in _causes(error))


def _reason(error: BaseException) -> str | None:
    """What the system says; None where it says nothing or only what the message does."""
    for cause in _causes(error):
        if isinstance(cause, ConnectionRefusedError):
            return None
        if isinstance(cause, OSError):
            return harmless(cause.strerror or str(cause))
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
