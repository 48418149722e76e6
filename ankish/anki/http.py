"""AnkiConnect over HTTP. The only module that knows httpx, and imports it when first asked.

What AnkiConnect is like (measured on Anki 26.09.3): it closes the connection after every
answer without saying so, takes one connection per 25 ms and one request at a time. So each
request has a connection of its own, and never two are on the way at once. Once a request has
begun Anki waits for its end; httpx sends the body right behind the head, 0.05 ms later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

from ankish.anki import address, timeouts, wire
from ankish.anki.protocol import SERVER
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import harmless
from ankish.settings import DEFAULT_URL

if TYPE_CHECKING:
    import httpx

_HEADERS = {
    "Content-Type": "application/json",
    "Connection": "close",
    "Accept-Encoding": "identity",
    "User-Agent": "ankish",
}


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
        self._client: httpx.Client | None = None
        self._turn = Lock()
        self.where = self._address.where
        self.embedded = False
        self.engine = False
        self.local = self._address.loopback
        self.sent = 0
        self.received = 0

    def send(self, request: dict[str, Any], timeout: float) -> object:
        """See `Transport.send`."""
        import httpx

        body = wire.encode(request)
        with self._turn:
            try:
                response = self._post(body, timeout)
            except httpx.HTTPError as error:
                raise _fault(error, request, self.where, timeout) from error
            except (httpx.InvalidURL, UnicodeError) as error:  # a host that no name can have
                raise address.bad(self._url, "its host is not a name") from error
            self.sent += len(body)
            self.received += len(response.content)
            self.engine = response.headers.get("server") == SERVER
        content_type = response.headers.get("content-type", "")
        return wire.decode(
            response.status_code, content_type, response.content, request, self.where
        )

    def copied(self) -> None:
        """See `Transport.copied`."""

    def close(self) -> None:
        """See `Transport.close`."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _post(self, body: bytes, timeout: float) -> httpx.Response:
        """The response of the first URL that takes the connection; it alone is used from now on."""
        import httpx

        client = self._opened()
        patience = httpx.Timeout(timeout, connect=timeouts.CONNECT)
        failures: list[httpx.TransportError] = []
        for url in self._urls:
            try:
                response = client.post(url, content=body, timeout=patience)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failures.append(error)
            else:
                self._urls = (url,)
                return response
        raise failures[0]

    def _opened(self) -> httpx.Client:
        import httpx

        if self._client is None:
            headers = dict(_HEADERS)
            if len(self._address.urls) > 1:  # connected to by number, asked for by name
                headers["Host"] = self._address.host
            try:
                self._client = httpx.Client(
                    verify=httpx.create_ssl_context() if self._address.secure else False,
                    trust_env=not self._address.loopback,
                    limits=httpx.Limits(max_keepalive_connections=0),
                    headers=headers,
                )
            except OSError as error:  # the file that SSL_CERT_FILE names
                raise kinds.TLS.error(where=self.where, reason=_reason(error)) from error
            except (ImportError, ValueError) as error:
                reason = harmless(str(error))
                raise kinds.BAD_PROXY.error(where=self.where, reason=reason) from error
        return self._client


def _fault(
    error: httpx.HTTPError, request: Mapping[str, Any], where: str, timeout: float
) -> AnkishError:
    """What it means for the user that sending a request ended in `error`."""
    import httpx

    action, unsure = request["action"], wire.unsure(request)
    if isinstance(error, httpx.ConnectTimeout):  # under https the handshake is a part of it
        kind = kinds.TLS if where.startswith("https") else kinds.NO_ANSWER
        return kind.error(where=where, reason="no connection was made in time")
    if isinstance(error, httpx.ConnectError):
        kind = kinds.TLS if _is_tls(error) else kinds.NO_ANSWER
        return kind.error(where=where, reason=_reason(error))
    if isinstance(error, httpx.TimeoutException):
        return kinds.TIMEOUT.error(where=where, action=action, seconds=timeout, unsure=unsure)
    if isinstance(error, httpx.ProxyError):
        return kinds.BAD_PROXY.error(where=where, reason=harmless(str(error)))
    garbled = isinstance(error, httpx.RemoteProtocolError) and not _is_cut(error)
    if garbled or isinstance(error, httpx.DecodingError):
        return kinds.NOT_ANKICONNECT.error(where=where)
    return kinds.LOST.error(where=where, action=action, unsure=unsure, reason=_reason(error))


def _is_cut(error: httpx.RemoteProtocolError) -> bool:
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
