"""Packages out and in, and presets: files and options that must not get lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]


@pytest.mark.parametrize(("scheduled", "found"), [(True, 1), (False, 0)])
def test_a_deck_comes_back_with_its_scheduling_if_wanted(
    session: Session, ask: Ask, tmp_path: Path, scheduled: bool, found: int
) -> None:
    ask("createDeck", deck="Spanish::Verbs")
    ask("addNote", note={**note("hola", "<img src=a.png>"), "deckName": "Spanish::Verbs"})
    ask("storeMediaFile", filename="a.png", data="AAAA")
    ask("setDueDate", cards=ask("findCards", query=""), days="5")
    package = str(tmp_path / "es.apkg")
    assert ask("exportPackage", deck="Spanish", path=package, includeSched=scheduled) is True
    ask("deleteDecks", decks=["Spanish"], cardsToo=True)
    ask("deleteMediaFile", filename="a.png")
    assert ask("findNotes", query="") == []
    assert ask("importPackage", path=package) is True
    assert len(ask("findNotes", query="deck:Spanish::Verbs hola")) == 1
    assert len(ask("findCards", query="is:review")) == found
    assert ask("retrieveMediaFile", filename="a.png") == "AAAA"
    assert is_sound(session)


def test_a_package_is_not_written_over_the_collection(
    session: Session, ask: Ask, error: Callable[..., str]
) -> None:
    ask("addNote", note=note("one"))
    folder = session.path.parent
    ask("storeMediaFile", filename="a.txt", data="QQ==")
    before = {path: path.stat().st_ino for path in folder.glob("collection.*")}
    assert len(before) > 3  # the collection, what SQLite has beside it, the media and their table
    for path in (*before, folder / "x" / ".." / session.path.name):
        text = error("exportPackage", deck="Default", path=str(path))
        assert "a file of the collection" in text, path
    assert {path: path.stat().st_ino for path in folder.glob("collection.*")} == before
    assert ask("exportPackage", deck="Default", path=str(folder / "collection.apkg")) is True


def test_paths_can_be_switched_off(
    session: Session, error: Callable[..., str], tmp_path: Path
) -> None:
    session.allow_files = False
    path = str(tmp_path / "x.apkg")
    for action, params in {
        "exportPackage": {"deck": "Default"},
        "importPackage": {},
        "createBackup": {},
    }.items():
        assert "switched off" in error(action, path=path, **params)
    assert list(tmp_path.glob("*.apkg")) == []


def test_refusing_to_delete_the_default_preset_costs_no_full_sync(
    session: Session, error: Callable[..., str]
) -> None:
    assert session.col.db is not None
    session.col.db.execute("update col set ls = scm + 1")
    assert error("removeDeckConfigId", configId=1) == "can't delete default conf"
    assert not session.col.schema_changed()


def test_a_preset_with_parts_missing_is_not_saved(ask: Ask) -> None:
    before = ask("getDeckConfig", deck="Default")
    assert ask("saveDeckConfig", config={"id": 1, "name": "x"}) is False
    assert ask("getDeckConfig", deck="Default") == before


def test_no_deck_gets_a_preset_if_one_does_not_exist(ask: Ask) -> None:
    ask("createDeck", deck="A")
    preset = ask("cloneDeckConfigId", name="P")
    assert ask("setDeckConfigId", decks=["A", "a"], configId=preset) is False
    assert ask("getDeckConfig", deck="A")["name"] == "Default"
    assert ask("setDeckConfigId", decks=["A"], configId=str(preset)) is True
    assert ask("getDeckConfig", deck="A")["name"] == "P"
    assert ask("removeDeckConfigId", configId=preset) is True
    assert ask("getDeckConfig", deck="A")["name"] == "Default"
