"""`ankish test`, and what `assert` tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.lab import Lab, embedded_lab
from tests.test_cli import ankish

ROOT = Path(__file__).parents[2]

SCRIPT = """\
## Suspend leeches.
param deck: deck = null

find "tag:leech deck:${deck?}" | suspend

macro left(deck: deck) { find "deck:${deck} tag:leech -is:suspended" | count }

test "those of a deck" {
    run deck=Spanish
    assert (left Spanish) == 0
    assert (left Japanese) > 0
}

test "all of them" {
    run
    assert (find "tag:leech -is:suspended" | count) == 0
    "kept" | save "a.txt" as=text
}

test "each test begins anew" {
    assert (left Spanish) > 0
}
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "leeches.ank"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def test_tests_run_on_a_scratch_collection_each(script: Path, tmp_path: Path) -> None:
    run = ankish("test", str(script), cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert [line.partition(": ")[2] for line in lines[:3]] == [
        "those of a deck",
        "all of them",
        "each test begins anew",
    ]
    assert all(line.startswith("ok ") for line in lines[:3])
    assert lines[3].startswith("3 tests in ")
    assert list(tmp_path.iterdir()) == [script], "what a test writes is not kept"
    assert ankish("test", "-k", "all", str(script)).stdout.count("ok ") == 1


def test_a_test_that_fails_shows_both_sides(script: Path) -> None:
    text = script.read_text(encoding="utf-8").replace("(left Spanish) == 0", "(left Spanish) == 3")
    script.write_text(text, encoding="utf-8")
    run = ankish("test", str(script))
    assert run.returncode == 1
    assert run.stdout.startswith(f"FAILED {script}: those of a deck\n")
    assert "error[test::assert]: what is asserted does not hold" in run.stderr
    assert f"{script}:10:12" in run.stderr
    assert "is 0" in run.stderr
    found = [json.loads(line) for line in ankish("test", "--json", str(script)).stdout.splitlines()]
    assert [each["ok"] for each in found] == [False, True, True]
    assert found[0]["problems"][0]["code"] == "test::assert"


def test_mistakes_and_files_without_tests_have_status_2(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ank"
    empty.write_text("find deck:Inbox\n", encoding="utf-8")
    run = ankish("test", str(empty))
    assert run.returncode == 2 and "test::none" in run.stderr
    empty.write_text('test "a" {', encoding="utf-8")
    assert ankish("test", str(empty)).returncode == 2
    assert ankish("test", str(tmp_path / "nowhere.ank")).returncode == 2


def test_a_mistake_in_a_test_fails_it_and_is_found_by_check(script: Path) -> None:
    text = script.read_text(encoding="utf-8").replace("(left Japanese) > 0", "(lft Japanese) > 0")
    script.write_text(text, encoding="utf-8")
    run = ankish("test", str(script))
    assert run.returncode == 1 and "name::command" in run.stderr
    checked = ankish("check", "--demo", str(script))
    assert checked.returncode == 2
    assert checked.stderr.count("error[name::command]") == 1


def test_tests_are_left_out_of_other_runs(script: Path) -> None:
    text = script.read_text(encoding="utf-8").replace("deck=Spanish", "deck=Nowhere")
    script.write_text(text, encoding="utf-8")
    run = ankish("--demo", str(script), "--deck", "Spanish")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "suspend: 17 cards\n")


def test_tests_run_on_copies_of_a_collection(script: Path, tmp_path: Path) -> None:
    with embedded_lab() as lab:
        lab.results("find tag:leech | suspend")
        file = Path(lab.ask("getMediaDirPath")).parent / "collection.anki2"
        lab.client.close()
        before = file.read_bytes()
        run = ankish("test", "--collection", str(file), str(script))
        assert run.returncode == 1, "none of its leeches is left"
        assert run.stdout.count("FAILED") == 2
        assert file.read_bytes() == before


def test_assert_stops_a_program(lab: Lab) -> None:
    program = "let n = find deck:Inbox | count\nassert $n == 22\nassert $n > 30, 'only ${n}'"
    assert lab.codes(program) == ["test::assert"]
    assert "only ${n}" in lab.complaint(program)
    assert lab.results("assert true\nassert 1 < 2 and not false\nprint done") == ["done"]
    assert lab.codes("assert 1") == ["type::condition"]
    assert lab.codes("for x in [1, 2] { test 'a' { } }") == ["test::not-here"]


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One collection for what changes nothing."""
    with embedded_lab() as made:
        yield made


def test_the_library_s_own_tests_pass() -> None:
    run = ankish("test", str(ROOT / "scripts"))
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("ok ") >= 4
    assert ankish("check", "--demo", str(ROOT / "scripts")).stderr == ""
