"""HTTP itself: connections that stay, bodies of all kinds, and clients that misbehave."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.engine.support import note
from tests.support.serving import Serving

VERSION = b'{"action": "version", "version": 6}'
SIX = {"result": 6, "error": None}
MEGABYTE = 1024 * 1024


def raw(server: Serving, request: bytes) -> bytes:
    """All that comes back for what is sent, until the server closes the connection."""
    with socket.create_connection(server.address, timeout=10) as peer:
        peer.sendall(request)
        received = b""
        while chunk := peer.recv(65536):
            received += chunk
        return received


def posted(body: bytes, *headers: bytes, version: bytes = b"1.1") -> bytes:
    """A request as it travels, that asks for the connection to be closed."""
    return b"\r\n".join(
        [
            b"POST / HTTP/" + version,
            b"Host: x",
            b"Connection: close",
            b"Content-Length: %d" % len(body),
            *headers,
            b"",
            body,
        ]
    )


def test_one_connection_serves_many_requests(shared: Serving) -> None:
    connection = shared.connect()
    connection.connect()
    first = connection.sock
    took = []
    for _ in range(100):
        begin = time.monotonic()
        connection.request("POST", "/", VERSION)
        assert json.loads(connection.getresponse().read()) == SIX
        assert connection.sock is first
        took.append(time.monotonic() - begin)
    # A busy machine makes some of them late; packets that wait for each other, all of them.
    assert min(took) < 0.03, "small packets wait for each other, 40 ms each"
    connection.request("POST", "/", VERSION, {"Connection": "close"})
    answer = connection.getresponse()
    assert json.loads(answer.read()) == SIX
    assert answer.getheader("Connection") == "close"
    connection.close()


def test_requests_that_come_at_once_are_answered_in_order(shared: Serving) -> None:
    one = posted(VERSION).replace(b"Connection: close\r\n", b"")
    other = posted(b'{"action": "deckNames", "version": 6}')
    received = raw(shared, one + one + other)
    assert received.count(b"HTTP/1.1 200") == 3
    assert received.endswith(b'{"result": ["Default"], "error": null}')


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (posted(VERSION, version=b"1.0"), b'{"result": 6, "error": null}'),
        (posted(VERSION).replace(b"POST / ", b"PUT /foo?x=1 "), b'{"result": 6, "error": null}'),
        (posted(VERSION).replace(b"POST ", b"GET "), b'{"result": 6, "error": null}'),
        (posted(VERSION).replace(b": ", b":", 3), b'{"result": 6, "error": null}'),
        (posted(b""), b'{"apiVersion": "AnkiConnect v.6"}'),
        (b"GET / HTTP/1.0\r\n\r\n", b'{"apiVersion": "AnkiConnect v.6"}'),
    ],
)
def test_method_and_path_mean_nothing(shared: Serving, sent: bytes, answer: bytes) -> None:
    received = raw(shared, sent)
    assert received.startswith(b"HTTP/1.1 200 OK\r\n")
    assert received.endswith(b"\r\n\r\n" + answer)


@pytest.mark.parametrize(
    "sent",
    [
        posted(VERSION).replace(b"Content-Length: 35", b"Content-Length: abc"),
        posted(VERSION).replace(b"Content-Length: 35", b"Content-Length: -1"),
        posted(VERSION, b"Content-Length: 3"),
        posted(VERSION, b"Transfer-Encoding: gzip").replace(b"Content-Length: 35\r\n", b""),
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200 + b"\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused_and_harms_nobody(shared: Serving, sent: bytes) -> None:
    assert b" 400 " in raw(shared, sent) or b" 501 " in raw(shared, sent)
    assert shared.ask("version") == 6


def test_a_head_without_end_is_not_read(shared: Serving) -> None:
    with socket.create_connection(shared.address) as peer, pytest.raises(ConnectionError):
        while True:
            peer.sendall(b"X: " + b"x" * 65536)
    assert shared.ask("version") == 6


def test_a_body_in_chunks(shared: Serving) -> None:
    def parts() -> Iterator[bytes]:
        for byte in VERSION:
            yield bytes([byte])

    connection = shared.connect()
    connection.request("POST", "/", parts(), encode_chunked=True)
    assert json.loads(connection.getresponse().read()) == SIX
    connection.close()


def test_a_client_that_waits_to_be_told_to_go_on(shared: Serving) -> None:
    with socket.create_connection(shared.address, timeout=10) as peer:
        peer.sendall(posted(b"", b"Expect: 100-continue").replace(b": 0", b": 35"))
        assert peer.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        peer.sendall(VERSION)
        assert peer.recv(65536).startswith(b"HTTP/1.1 200 OK")


def large(size: int) -> bytes:
    """A request of just so many bytes that would store a note's worth of letters."""
    frame = b'{"action": "version", "version": 6, "x": "%s"}'
    return frame % (b"x" * (size - len(frame) + 2))


