"""The engine's own actions on the collection: backup, checks, media, empty cards."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]


def two_sided(front: str, back: str) -> dict[str, Any]:
    """A note that makes two cards."""
    return {**note(front, back), "modelName": "Basic (and reversed card)"}


def test_a_backup_holds_the_collection_and_the_media_if_wanted(
    session: Session, ask: Ask, tmp_path: Path
) -> None:
    ask("addNote", note=note("one"))
    ask("storeMediaFile", filename="a.png", data="AAAA")
    usual = Path(ask("createBackup"))
    assert usual.parent == session.path.parent / "backups"
    assert usual.suffix == ".colpkg"
    chosen = tmp_path / "mine.colpkg"
    assert ask("createBackup", path=str(chosen), includeMedia=True) == str(chosen)
    for backup, media in ((usual, False), (chosen, True)):
        with zipfile.ZipFile(backup) as archive:
            assert "collection.anki21b" in archive.namelist()
            assert ("0" in archive.namelist()) is media
    assert len(ask("findNotes", query="one")) == 1


def test_backups_of_one_second_do_not_replace_each_other(ask: Ask) -> None:
    made = [ask("createBackup", includeMedia=bool(number % 2)) for number in range(4)]
    assert len(set(made)) == 4
    assert all(Path(name).exists() for name in made)


def test_a_backup_that_can_not_be_written_leaves_the_collection_open(
    ask: Ask, error: Callable[..., str], tmp_path: Path
) -> None:
    there = tmp_path / "there.colpkg"
    there.write_text("precious")
    assert "exists already" in error("createBackup", path=str(there))
    assert there.read_text() == "precious"
    assert "there is no folder" in error("createBackup", path=str(tmp_path / "no" / "x.colpkg"))
    assert error("createBackup", path="/proc/x.colpkg")
    assert error("createBackup", path=5)
    for junk in ("x", -1.5, []):
        assert "in use" not in error("createBackup", includeMedia=junk)
        ask("addNote", note=note(f"goes on after {junk}"))
    ask("addNote", note=note("goes on"))


def test_the_check_tells_what_it_has_mended(session: Session, ask: Ask) -> None:
    ask("addNote", note=note("one"))
    assert ask("checkDatabase") == []
    assert session.col.db is not None
    session.col.db.execute("update cards set did = 5")
    (problem,) = ask("checkDatabase")
    assert "missing deck" in problem
    assert ask("checkDatabase") == []
    assert len(ask("findNotes", query="one")) == 1


def test_unused_and_missing_media(ask: Ask) -> None:
    (first, _) = ask("addNotes", notes=[note("<img src=gone.png>"), note("<img src=here.png>")])
    for name in ("here.png", "spare.png", "_kept.png"):
        ask("storeMediaFile", filename=name, data="AAAA")
    assert ask("checkMedia") == {
        "unused": ["spare.png"],
        "missing": ["gone.png"],
        "missingIn": [first],
    }
    assert sorted(ask("getMediaFilesNames")) == ["_kept.png", "here.png", "spare.png"]


def test_a_picture_in_a_field_becomes_a_file_that_is_not_missing(ask: Ask) -> None:
    picture = "data:image/png;base64,iVBORw0KGgo="
    (added,) = ask("addNotes", notes=[note(f'<img src="{picture}">')])
    assert ask("checkMedia") == {"unused": [], "missing": [], "missingIn": []}
    (info,) = ask("notesInfo", notes=[added])
    (file,) = ask("getMediaFilesNames")
    assert info["fields"]["Front"]["value"] == f'<img src="{file}">'


def test_a_file_gets_a_name_that_does_everywhere_in_the_notes_too(
    session: Session, ask: Ask
) -> None:
    (session.media_dir / "con.png").write_bytes(b"x")  # Windows takes this for a device
    (added,) = ask("addNotes", notes=[note("<img src=con.png>")])
    assert ask("checkMedia") == {"unused": [], "missing": [], "missingIn": []}
    assert ask("getMediaFilesNames") == ["con_.png"]
    (info,) = ask("notesInfo", notes=[added])
    assert info["fields"]["Front"]["value"] == "<img src=con_.png>"


@pytest.mark.parametrize(("keep", "left"), [(True, 2), (False, 1)])
def test_empty_cards_are_found_and_deleted(
    session: Session, ask: Ask, keep: bool, left: int
) -> None:
    half, whole = ask("addNotes", notes=[two_sided("a", "b"), two_sided("c", "d")])
    ask("updateNoteFields", note={"id": half, "fields": {"Back": ""}})
    ask("updateNoteFields", note={"id": whole, "fields": {"Front": "", "Back": ""}})
    cards = {info["noteId"]: info["cards"] for info in ask("notesInfo", notes=[half, whole])}
    found = sorted(ask("getEmptyCards"), key=lambda empty: int(empty["note"]))
    assert found == [
        {"note": half, "cards": cards[half][1:], "allEmpty": False},
        {"note": whole, "cards": cards[whole], "allEmpty": True},
    ]
    assert ask("deleteEmptyCards", keepNotes=keep) == (2 if keep else 3)
    assert len(ask("findNotes", query="")) == left
    assert is_sound(session)
