"""`explain --curl`: scripts that do what the program does, and what can't be one.

The scripts are run by `sh`, with `curl`, against `ankish serve`: once with the stand-in for jq of
`tests/support/jq.py`, which has the filters of these scripts and no others, and once with jq itself
where the machine has it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.render import render
from ankish.runtime.curl import HEAD
from tests.support import jq
from tests.support.lab import Lab
from tests.support.serving import Serving, serving
from tests.test_cli import ankish

GOLDEN = {
    "moved-search": "find deck:Spanish | where lapses > 4 | suspend",
    "two-forms": "find deck:Inbox | changeDeck Geography | addTags seen",
    "parts": 'find deck:Inbox | first 3 | suspend\nfind deck:Inbox | count\nprint "it\'s done"',
    "quoting": 'createDeck "it\'s $(rm) `x` \\" \\\\ ü"\ncreateDeck "--help"',
}

STAYS_HERE = {
    "find tag:leech | set Front = upper(Front)": "set Front = upper(Front)",
    "find deck:Inbox | where Front =~ '^a.*b$' | suspend": "where Front =~ '^a.*b$'",
    'deckNames | each { createDeck "${it}::x" }': 'each { createDeck "${it}::x" }',
    "find deck:Inbox | info": "info",
    "let n = find is:due | count\nif $n > 3 { sync }": "if $n > 3 { sync }",
    "atomic { find deck:Inbox | suspend }": "atomic { find deck:Inbox | suspend }",
    "syncLogin me opensesame": "syncLogin me opensesame",
    "find deck:Inbox | select deck | table": "select deck",
    "createDeck (today())": "createDeck (today())",
    'ask "Which?"': 'ask "Which?"',
}
"""What can't be said with curl, and what of it is marked."""


@pytest.mark.parametrize("name", GOLDEN)
def test_script(reading: Lab, golden, name: str) -> None:  # type: ignore[no-untyped-def]
    script = reading.explained(f"explain --curl {GOLDEN[name]}")
    assert script.startswith(HEAD)
    golden(f"plan/curl-{name}", script.removeprefix(HEAD).strip())


def test_what_each_script_begins_with(golden) -> None:  # type: ignore[no-untyped-def]
    golden("plan/curl-head", HEAD.strip())


@pytest.mark.parametrize("program", STAYS_HERE)
def test_what_is_done_here_is_marked(reading: Lab, program: str) -> None:
    with pytest.raises(AnkishError) as raised:
        reading.explained(f"explain --curl {program}")
    [problem] = raised.value.diagnostics
    assert (problem.code, problem.severity.value) == ("plan::curl", "error")
    assert problem.span is not None
    start = len("explain --curl ")
    marked = program[problem.span.start - start : problem.span.end - start]
    assert marked == STAYS_HERE[program]
    assert "explain --json" in render([problem])


def test_the_command_line_prints_a_script_or_nothing() -> None:
    done = ankish("--demo", "--explain", "--curl", "-c", "find deck:Inbox | suspend")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("#!/bin/sh\n")
    none = ankish("--demo", "--explain", "--curl", "-c", "find deck:Inbox | info")
    assert (none.returncode, none.stdout) == (1, "")
    assert "error[plan::curl]" in none.stderr


