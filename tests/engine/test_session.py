"""Opening and closing collections: what a user sees go wrong, and that files stay as they were."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from ankish.diagnostics.model import AnkishError
from tests.engine.support import fresh_profile, is_sound

HOLD = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
collection.close()
"""
"""A program that keeps a collection open, as Anki does, until its input ends."""

KILLED = """
import os, sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
note = collection.new_note(collection.models.by_name("Basic"))
note["Front"] = "written before the end"
collection.add_note(note, 1)
os.kill(os.getpid(), 9)
"""
"""A program that is killed while it has a collection open; all it wrote is in the log."""


def refusal(path: Path) -> str:
    """The code of the error that opening a path gives."""
    with pytest.raises(AnkishError) as caught:
        Session.open(path)
    return caught.value.diagnostics[0].code


@pytest.mark.parametrize("name", ["collection.anki2", "made by the other program.anki2"])
def test_a_collection_that_another_program_holds_is_refused_until_it_lets_go(
    base: Path, name: str
) -> None:
    path = base / "User 1" / name
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        assert refusal(path) == "engine::in-use"
        holder.communicate()
    with Session.open(path) as session:
        assert session.col.note_count() == 0


def test_a_second_session_on_the_same_file_is_refused(session: Session) -> None:
    assert refusal(session.path) == "engine::in-use"
    assert session.col.note_count() == 0


@pytest.mark.parametrize(
    ("name", "contents", "code"),
    [
        ("missing.anki2", None, "engine::no-file"),
        ("text.anki2", b"hello, this is no database" * 50, "engine::not-a-collection"),
        ("empty.anki2", b"", "engine::not-a-collection"),
        ("deck.apkg", b"PK\x03\x04" + b"\x00" * 500, "engine::not-a-collection"),
    ],
)
def test_what_is_no_collection_is_refused_and_stays(
    tmp_path: Path, name: str, contents: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if contents is not None:
        path.write_bytes(contents)
    assert refusal(path) == code
    assert path.exists() == (contents is not None)
    assert contents is None or path.read_bytes() == contents
    assert [found.name for found in tmp_path.iterdir()] == ([name] if path.exists() else [])


def test_another_programs_database_is_not_turned_into_a_collection(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table visits (url text)")
    before = path.read_bytes()
    assert refusal(path) == "engine::not-a-collection"
    assert path.read_bytes() == before


def test_a_collection_whose_program_was_killed_opens_with_all_in_it(tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    with Session.open(path) as session:
        assert session.col.note_count() == 1
        assert is_sound(session)


def test_a_killed_programs_own_database_is_not_turned_into_a_collection(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    program = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]); "
        "db.execute('pragma journal_mode = wal'); db.execute('create table visits (url text)'); "
        "db.commit(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert refusal(path) == "engine::not-a-collection"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select name from sqlite_master").fetchall() == [("visits",)]


def test_a_folder_is_no_collection(base: Path) -> None:
    assert refusal(base / "User 1") == "engine::no-file"


def test_a_newer_schema_is_refused_and_the_file_stays(base: Path) -> None:
    path = base / "User 1" / "collection.anki2"
    with closing(sqlite3.connect(path)) as db:
        db.execute("update col set ver = 99")
        db.commit()
        db.execute("pragma wal_checkpoint(truncate)")
    before = path.read_bytes()
    assert refusal(path) == "engine::newer-schema"
    assert path.read_bytes() == before


def test_a_damaged_collection_is_refused(base: Path) -> None:
    path = base / "User 1" / "collection.anki2"
    contents = bytearray(path.read_bytes())
    contents[4096:] = b"\xff" * (len(contents) - 4096)
    path.write_bytes(contents)
    assert refusal(path) in ("engine::unreadable", "engine::not-a-collection")


def test_the_file_is_free_while_the_error_of_opening_it_is_shown(base: Path) -> None:
    path = base / "User 1" / "collection.anki2"
    with Session.open(path) as session:
        session.col.set_config("schedVer", 9)
    with pytest.raises(AnkishError) as caught:
        Session.open(path)
    (shown,) = caught.value.diagnostics
    assert shown.code == "engine::unreadable"
    assert shown.notes == ("Anki's library says: Unsupported scheduler version",)
    assert refusal(path) == "engine::unreadable"  # and not engine::in-use


def test_the_file_is_free_after_an_error(base: Path) -> None:
    path = base / "User 1" / "collection.anki2"
    with pytest.raises(ZeroDivisionError), Session.open(path) as session:
        Engine(session).handle({"action": "findNotes", "params": {"query": "("}})
        raise ZeroDivisionError
    with Session.open(path) as again:
        assert again.col.note_count() == 0


def test_the_media_folder_is_made_where_it_is_missing(session: Session) -> None:
    session.media_dir.rmdir()
    assert session.media_dir.is_dir()


def test_the_profile_is_known_inside_a_base_folder_only(base: Path, tmp_path: Path) -> None:
    path = base / "User 1" / "collection.anki2"
    with Session.open(path) as session:
        assert (session.base, session.profile) == (None, None)
    with Session.open(path, base=base) as session:
        assert (session.base, session.profile) == (base, "User 1")
    with closing(sqlite3.connect(base / "prefs21.db")) as db:
        db.execute("create table profiles (name text primary key, data blob)")
    with Session.open(path) as session:
        assert (session.base, session.profile) == (base, "User 1")
    with Session.open(path, base=tmp_path) as session:
        assert (session.base, session.profile) == (tmp_path, None)


def test_switching_to_what_can_not_be_opened_stays_where_it_is(
    session: Session, base: Path
) -> None:
    (base / "Broken").mkdir()
    broken = base / "Broken" / "collection.anki2"
    broken.write_text("no collection")
    with pytest.raises(AnkishError):
        session.switch(broken, "Broken")
    assert (session.profile, session.col.note_count()) == ("User 1", 0)


def test_switching_frees_the_collection_before(session: Session, base: Path) -> None:
    before = session.path
    session.switch(fresh_profile(base, "Other"), "Other")
    assert (session.profile, session.media_dir) == ("Other", base / "Other" / "collection.media")
    with Session.open(before) as other:
        assert other.col.note_count() == 0


def test_a_closed_session_answers_errors(session: Session) -> None:
    engine = Engine(session)
    session.close()
    answer = engine.handle({"action": "findNotes", "version": 6, "params": {"query": ""}})
    assert answer == {"result": None, "error": "collection is not available"}
    session.reopen()
    assert engine.handle({"action": "findNotes", "params": {"query": ""}}) == []


def test_ankis_library_is_imported_only_when_a_session_opens() -> None:
    program = (
        "import sys; import ankish.anki.engine.dispatch as d; from ankish.anki.engine import "
        "families; families.load(); print('anki' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_without_ankis_library_the_error_says_how_to_get_it(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    assert refusal(base / "User 1" / "collection.anki2") == "engine::not-installed"
