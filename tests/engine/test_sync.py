"""Syncing with Anki's own sync server, on this machine."""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine import credentials
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile, is_sound, note
from tests.support.syncserver import PASSWORD, USER, sync_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a sync server."""
    with sync_server(tmp_path_factory.mktemp("server")) as url:
        yield url


@dataclass
class Side:
    """One collection that is synced."""

    session: Session

    def __call__(self, action: str, **params: Any) -> Any:
        """An action's result; an error fails the test."""
        answer = self.answer(action, **params)
        assert answer["error"] is None, answer["error"]
        return answer["result"]

    def answer(self, action: str, **params: Any) -> dict[str, Any]:
        """The whole answer."""
        request = {"action": action, "version": 6, "params": params}
        answer = Engine(self.session).handle(request)
        assert isinstance(answer, dict)
        return answer

    def contents(self) -> Any:
        """What both sides must have alike."""
        assert self.session.col.db is not None
        return [
            self.session.col.db.all("select id, mod, tags, flds from notes order by id"),
            self.session.col.db.all("select id, did, mod, type, queue, due from cards order by id"),
            self.session.col.db.all("select * from revlog order by id"),
            self("deckNamesAndIds"),
            sorted(self("getMediaFilesNames")),
        ]


@pytest.fixture
def sides(server: str, tmp_path: Path) -> Iterator[tuple[Side, Side]]:
    """Two collections, both logged in and equal, the server too."""
    with (
        Session.open(fresh_profile(tmp_path / "here")) as here,
        Session.open(fresh_profile(tmp_path / "there")) as there,
    ):
        one, two = Side(here), Side(there)
        for side in (one, two):
            side("syncLogin", username=USER, password=PASSWORD, endpoint=server)
        one("addNote", note=note("first"))
        one("sync", direction="upload")
        two("sync", direction="download")
        yield one, two


def test_changes_on_both_sides_meet(sides: tuple[Side, Side]) -> None:
    one, two = sides
    one("createDeck", deck="From one")
    one("addNote", note={**note("uno"), "deckName": "From one"})
    one("storeMediaFile", filename="one.txt", data="AAAA")
    two("addNote", note=note("dos"))
    two("storeMediaFile", filename="two.txt", data="BBBB")
    (card,) = two("findCards", query="front:dos")
    two("answerCards", answers=[{"cardId": card, "ease": 3}])
    for side in (one, two, one):
        assert side("sync") is None
    assert one.contents() == two.contents()
    assert sorted(one("getMediaFilesNames")) == ["one.txt", "two.txt"]
    assert len(one("findNotes", query="")) == 3
    assert is_sound(one.session)
    assert is_sound(two.session)


def test_what_can_not_be_merged_needs_a_direction(sides: tuple[Side, Side]) -> None:
    one, two = sides
    one("modelFieldAdd", modelName="Basic", fieldName="Hint")
    two("addNote", note=note("dos"))
    two("sync")
    before = one.contents()
    text = one.answer("sync")["error"]
    assert "can't be merged" in text
    assert '"upload" or "download"' in text
    assert one.contents() == before
    assert one.answer("sync", direction="sideways")["error"].startswith("sync: direction must be")
    one("sync", direction="download")
    assert one.contents() == two.contents()
    assert one("modelFieldNames", modelName="Basic") == ["Front", "Back"]
    backups = list((one.session.path.parent / "backups").iterdir())
    assert len(backups) == 1


def test_an_upload_replaces_what_the_server_has(sides: tuple[Side, Side]) -> None:
    one, two = sides
    one("modelFieldAdd", modelName="Basic", fieldName="Hint")
    one("sync", direction="upload")
    assert "download" in two.answer("sync")["error"]
    two("sync", direction="download")
    assert two("modelFieldNames", modelName="Basic") == ["Front", "Back", "Hint"]
    two("addNote", note=note("goes on"))
    two("sync")


def test_a_failed_full_sync_leaves_the_collection_open(sides: tuple[Side, Side]) -> None:
    one, _ = sides
    one("modelFieldAdd", modelName="Basic", fieldName="Hint")
    login = credentials.stored(one.session)
    assert login is not None
    credentials.store(one.session, credentials.Login(key="wrong", endpoint=login.endpoint))
    assert one.answer("sync", direction="upload")["error"]
    assert one("modelFieldNames", modelName="Basic") == ["Front", "Back", "Hint"]


def test_a_login_is_kept_without_the_password_and_can_be_dropped(
    sides: tuple[Side, Side], server: str
) -> None:
    one, _ = sides
    kept = one.session.path.with_name(credentials.FILE)
    assert PASSWORD not in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o077 == 0
    wrong = one.answer("syncLogin", username=USER, password="no", endpoint=server)
    assert wrong["error"]
    assert "no" not in wrong["error"].split()
    one("sync")
    assert one("syncLogout") is True
    assert one("syncLogout") is False
    assert one.answer("sync")["error"] == "sync: auth not configured"


def test_a_server_is_not_named_where_urls_are_switched_off(
    session: Session, error: Callable[..., str]
) -> None:
    session.allow_urls = False
    text = error("syncLogin", username="a", password="b", endpoint="http://127.0.0.1:9/")
    assert "switched off" in text


class Window:
    """Stands for the window states that Anki keeps beside the login."""


class Trap:
    """A pickle that would make a folder when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.folder),)


def preferences(base: Path, profile: object) -> None:
    """Write Anki's table of profiles."""
    with closing(sqlite3.connect(base / "prefs21.db")) as db, db:
        db.execute("create table profiles (name text primary key collate nocase, data blob)")
        rows = [("_global", pickle.dumps({})), ("User 1", pickle.dumps(profile, protocol=4))]
        db.executemany("insert into profiles values (?, ?)", rows)


def test_ankis_own_login_is_used(session: Session, base: Path) -> None:
    profile = {"mainWindowGeom": Window(), "syncKey": "k", "customSyncUrl": "http://x/"}
    preferences(base, {**profile, "syncMedia": False})
    assert credentials.stored(session) == credentials.Login("k", "http://x/", 60, media=False)


def test_ankis_preferences_can_not_run_code(session: Session, base: Path) -> None:
    preferences(base, {"syncKey": "k", "trap": Trap(base / "trapped")})
    assert credentials.stored(session) == credentials.Login("k")
    assert not (base / "trapped").exists()


@pytest.mark.parametrize("profile", [{}, {"syncKey": None}, {"syncKey": Window()}, ["syncKey"]])
def test_without_a_login_sync_is_refused(
    base: Path, error: Callable[..., str], profile: object
) -> None:
    preferences(base, profile)
    assert error("sync") == "sync: auth not configured"


def test_a_key_is_in_no_text(session: Session, base: Path) -> None:
    preferences(base, {"syncKey": "very secret"})
    assert "secret" not in repr(credentials.stored(session))
