"""`ankish check`, `ankish fmt`, `ankish help`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.engine import sample_engine
from tests.support.manners import Manners
from tests.test_cli import ankish, nowhere

UGLY = "find   deck:Spanish|count # how many\n"
PRETTY = "find deck:Spanish | count  # how many\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two programs in a folder, one of them in a folder of its own."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "good.ank").write_text("find deck:Spanish | count\n")
    (tmp_path / "deep" / "bad.ank").write_text("find deck:Spanish | changeDeck Spnish\nfoo\n")
    return tmp_path


def test_check_goes_through_folders_and_finds_all_mistakes(folder: Path) -> None:
    run = ankish("check", "--demo", "--json", str(folder))
    messages = [json.loads(line) for line in run.stderr.splitlines()]
    assert [message["code"] for message in messages] == ["name::deck", "name::command"]
    run = ankish("check", "--demo", str(folder))
    assert run.returncode == 2
    assert "bad.ank:1:32" in run.stderr and 'no deck is named "Spnish"' in run.stderr
    assert ankish("check", "--demo", str(folder / "good.ank")).returncode == 0


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    (folder / "deep" / "bytes.ank").write_bytes(b"\xff\xfe")
    for words in (["check", "--demo", "--json"], ["fmt", "--check"]):
        run = ankish(*words, str(folder), str(folder / "none.ank"))
        assert run.returncode == 2
        assert "none.ank" in run.stderr and "bytes.ank" in run.stderr
    run = ankish("check", "--demo", "--json", str(folder))
    codes = [json.loads(line)["code"] for line in run.stderr.splitlines()]
    assert sorted(codes) == ["name::command", "name::deck", "program::not-utf8"]


def test_check_sends_no_action_of_the_program(folder: Path) -> None:
    (folder / "good.ank").write_text("find deck:Spanish | suspend\n")
    with Manners(sample_engine(), tick=0) as server:
        assert ankish("check", "--url", server.url, str(folder / "good.ank")).returncode == 0
    assert server.bodies and all(b'"suspend"' not in body for body in server.bodies)


def test_check_without_anki_says_what_it_could_not_check(folder: Path) -> None:
    run = ankish("check", "--url", nowhere(), str(folder / "good.ank"))
    assert run.returncode == 0
    assert "with no collection at hand, `decks` could not be checked" in run.stderr


def test_fmt_formats_files_in_place_and_standard_input_to_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "x.ank"
    file.write_text(UGLY)
    assert ankish("fmt", "--check", str(file)).returncode == 1
    diff = ankish("fmt", "--diff", str(file))
    assert diff.returncode == 0 and f"-{UGLY}+{PRETTY}" in diff.stdout
    assert file.read_text() == UGLY
    assert ankish("fmt", str(file)).returncode == 0
    assert file.read_text() == PRETTY
    assert ankish("fmt", "--check", str(tmp_path)).returncode == 0
    assert ankish("fmt", stdin=UGLY).stdout == PRETTY


def test_fmt_leaves_a_program_with_mistakes_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "x.ank"
    file.write_text("find (")
    run = ankish("fmt", str(file))
    assert run.returncode == 2 and "error[syntax::" in run.stderr
    assert file.read_text() == "find ("


def test_help_tells_about_commands_and_codes() -> None:
    assert "suspend" in ankish("help", "suspend").stdout
    assert "AnkiConnect" in ankish("help", "name::command").stdout
    missing = ankish("help", "suspnd")
    assert missing.returncode == 2 and "suspend" in missing.stderr


def test_fmt_keeps_line_ends_and_shows_differences_that_can_be_applied(tmp_path: Path) -> None:
    for name, text in (
        ("none.ank", b"find a|count"),
        ("crlf.ank", b"find a|count\r\nversion\r\n"),
        ("mark.ank", b"\xef\xbb\xbffind a|count\n"),
    ):
        (tmp_path / name).write_bytes(text)
    shown = ankish("fmt", "--diff", "none.ank", cwd=tmp_path)
    assert shown.stdout.splitlines()[3:] == [
        "-find a|count",
        "\\ No newline at end of file",
        "+find a | count",
    ]
    assert ankish("fmt", "--check", ".", cwd=tmp_path).returncode == 1
    assert ankish("fmt", ".", cwd=tmp_path).returncode == 0
    assert (tmp_path / "none.ank").read_bytes() == b"find a | count\n"
    assert (tmp_path / "crlf.ank").read_bytes() == b"find a | count\r\nversion\r\n"
    assert (tmp_path / "mark.ank").read_bytes() == b"find a | count\n"
    assert ankish("fmt", "--check", ".", cwd=tmp_path).returncode == 0


def test_a_folder_without_programs_and_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.ank").write_bytes(b"print '\xff'\n")
    for tool in ("fmt", "check"):
        nothing = ankish(tool, "empty", cwd=tmp_path)
        assert (nothing.returncode, nothing.stdout) == (0, "")
        assert "no file in empty ends in .ank" in nothing.stderr
        for name, code in (("bad.ank", "program::not-utf8"), ("none.ank", "program::no-file")):
            refused = ankish(tool, name, cwd=tmp_path)
            assert refused.returncode == 2 and code in refused.stderr
    assert (tmp_path / "bad.ank").read_bytes() == b"print '\xff'\n"