def test_a_body_just_within_the_limit(shared: Serving) -> None:
    assert json.loads(shared.send(large(MEGABYTE))) == SIX


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [MEGABYTE + 1, 20 * MEGABYTE])
def test_a_body_beyond_the_limit_is_refused_with_a_reason(
    shared: Serving, size: int, chunked: bool
) -> None:
    connection = shared.connect()
    body = large(size)
    if chunked:
        parts = (body[at : at + 65536] for at in range(0, size, 65536))
        connection.request("POST", "/", parts, encode_chunked=True)
    else:
        connection.request("POST", "/", body)
    answer = connection.getresponse()
    assert answer.status == 413
    reply = json.loads(answer.read())
    assert reply == {"result": None, "error": "the request is larger than 1 MB"}
    connection.close()


def test_a_body_beyond_the_limit_is_refused_before_it_is_sent(shared: Serving) -> None:
    with socket.create_connection(shared.address, timeout=10) as peer:
        head = posted(b"", b"Expect: 100-continue").replace(b"Length: 0", b"Length: 9999999999")
        peer.sendall(head)
        assert peer.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_half_sent_requests_hold_up_nobody(shared: Serving) -> None:
    halves = [
        b"POST / HT",
        b"POST / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"",
    ]
    peers = [socket.create_connection(shared.address) for _ in range(200)]
    for number, peer in enumerate(peers):
        peer.sendall(halves[number % len(halves)])
    begin = time.monotonic()
    for _ in range(20):
        assert shared.ask("version") == 6
    assert time.monotonic() - begin < 5
    for peer in peers:
        peer.close()
    assert shared.ask("version") == 6


def test_a_client_that_does_not_read_holds_up_nobody(shared: Serving) -> None:
    data = "A" * (MEGABYTE // 2)
    shared.ask("storeMediaFile", filename="large.txt", data=data)
    retrieve = b'{"action": "retrieveMediaFile", "version": 6, "params": {"filename": "large.txt"}}'
    one = posted(retrieve).replace(b"Connection: close\r\n", b"")
    peers = [socket.create_connection(shared.address) for _ in range(20)]
    for peer in peers:
        peer.sendall(one * 40)  # 20 MB of answers each, which nobody takes
    begin = time.monotonic()
    assert shared.ask("version") == 6
    assert time.monotonic() - begin < 10
    for peer in peers:
        peer.close()
    assert shared.ask("version") == 6


def test_clients_that_go_away_hold_up_nobody(shared: Serving) -> None:
    for _ in range(100):
        with socket.create_connection(shared.address) as peer:
            peer.sendall(posted(VERSION))
    assert shared.ask("version") == 6


def test_many_clients_at_once(shared: Serving) -> None:
    def client(number: int) -> list[int]:
        connection = shared.connect()
        added = []
        for turn in range(10):
            params = {"note": note(f"{number} {turn}")}
            request = {"action": "addNote", "version": 6, "params": params}
            connection.request("POST", "/", json.dumps(request))
            added.append(json.loads(connection.getresponse().read())["result"])
        connection.close()
        return added

    with ThreadPoolExecutor(20) as clients:
        added = [each for part in clients.map(client, range(20)) for each in part]
    assert len(set(added)) == 200
    assert sorted(added) == sorted(shared.ask("findNotes", query=""))
    shared.ask("deleteNotes", notes=added)
