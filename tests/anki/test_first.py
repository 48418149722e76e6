"""The first questions need no greeting, and lead to the same whoever is at the other end."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.anki.protocol import Reply, Request
from ankish.diagnostics.model import AnkishError
from tests.support.engine import fresh_engine
from tests.support.faults import GRANTED, Fault, replies
from tests.support.manners import Manners

KEY = "secret wörd"


def actions(server: Manners) -> list[list[str]]:
    """The actions of each request."""
    asked = [json.loads(body) for body in server.bodies]
    return [
        [each["action"] for each in one["params"]["actions"]]
        if one["action"] == "multi"
        else [one["action"]]
        for one in asked
    ]


def client(server: Manners | Fault, key: str | None = None) -> closing[Client]:
    """A client that is closed at the end."""
    return closing(Client(HttpTransport(server.url), key))


def test_questions_go_at_once_with_one_for_the_version() -> None:
    with Manners(fresh_engine(), tick=0) as server, client(server) as asking:
        first = asking.multi([Request("deckNames"), Request("version"), Request("getTags")])
        assert first == [Reply(["Default"]), Reply(6), Reply([])]
        assert asking.multi([Request("version")]) == [Reply(6)]
    assert actions(server) == [["version", "deckNames", "getTags"], ["version"]]


def test_a_write_is_not_the_first_thing_that_anybody_gets() -> None:
    create = Request("createDeck", {"deck": "A"})
    with Manners(fresh_engine(), tick=0) as server, client(server) as asking:
        assert all(reply.error is None for reply in asking.multi([Request("deckNames"), create]))
    assert actions(server) == [["requestPermission"], ["deckNames", "createDeck"]]


def test_where_a_key_is_wanted_and_none_is_set_the_greeting_says_so() -> None:
    with Manners(fresh_engine(KEY), tick=0) as server, client(server) as asking:
        with pytest.raises(AnkishError) as caught:
            asking.multi([Request("deckNames"), Request("getTags")])
        assert caught.value.diagnostics[0].code == "anki::key-missing"
    assert actions(server) == [["version", "deckNames", "getTags"], ["requestPermission"]]


def test_a_key_goes_to_nobody_who_has_not_asked_for_it() -> None:
    with Manners(fresh_engine(), tick=0) as server, client(server, KEY) as asking:
        assert asking.multi([Request("deckNames")]) == [Reply(["Default"])]
    assert actions(server) == [["requestPermission"], ["deckNames"]]
    assert KEY not in b"".join(server.bodies).decode()


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([replies([{"result": 5, "error": None}] * 2)], "anki::old"),
        ([replies({"hello": "world"})], "anki::not-ankiconnect"),
        ([replies([{"result": "six", "error": None}] * 2)], "anki::not-ankiconnect"),
        ([replies([{"result": 6, "error": None}])], "anki::not-ankiconnect"),
    ],
)
def test_what_is_no_ankiconnect_is_told_from_its_first_answer(
    answers: list[object], code: str
) -> None:
    with Fault(*answers) as server, client(server) as asking:  # type: ignore[arg-type]
        with pytest.raises(AnkishError) as caught:
            asking.multi([Request("deckNames")])
        assert caught.value.diagnostics[0].code == code
    assert len(server.requests) == 1


def test_one_that_knows_no_multi_is_greeted() -> None:
    unsupported = replies(None, "unsupported action")
    with (
        Fault(unsupported, GRANTED, replies(["Default"])) as server,
        client(server) as asking,
    ):
        assert asking.multi([Request("deckNames")]) == [Reply(["Default"])]
    assert len(server.requests) == 3
