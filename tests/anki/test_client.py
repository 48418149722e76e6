"""The client against the real engine, over real HTTP with AnkiConnect's manners."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import nullcontext
from threading import Thread

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.anki.protocol import Reply, Request, Server
from ankish.anki.refusal import clean, refusal, without
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.render import render
from tests.engine.replay import exchanges
from tests.support.engine import fresh_engine
from tests.support.faults import GRANTED, Fault, replies
from tests.support.manners import Manners

KEY = 'wörd "5" \\ key'


@pytest.fixture(scope="module")
def server() -> Iterator[Manners]:
    """An engine that wants no key."""
    with Manners(fresh_engine(), tick=0) as running:
        yield running


@pytest.fixture(scope="module")
def locked() -> Iterator[Manners]:
    """An engine that wants `KEY`."""
    with Manners(fresh_engine(KEY), tick=0) as running:
        yield running


def sent(server: Manners, since: int = 0) -> list[dict[str, object]]:
    return [json.loads(body) for body in server.bodies[since:]]


def code(caught: pytest.ExceptionInfo[AnkishError]) -> str:
    (diagnostic,) = caught.value.diagnostics
    return diagnostic.code


def test_connecting_is_one_request_and_happens_once(server: Manners) -> None:
    client, before = Client(HttpTransport(server.url)), server.requests
    assert client.connect() == Server(6, needs_key=False)
    assert client.connect() == Server(6, needs_key=False)
    assert [request["action"] for request in sent(server, before)] == ["requestPermission"]
    client.close()


def test_the_first_action_connects(server: Manners) -> None:
    client, before = Client(HttpTransport(server.url)), server.requests
    assert client.invoke("version") == 6
    assert client.invoke("version") == 6
    names = [request["action"] for request in sent(server, before)]
    assert names == ["requestPermission", "version", "version"]
    assert {request["version"] for request in sent(server, before)} == {6}
    client.close()


def test_a_change_is_there_for_another_client(server: Manners) -> None:
    first, second = (Client(HttpTransport(server.url)) for _ in range(2))
    assert first.invoke("createDeck", {"deck": "Québec::日本"}) > 0
    assert "Québec::日本" in second.invoke("deckNames")
    first.close()
    second.close()


def test_no_key_goes_to_a_server_that_wants_none(server: Manners) -> None:
    """It would refuse the request (recorded exchange 19)."""
    client, before = Client(HttpTransport(server.url), KEY), server.requests
    assert client.multi([Request("version"), Request("deckNames")])[0] == Reply(6)
    assert all("key" not in json.dumps(request) for request in sent(server, before))
    client.close()


def test_the_key_goes_into_every_part_of_a_multi(locked: Manners) -> None:
    client, before = Client(HttpTransport(locked.url), KEY), locked.requests
    inner = {"actions": [{"action": "version"}, {"action": "version", "version": 4}]}
    replies = client.multi([Request("version"), Request("multi", inner)])
    assert replies == [Reply(6), Reply([{"result": 6, "error": None}, 6])]
    greeting, check, multi = sent(locked, before)
    assert "key" not in greeting
    assert check["key"] == multi["key"] == KEY
    client.close()


@pytest.mark.parametrize(("key", "expected"), [(None, "key-missing"), ("wrong", "key-wrong")])
def test_without_the_right_key_nothing_is_carried_out(
    locked: Manners, key: str | None, expected: str
) -> None:
    client, before = Client(HttpTransport(locked.url), key), locked.requests
    for _ in range(2):  # nor the second time
        with pytest.raises(AnkishError) as caught:
            client.invoke("createDeck", {"deck": "Never"})
        assert code(caught) == f"anki::{expected}"
    actions = {request["action"] for request in sent(locked, before)}
    assert actions <= {"requestPermission", "version"}
    client.close()


def test_a_key_that_is_set_meanwhile_is_sent_from_then_on() -> None:
    wanted = replies({"permission": "granted", "requireApikey": True, "version": 6})
    refused = replies(None, "valid api key must be provided")
    with Fault(GRANTED, refused, wanted, replies(6), replies(["Default"])) as server:
        client = Client(HttpTransport(server.url), KEY)
        with pytest.raises(AnkishError) as caught:
            client.invoke("deckNames")
        assert code(caught) == "anki::key-wrong"
        assert client.invoke("deckNames") == ["Default"]
        client.close()


def test_the_key_is_in_no_message(locked: Manners) -> None:
    client = Client(HttpTransport(locked.url), KEY)
    with pytest.raises(AnkishError) as caught:
        client.invoke("version", {KEY: 1})  # Anki's words repeat the name of the parameter
    text = render(caught.value.diagnostics) + str(caught.value) + repr(client)
    assert "unexpected keyword argument '•••'" in text
    assert "wörd" not in text
    (reply,) = client.multi([Request("version", {KEY: 1})])
    assert reply.error is not None
    assert "wörd" not in reply.error
    client.close()


@pytest.mark.parametrize("form", [KEY, repr(KEY), json.dumps(KEY), ascii(KEY)])
def test_the_key_is_blotted_out_in_every_form(form: str) -> None:
    assert without(KEY, f"On instance: {{'key': {form}}}").count("•••") == 1
    assert "rd" not in without(KEY, f"On instance: {form}")


def test_each_part_of_a_multi_has_its_reply(server: Manners) -> None:
    client = Client(HttpTransport(server.url))
    replies = client.multi(
        [
            Request("createDeck", {"deck": "Geo"}),
            Request("nope"),
            Request("apiReflect"),
            Request("deckNames"),
        ]
    )
    assert [reply.error for reply in replies] == [
        None,
        "unsupported action",
        "scopes has invalid value",
        None,
    ]
    assert "Geo" in replies[3].result
    client.close()


def test_a_multi_of_one_goes_as_itself_and_of_none_not_at_all(server: Manners) -> None:
    client = Client(HttpTransport(server.url))
    client.connect()
    before = server.requests
    assert client.multi([]) == []
    assert server.requests == before
    assert client.multi([Request("version")]) == [Reply(6)]
    assert [request["action"] for request in sent(server, before)] == ["version"]
    client.close()


def test_requests_actions_and_bytes_are_counted() -> None:
    with Manners(fresh_engine(), tick=0) as server:
        client = Client(HttpTransport(server.url))
        client.invoke("version")
        client.multi([Request("deckNames"), Request("getTags"), Request("version")])
        stats = client.stats
        assert stats.requests == server.requests == 3  # requestPermission too
        assert stats.actions == 5
        assert (stats.sent, stats.received) == (server.received, server.sent)
        client.close()


def test_every_request_has_a_connection_of_its_own_and_no_origin(server: Manners) -> None:
    client, before = Client(HttpTransport(server.url)), server.requests
    assert [client.invoke("version") for _ in range(20)] == [6] * 20
    for headers in server.headers[before:]:
        assert headers["connection"] == "close"
        assert "origin" not in headers
    client.close()


def test_threads_take_turns() -> None:
    def slow(body: bytes) -> bytes:
        time.sleep(0.01)
        return body

    with Manners(lambda: nullcontext(slow), tick=0) as server:
        transport = HttpTransport(server.url)
        results: list[object] = []
        threads = [
            Thread(target=lambda: results.append(transport.send({"action": "version"}, 5)))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results == [{"action": "version"}] * 8
        assert server.crowded == 0
        transport.close()


def test_localhost_means_ipv4_first(server: Manners) -> None:
    client, before = Client(HttpTransport(f"localhost:{server.port}")), server.requests
    assert client.where == f"http://localhost:{server.port}"
    assert client.invoke("version") == 6
    assert {h["host"] for h in server.headers[before:]} == {f"localhost:{server.port}"}
    client.close()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_localhost_is_found_on_ipv6_too() -> None:
    with Fault(GRANTED, replies(6), family=socket.AF_INET6) as server:
        client = Client(HttpTransport(f"http://localhost:{server.port}"))
        assert client.invoke("version") == 6
        client.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_this_machine_is_never_asked_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Manners(fresh_engine(), tick=0) as server:
        if host == "127.0.0.2":
            transport = HttpTransport(f"http://{host}:{server.port}")
            with pytest.raises(AnkishError) as caught:  # directly, where nothing listens
                transport.send({"action": "version"}, 1)
            assert code(caught) == "anki::no-answer"
        else:
            transport = HttpTransport(f"http://{host}:{server.port}")
            assert transport.send({"action": "version", "version": 4}, 5) == 6
        transport.close()


def test_other_machines_are_asked_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with Fault(replies(6)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        transport = HttpTransport("http://anki.example:8765")
        assert transport.send({"action": "version"}, 5) == {"result": 6, "error": None}
        assert proxy.requests[0].startswith(b"POST http://anki.example:8765/ ")
        transport.close()


def test_text_travels_as_it_is(server: Manners) -> None:
    """Escapes would double its size, and Anki's time to read grows with the square of that."""
    client = Client(HttpTransport(server.url))
    client.invoke("findNotes", {"query": "日本"})
    assert server.bodies[-1] == (
        '{"version":6,"action":"findNotes","params":{"query":"日本"}}'.encode()
    )
    client.close()


