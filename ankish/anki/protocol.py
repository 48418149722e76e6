"""What is said to Anki and heard back: plain data, and the way it travels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from ankish.data import dataclass, field

VERSION = 6
"""The version of AnkiConnect's protocol that is spoken, always and in every part of a multi."""


@dataclass(frozen=True, slots=True)
class Request:
    """An action and its parameters."""

    action: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a result, or what Anki said in refusing."""

    result: Any = None
    error: str | None = None


def actions_of(request: Mapping[str, Any]) -> Iterator[str]:
    """The names of the actions in a request object: those inside for a multi, however deep."""
    if request.get("action") != "multi":
        yield str(request.get("action"))
        return
    params = request.get("params")
    inner = params.get("actions") if isinstance(params, Mapping) else None
    for part in inner if isinstance(inner, (list, tuple)) else ():
        if isinstance(part, Mapping):
            yield from actions_of(part)


@dataclass(frozen=True, slots=True)
class Server:
    """What the other side said of itself when the connection was made."""

    version: int
    needs_key: bool


@dataclass(slots=True)
class Stats:
    """What a client has sent so far. A multi is one request and several actions."""

    requests: int = 0
    actions: int = 0
    sent: int = 0
    """Bytes of request bodies; 0 where nothing is encoded."""
    received: int = 0
    """Bytes of answers."""


class Transport(Protocol):
    """Carries a request to where it is answered: over HTTP, or to an engine in this process.

    * **where** - for messages: a URL or a file, without anything secret.
    * **sent**, **received** - bytes so far, 0 where nothing is encoded.
    """

    @property
    def where(self) -> str: ...

    @property
    def sent(self) -> int: ...

    @property
    def received(self) -> int: ...

    def send(self, request: dict[str, Any], timeout: float) -> object:
        """The answer to `request`, as the JSON value that it is.

        `timeout` is in seconds, from the last sign of life. Raises `AnkishError` when
        there is no such answer. Sends once: whether to ask again is up to the caller.
        """

    def close(self) -> None:
        """Let go of what is held open."""
