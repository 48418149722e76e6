"""Names are remembered: what they are needed for goes with the question for them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ankish.anki import remembered
from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.anki.remembered import Remembered
from ankish.anki.world import WorldSource
from ankish.diagnostics.model import AnkishError, Source
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.engine import fresh_engine
from tests.support.manners import Manners


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path))
    return tmp_path / "cache"


@pytest.fixture
def server() -> Iterator[Manners]:
    with Manners(fresh_engine(), tick=0) as running:
        yield running


def look(server: Manners) -> tuple[dict[str, tuple[str, ...]], int]:
    """The fields of all note types as a new process finds them, and how many requests it sent."""
    before = server.requests
    with closing(Client(HttpTransport(server.url))) as client:
        world = WorldSource(client, remember=True)
        world.prefetch({"details", "decks"})
        fields = {name: world.fields(name) or () for name in world.models() or ()}
    return fields, server.requests - before


def add_model(server: Manners, name: str) -> None:
    template = {"Front": "{{Word}}", "Back": "{{Word}}"}
    with closing(Client(HttpTransport(server.url))) as client:
        client.connect()
        client.invoke(
            "createModel",
            {"modelName": name, "inOrderFields": ["Word"], "cardTemplates": [template]},
        )


def test_the_second_process_asks_once(server: Manners, cache: Path) -> None:
    first, requests = look(server)
    assert requests == 2
    assert first["Basic"] == ("Front", "Back")
    assert look(server) == (first, 1)
    (file,) = cache.iterdir()
    assert file.stat().st_mode & 0o077 == 0, "what note types there are is the user's alone"


def test_a_note_type_that_came_since_is_found(server: Manners) -> None:
    look(server)
    add_model(server, "New")
    fields, requests = look(server)
    assert (fields["New"], requests) == (("Word",), 2)
    assert look(server) == (fields, 1)


def test_a_note_type_that_is_gone_is_not_believed_to_be_there(server: Manners) -> None:
    look(server)
    Remembered(server.url).keep(None, {"Basic": (("Front",), ("Card 1",)), "Gone": ((), ())})
    fields, requests = look(server)
    assert "Gone" not in fields
    assert requests == 2
    assert look(server) == (fields, 1)


SPOILT = ["", "{", "[1, null]", "17", '{"a": 1}', "[" * 100_000, '{"decks": 5, "models": null}']
SPOILT += ['{"decks": [1], "models": {}}', '{"decks": null, "models": {"Basic": [["Front"]]}}']


@pytest.mark.parametrize("content", SPOILT)
def test_a_spoilt_file_costs_a_request(server: Manners, cache: Path, content: str) -> None:
    fields, _ = look(server)
    (file,) = cache.iterdir()
    file.write_text(content, encoding="utf-8")
    assert look(server) == (fields, 2)
    assert look(server) == (fields, 1)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept["models"]["Basic"] == [["Front", "Back"], ["Card 1"]]
    assert kept["decks"] == ["Default"]


def test_no_place_for_it(server: Manners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path / "file"))
    fields, requests = look(server)
    assert (look(server), requests) == ((fields, 2), 2)


def test_very_many_decks_are_not_remembered(
    server: Manners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MOST", 0)
    look(server)
    assert Remembered(server.url).decks is None
    assert Remembered(server.url).models is not None


# ---- what a program asks first


def run(server: Manners, program: str) -> tuple[list[str], list[list[str]]]:
    """What goes wrong with a program in a new process, and the actions of each of its requests."""
    before = len(server.bodies)
    with closing(Client(HttpTransport(server.url))) as client:
        session = Session(lambda: client, yes=True)
        out = io.StringIO()
        codes: list[str] = []
        try:
            session.run(Source("t", program), Presenter(out, out, "json"), lambda _: None)
        except AnkishError as error:
            codes = [each.code for each in error.diagnostics]
    requests = [json.loads(body) for body in server.bodies[before:]]
    return codes, [
        [each["action"] for each in request["params"].get("actions", [request])]
        for request in requests
    ]


def test_the_search_goes_with_the_names(server: Manners) -> None:
    names = ["version", "deckNamesAndIds"]
    program = "find added:1 | changeDeck Default"
    assert run(server, program) == ([], [names, ["findCards"]])
    assert run(server, program) == ([], [[*names, "findCards"]])


def test_a_program_with_a_mistake_asks_for_names_alone(server: Manners) -> None:
    names = ["version", "deckNamesAndIds"]
    for _ in range(2):
        assert run(server, "find added:1 | changeDeck Defalt") == (["name::deck"], [names])


def test_a_deck_that_is_gone_since_is_a_mistake_and_nothing_is_written(server: Manners) -> None:
    with closing(Client(HttpTransport(server.url))) as client:
        client.invoke("createDeck", {"deck": "Short"})
        program = "find added:1 | changeDeck Short"
        run(server, program)
        client.invoke("deleteDecks", {"decks": ["Short"], "cardsToo": True})
        codes, requests = run(server, program)
        assert codes == ["name::deck"]
        assert requests == [["version", "deckNamesAndIds", "findCards"]]
        assert client.invoke("deckNames") == ["Default"]


def test_a_deck_that_came_since_is_found(server: Manners) -> None:
    run(server, "find added:1 | changeDeck Default")
    with closing(Client(HttpTransport(server.url))) as client:
        client.invoke("createDeck", {"deck": "Short"})
    codes, requests = run(server, "find added:1 | changeDeck Short")
    assert codes == []
    assert requests == [["version", "deckNamesAndIds"], ["findCards"]]


def test_the_second_process_knows_how_fast_anki_searches(server: Manners) -> None:
    program = 'range(0, 100) | each { find "tag:t${it}" | count }'

    def requests() -> int:
        before = server.requests
        with closing(Session(lambda: Client(HttpTransport(server.url)))) as session:
            presenter = Presenter(io.StringIO(), io.StringIO(), "json", columns=80)
            session.run(Source("test.ank", program), presenter, lambda _: None)
        return server.requests - before

    first = requests()
    assert requests() < first
