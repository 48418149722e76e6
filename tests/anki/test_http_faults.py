"""What goes wrong on the way to Anki: each fault has its own message, and none is a traceback."""

from __future__ import annotations

import errno
import gc
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from threading import Event
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankish.anki import timeouts
from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.anki.protocol import Request
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.render import render
from tests.conftest import Goldens
from tests.support.faults import GRANTED, Act, Fault, raw, replies, reset, says, silence

HTML = "<!doctype html>\n<title>Router</title>\n<h1>It works</h1>"
WHOLE = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"resu'
NAMELY = "http://127.0.0.1:8765"


@pytest.fixture(scope="module", autouse=True)
def impatient() -> Iterator[None]:
    """Reads are sent again without a pause."""
    with mock.patch.object(timeouts, "PAUSES", (0.0,)):
        yield


def failure(url: str, action: str = "createDeck", timeout: float = 5.0) -> AnkishError:
    """The error of one request, sent without a greeting."""
    with pytest.raises(AnkishError) as caught, closing(HttpTransport(url)) as transport:
        transport.send({"action": action, "version": 6, "params": {}}, timeout)
    return caught.value


def shown(error: AnkishError, url: str) -> str:
    """The message as a user reads it, with the usual URL."""
    return render(error.diagnostics).replace(url, NAMELY)


def code(error: AnkishError) -> str:
    (diagnostic,) = error.diagnostics
    return diagnostic.code


