"""The line to an AnkiConnect anywhere else: httpx, with what the environment says of proxies and
certificates. The only module that knows httpx.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable

import httpx

from ankish.anki import line, timeouts
from ankish.anki.address import Address
from ankish.anki.line import HEADERS, Answer
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.text import harmless

_ON_ITS_WAY = "http11.send_request_body.complete"
"""What httpcore calls the moment when a request has been sent and its answer is waited for."""


class Far:
    """See `Line`. For this machine the proxies of the environment are ignored, and only an https
    URL costs a TLS context (14 ms to make, against 0.2 ms without).
    """

    def __init__(self, address: Address) -> None:
        """Raises `AnkishError`: `anki::tls` or `anki::proxy`."""
        headers = dict(HEADERS)
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
            reason = line.reason(error)
            raise kinds.TLS.error(where=address.where, reason=reason) from error
        except (ImportError, ValueError) as error:
            reason = harmless(str(error))
            raise kinds.BAD_PROXY.error(where=address.where, reason=reason) from error

    def post(self, url: str, body: bytes, timeout: float, waiting: Callable[[], object]) -> Answer:
        """See `Line.post`."""

        def trace(event: str, _: object) -> None:
            if event == _ON_ITS_WAY:
                waiting()

        patience = httpx.Timeout(timeout, connect=timeouts.CONNECT)
        try:
            said = self._client.post(
                url, content=body, timeout=patience, extensions={"trace": trace}
            )
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise _fault(error) from error
        return Answer(said.status_code, said.headers, said.content)

    def close(self) -> None:
        """See `Line.close`."""
        self._client.close()


def _fault(error: Exception) -> line.Fault:
    """What became of a request that ended in `error`."""
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return line.NoName()
    if isinstance(error, httpx.ConnectTimeout):  # under https the handshake is a part of it
        return line.Late()
    if isinstance(error, httpx.ConnectError):
        tls = any(isinstance(cause, ssl.SSLError) for cause in line.causes(error))
        return line.Unsafe() if tls else line.Unreached()
    if isinstance(error, httpx.TimeoutException):
        return line.Silent()
    if isinstance(error, httpx.ProxyError):
        return line.NoProxy(str(error))
    cut = any(word in str(error) for word in ("closed", "disconnected"))
    if isinstance(error, httpx.RemoteProtocolError) and not cut:
        return line.Garbled()
    return line.Garbled() if isinstance(error, httpx.DecodingError) else line.Fault()
