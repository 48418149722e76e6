"""A server on loopback with AnkiConnect's manners, in front of anything that answers a body.

What it does is what was measured on Anki 26.09.3: everything happens on one thread that
wakes every 25 ms; a tick takes at most one new connection and then gives each open one its
turn; a request that has begun is read to its end, 1 KiB at a time, with the whole of it
parsed anew each time; the connection is closed after the answer, which does not say so. An
empty body is answered with a banner, one in chunks counts as empty.

What is behind it is made and used on the server's own thread, as Anki's collection must be.
`python -m tests.support.manners [--demo] [--port N]` runs it in a process of its own.
"""

from __future__ import annotations

import argparse
import select
import socket
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

from ankish.anki.remembered import Remembered

Answer = Callable[[bytes], bytes]
Factory = Callable[[], AbstractContextManager[Answer]]

TICK = 0.025
"""Seconds between two looks at the connections."""
BACKLOG = 5
"""Connections that the system holds ready between two ticks."""
PATIENCE = 5.0
"""Seconds that a request which has begun is waited for; Anki stands still meanwhile."""
CHUNK = 1024
"""Bytes that are read at once."""
BANNER = b'{"apiVersion": "AnkiConnect v.6"}'


@dataclass
class Manners:
    """The server, as a context manager; it runs from entering to leaving.

    Against Anki a request takes as long within a millisecond (25.1 ms in the middle). A large
    body costs the square of its size in both, 5 MB 1.7 s here and 5.4 s in Anki.

    * **factory** - makes what answers a body, on the server's thread, and cleans up after it.
    * **tick** - seconds between two looks; 0 answers at once, for tests that ask a lot.
    * **bodies**, **headers** - of every request that came whole, in order.
    * **received**, **sent** - bytes of bodies and of answers.
    * **crowded** - how many requests had another connection waiting while they were answered.
    """

    factory: Factory
    tick: float = TICK
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    received: int = 0
    sent: int = 0
    crowded: int = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def requests(self) -> int:
        """How many requests came whole."""
        return len(self.bodies)

    def listen(self, port: int = 0) -> None:
        """Bind to a port of 127.0.0.1; 0 takes a free one."""
        self._listener = socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        if port == 0:  # an earlier server may have had the same one
            Remembered(self.url).file.unlink(missing_ok=True)

    def serve(self, stop: Event, ready: Callable[[], object] = lambda: None) -> None:
        """Answer on this thread until `stop` is set; `ready` is called when it begins."""
        waiting: list[socket.socket] = []
        with self._listener, self.factory() as answer:
            ready()
            due = time.monotonic()
            while not stop.is_set():
                due = self._sleep(due, waiting)
                with suppress(BlockingIOError):
                    waiting.append(self._listener.accept()[0])
                waiting = [peer for peer in waiting if self._turn(peer, answer)]
            for peer in waiting:
                peer.close()

    def __enter__(self) -> Manners:
        self.listen()
        self._stop, started = Event(), Event()
        failures: list[BaseException] = []

        def run() -> None:
            try:
                self.serve(self._stop, started.set)
            except BaseException as error:
                failures.append(error)
                started.set()

        self._thread = Thread(target=run, name="manners")
        self._failures = failures
        self._thread.start()
        started.wait()
        if failures:
            self._thread.join()
            raise failures[0]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        if self._failures and error is None:
            raise self._failures[0]

    def _sleep(self, due: float, waiting: list[socket.socket]) -> float:
        """Wait for the next tick; without ticks, until something comes. When the one after is."""
        if not self.tick:
            select.select([self._listener, *waiting], [], [], TICK)
            return due
        time.sleep(max(0.0, due - time.monotonic()))
        return max(due, time.monotonic()) + self.tick

    def _turn(self, peer: socket.socket, answer: Answer) -> bool:
        """Give a connection its turn; whether it stays open."""
        if not select.select([peer], [], [], 0)[0]:
            return True
        with peer:
            request = self._read(peer)
            if request is not None:
                self._respond(peer, request, answer)
        return False

    def _read(self, peer: socket.socket) -> tuple[dict[str, str], bytes] | None:
        """Header and body of a request that has begun; None if it never becomes whole."""
        peer.settimeout(PATIENCE)
        received = b""
        while True:
            try:
                chunk = peer.recv(CHUNK)
            except OSError:
                return None
            received += chunk
            request = _parse(received)  # anew with each chunk: this is what makes it quadratic
            if request is not None or not chunk:
                return request

    def _respond(
        self, peer: socket.socket, request: tuple[dict[str, str], bytes], answer: Answer
    ) -> None:
        headers, body = request
        self.headers.append(headers)
        self.bodies.append(body)
        self.received += len(body)
        content = answer(body) if body else BANNER
        self.crowded += bool(select.select([self._listener], [], [], 0)[0])
        self.sent += len(content)
        head = (
            "HTTP/1.1 200 OK\r\n"
            "Content-Type: application/json\r\n"
            "Access-Control-Allow-Origin: http://localhost\r\n"
            "Access-Control-Allow-Headers: *\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        with suppress(OSError):  # whoever asked may have gone; what was asked is done all the same
            peer.settimeout(PATIENCE)
            peer.sendall(head.encode("ascii") + content)


def _parse(received: bytes) -> tuple[dict[str, str], bytes] | None:
    """Header and body if they are whole. The body's length is known by `Content-Length: ` alone."""
    head, end, body = received.partition(b"\r\n\r\n")
    if not end:
        return None
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    length = int(headers.get("content-length", "0"))
    return (headers, body[:length]) if len(body) >= length else None


def main(arguments: list[str]) -> None:
    """Serve the sample collection or an empty one until the process is ended."""
    from tests.support.engine import engine_at, fresh_engine, sample_engine

    parser = argparse.ArgumentParser(prog="manners")
    parser.add_argument("--demo", action="store_true", help="the sample collection")
    parser.add_argument("--collection", help="a collection file, which is worked on")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--key", help="the API key to want")
    parser.add_argument("--tick", type=float, default=TICK, help="seconds between two looks")
    given = parser.parse_args(arguments)
    made = (sample_engine if given.demo else fresh_engine)(given.key)
    if given.collection is not None:
        made = engine_at(Path(given.collection), given.key)
    server = Manners(made, given.tick)
    server.listen(given.port)
    with suppress(KeyboardInterrupt):
        server.serve(Event(), lambda: sys.stdout.write(f"{server.url}\n") and sys.stdout.flush())


if __name__ == "__main__":
    main(sys.argv[1:])
