"""The names of the note types are remembered: what is inside them comes with the first answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.anki.remembered import Remembered
from ankish.anki.world import WorldSource
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
    Remembered(server.url).keep(["Basic", "Gone"])
    fields, requests = look(server)
    assert "Gone" not in fields
    assert requests == 2
    assert look(server) == (fields, 1)


@pytest.mark.parametrize("content", ["", "{", "[1, null]", "17", '{"a": 1}', "[" * 100_000])
def test_a_spoilt_file_costs_a_request(server: Manners, cache: Path, content: str) -> None:
    fields, _ = look(server)
    (file,) = cache.iterdir()
    file.write_text(content, encoding="utf-8")
    assert look(server) == (fields, 2)
    assert look(server) == (fields, 1)
    assert set(json.loads(file.read_text(encoding="utf-8"))) == set(fields)


def test_no_place_for_it(server: Manners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path / "file"))
    fields, requests = look(server)
    assert (look(server), requests) == ((fields, 2), 2)
