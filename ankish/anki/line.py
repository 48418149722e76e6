"""What a request goes along, to an AnkiConnect at a URL, and how that can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from ankish.data import dataclass
from ankish.diagnostics.text import harmless

HEADERS = {
    "Content-Type": "application/json",
    "Connection": "close",
    "Accept-Encoding": "identity",
    "User-Agent": "ankish",
}
"""What every request says, besides for whom it is and how long."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Line(Protocol):
    """Sends requests and hears their answers. Raises what stands below, from what the system or
    the library said.
    """

    def post(self, url: str, body: bytes, timeout: float, waiting: Callable[[], object]) -> Answer:
        """The answer to a request, which goes to `url`. `timeout` is in seconds, from the last
        sign of life; `waiting` is called once the request has gone.
        """

    def close(self) -> None:
        """Let go of what is held open."""


class Fault(Exception):
    """A request that has no answer: the connection was lost on the way."""


class Unreached(Fault):
    """No connection was made."""


class Late(Unreached):
    """No connection was made in time."""


class Unsafe(Unreached):
    """No connection was made that TLS would trust."""


class Silent(Fault):
    """There was no sign of life any more."""


class Garbled(Fault):
    """The answer is not HTTP, or not in a form that was asked for."""


class NoProxy(Fault):
    """What stands between does not let anything through."""


class NoName(Fault):
    """The host is no name that a host can have."""


def reason(error: BaseException) -> str | None:
    """What the system says; None where it says nothing or only what the message does."""
    for cause in causes(error):
        if isinstance(cause, ConnectionRefusedError):
            return None
        if isinstance(cause, OSError):
            return harmless(cause.strerror or str(cause))
    return None


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
