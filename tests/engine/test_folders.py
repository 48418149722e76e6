"""Finding Anki's base folder and the profiles in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ankish.anki.engine import folders
from ankish.diagnostics.model import AnkishError, Diagnostic
from tests.engine.support import fresh_profile


def preferences(base: Path, *names: str) -> None:
    """Anki's table of profiles, with these in it."""
    with closing(sqlite3.connect(base / folders.PREFERENCES)) as db, db:
        db.execute("create table profiles (name text primary key, data blob)")
        db.executemany("insert into profiles values (?, '')", [("_global",), *zip(names)])


def refusal(name: str, base: Path) -> Diagnostic:
    with pytest.raises(AnkishError) as caught:
        folders.find_profile(name, base)
    return caught.value.diagnostics[0]


def test_a_profile_is_found_by_name(base: Path) -> None:
    preferences(base, "User 1")
    assert folders.find_profile("User 1", base) == base / "User 1" / "collection.anki2"


def test_an_unknown_profile_is_refused_with_those_there_are(base: Path) -> None:
    preferences(base, "User 1", "Ärztin")
    found = refusal("User 2", base)
    assert found.code == "engine::no-profile"
    assert found.helps == (
        "the profiles there: User 1, Ärztin",
        "a profile with a similar name exists: User 1",
    )


@pytest.mark.parametrize(
    ("name", "near"),
    [("User1", "User 1"), ("usr 1", "User 1"), ("Elisa", "Elisabeth at work"), ("Zoë", None)],
)
def test_a_similar_name_is_what_the_rest_of_ankish_calls_similar(
    base: Path, name: str, near: str | None
) -> None:
    preferences(base, "User 1", "Elisabeth at work")
    said = [text for text in refusal(name, base).helps if "similar" in text]
    assert said == ([f"a profile with a similar name exists: {near}"] if near else [])


def test_without_preferences_the_folders_tell_the_profiles(base: Path) -> None:
    fresh_profile(base, "Beth")
    (base / "addons21").mkdir()
    assert folders.profile_names(base) == ["Beth", "User 1"]


def test_damaged_preferences_are_passed_over(base: Path) -> None:
    (base / folders.PREFERENCES).write_text("not a database")
    assert folders.profile_names(base) == ["User 1"]


def test_the_base_folder_is_the_one_named_or_in_the_environment_or_the_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("named", "env", "data/Anki2"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setenv("ANKI_BASE", str(tmp_path / "env"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    assert folders.find_base(tmp_path / "named") == tmp_path / "named"
    assert folders.find_base() == tmp_path / "env"
    monkeypatch.delenv("ANKI_BASE")
    assert folders.find_base() == tmp_path / "data" / "Anki2"


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", ".local/share/Anki2"),
        ("darwin", "Library/Application Support/Anki2"),
        ("win32", "AppData/Roaming/Anki2"),
    ],
)
def test_each_system_has_its_usual_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, place: str
) -> None:
    for name in ("ANKI_BASE", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("sys.platform", platform)
    with pytest.raises(AnkishError) as caught:
        folders.find_base()
    assert (
        caught.value.diagnostics[0].message == f"there is no folder of Anki's at {tmp_path / place}"
    )
    (tmp_path / place).mkdir(parents=True)
    assert folders.find_base() == tmp_path / place
