"""Listening on a port, with uvicorn; the only module that knows it.

uvicorn was chosen of four servers that were tried. waitress cuts a client off while it still
sends a body that is too large, so that it never sees the answer; cheroot gives a thread to each
connection, and ten requests half sent stop it; hypercorn is as good but slower and needs more.
Measured beside 300 connections with half a request each: an answer in 26 ms, else in 0.3 ms.
"""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ankish.diagnostics.kinds import serve as kinds

if TYPE_CHECKING:
    from ankish.anki.serve.app import App

BACKLOG = 128
"""Connections that the system holds ready while the collection is opened."""
KEEP_ALIVE = 75
"""Seconds that a connection without a request stays open."""
GRACE = 3
"""Seconds that a stopping server waits for clients: to send, or to take what they asked for."""
SIGNALS = [signal.SIGINT, signal.SIGTERM]
if os.name == "posix":
    SIGNALS.append(signal.SIGHUP)  # the terminal was closed


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises `AnkishError` (family `serve`).
    """
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)
        # As AnkiConnect, which knows nothing else, IPv4 where a name means both.
        family, kind, protocol, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        # asyncio sends small answers at once only if the socket knows its protocol (TCP) by
        # number, which `socket.create_server` leaves out: 0.3 ms an answer instead of 43.
        listener = socket.socket(family, kind, protocol)
        return _listening(listener, address)
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise kinds.PORT_IN_USE.error(port=port, host=host) from error
        reason = getattr(error, "strerror", None) or str(error)
        raise kinds.ADDRESS.error(host=host, port=port, reason=reason) from error


def _listening(listener: socket.socket, address: Any) -> socket.socket:
    try:
        if os.name == "posix":  # a port is free again as soon as a server has stopped
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def url(listener: socket.socket) -> str:
    """Where a socket listens."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(listener: socket.socket) -> bool:
    """Whether only this machine can reach a socket."""
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


@contextmanager
def until_signal() -> Iterator[None]:
    """Ends the block, quietly, when a signal tells the process to stop.

    Signals are ignored from then on to the end of the process, so that nothing disturbs what
    closes the collection.
    """

    def stop(*_: object) -> None:
        _handle(signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in SIGNALS}
    _handle(stop)
    try:
        yield
    except KeyboardInterrupt:
        return
    except BaseException:
        for number, handler in before.items():
            signal.signal(number, handler)
        raise


def _handle(handler: Any) -> None:
    """Set the handler of the signals, but for those that are ignored already (`nohup`)."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def run(listener: socket.socket, app: App) -> None:
    """Answer on a socket until a signal comes. Further ones are ignored from then on.

    Raises `AnkishError` (`serve::not-installed`).
    """
    try:
        from ankish.anki.serve.connection import Connection, Server
    except ImportError:
        raise kinds.NOT_INSTALLED.error() from None
    import uvicorn

    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        loop="asyncio",
        interface="asgi3",
        lifespan="off",
        log_config=None,
        log_level=logging.CRITICAL,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
    )
    server = Server(config, app.worker.stop)
    _handle(server.handle_exit)  # an exception would be lost if it struck while one is answered
    try:
        asyncio.run(server.serve(sockets=[listener]))
    finally:
        _handle(signal.SIG_IGN)