def free_port() -> int:
    """A port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("lost", reset),
        ("lost-cut", raw(WHOLE)),
        ("lost-nothing", raw(b"")),
        ("forbidden", raw(b"HTTP/1.1 403 Forbidden\r\nAccess-Control-Allow-Origin: x\r\n\r\n")),
        ("not-ankiconnect-page", says(HTML, content_type="text/html")),
        ("not-ankiconnect-status", says(HTML, status="404 Not Found", content_type="text/html")),
        ("not-ankiconnect-moved", says("", "302 Found", extra="Location: http://x.invalid/\r\n")),
        ("not-ankiconnect-talk", raw(b"220 mail.example ESMTP\r\n\r\n")),
        ("not-ankiconnect-packed", says("{}", extra="Content-Encoding: gzip\r\n")),
        ("not-json", says('{"result": [1, 2, \x1b[31m')),
        ("not-json-encoding", says(b'{"result": "\xff\xfe"}')),
        ("empty", says('{"apiVersion": "AnkiConnect v.6"}')),
        ("empty-2023", says("AnkiConnect v.6", content_type="text/json")),
    ],
)
def test_each_fault_has_its_message(name: str, act: Act, golden: Goldens) -> None:
    with Fault(act) as server:
        error = failure(server.url)
        golden(f"anki/{name}", shown(error, server.url))
        assert len(server.requests) == 1, "a write is never sent again"


def test_nothing_answers(golden: Goldens) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    golden("anki/no-answer", shown(failure(url), url))


def test_a_machine_without_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    class OldSocket(socket.socket):
        def __init__(self, family: int = -1, *given: int, **named: object) -> None:
            if family == socket.AF_INET6:
                raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
            super().__init__(family, *given, **named)  # type: ignore[arg-type]

    port = free_port()
    monkeypatch.setattr(socket, "socket", OldSocket)
    for host in ("localhost", "[::1]"):
        assert code(failure(f"http://{host}:{port}")) == "anki::no-answer"


def test_a_host_that_is_not_known(monkeypatch: pytest.MonkeyPatch, golden: Goldens) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    golden("anki/no-answer-host", render(failure("http://anki.example").diagnostics))


def test_silence_is_waited_for_only_so_long(golden: Goldens) -> None:
    with Fault(silence) as server:
        golden("anki/timeout", shown(failure(server.url, timeout=1.0), server.url))
        golden("anki/timeout-read", shown(failure(server.url, "version", 1.0), server.url))
        assert len(server.requests) == 2, "silence is not a reason to ask again"


def test_tls_with_a_server_that_has_none() -> None:
    with Fault(replies(6)) as server:
        url = f"https://127.0.0.1:{server.port}"
        error = failure(url)
    (diagnostic,) = error.diagnostics
    assert diagnostic.code == "anki::tls"
    assert diagnostic.notes  # OpenSSL's own words, which differ between its versions


def test_nothing_answers_under_https_either() -> None:
    assert code(failure(f"https://127.0.0.1:{free_port()}")) == "anki::no-answer"


def test_after_ctrl_c_the_next_request_works() -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with Fault(silence, replies(6)) as server, closing(HttpTransport(server.url)) as transport:
        before = signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        try:
            with pytest.raises(KeyboardInterrupt):
                transport.send({"action": "version"}, 5)
        finally:
            signal.signal(signal.SIGALRM, before)
        assert transport.send({"action": "version"}, 5) == {"result": 6, "error": None}


@pytest.mark.parametrize("login", ["", "me:s3cret@"])
def test_what_can_be_done_while_an_answer_is_waited_for_is_done_then_and_once(login: str) -> None:
    """Through both libraries: a URL with a password goes through the larger one."""
    done: list[str] = []
    worked = Event()

    def work() -> None:
        done.append("work")
        worked.set()
        raise ValueError("which is no harm")

    def answer(peer: socket.socket) -> None:
        done.append("asked" if worked.wait(5) else "too late")
        replies(6)(peer)

    with Fault(answer) as server:
        transport = HttpTransport(f"http://{login}127.0.0.1:{server.port}")
        with closing(transport):
            transport.while_waiting(work)
            for _ in range(2):
                assert transport.send({"action": "version"}, 5) == {"result": 6, "error": None}
    assert done == ["work", "asked", "asked"]


def test_an_answer_may_come_before_a_request_was_read() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hasty() -> None:
            with listener.accept()[0] as peer:
                peer.recv(100)
                replies(6)(peer)
                peer.shutdown(socket.SHUT_WR)
                while peer.recv(65536):
                    pass

        def rude() -> None:
            with listener.accept()[0] as peer:
                peer.recv(100)
                reset(peer)

        whole = {"action": "addTags", "params": {"tags": "x" * 30_000_000}}
        transport = HttpTransport(f"http://127.0.0.1:{listener.getsockname()[1]}")
        with closing(transport), ThreadPoolExecutor() as threads:
            done = threads.submit(hasty)
            assert transport.send(whole, 5) == {"result": 6, "error": None}
            done.result()
            done = threads.submit(rude)
            with pytest.raises(AnkishError) as caught:
                transport.send(whole, 5)
            done.result()
    assert code(caught.value) == "anki::lost"


SIX = b'{"result": 6, "error": null}'
PIECES = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in (SIX[:9], SIX[9:], b""))


@pytest.mark.parametrize("bytes_at_once", [1, 1000])
@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n" + SIX,
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + SIX,
        b"HTTP/1.0 200\r\n\r\n" + SIX,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + PIECES,
        b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:28\r\n\r\n" + SIX,
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 28\r\n\r\n" + SIX + b"\r\nmore",
        b"HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n" + SIX + b"HTTP/1.1 500 Oh\r\n\r\n",
    ],
)
def test_an_answer_may_come_in_any_shape(answer: bytes, bytes_at_once: int) -> None:
    def told(peer: socket.socket) -> None:
        with suppress(ConnectionError):  # nobody hears what comes after the end
            for at in range(0, len(answer), bytes_at_once):
                peer.sendall(answer[at : at + bytes_at_once])

    with Fault(told) as server, closing(HttpTransport(server.url)) as transport:
        assert transport.send({"action": "version"}, 5) == {"result": 6, "error": None}


def test_of_an_answer_nothing_stays_in_memory() -> None:
    gc.collect()
    gc.disable()
    try:
        with (
            Fault(replies("x" * 50_000)) as server,
            closing(HttpTransport(server.url)) as transport,
        ):
            transport.send({"action": "version"}, 5)
        left = [each for each in gc.get_objects() if type(each).__name__ in ("_Said", "Answer")]
    finally:
        gc.enable()
    assert left == []


def test_where_a_url_points_is_asked() -> None:
    with Fault(replies(6)) as server:
        for path in ("", "/", "/anki?a=b", "?a=b", "/#part"):
            with closing(HttpTransport(server.url + path)) as transport:
                transport.send({"action": "version"}, 5)
    asked = [request.split(b" HTTP")[0].decode() for request in server.requests]
    assert asked == ["POST /", "POST /", "POST /anki?a=b", "POST /?a=b", "POST /"]


def test_a_url_may_hold_any_letters() -> None:
    with Fault(replies(6)) as server, closing(HttpTransport(f"{server.url}/é")) as transport:
        assert transport.send({"action": "version"}, 5) == {"result": 6, "error": None}
    assert b" /%C3%A9 " in server.requests[0]


def test_a_password_in_a_url_is_sent_where_it_belongs() -> None:
    with Fault(replies(6)) as server:
        with closing(HttpTransport(f"http://me:s3cret@127.0.0.1:{server.port}/")) as transport:
            transport.send({"action": "version"}, 5)
        with closing(HttpTransport(server.url)) as transport:
            transport.send({"action": "version"}, 5)
    assert [b"Authorization: Basic " in request for request in server.requests] == [True, False]


def test_a_certificate_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/at.all")
    assert code(failure("https://127.0.0.1:1")) == "anki::tls"


def test_proxy_settings_that_make_no_sense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:70")
    assert code(failure("http://anki.example:8765")) == "anki::proxy"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1",
        "http://",
        "http:///path",
        "http://127.0.0.1:port",
        "http://127.0.0.1:99999",
        "http://[::1",
        "http://two words",
        "http://new\nline",
        f"http://{'x' * 70}.example",
        "http://a..b",
        "http://\u2100x",
        "",
    ],
)
def test_a_url_that_is_none(url: str) -> None:
    assert code(failure(url)) == "anki::url"


def test_a_password_in_the_url_is_in_no_message() -> None:
    for url in (
        "http://me:s3cret@127.0.0.1:1/?token=s3cret",
        "me:s3cret@host:port",
        "x://s3cret@h",
    ):
        error = failure(url)
        assert "s3cret" not in render(error.diagnostics) + str(error)


def test_a_read_is_asked_once_more() -> None:
    with Fault(GRANTED, reset, replies(["Default"])) as server:
        client = Client(HttpTransport(server.url))
        assert client.invoke("deckNames") == ["Default"]
        assert client.stats.requests == 3
        client.close()
    with Fault(GRANTED, reset) as server:
        client = Client(HttpTransport(server.url))
        with pytest.raises(AnkishError) as caught:
            client.invoke("deckNames")
        assert code(caught.value) == "anki::lost"
        assert caught.value.diagnostics[0].notes[0].startswith("the reason"), (
            "a read leaves no doubt"
        )
        assert len(server.requests) == 3
        client.close()


@pytest.mark.parametrize("names", [["createDeck"], ["deckNames", "createDeck"], ["getDeckStats"]])
def test_what_may_have_changed_something_is_not_asked_again(names: list[str]) -> None:
    with Fault(GRANTED, raw(WHOLE)) as server:
        client = Client(HttpTransport(server.url))
        with pytest.raises(AnkishError) as caught:
            client.multi([Request(name) for name in names])
        assert code(caught.value) in kinds.UNCERTAIN
        assert "is not known" in caught.value.diagnostics[0].notes[0]
        assert len(server.requests) == 2
        client.close()


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("denied", [replies({"permission": "denied"})]),
        ("old", [replies({"permission": "granted", "requireApikey": False, "version": 5})]),
        ("old", [replies(None, "unsupported action"), replies(5)]),
        ("key-missing", [replies({"permission": "granted", "requireApikey": True, "version": 6})]),
        ("not-ankiconnect-other", [says('["a", "b"]')]),
        ("not-ankiconnect-rpc", [says('{"jsonrpc": "2.0", "error": {"code": -32600}}')]),
        ("not-ankiconnect-result", [replies("hello")]),
        ("not-ankiconnect-version", [replies({"permission": "granted", "version": "6"})]),
    ],
)
def test_what_a_greeting_can_end_in(name: str, acts: list[Act], golden: Goldens) -> None:
    with Fault(*acts) as server:
        client = Client(HttpTransport(server.url))
        with pytest.raises(AnkishError) as caught:
            client.connect()
        golden(f"anki/{name}", shown(caught.value, server.url))
        assert code(caught.value) in kinds.NO_CONNECTION
        client.close()


def test_a_wrong_key(golden: Goldens) -> None:
    wanted = replies({"permission": "granted", "requireApikey": True, "version": 6})
    with Fault(wanted, replies(None, "valid api key must be provided")) as server:
        client = Client(HttpTransport(server.url), "s3cret")
        with pytest.raises(AnkishError) as caught:
            client.connect()
        golden("anki/key-wrong", shown(caught.value, server.url))
        client.close()


def test_an_ankiconnect_from_before_permissions() -> None:
    with Fault(replies(None, "unsupported action"), replies(6)) as server:
        client = Client(HttpTransport(server.url))
        assert client.connect().version == 6
        client.close()


@pytest.mark.parametrize("results", [None, {}, [6], [6, 6], [{"result": 6, "error": None}]])
def test_a_multi_whose_answer_does_not_fit(results: object) -> None:
    with Fault(GRANTED, replies(results)) as server:
        client = Client(HttpTransport(server.url))
        with pytest.raises(AnkishError) as caught:
            client.multi([Request("version"), Request("version")])
        assert code(caught.value) == "anki::not-ankiconnect"
        client.close()


@given(
    st.binary(max_size=200)
    | st.binary(max_size=99).map(lambda tail: b"HTTP/1.1 " + tail)
    | st.binary(max_size=99).map(lambda tail: b"HTTP/1.1 200 OK\r\n\r\n" + tail)
)
@settings(max_examples=150)
def test_whatever_is_answered_there_is_a_message_or_a_value(answer: bytes) -> None:
    with Fault(raw(answer)) as server:
        client = Client(HttpTransport(server.url))
        with pytest.raises(AnkishError) as caught:  # no such bytes are a permission
            client.connect()
        render(caught.value.diagnostics).encode()
        client.close()
