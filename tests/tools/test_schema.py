"""`ankish schema save`, and checking against what it kept, with nobody to ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ankish.anki.schema import read, written
from tests.support.engine import sample_engine
from tests.support.manners import Manners
from tests.test_cli import ankish, nowhere

PROGRAM = """\
find deck:Spansh | count
find deck:Inbox | changeDeck Spnish
find deck:Inbox | group Frnt
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program with names that nothing has."""
    file = tmp_path / "p.ank"
    file.write_text(PROGRAM)
    return file


def codes(stderr: str) -> list[str]:
    return [json.loads(line)["code"] for line in stderr.splitlines()]


def test_names_are_checked_with_nobody_to_ask(program: Path, tmp_path: Path) -> None:
    live = ankish("check", "--demo", "--json", str(program))
    file = tmp_path / "names.json"
    with Manners(sample_engine(), tick=0) as server:
        saved = ankish("schema", "save", "--url", server.url, str(file))
    assert saved.returncode == 0 and "decks" in saved.stdout and str(file) in saved.stdout
    run = ankish("check", "--url", nowhere(), "--json", "--schema", str(file), str(program))
    assert codes(run.stderr) == codes(live.stderr)
    assert codes(run.stderr) == ["search::unknown", "name::deck", "name::column"]
    assert run.returncode == 2


def test_what_is_not_kept_is_told(tmp_path: Path) -> None:
    file, program = tmp_path / "names.json", tmp_path / "p.ank"
    assert ankish("schema", "save", "--demo", str(file)).returncode == 0
    program.write_text('find deck:Inbox | count\nloadProfile "Nobody"\n')
    run = ankish("check", "--schema", str(file), str(program))
    assert run.returncode == 0
    assert "with no collection at hand, `profiles` could not be checked" in run.stderr


def test_names_are_kept_for_each_place(program: Path) -> None:
    with Manners(sample_engine(), tick=0) as server:
        run = ankish("check", "--url", server.url, "--saved", str(program))
        assert run.returncode == 2 and "program::schema" in run.stderr
        assert not server.bodies
        assert ankish("schema", "save", "--url", server.url).returncode == 0
        asked = len(server.bodies)
        run = ankish("check", "--url", server.url, "--saved", "--json", str(program))
        assert len(server.bodies) == asked
    assert codes(run.stderr) == ["search::unknown", "name::deck", "name::column"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"ankishSchema": 1}',
        '{"ankishSchema": 1, "noteTypes": {"A": {}}, "decks": []}',
    ],
)
def test_a_file_that_is_no_schema_is_told(program: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "s.json").write_text(text)
    run = ankish("check", "--schema", str(tmp_path / "s.json"), str(program))
    assert run.returncode == 2 and "program::schema" in run.stderr and "Traceback" not in run.stderr


def test_nobody_to_save_from() -> None:
    run = ankish("schema", "save", "--url", nowhere())
    assert run.returncode == 3 and "Traceback" not in run.stderr


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "names.json"
    ankish("schema", "save", "--demo", str(file))
    text = file.read_text(encoding="utf-8")
    assert written(read(text)) == text
    assert "Spanish::Verbs" in json.loads(text)["decks"]
