"""What the server keeps from those who ask: keys, files of this machine, other machines."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.support import note
from tests.support.serving import Serving, serving

KEY = "s3cret-key"
OFF = "switched off here; start the server with --allow-files"


def refusal(server: Serving, action: str, **params: Any) -> str:
    """The error that an action answers."""
    answer = server.answer({"action": action, "version": 6, "params": params})
    assert answer["result"] is None
    assert isinstance(answer["error"], str)
    return answer["error"]


@pytest.mark.parametrize("way", ["argument", "environment"])
def test_a_key_is_wanted_and_reaches_no_output(collection: Path, way: str) -> None:
    given = ["--key", KEY] if way == "argument" else []
    environment = {"ANKISH_KEY": KEY} if way == "environment" else {}
    with serving("--collection", str(collection), *given, **environment) as server:
        refused = {"result": None, "error": "valid api key must be provided"}
        version = {"action": "version", "version": 6}
        assert server.answer(version) == refused
        assert server.answer({**version, "key": "wrong"}) == refused
        assert server.answer({**version, "key": [KEY]}) == refused
        assert server.answer({**version, "key": KEY}) == {"result": 6, "error": None}
        permission = server.answer({"action": "requestPermission", "version": 6})
        assert permission["result"]["requireApikey"] is True
        assert KEY.encode() not in server.send(b'{"key": "%s", "action": [' % KEY.encode())
        line = Path(f"/proc/{server.process.pid}/cmdline")
        if way == "environment" and line.exists():
            assert KEY.encode() not in line.read_bytes()
        status, printed, erred = server.stop()
    assert status == 0
    assert KEY not in server.greeting + printed + erred


def test_a_key_is_refused_where_none_is_wanted(shared: Serving) -> None:
    answer = shared.answer({"action": "version", "version": 6, "key": KEY})
    assert answer["error"] == "valid api key must be provided"


def test_an_empty_key_is_none(collection: Path) -> None:
    with serving("--collection", str(collection), ANKISH_KEY="") as server:
        assert server.ask("version") == 6


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that all machines can reach."""
    from tests.engine.support import fresh_profile

    path = fresh_profile(tmp_path_factory.mktemp("closed") / "base")
    with serving("--collection", str(path), "--host", "0.0.0.0", "--key", KEY) as server:
        yield server


def asked(server: Serving, action: str, **params: Any) -> str:
    """The error that an action with the key answers."""
    answer = server.answer({"action": action, "version": 6, "params": params, "key": KEY})
    assert answer["result"] is None
    return str(answer["error"])


def test_files_and_urls_are_off_beyond_this_machine(closed: Serving, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    name, path, url = "a.txt", str(secret), "http://127.0.0.1:9/x"
    assert OFF in asked(closed, "storeMediaFile", filename=name, path=path)
    assert OFF in asked(closed, "storeMediaFile", filename=name, url=url)
    assert OFF in asked(closed, "storeMediaFile", filename=name, url=secret.as_uri())
    assert OFF in asked(closed, "exportPackage", deck="Default", path=str(tmp_path / "x.apkg"))
    assert OFF in asked(closed, "importPackage", path=path)
    assert OFF in asked(closed, "createBackup", path=str(tmp_path / "x.colpkg"))
    assert OFF in asked(closed, "syncLogin", username="a", password="b", endpoint=url)
    for kind in ("audio", "video", "picture"):
        for where in ({"path": path}, {"url": url}):
            media: Any = {kind: [{"filename": name, "fields": ["Front"], **where}]}
            assert OFF in asked(closed, "addNote", note=note("x", **media))
    assert [found.name for found in tmp_path.iterdir()] == ["secret.txt"]
    request = {"action": "findNotes", "version": 6, "params": {"query": ""}, "key": KEY}
    assert closed.answer(request)["result"] == []


@pytest.mark.parametrize("name", ["../../collection.anki2", "/etc/passwd", "..", "."])
def test_media_names_lead_out_of_nowhere(shared: Serving, name: str) -> None:
    answer = shared.answer(
        {"action": "retrieveMediaFile", "version": 6, "params": {"filename": name}}
    )
    assert answer["result"] is False or answer["error"]


def test_data_is_stored_where_files_are_off(closed: Serving) -> None:
    data = base64.b64encode(b"hello").decode()
    params = {"filename": "a.txt", "data": data}
    request = {"action": "storeMediaFile", "version": 6, "params": params, "key": KEY}
    assert closed.answer(request) == {"result": "a.txt", "error": None}


def test_files_can_be_allowed_beyond_and_forbidden_here(collection: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    params = {"filename": "a.txt", "path": str(secret)}
    wide = ("--collection", str(collection), "--host", "0.0.0.0", "--allow-files")
    with serving(*wide) as server:
        assert server.ask("storeMediaFile", **params) == "a.txt"
        warning = server.stop()[2]
    assert warning.startswith("warning[serve::open]: other machines can reach http://0.0.0.0:")
    with serving("--collection", str(collection), "--no-allow-files") as server:
        assert OFF in refusal(server, "storeMediaFile", **params)
        assert server.stop()[2] == ""
    with serving("--collection", str(collection)) as server:
        assert server.ask("storeMediaFile", **params) == "a.txt"


def test_origins_can_be_listed(collection: Path) -> None:
    page = "https://example.org"
    with serving("--collection", str(collection), "--cors-origin", page) as server:
        connection = server.connect()
        for origin, status in ((page, 200), ("https://other.example", 403)):
            connection.request("POST", "/", b'{"action": "version"}', {"Origin": origin})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status
        connection.close()


@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_other_names_of_this_machine(collection: Path, host: str) -> None:
    with serving("--collection", str(collection), "--host", host) as server:
        assert server.ask("version") == 6
        assert server.stop()[2] == "", "no warning: it is this machine's own"
