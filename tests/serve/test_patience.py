"""Connections that stop in the middle do not stay for ever."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path

from tests.support.serving import serving

IMPATIENT = """
import sys
from ankish.anki.serve import app, connection
app.PATIENCE = connection.PATIENCE = 0.5
from ankish.anki.serve.command import main
sys.exit(main(sys.argv[1:]))
"""


def test_half_sent_requests_are_given_up(collection: Path) -> None:
    with serving("--collection", str(collection), program=IMPATIENT) as server:
        begin = time.monotonic()
        with (
            socket.create_connection(server.address, timeout=10) as silent,
            socket.create_connection(server.address, timeout=10) as head,
            socket.create_connection(server.address, timeout=10) as body,
        ):
            head.sendall(b"POST / HTTP/1.1\r\nHost:")
            body.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
            assert silent.recv(1) == b""
            assert head.recv(1) == b""
            said = b"".join(iter(lambda: body.recv(65536), b""))
            assert said.startswith(b"HTTP/1.1 408 ")
            answer = json.loads(said.partition(b"\r\n\r\n")[2])
            assert answer == {"result": None, "error": "the rest of the request did not come"}
        assert 0.4 < time.monotonic() - begin < 5
        assert server.ask("version") == 6
        assert server.stop() == (0, "", "")


def test_a_connection_that_asks_is_not_given_up(collection: Path) -> None:
    with serving("--collection", str(collection), program=IMPATIENT) as server:
        connection = server.connect()
        for pause in (0.0, 0.7, 0.7):
            time.sleep(pause)
            connection.request("POST", "/", b'{"action": "version", "version": 6}')
            assert json.loads(connection.getresponse().read())["result"] == 6
        connection.close()
        assert server.stop()[0] == 0


def test_the_server_stops_beside_half_sent_requests(collection: Path) -> None:
    with (
        serving("--collection", str(collection)) as server,
        socket.create_connection(server.address) as peer,
    ):
        peer.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        server.ask("version")
        begin = time.monotonic()
        assert server.stop() == (0, "", "")
        assert time.monotonic() - begin < 10
