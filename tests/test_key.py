"""The API key is in no output and in no file but where the user has put it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.engine import sample_engine
from tests.support.faults import Fault, replies, says
from tests.support.manners import Manners

KEY = 'k3y"Ω\\-geheim'
FORMS = {KEY, *(json.dumps(KEY, ensure_ascii=flag)[1:-1] for flag in (True, False)), quote(KEY)}
"""As it may stand in a text."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("-c", "find deck:Inbox | addTags one"),
    ("-c", 'addNote {deckName: "Inbox", modelName: "Basic", fields: {Front: "key", Back: "b"}}'),
    ("--json", "--stats", "-c", "find tag:one | removeTags one; deckNames"),
    ("-c", f"print {json.dumps(KEY)} | addTags"),
    ("--json", "-c", 'call addNote {note: 5}; call multi {actions: [{action: "nope"}]}'),
    ("-c", "explain find deck:Inbox | addTags two"),
    ("--json", "-c", "explain find deck:Inbox | addTags two"),
    ("-c", "explain --curl find deck:Inbox | addTags two"),
    ("-c", "plan find deck:Inbox | addTags two"),
    ("--dry-run", "--json", "-c", "find deck:Inbox | addTags two"),
    ("log",),
    ("-c", "log --diff"),
    ("undo",),
    ("redo",),
    ("resume",),
    ("config",),
    ("--json", "config"),
    ("doctor",),
    ("schema", "save", "names.json"),
    ("check", "nothing.ank"),
    ("-c", 'curl localhost:8765 -X POST -d \'{"action": "deckNames", "key": "other"}\''),
)


def leaks(text: str) -> bool:
    return any(form in text for form in FORMS)


@pytest.fixture
def ankish(tmp_path: Path) -> Callable[..., str]:
    """Runs ankish; all that it has said. No file of its holds the key then."""

    def run(url: str, key: str, where: str, *arguments: str, **more: str) -> str:
        home = tmp_path / "home"
        (home / "config").mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "ANKISH_HOME": str(home), "ANKISH_URL": url, **more}
        config = home / "config" / "config.toml"
        if where == "file":
            config.write_text(f"key = {json.dumps(key)}\n", encoding="utf-8")
        else:
            environment["ANKISH_KEY"] = key
        done = subprocess.run(
            [sys.executable, "-m", "ankish", *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
        said = done.stdout + done.stderr
        # What the user has typed comes back in the message about it, with the line itself.
        if not any(leaks(argument) for argument in arguments):
            assert not leaks(said), (arguments, said)
        for file in tmp_path.rglob("*"):
            if file.is_file() and file != config:
                held = file.read_bytes().decode("utf-8", "replace")
                assert not leaks(held), (arguments, file)
        return said

    return run


@pytest.mark.parametrize("where", ["file", "environment"])
def test_the_right_key(ankish: Callable[..., str], where: str) -> None:
    with Manners(sample_engine(KEY), tick=0) as server:
        said = [ankish(server.url, KEY, where, *arguments) for arguments in COMMANDS]
        assert "22 notes" in said[0] or "22" in said[0], "it is the key that is wanted"
        assert any(leaks(body.decode()) for body in server.bodies)


@pytest.mark.parametrize("arguments", [COMMANDS[0], COMMANDS[2], ("doctor",), ("log",), ("undo",)])
def test_the_wrong_key(ankish: Callable[..., str], arguments: tuple[str, ...]) -> None:
    with Manners(sample_engine("another"), tick=0) as server:
        assert "key" in ankish(server.url, KEY, "file", *arguments)


WANTED = replies({"permission": "granted", "requireApikey": True, "version": 6})
ECHOES = (
    replies(None, f"what key is {KEY}?"),
    says(f"<html>no such key: {KEY}</html>"),
    says(json.dumps({"you": {"key": KEY}}), status="500 Oops"),
)


@pytest.mark.parametrize("echo", range(len(ECHOES)))
def test_a_server_that_says_the_key_again(ankish: Callable[..., str], echo: int) -> None:
    for arguments in (COMMANDS[0], ("--json", "-c", "deckNames"), ("doctor",)):
        with Fault(WANTED, ECHOES[echo]) as server:
            assert ankish(server.url, KEY, "environment", *arguments, ANKISH_TRACEBACK="")
