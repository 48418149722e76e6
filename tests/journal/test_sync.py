"""A sync in the middle of a program: what it brings is noticed, and nothing of it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.client import Client
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.anki.protocol import actions_of
from tests.engine.support import fresh_profile, is_sound, note
from tests.support.journal import Desk
from tests.support.syncserver import PASSWORD, USER, sync_server


class Syncing(EmbeddedTransport):
    """Syncs before the request that has an action in it, once: as Anki does of its own accord."""

    before = ""

    def send(self, request: dict[str, Any], timeout: float) -> object:
        """See `EmbeddedTransport.send`."""
        if self.before and self.before in list(actions_of(request)):
            self.before = ""
            answer = super().send({"action": "sync", "version": 6, "params": {}}, timeout)
            assert answer == {"result": None, "error": None}
        return super().send(request, timeout)


@dataclass
class Place:
    """Two collections that were synced; the programs run on one of them."""

    desk: Desk
    transport: Syncing
    here: Session
    there: Client
    notes: list[int]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a sync server."""
    with sync_server(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture
def place(server: str, tmp_path: Path) -> Iterator[Place]:
    """Three notes that both collections have. There one was deleted, and one was tagged."""
    with (
        Session.open(fresh_profile(tmp_path / "here")) as here,
        Session.open(fresh_profile(tmp_path / "there")) as there,
    ):
        transport = Syncing(Engine(here))
        one, two = Client(transport), Client(EmbeddedTransport(Engine(there)))
        for side in (one, two):
            login = {"username": USER, "password": PASSWORD, "endpoint": server}
            side.invoke("syncLogin", login)
        notes = [one.invoke("addNote", {"note": note(front)}) for front in ("a", "b", "c")]
        one.invoke("sync", {"direction": "upload"})
        two.invoke("sync", {"direction": "download"})
        two.invoke("deleteNotes", {"notes": notes[:1]})
        two.invoke("addTags", {"notes": notes[1:2], "tags": "theirs"})
        two.invoke("sync")
        yield Place(Desk(one, tmp_path / "journal"), transport, here, two, notes)


def tags(place: Place) -> dict[int, list[str]]:
    infos = place.desk.ask("notesInfo", notes=place.notes)
    return {info["noteId"]: sorted(info["tags"]) for info in infos if info}


@pytest.mark.parametrize("before", ["addTags", "suspend"])
def test_what_a_sync_has_deleted_is_told_and_what_it_has_brought_stays(
    place: Place, before: str
) -> None:
    first, second, third = place.notes
    # Of a note that both sides have changed, Anki keeps the later one: that is the program's then.
    theirs = ["theirs"] if before == "addTags" else []
    place.transport.before = before
    place.desk.run(f"notes {place.notes} | addTags mine; notes {place.notes} | cards | suspend")
    if before == "suspend":  # Anki has refused all of them, as they were when it came to that
        assert [problem.code for problem in place.desk.problems][0] == "anki::refused"
        place.desk.run("resume")
    assert [problem.code for problem in place.desk.problems][0] == "journal::stopped-short"
    assert str(first) in str(place.desk.problems)
    assert tags(place) == {second: ["mine", *theirs], third: ["mine"]}
    assert len(place.desk.ask("findCards", query="is:suspended")) == 2
    place.desk.run("undo")
    assert tags(place) == {second: theirs, third: []}
    assert place.desk.ask("findCards", query="is:suspended") == []
    assert first not in place.desk.ask("findNotes", query=""), "it is not brought back"
    assert is_sound(place.here)
    place.desk.client.invoke("sync")
    place.there.invoke("sync")
    assert sorted(place.there.invoke("findNotes", {"query": ""})) == [second, third]
    [info] = place.there.invoke("notesInfo", {"notes": [second]})
    assert info["tags"] == theirs


def test_a_program_goes_on_after_a_sync_and_its_own_notes_are_taken_back(place: Place) -> None:
    place.transport.before = "addTags"
    place.desk.run(
        'addNote {deckName: "Default", modelName: "Basic", fields: {Front: "own", Back: ""}}\n'
        "find Front:own | addTags mine"
    )
    assert not place.desk.problems
    [own] = place.desk.ask("findNotes", query="tag:mine")
    place.desk.result("undo")
    assert sorted(place.desk.ask("findNotes", query="")) == place.notes[1:]
    place.desk.client.invoke("sync")
    place.there.invoke("sync")
    assert own not in place.there.invoke("findNotes", {"query": ""}), "not there either"
    assert is_sound(place.here)
