"""The curl examples of the documentation, run with the real curl against `ankish serve`.

Each has a profile of its own, a copy of the sample collection.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ankish.anki.engine.sample import build
from tests.serve.seed import ABSENT, EXAMPLE, FILE, ID, cases, examples, fits
from tests.support.serving import Serving, serving

CONTENTS = b"Hello, world!"
PLACEHOLDER = re.compile(r"\bNOTE_ID\b")
FOLDER = re.compile(r'"/(path/to|data|tmp)/')
"""The folders that examples speak of."""


@dataclass(frozen=True)
class Place:
    """A server, and the places that take the part of those in the examples."""

    server: Serving
    base: Path
    files: Path
    web: str

    def ask(self, action: str, **params: Any) -> Any:
        """An action's result, with `${tmp}` for the folder of files in its parameters."""
        text = json.dumps(params).replace("${tmp}", self.files.as_posix())
        return self.server.ask(action, **json.loads(text))


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    assert shutil.which("curl"), "curl is needed: the examples are commands of it"
    base, files = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("files")
    for name in ("Sample", "user1"):
        (base / name).mkdir()
    build(base / "Sample")
    build(base / "user1")
    for name in ("image.png", "audio.mp3", "file"):
        (files / name).write_bytes(CONTENTS)
    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(files)))
    Thread(target=web.serve_forever, daemon=True).start()
    with serving("--base", str(base), "--profile", "user1") as server:
        yield Place(server, base, files, f"http://127.0.0.1:{web.server_port}")
    web.shutdown()
    web.server_close()


def filled(place: Place, action: str, body: str) -> str:
    """An example with ids, addresses and folders that are there."""
    if action == "findModelsById":
        pool = place.ask("modelNamesAndIds").values()
    elif action == "removeDeckConfigId":
        spare = place.ask("cloneDeckConfigId", name="Spare")
        pool = [spare]
    elif '"card' in body or action == "insertReviews":
        pool = place.ask("findCards", query="note:Basic is:review -is:suspended")
    else:
        pool = place.ask("findNotes", query="note:Basic tag:*")
    ids = map(str, pool)
    known = {ABSENT: ABSENT}
    kept = {"cardReviews": ["1594194095740"], "insertReviews": ["1594194095746", "1594201393292"]}
    known |= {number: number for number in kept.get(action, [])}
    for number in [*ID.findall(body), *PLACEHOLDER.findall(body)]:
        if number not in known:
            known[number] = next(ids)
    for number, ours in known.items():
        body = body.replace(number, ours)
    body = FOLDER.sub(f'"{place.files.as_posix()}/', body)
    return body.replace("https://example.com", place.web)


def curl(place: Place, action: str, body: str) -> bytes:
    """What the example answers, as a shell command that differs only where it must."""
    found = EXAMPLE.search(f"curl localhost:8765 -X POST -d '{body}'")
    assert found is not None
    host, port = place.server.address
    command = shlex.split(f"{found[1]}-sS {host}:{port}{found[2]}'{body}'")
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout


@pytest.mark.parametrize(
    "example", list(enumerate(cases())), ids=lambda each: f"{each[0]}-{each[1][0]}"
)
def test_an_example_answers_as_documented(place: Place, example: tuple[int, Any]) -> None:
    number, (action, body, case) = example
    profile = f"Example {number}"
    shutil.copytree(place.base / "Sample", place.base / profile)
    assert place.ask("loadProfile", name=profile) is True
    body = filled(place, action, body)
    case.before(place.ask)
    answer = json.loads(curl(place, action, body))
    if case.error is not None:
        assert case.reason, "an example that fails has a reason"
        assert answer["result"] is None
        assert answer["error"].startswith(case.error.replace("ACTION", action))
        return
    assert answer["error"] is None
    assert fits(answer["result"], case.shape), answer["result"]
    assert case.after(place.ask, json.loads(body).get("params"))
    assert place.ask("checkDatabase") == []


def test_every_command_of_the_documentation_is_an_example() -> None:
    assert len(examples()) == FILE.read_text("utf-8").count("localhost:8765 -X POST") == 135


@pytest.mark.parametrize(
    ("value", "shape", "right"),
    [
        (1, int, True),
        (True, int, False),
        ([], [int], False),
        ([1, "a"], [int], False),
        ({}, {str: int}, False),
        ({"a": 1}, {"a": int}, True),
        ({"b": 1}, {"a": int}, False),
        (None, None, True),
        (False, None, False),
        ([1, 2], (str, [int]), True),
    ],
)
def test_shapes_tell_values_apart(value: object, shape: Any, right: bool) -> None:
    assert fits(value, shape) is right