def test_a_lone_surrogate_reaches_anki_and_is_its_to_refuse(server: Manners) -> None:
    client = Client(HttpTransport(server.url))
    with pytest.raises(AnkishError) as caught:
        client.invoke("version", {"\ud800": 1})
    assert code(caught) == "anki::refused"
    caught.value.diagnostics[0].message.encode()
    client.close()


def test_what_anki_would_choke_on_is_not_sent(server: Manners) -> None:
    client = Client(HttpTransport(server.url))
    client.connect()
    before = server.requests
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(AnkishError) as caught:
        client.invoke("version", {"x": deep})
    assert code(caught) == "anki::too-deep"
    assert server.requests == before
    client.close()


def test_a_refusal_carries_ankis_words(server: Manners) -> None:
    client = Client(HttpTransport(server.url))
    with pytest.raises(AnkishError) as caught:
        client.invoke("findCards", {"query": '"'})
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "anki::refused"
    assert "\u2068" not in diagnostic.message
    assert diagnostic.message.startswith("Anki refused `findCards`: Invalid search: an opening")
    with pytest.raises(AnkishError) as caught:
        client.invoke("nope")
    assert code(caught) == "anki::unsupported"
    client.close()


def said(number: int) -> str:
    """Anki's words in a recorded exchange."""
    (found,) = [each for each in exchanges() if each["id"] == number]
    return str(found["response"]["error"])


def test_ankis_markup_is_taken_away() -> None:
    assert clean(said(113)) == (
        "Card template 1 in note type 'M2' has a problem. "
        "Expected to find a field replacement on the front of the card template."
    )
    assert clean(said(280)) == "Invalid search: `is:` was given an invalid argument '`nope`'."
    diagnostic = refusal("findNotes", said(288), "here").diagnostics[0]
    assert diagnostic.message == "Anki refused `findNotes`: regex parse error:"
    assert diagnostic.notes[0].splitlines() == [
        "Anki said more:",
        "    (?i)[",
        "        ^",
        "error: unclosed character class",
    ]


def test_what_anki_says_cannot_take_over_the_terminal() -> None:
    assert clean("no deck \x1b[31mX\u202e\x07") == "no deck ␛[31mX�␇"


def test_a_schema_is_cut_to_its_first_sentence() -> None:
    text = "'action' is a required property\n\nFailed validating 'required' in schema:\n    {}"
    assert clean(text) == "'action' is a required property"
