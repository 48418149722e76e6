"""Where AnkiConnect is: a URL taken apart."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from ankish.data import dataclass
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import harmless

_PORT = 8765
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1|0\.0\.0\.0|::")
_CREDENTIALS = re.compile(r"[^/]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """A URL.

    * **urls** - where to connect, one after the other until one answers.
    * **host** - what the `Host` header says.
    * **where** - the URL for messages: without user name, password or query.
    * **secure** - whether it is https.
    * **loopback** - whether it is this machine.
    * **login** - whether it has a user name or a password.
    """

    urls: tuple[str, ...]
    host: str
    where: str
    secure: bool
    loopback: bool
    login: bool


def parse(text: str) -> Address:
    """The address that `text` names.

    `localhost:8765` is taken for http, and a host alone means AnkiConnect's own port.
    AnkiConnect listens on IPv4 only, so `localhost` is tried as 127.0.0.1 before ::1; under
    https the name stays, since the certificate is for the name.
    Raises `AnkishError` (`anki::url`).
    """
    bare = "://" not in text
    try:
        parts = urlsplit(f"http://{text}" if bare else text)
    except ValueError:
        raise bad(text, "it is not well formed") from None
    try:
        port = parts.port or (_PORT if bare else None)
    except ValueError:
        raise bad(text, "its port is not a number up to 65535") from None
    if parts.scheme not in ("http", "https"):
        raise bad(text, "it must begin with http:// or https://")
    if not parts.hostname or not text.isprintable() or " " in text:
        raise bad(text, "it names no host")
    secure = parts.scheme == "https"
    host = _netloc(parts.hostname, port)
    twice = parts.hostname == "localhost" and not secure
    hosts = [_netloc(name, port) for name in ("127.0.0.1", "::1")] if twice else [host]
    return Address(
        urls=tuple(_url(parts, each) for each in hosts),
        host=host,
        where=f"{parts.scheme}://{host}{parts.path.rstrip('/')}",
        secure=secure,
        loopback=_LOOPBACK.fullmatch(parts.hostname) is not None,
        login="@" in parts.netloc,
    )


def _netloc(host: str, port: int | None) -> str:
    host = f"[{host}]" if ":" in host else host
    return host if port is None else f"{host}:{port}"


def _url(parts: SplitResult, host: str) -> str:
    user, at, _ = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}{at}{host}", fragment="").geturl()


def bad(text: str, reason: str) -> AnkishError:
    return kinds.BAD_URL.error(url=harmless(_CREDENTIALS.sub("", text)), reason=reason)
