"""What exists in the collection, asked of the real engine over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.anki.protocol import Request
from ankish.anki.world import World, WorldSource, load_world
from ankish.diagnostics.model import AnkishError
from tests.support.engine import fresh_engine
from tests.support.faults import GRANTED, Fault, replies
from tests.support.manners import Manners

NOTE = {"deckName": "Geo", "modelName": "Basic", "fields": {"Front": "a", "Back": "b"}}


@pytest.fixture(scope="module")
def server() -> Iterator[Manners]:
    with Manners(fresh_engine(), tick=0) as running:
        with closing(Client(HttpTransport(running.url))) as client:
            picture = {"filename": "a.txt", "data": "YQ=="}
            replies = client.multi(
                [
                    Request("createDeck", {"deck": "Geo::Europe"}),
                    Request("addNote", {"note": {**NOTE, "tags": ["eu", "x::y"]}}),
                    Request("storeMediaFile", picture),
                ]
            )
            assert [reply.error for reply in replies] == [None] * 3
        yield running


@pytest.fixture
def client(server: Manners) -> Iterator[Client]:
    with closing(Client(HttpTransport(server.url))) as client:
        client.connect()
        yield client


def asked(server: Manners, since: int) -> list[list[str]]:
    """The actions of each request."""
    requests = [json.loads(body) for body in server.bodies[since:]]
    return [
        [part["action"] for part in request["params"]["actions"]]
        if request["action"] == "multi"
        else [request["action"]]
        for request in requests
    ]


def test_the_whole_world_takes_two_requests(server: Manners, client: Client) -> None:
    before = server.requests
    world = load_world(client)
    assert server.requests - before == 2
    assert world.decks() == ("Default", "Geo", "Geo::Europe")
    assert set(world.deck_ids.values()) > {1}
    assert {"Basic", "Cloze"} <= set(world.models() or ())
    assert world.fields("Basic") == ("Front", "Back")
    assert world.templates("Basic (and reversed card)") == ("Card 1", "Card 2")
    assert world.fields("Nope") == ()
    fields = world.all_fields() or ()
    assert {"Front", "Back", "Text"} <= set(fields)
    assert len(fields) == len(set(fields))
    assert world.tags() == ("eu", "x::y")
    assert world.profiles() == ("User 1",)
    assert world.profile == "User 1"
    assert "addNote" in (world.actions() or ())
    assert world.taken > 1.7e9
    assert world.media() is None, "not asked for"


def test_a_part_is_asked_for_once_and_nothing_else_with_it(server: Manners, client: Client) -> None:
    source, before = WorldSource(client), server.requests
    assert "deckNames" in (source.actions() or ())
    assert asked(server, before) == [["apiReflect"]]
    assert source.tags() == source.tags() == ("eu", "x::y")
    assert source.media() == ("a.txt",)
    assert asked(server, before) == [["apiReflect"], ["getTags"], ["getMediaFilesNames"]]


def test_several_parts_are_fetched_in_one_request(server: Manners, client: Client) -> None:
    source, before = WorldSource(client), server.requests
    source.prefetch({"decks", "tags", "models"})
    assert source.decks()
    assert source.models()
    assert source.tags()
    assert len(asked(server, before)) == 1
    assert source.fields("Cloze") == ("Text", "Back Extra")
    assert source.templates("Cloze") == ("Cloze",)
    assert asked(server, before)[1:] == [["findModelsByName"]]


def test_what_is_forgotten_is_asked_for_anew(server: Manners, client: Client) -> None:
    source = WorldSource(client)
    source.prefetch({"decks", "tags"})
    client.invoke("createDeck", {"deck": "New"})
    assert "New" not in (source.decks() or ())
    old = source.world
    source.forget("decks")
    before = server.requests
    assert "New" in (source.decks() or ())
    assert source.tags() == ("eu", "x::y")
    assert asked(server, before) == [["deckNamesAndIds"]]
    assert "New" not in (old.decks() or ()), "a snapshot stays as it is"
    source.forget()
    assert source.world.decks() is None
    client.invoke("deleteDecks", {"decks": ["New"], "cardsToo": True})


def test_without_findmodelsbyname_each_note_type_is_asked_for_in_one_request(
    server: Manners, client: Client
) -> None:
    """The source of 2023 lacks the action; the answers must be the same."""
    source, newer = WorldSource(client), WorldSource(client)
    source.prefetch({"actions"})
    source.world = World(source.world.known, action_names=frozenset({"apiReflect"}))
    before = server.requests
    source.prefetch({"details"})
    first, second = asked(server, before)
    assert first == ["modelNamesAndIds"]
    assert set(second) == {"modelFieldNames", "modelTemplates"}
    assert dict(source.world.details) == dict(newer.prefetch({"details"}).details)


def test_a_note_type_that_is_gone_meanwhile_is_left_out(client: Client) -> None:
    source = WorldSource(client)
    world = source.prefetch({"models"})
    source.world = World(world.known, model_ids={"Basic": 1, "Gone": 2})
    assert source.fields("Basic") == ("Front", "Back")
    assert source.fields("Gone") == ()


def test_an_ankiconnect_that_cannot_say_what_it_does() -> None:
    lacking = [{"result": None, "error": "unsupported action"}] * 2
    with (
        Fault(GRANTED, replies(None, "unsupported action"), replies(lacking)) as server,
        closing(Client(HttpTransport(server.url))) as client,
    ):
        client.connect()
        source = WorldSource(client)
        assert source.actions() is None
        assert source.profiles() == ()
        assert source.world.profile is None


def test_a_refusal_is_an_error_and_not_an_empty_world() -> None:
    with (
        Fault(GRANTED, replies(None, "collection is not available")) as server,
        closing(Client(HttpTransport(server.url))) as client,
    ):
        client.connect()
        with pytest.raises(AnkishError) as caught:
            WorldSource(client).decks()
        message = caught.value.diagnostics[0].message
        assert message == "Anki refused `deckNamesAndIds`: collection is not available"
