"""ankish among the programs of a shell: ids by line, JSON and text go in and out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ankish.anki.engine.sample import build
from ankish.diagnostics.model import Source
from ankish.runtime.piped import with_input
from tests.test_cli import ankish

Sh = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def sh(tmp_path: Path) -> Sh:
    """Runs a line of the system's shell, in which `anki` is ankish on one collection."""
    folder = tmp_path / "collection"
    folder.mkdir()
    build(folder)
    program = f'"{sys.executable}" -m ankish --collection "{folder / "collection.anki2"}" "$@"'
    tool = tmp_path / "anki"
    tool.write_text(f"#!/bin/sh\nexec {program}\n", encoding="utf-8")
    tool.chmod(0o755)

    def run(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", line],
            cwd=tmp_path,
            env={
                **os.environ,
                "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(Path(__file__).parents[1]),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


def test_ids_by_line_go_out_and_in(sh: Sh) -> None:
    done = sh("anki -c 'find deck:Inbox' | head -3 | anki -c 'suspend'")
    assert (done.returncode, done.stderr) == (0, "suspend: 3 cards\n")
    first = sh("anki -c 'find deck:Inbox is:suspended' | sort").stdout.split()
    assert len(first) == 3 and all(each.isdecimal() for each in first)
    rows = sh("anki -c 'find deck:Inbox' | head -3 | anki -c 'cards | select Front, suspended'")
    assert [line.split("\t")[1] for line in rows.stdout.splitlines()[1:]] == ["true"] * 3
    # What went in is in the log, so the run can be gone on with and is taken back like any other.
    assert first[0] in sh('anki -c "log"').stdout
    assert sh("anki -c undo").returncode == 0
    assert sh("anki -c 'find deck:Inbox is:suspended | count'").stdout == "0\n"


def test_xargs(sh: Sh) -> None:
    done = sh("anki -c 'find deck:Inbox' | head -4 | xargs -n 1 printf 'suspend %s\\n' | anki")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert sh("anki -c 'find deck:Inbox is:suspended | count'").stdout == "4\n"


@pytest.mark.skipif(shutil.which("jq") is None, reason="there is no jq on this machine")
def test_jq(sh: Sh) -> None:
    line = "anki --json -c 'find deck:Inbox' | jq '.[:2]' | anki -c suspend"
    assert sh(line).stderr == "suspend: 2 cards\n"
    line = "anki --json -c 'find deck:Inbox | select cardId, Front' | jq -c '.[]' | anki -c 'cards | count'"
    assert sh(line).stdout == "22\n"


def test_nothing_found_is_no_mistake(sh: Sh) -> None:
    done = sh("anki -c 'find deck:Inbox is:buried' | anki -c suspend")
    assert (done.returncode, done.stderr) == (0, "suspend: 0 cards\n")
    # But with nothing to read from a verb lacks what it works on.
    done = sh("anki -c suspend < /dev/null")
    assert done.returncode == 2 and "call::missing-subject" in done.stderr


@pytest.mark.parametrize(
    ("program", "text", "shown"),
    [
        ("count", "1\n2\n\n3\n", "3\n"),
        ("each { print $it }", "x\ny z\n", "x\ny z\n"),
        ("from csv | select b", "a,b\n1,2\n", "b\n2\n"),
        ("lines | count", "1\n2\n", "2\n"),
        ("select a", '[{"a": "${x} é \\u00e9 \\" \\\\"}]', 'a\n${x} é é " \\\n'),
        ("select a", '{"a": 1}\n{"a": 2}\n', "a\n1\n2\n"),
        ("select a", '[\n {"a": 1}\n]\n', "a\n1\n"),
        ("param n: int = 2; let x = first $n; print $x", "5\n6\n7\n", "5, 6\n"),
        ("macro m(xs: list<int>, n: int = 2) { $xs | first $n }\nm n=1", "5\n6\n", "5\n"),
        ("macro m(xs: list<text>) { $xs | first 2 }\nm", "a b\n2\n3\n", "a b\n2\n"),
        ("macro m(xs: list<text>) { $xs | first 2 }\nm", '["7"]', "7\n"),
        ('macro m(xs: list<deck>) { find "deck:${xs}" | count }\nm', "Default\n", "6\n"),
        ("macro m(xs: table) { $xs | select a }\nm", '[{"a": 1}]', "a\n1\n"),
        ("macro m(xs: list<record>) { $xs | select a }\nm", '[{"a": 1}]', "a\n1\n"),
        ("macro two(items: cards) { $items | first 2 }\ntwo | count", "5\n6\n7\n", "2\n"),
    ],
)
def test_what_flows_in(program: str, text: str, shown: str) -> None:
    run = ankish("--demo", "-c", program, stdin=text)
    assert (run.stdout, run.stderr) == (shown, "")


def test_what_is_no_id_is_told() -> None:
    run = ankish("--demo", "-c", "suspend", stdin="one\ntwo\n")
    assert run.returncode == 2 and "type::input" in run.stderr
    assert '["one", "two"] | suspend' in run.stderr


@pytest.mark.parametrize(
    "program",
    [
        "find is:due | count",
        "deckNames | count",
        "suspend [1, 2]",
        "changeDeck [1] Inbox",
        "suspend cards=[1]",
        "[1] | suspend",
        "print a",
        "",
        "macro m() { version }",
        "nothing",
    ],
)
def test_a_program_that_needs_nothing_reads_nothing(program: str) -> None:
    def read() -> str:
        raise AssertionError("it is read")

    source = Source("-c", program)
    assert with_input(source, read) is source
