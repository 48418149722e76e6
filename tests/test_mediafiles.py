"""Files go to Anki by path or as data, and not at all if it has them; what it has then is the same."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from tests.support.engine import fresh_engine
from tests.support.journal import Desk
from tests.support.manners import Manners

STORE = 'glob "{}/*.bin" | each {{ storeMediaFile filename=$it.name path=$it.path }}'


class Place:
    """A server, who talks to it, and a folder with files."""

    def __init__(self, server: Manners, desk: Desk, folder: Path) -> None:
        self.server = server
        self.desk = desk
        self.folder = folder
        self.store = STORE.format(folder)

    def write(self, count: int, size: int, seed: int = 0) -> None:
        """Files with contents of their own."""
        for number in range(count):
            content = Random(seed * 1000 + number).randbytes(size)
            (self.folder / f"f{number:03}.bin").write_bytes(content)

    def sent(self, program: str) -> list[dict[str, object]]:
        """The parameters of what is stored while a program runs; it must go well."""
        before = len(self.server.bodies)
        self.desk.run(program)
        assert not self.desk.problems
        requests = [json.loads(body) for body in self.server.bodies[before:]]
        inner = [p for r in requests for p in r["params"].get("actions", [r])]
        return [each["params"] for each in inner if each["action"] == "storeMediaFile"]

    def held(self) -> dict[str, bytes]:
        """What Anki has."""
        names = self.desk.ask("getMediaFilesNames", pattern="*.bin")
        return {
            name: b64decode(self.desk.ask("retrieveMediaFile", filename=name)) for name in names
        }

    def there(self) -> dict[str, bytes]:
        """What is in the folder."""
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*.bin"))}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    (folder := tmp_path / "files").mkdir()
    with (
        Manners(fresh_engine(), tick=0) as server,
        closing(Client(HttpTransport(server.url))) as client,
    ):
        yield Place(server, Desk(client, tmp_path / "journal"), folder)


@pytest.fixture
def elsewhere(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The same where Anki is on another machine."""
    monkeypatch.setattr(Client, "machine", "http://far:8765 ")
    return place


def test_what_is_there_with_the_same_contents_is_not_sent_again(place: Place) -> None:
    place.write(20, 3000)
    first = place.sent(place.store)
    assert [set(each) for each in first] == [{"filename", "path"}] * 20
    assert place.held() == place.there()
    assert place.sent(place.store) == []
    place.write(3, 3000, seed=1)
    place.write(1, 3001, seed=2)
    assert [each["filename"] for each in place.sent(place.store)] == [
        "f000.bin", "f001.bin", "f002.bin",
    ]  # fmt: skip
    assert place.held() == place.there()


def test_the_result_is_the_same_whether_it_was_sent_or_not(place: Place) -> None:
    place.write(12, 10)
    first, second = place.desk.run(place.store), place.desk.run(place.store)
    assert first == second == [[path.name for path in sorted(place.folder.iterdir())]]


def test_few_files_cost_no_question(place: Place) -> None:
    place.write(9, 10)
    place.desk.run(place.store)
    before = place.server.requests
    assert len(place.sent(place.store)) == 9
    asked = [json.loads(body) for body in place.server.bodies[before:]]
    assert not any(each["action"] == "getMediaDirPath" for each in asked)


def test_a_relative_path_is_one_of_this_process(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write(2, 10)
    monkeypatch.chdir(place.folder)
    place.sent("storeMediaFile a.bin path=f001.bin")
    assert place.held() == {"a.bin": (place.folder / "f001.bin").read_bytes()}


def test_another_machine_gets_data_in_requests_that_are_not_too_large(elsewhere: Place) -> None:
    elsewhere.write(40, 20_000)
    before = len(elsewhere.server.bodies)
    assert [set(each) for each in elsewhere.sent(elsewhere.store)] == [{"filename", "data"}] * 40
    assert max(map(len, elsewhere.server.bodies[before:])) < 300_000
    assert elsewhere.held() == elsewhere.there()
    assert elsewhere.sent(elsewhere.store) == []
    elsewhere.write(1, 20_000, seed=5)
    assert [each["filename"] for each in elsewhere.sent(elsewhere.store)] == ["f000.bin"]
    assert elsewhere.held() == elsewhere.there()


def test_a_path_that_is_not_here_is_one_of_the_other_machine(elsewhere: Place) -> None:
    (far := elsewhere.folder / "far").mkdir()
    elsewhere.desk.run(f"storeMediaFile a.bin path={far}/none.bin")
    assert elsewhere.desk.problems, "Anki has no such file either, and says so"
    request = json.loads(elsewhere.server.bodies[-1])
    assert "none.bin" in json.dumps(request)


def test_files_of_one_name_are_stored_one_after_the_other(place: Place) -> None:
    place.write(12, 100)
    place.sent(place.store)
    last = place.folder / "f003.bin"
    every = (
        f'glob "{place.folder}/*.bin" | each {{ storeMediaFile filename="f003.bin" path=$it.path }}'
    )
    assert len(place.sent(every)) == 12
    assert place.held()["f003.bin"] == (place.folder / "f011.bin").read_bytes() != last.read_bytes()


def test_what_was_left_out_is_not_taken_back(place: Place) -> None:
    place.write(15, 100)
    place.sent(place.store)
    before = place.held()
    place.write(2, 100, seed=3)
    assert len(place.sent(place.store)) == 2
    place.desk.run("undo")
    assert not place.desk.problems
    assert place.held() == before
