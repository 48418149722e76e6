"""What is said to Anki and heard back: plain data, and the way it travels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from ankish.data import dataclass, field

VERSION = 6
"""The version of AnkiConnect's protocol that is spoken, always and in every part of a multi."""

CHANGED_MEANWHILE = "it was changed after it was looked at"
"""The error of `putState` where somebody was quicker: nothing is put back then."""

NO_SUCH_ROW = "list index out of range"
"""The error of areDue and getIntervals for all cards, where one is gone or was never answered."""

SERVER = "ankish"
"""What `ankish serve` calls itself in the head of an answer; AnkiConnect has no such header."""


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
    waited: float = 0.0
    """Seconds between requests and their answers."""


class Watcher(Protocol):
    """Is told when an answer is waited for."""

    def sent(self) -> None:
        """A request goes out."""

    def answered(self) -> None:
        """The answer is there, or there will be none."""


class Transport(Protocol):
    """Carries a request to where it is answered: over HTTP, or to an engine in this process.

    * **where** - for messages: a URL or a file, without anything secret.
    * **sent**, **received** - bytes so far, 0 where nothing is encoded.
    * **embedded** - whether it is the engine in this process that answers.
    * **engine** - whether it is ankish's engine, in this process or behind a URL. Over HTTP
      that is known once something was answered.
    * **local** - whether that is on this machine, so that a path means the same to both.
    """

    @property
    def where(self) -> str: ...

    @property
    def embedded(self) -> bool: ...

    @property
    def engine(self) -> bool: ...

    @property
    def local(self) -> bool: ...

    @property
    def sent(self) -> int: ...

    @property
    def received(self) -> int: ...

    def send(self, request: dict[str, Any], timeout: float) -> object:
        """The answer to `request`, as the JSON value that it is.

        `timeout` is in seconds, from the last sign of life. Raises `AnkishError` when
        there is no such answer. Sends once: whether to ask again is up to the caller.
        """

    def while_waiting(self, work: Callable[[], object]) -> None:
        """Have some work done once, while the next answer is waited for.

        It is not done where nothing is waited for, and it is no harm if it goes wrong.
        """

    def copied(self) -> Transport | None:
        """A transport to a copy of the collection, which goes when it is closed.

        None if the collection is not in this process.
        """

    def close(self) -> None:
        """Let go of what is held open."""
