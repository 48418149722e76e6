"""Requests and answers as bytes and as values: forms, versions, keys, and what is malformed."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.registry import ACTIONS, WINDOW
from ankish.anki.engine.session import Session
from ankish.anki.engine.transport import EmbeddedTransport
from tests.engine.support import note

REFUSED = {"result": None, "error": "valid api key must be provided"}


VERSION, PARAMS = ("type", "version"), ("type", "params")


def nested(depth: int, innermost: str = '{"action": "version"}') -> bytes:
    """A `multi` in a `multi`, `depth` times."""
    opening = '{"action": "multi", "params": {"actions": ['
    return (opening * depth + innermost + "]}}" * depth).encode()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"action"', "Expecting ':' delimiter: line 1 column 10 (char 9)"),
        (b"{a", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (
            b"\xef\xbb\xbf{}",
            "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)",
        ),
        (b'{"\xff', "'utf-8' codec can't decode byte 0xff in position 2: invalid start byte"),
        (b"[" * 100_000, "the request is nested too deeply"),
        (nested(100_000), "the request is nested too deeply"),
    ],
)
def test_a_malformed_body_is_an_error_in_the_newest_form(
    engine: Engine, body: bytes, error: str
) -> None:
    assert json.loads(engine.handle_bytes(body)) == {"result": None, "error": error}


@pytest.mark.parametrize(
    ("body", "said", "rule", "place"),
    [
        (b"null", "None is not of type 'object'", "type", ""),
        (b'"version"', "'version' is not of type 'object'", "type", ""),
        (b"{}", "'action' is a required property", "required", ""),
        (b'{"action": ""}', "'' should be non-empty", "minLength", "action"),
        (b'{"action": 5}', "5 is not of type 'string'", "type", "action"),
        (b'{"action": "version", "version": "6"}', "'6' is not of type 'integer'", *VERSION),
        (b'{"action": "version", "version": 6.5}', "6.5 is not of type 'integer'", *VERSION),
        (b'{"action": "version", "version": true}', "True is not of type 'integer'", *VERSION),
        (b'{"action": "version", "version": NaN}', "nan is not of type 'integer'", *VERSION),
        (b'{"action": "version", "params": null}', "None is not of type 'object'", *PARAMS),
        (b'{"action": "version", "params": []}', "[] is not of type 'object'", *PARAMS),
        (b'{"params": 5, "version": "6", "action": 5}', "'6' is not of type 'integer'", *VERSION),
    ],
)
def test_what_is_no_request_is_told_as_by_a_validator_of_json_schema(
    engine: Engine, body: bytes, said: str, rule: str, place: str
) -> None:
    answer = json.loads(engine.handle_bytes(body))
    path, at = (f"['properties']['{place}']", f"['{place}']") if place else ("", "")
    value = json.loads(body)
    broken = repr(value[place] if place else value)
    assert answer["result"] is None
    assert answer["error"].startswith(
        f"{said}\n\nFailed validating '{rule}' in schema{path}:\n    {{"
    )
    assert answer["error"].endswith(f"}}\n\nOn instance{at}:\n    {broken}")


def test_the_rule_that_is_broken_is_told_whole(engine: Engine) -> None:
    answer: Any = engine.handle({"version": 6, "key": "secret"})
    assert (
        answer["error"]
        == """\
'action' is a required property

Failed validating 'required' in schema:
    {'type': 'object',
     'properties': {'action': {'type': 'string', 'minLength': 1},
                    'version': {'type': 'integer'},
                    'params': {'type': 'object'}},
     'required': ['action']}

