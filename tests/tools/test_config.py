"""`ankish config`: what is set, where it comes from, and no secret among it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ankish.settings import DECLARED
from ankish.tools.config import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, and nothing set."""
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path))
    for variable in ("ANKISH_URL", "ANKISH_KEY", "ANKI_BASE"):
        monkeypatch.delenv(variable, raising=False)


def settings(capsys: Captured) -> dict[str, dict[str, Any]]:
    """What `config --json` prints, by name."""
    assert main(["--json"]) == 0
    printed = map(json.loads, capsys.readouterr().out.splitlines())
    return {each["name"]: each for each in printed}


def test_every_setting_is_an_object(capsys: Captured) -> None:
    found = settings(capsys)
    assert list(found) == list(DECLARED)
    assert found["theme"] == {
        "name": "theme",
        "value": "terminal",
        "from": "default",
        "choices": ["terminal", "dark", "light"],
        "doc": DECLARED["theme"].doc,
    }
    assert (found["ask_from"]["value"], found["preview"]["value"]) == (1000, True)


def test_where_a_value_comes_from(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    assert main(["theme", "dark"]) == main(["ask_from", "7"]) == 0
    monkeypatch.setenv("ANKISH_URL", "http://127.0.0.1:1")
    found = settings(capsys)
    origins = {name: found[name]["from"] for name in ("theme", "ask_from", "url", "keys")}
    assert origins == {"theme": "file", "ask_from": "file", "url": "ANKISH_URL", "keys": "default"}
    assert found["ask_from"]["value"] == 7


def test_no_secret_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("ANKISH_KEY", "s3cret")
    monkeypatch.setenv("ANKISH_URL", "http://me:s3cret@127.0.0.1:1")
    found = settings(capsys)
    assert (found["key"]["value"], found["url"]["value"]) == (True, "http://127.0.0.1:1")
    assert main([]) == 0
    assert "s3cret" not in f"{found}{capsys.readouterr().out}"


def test_a_mistake_is_an_object_as_well(capsys: Captured) -> None:
    assert main(["theme", "drak", "--json"]) == 2
    told = json.loads(capsys.readouterr().err)
    assert told["code"] == "config::value"