def test_curl_without_explain_runs_nothing() -> None:
    done = ankish("--demo", "--curl", "-c", "print 1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--curl goes with --explain" in done.stderr


def test_the_key_is_not_written() -> None:
    key = "s3cret-key"
    with serving("--demo", ANKISH_KEY=key) as server:
        arguments = ("--url", server.url, "--explain", "--curl", "-c", "find deck:Inbox | suspend")
        done = ankish(*arguments, env={"ANKISH_KEY": key})
    assert done.returncode == 0
    assert key not in done.stdout + done.stderr


# The scripts are run.

JQS = ["stand-in", *(["jq"] if shutil.which("jq") else [])]


@pytest.fixture(scope="module")
def server() -> Iterator[Serving]:
    with serving("--demo") as made:
        yield made


class Shell:
    """The system's shell, with a jq. **url** and **key** - those that scripts are told."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.path = folder, os.environ["PATH"]
        if kind == "stand-in":
            program = folder / "bin" / "jq"
            program.parent.mkdir()
            text = Path(jq.__file__).read_text(encoding="utf-8")
            program.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
            program.chmod(0o755)
            self.path = f"{program.parent}{os.pathsep}{self.path}"

    def run(self, program: str, server: Serving, key: str = "") -> tuple[int, str, str]:
        """Run the script of a program; its status, what it printed, and its errors."""
        target = ("--url", server.url, "--explain", "--curl", "-c", program)
        made = ankish(*target, env={"ANKISH_KEY": key})
        assert (made.returncode, made.stderr) == (0, "")
        script = self.folder / "script.sh"
        script.write_text(made.stdout, encoding="utf-8")
        env = {**os.environ, "PATH": self.path, "ANKISH_URL": server.url, "ANKISH_KEY": key}
        done = subprocess.run(
            ["sh", str(script)], capture_output=True, encoding="utf-8", env=env, check=False
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture(params=JQS)
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Shell:
    return Shell(tmp_path, request.param)


def cards(server: Serving, query: str) -> list[Any]:
    return sorted(server.ask("findCards", query=query))


def test_cards_are_moved_and_their_notes_tagged(shell: Shell, server: Serving) -> None:
    wanted = cards(server, "deck:Inbox")
    program = 'find deck:Inbox | changeDeck "It\'s a $HOME" --create | addTags seen'
    assert shell.run(program, server) == (0, "", "")
    try:
        assert cards(server, '"deck:It\'s a $HOME"') == cards(server, "tag:seen") == wanted != []
    finally:
        server.ask("changeDeck", cards=wanted, deck="Inbox")
        server.ask("removeTags", notes=server.ask("cardsToNotes", cards=wanted), tags="seen")
        server.ask("deleteDecks", decks=["It's a $HOME"], cardsToo=True)


def test_parts_are_taken_and_shown(shell: Shell, server: Serving) -> None:
    ids = cards(server, "deck:Spanish")
    program = (
        "find deck:Spanish | first 3 | suspend\nfind deck:Spanish | count\n"
        'print "it\'s"\nfindCards deck:Spanish | skip 290'
    )
    rest_of_them = server.ask("findCards", query="deck:Spanish")[290:]
    status, printed, erred = shell.run(program, server)
    assert (status, erred) == (0, "")
    count, said, rest = printed.split("\n", 2)
    assert (count, said, json.loads(rest)) == (str(len(ids)), "it's", rest_of_them)
    assert server.ask("areSuspended", cards=ids[:4])[:3] == [True] * 3
    server.ask("unsuspend", cards=ids[:3])


def test_an_error_of_anki_stops_the_script(shell: Shell, server: Serving) -> None:
    before = server.ask("deckNames")
    failing = "call updateNoteFields {note: {id: 1, fields: {Front: 'a'}}}; createDeck After"
    status, printed, erred = shell.run(failing, server)
    assert (status != 0, printed) == (True, "")
    assert "note was not found" in erred.lower()
    assert server.ask("deckNames") == before


def test_nothing_is_sent_about_no_cards(shell: Shell, server: Serving) -> None:
    before = cards(server, "is:suspended")
    program = "find tag:nowhere-at-all | changeDeck Default | addTags x | suspend"
    assert shell.run(program, server) == (0, "", "")
    assert cards(server, "is:suspended") == before
    assert cards(server, "tag:x") == []


def test_the_key_comes_from_the_environment(shell: Shell) -> None:
    with serving("--demo", ANKISH_KEY="s3cret-key") as server:
        status, printed, _ = shell.run(
            "find deck:Inbox | changeDeck Geography | addTags seen; find tag:seen | count",
            server,
            key="s3cret-key",
        )
    assert status == 0
    assert int(printed) > 0


def test_no_anki_stops_the_script(shell: Shell, server: Serving, tmp_path: Path) -> None:
    with serving("--demo") as gone:
        script = ankish("--url", gone.url, "--explain", "--curl", "-c", "deckNames").stdout
    env = {**os.environ, "PATH": shell.path, "ANKISH_URL": gone.url}
    done = subprocess.run(
        ["sh"], input=script, capture_output=True, encoding="utf-8", env=env, check=False
    )
    assert (done.returncode != 0, done.stdout) == (True, "")
    assert "curl:" in done.stderr
