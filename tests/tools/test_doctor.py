"""`ankish doctor`: each trouble is found and comes with what mends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

import pytest

from ankish.tools.doctor import APP_NAP, _latency
from tests.support.engine import sample_engine
from tests.support.manners import Answer, Manners
from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from ankish.anki.client import Client

ROOT = Path(__file__).parents[2]


def doctor(home: Path, *arguments: str, **env: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit status, and the findings by what was looked at."""
    outside = {k: v for k, v in os.environ.items() if not k.startswith("ANKISH")}
    done = subprocess.run(
        [sys.executable, "-m", "ankish", "doctor", "--json", *arguments],
        env={**outside, "ANKISH_HOME": str(home), "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, {each["what"]: each for each in found}


def test_all_is_well(tmp_path: Path) -> None:
    with Manners(sample_engine()) as server:
        status, found = doctor(tmp_path, "--url", server.url)
    assert status == 0
    assert not any(each["fix"] for each in found.values())
    assert "answers, without a key" in found["connection"]["found"]
    assert found["collection"]["found"].startswith("719 cards")
    assert found["profile"]["found"] == "User 1"
    assert "of 7 requests" in found["latency"]["found"]


def test_something_else_answers(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        status, found = doctor(tmp_path, "--url", f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert status == 1 and found["connection"]["fatal"]
    assert "is not AnkiConnect" in found["connection"]["found"]
    assert "--url" in found["connection"]["fix"] and "ANKISH_URL" in found["connection"]["fix"]


def test_an_old_add_on(tmp_path: Path) -> None:
    """One whose list of actions lacks what came later."""

    @contextmanager
    def old() -> Iterator[Answer]:
        with sample_engine()() as answer:

            def handle(body: bytes) -> bytes:
                said = answer(body)
                if json.loads(body)["action"] == "apiReflect":
                    reply = json.loads(said)
                    reply["result"]["actions"].remove("setDueDate")
                    return json.dumps(reply).encode()
                return said

            yield handle

    with Manners(old, tick=0) as server:
        status, found = doctor(tmp_path, "--url", server.url)
    assert status == 0  # the rest works
    assert found["actions"]["found"] == "1 action missing: setDueDate"
    assert "Check for Updates" in found["actions"]["fix"]


@pytest.mark.parametrize(("platform", "fix"), [("darwin", APP_NAP), ("linux", "Anki is busy")])
def test_answers_that_come_now_and_then(
    monkeypatch: pytest.MonkeyPatch, platform: str, fix: str
) -> None:
    """A Mac that lets Anki sleep answers fast, and then for seconds not at all."""
    now = 0.0
    taken = iter([0.02, 0.02, 5.0, 0.02, 0.02, 9.0, 0.02])

    class Asleep:
        def invoke(self, action: str) -> None:
            nonlocal now
            now += next(taken)

    monkeypatch.setattr(time, "perf_counter", lambda: now)
    monkeypatch.setattr(sys, "platform", platform)
    finding = _latency(cast("Client", Asleep()))
    assert finding.found == "20 ms in the middle, 9,000 ms at worst, of 7 requests"
    assert finding.fix.startswith(fix)


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({}, "xterm-256color, 100 by 40"),
        ({"TERM": "dumb"}, "set TERM to what your terminal is"),
        ({"NO_COLOR": "1"}, "unset NO_COLOR to have them"),
    ],
)
def test_what_the_terminal_can_do(tmp_path: Path, env: dict[str, str], told: str) -> None:
    with Terminal("doctor", "--demo", home=tmp_path, env=env, columns=100, lines=40) as terminal:
        terminal.wait(told)
        assert terminal.ended() == 0


def test_a_terminal_whose_characters_are_not_those_of_utf_8(tmp_path: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    nobody = ("--url", "http://127.0.0.1:9")
    with Terminal("doctor", *nobody, home=tmp_path, env=env, columns=100, lines=40) as terminal:
        terminal.wait("set LC_ALL to a UTF-8 locale")
        assert terminal.ended() == 1


def test_nothing_answers(tmp_path: Path) -> None:
    status, found = doctor(tmp_path, "--url", "http://127.0.0.1:9")
    assert status == 1
    assert found["connection"]["fatal"] and "2055492159" in found["connection"]["fix"]


def test_a_key_is_wanted_and_never_shown(tmp_path: Path) -> None:
    with Manners(sample_engine("right"), tick=0) as server:
        status, found = doctor(tmp_path, "--url", server.url)
        assert status == 1 and "key" in found["connection"]["found"]
        status, found = doctor(tmp_path, "--url", server.url, ANKISH_KEY="wr0ng")
        assert status == 1 and "wr0ng" not in str(found)
        status, found = doctor(tmp_path, "--url", server.url, ANKISH_KEY="right")
        assert status == 0 and "with a key" in found["connection"]["found"]


def test_a_file_that_others_can_read(tmp_path: Path) -> None:
    file = tmp_path / "config" / "config.toml"
    file.parent.mkdir()
    file.write_text('key = "s3cret"\n')
    file.chmod(0o644)
    _, found = doctor(tmp_path, "--demo")
    assert found["secrets"]["fix"] == f"chmod 600 {file}"
    file.chmod(0o600)
    _, found = doctor(tmp_path, "--demo")
    assert "secrets" not in found


def test_settings_with_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text("theme = 1\n")
    status, found = doctor(tmp_path, "--demo")
    assert status == 1 and found["settings"]["fatal"]
