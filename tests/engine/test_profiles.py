"""Profiles of a base folder: which there are, and going from one to another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile, note

Ask = Callable[..., Any]


def test_another_profile_is_opened_and_the_first_one_closed(ask: Ask, base: Path) -> None:
    fresh_profile(base, "Second")
    ask("addNote", note=note("in the first"))
    assert ask("getProfiles") == ["Second", "User 1"]
    assert ask("loadProfile", name="Second") is True
    assert ask("getActiveProfile") == "Second"
    assert ask("findNotes", query="") == []
    assert ask("getMediaDirPath") == str(base / "Second" / "collection.media")
    with Session.open(base / "User 1" / "collection.anki2") as first:
        assert first.col.note_count() == 1


def test_an_unknown_profile_changes_nothing(ask: Ask) -> None:
    for name in ("nope", "", "..", "../User 1", None, 5, ["User 1"]):
        assert ask("loadProfile", name=name) is False
    assert ask("getActiveProfile") == "User 1"


def test_a_profile_that_can_not_be_opened_leaves_the_first_one_open(
    ask: Ask, error: Callable[..., str], base: Path
) -> None:
    broken = fresh_profile(base, "Broken")
    broken.write_bytes(b"no database at all" * 100)
    assert "not a collection" in error("loadProfile", name="Broken")
    assert ask("getActiveProfile") == "User 1"
    ask("addNote", note=note("still here"))


def test_a_collection_outside_of_a_base_folder_has_no_profile(tmp_path: Path) -> None:
    path = fresh_profile(tmp_path, "alone").rename(tmp_path / "mine.anki2")
    with Session.open(path) as session:
        engine = Engine(session)
        for action, params, result in (
            ("getProfiles", {}, []),
            ("getActiveProfile", {}, None),
            ("loadProfile", {"name": "alone"}, False),
        ):
            request = {"action": action, "version": 6, "params": params}
            assert engine.handle(request) == {"result": result, "error": None}