On instance:
    {'version': 6}"""
    )


def test_a_large_request_that_is_none_has_a_short_error(engine: Engine) -> None:
    for request in (["x" * 1_000_000], {"params": {"data": "x" * 1_000_000}}, "x" * 1_000_000):
        answer: Any = engine.handle(request)
        assert len(answer["error"]) < 50_000


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (b"", b'{"apiVersion": "AnkiConnect v.6"}'),
        (b'{"action": "version"}', b"6"),
        (b'{"action": "version", "version": 6.0}', b'{"result": 6, "error": null}'),
        (b'{"action": "version", "version": 5, "more": 1}', b'{"result": 6, "error": null}'),
        (b'{"action": "nope", "action": "version"}', b"6"),
    ],
)
def test_bodies_that_are_fine(engine: Engine, body: bytes, answer: bytes) -> None:
    assert engine.handle_bytes(body) == answer


def test_the_answer_is_ascii_whatever_the_text(engine: Engine) -> None:
    body = json.dumps({"action": "addNote", "params": {"note": note("ναί 🐟 \u2028")}}).encode()
    added = json.loads(engine.handle_bytes(body))
    asked = json.dumps({"action": "notesInfo", "params": {"notes": [added]}}).encode()
    answer = engine.handle_bytes(asked)
    assert answer.isascii()
    assert json.loads(answer)[0]["fields"]["Front"]["value"] == "ναί 🐟 \u2028"


def test_half_a_surrogate_pair_is_an_error_and_adds_nothing(engine: Engine) -> None:
    body = json.dumps({"action": "addNote", "params": {"note": note("\ud83d")}}).encode()
    assert "surrogates not allowed" in json.loads(engine.handle_bytes(body))["error"]
    assert engine.handle({"action": "findNotes", "params": {"query": ""}}) == []


@pytest.mark.parametrize("depth", [1, 20, 100])
def test_multi_nests(engine: Engine, depth: int) -> None:
    value = json.loads(engine.handle_bytes(nested(depth)))
    for _ in range(depth):
        (value,) = value
    assert value == 6


@pytest.mark.parametrize("depth", [1_000, 5_000])
def test_a_multi_too_deep_is_an_error_also_without_json(engine: Engine, depth: int) -> None:
    request: dict[str, Any] = {"action": "version"}
    for _ in range(depth):
        request = {"action": "multi", "params": {"actions": [request]}}
    answer = engine.handle(request)
    while isinstance(answer, list):
        (answer,) = answer
    assert answer == {"result": None, "error": "the request is nested too deeply"}
    assert engine.handle({"action": "version"}) == 6


def test_a_key_is_wanted_by_each_request_and_by_each_one_inside_multi(session: Session) -> None:
    engine = Engine(session, key="geheim")
    inside = [{"action": "version"}, {"action": "version", "key": "geheim"}]
    multi = {"action": "multi", "params": {"actions": inside}}
    assert engine.handle({**multi, "key": "geheim"}) == [REFUSED, 6]
    for given in ({}, {"key": "falsch"}, {"key": ""}, {"key": None}, {"key": 5}, {"key": "ü"}):
        assert engine.handle({**multi, **given}) == REFUSED
        assert engine.handle({"action": "nope", **given}) == REFUSED


def test_permission_needs_no_key_and_tells_that_others_do(session: Session) -> None:
    engine = Engine(session, key="geheim")
    granted = {"permission": "granted", "requireApikey": True, "version": 6}
    assert engine.handle({"action": "requestPermission"}) == granted
    assert engine.handle({"action": "requestPermission", "key": "x"}) == granted
    inside = [{"action": "requestPermission"}]
    answer = engine.handle({"action": "multi", "key": "geheim", "params": {"actions": inside}})
    assert answer == [REFUSED]


def test_permission_is_the_servers_word(engine: Engine) -> None:
    request = {"action": "requestPermission", "params": {"allowed": True, "origin": "http://x"}}
    denied = engine.handle(request, origin="http://elsewhere", allowed=False)
    assert denied == {"permission": "denied"}


def test_no_answer_holds_the_key(session: Session) -> None:
    engine = Engine(session, key="geheim")
    for action in ACTIONS:
        for params in ({}, {"key": "geheim"}):
            request = {"action": action, "version": 6, "key": "geheim", "params": params}
            assert "geheim" not in json.dumps(engine.handle(request)), action


def test_the_actions_offered_are_those_that_need_no_window(engine: Engine) -> None:
    scopes = {"action": "apiReflect", "params": {"scopes": ["actions"]}}
    offered = engine.handle(scopes)
    assert isinstance(offered, dict)
    assert offered["actions"] == sorted(ACTIONS.keys() - WINDOW)
    assert {"addNote", "buryCards", "multi"} <= set(offered["actions"])
    assert "guiAddCards" not in offered["actions"]


def test_requests_from_many_threads_do_not_mix(engine: Engine) -> None:
    results: list[object] = []

    def add(number: int) -> None:
        texts = [f"{number} {count}" for count in range(20)]
        notes = [note(text) for text in texts]
        added = engine.handle({"action": "addNotes", "params": {"notes": notes}})
        info = engine.handle({"action": "notesInfo", "params": {"notes": added}})
        assert isinstance(info, list)
        results.append([found["fields"]["Front"]["value"] for found in info] == texts)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 8


def test_the_transport_gives_what_http_would(engine: Engine) -> None:
    transport = EmbeddedTransport(engine)
    transport.send({"action": "addNote", "params": {"note": note("a", tags=["t"])}}, 10)
    for request in (
        {"action": "notesInfo", "version": 6, "params": {"query": ""}},
        {"action": "getDeckStats", "params": {"decks": ["Default"]}},
        {"action": "findModelsByName", "params": {"modelNames": ["Basic"]}},
        {"action": "deckNamesAndIds", "version": 6},
    ):
        over_http = json.loads(engine.handle_bytes(json.dumps(request).encode()))
        assert transport.send(request, 10) == over_http
    transport.close()
    with Session.open(engine.session.path) as session:
        assert session.col.note_count() == 1
