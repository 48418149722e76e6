"""Which web pages may ask, and what a browser is told."""

from __future__ import annotations

import json

import pytest

from ankish.anki.serve.origins import Origins
from tests.support.serving import Serving

VERSION = json.dumps({"action": "version", "version": 6})
PERMISSION = json.dumps({"action": "requestPermission", "version": 6})

ALLOWED = [
    "http://localhost",
    "http://127.0.0.1",
    "https://127.0.0.1",
    "http://127.0.0.1:8080",
    "chrome-extension://abc",
    "moz-extension://0-1",
    "safari-web-extension://x",
]
REFUSED = [
    "http://localhost:3000",
    "https://localhost",
    "https://127.0.0.1:1",
    "http://127.0.0.1:1.example.org",
    "http://127.0.0.1.example.org",
    "https://example.org",
    "null",
    "",
    "file://",
    "HTTP://LOCALHOST",
]


def ask(
    server: Serving, body: str, method: str = "POST", **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Status, content and headers of an answer."""
    connection = server.connect()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, "/", body, named)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, content, {name.lower(): value for name, value in answer.getheaders()}


@pytest.mark.parametrize("origin", ALLOWED)
def test_allowed_pages_are_answered(shared: Serving, origin: str) -> None:
    status, content, headers = ask(shared, VERSION, Origin=origin)
    assert (status, json.loads(content)["result"]) == (200, 6)
    assert headers["access-control-allow-origin"] == origin
    assert headers["access-control-allow-headers"] == "*"
    _, permission, _ = ask(shared, PERMISSION, Origin=origin)
    assert json.loads(permission)["result"]["permission"] == "granted"


@pytest.mark.parametrize("origin", REFUSED)
def test_other_pages_are_refused(shared: Serving, origin: str) -> None:
    for body in (VERSION, "{", "", "[1]", "[" * 5000, json.dumps({"action": "multi"})):
        status, content, headers = ask(shared, body, Origin=origin)
        assert (status, content) == (403, "")
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("origin", REFUSED)
def test_other_pages_are_told_that_permission_is_denied(shared: Serving, origin: str) -> None:
    request = {"action": "requestPermission", "version": 6}
    lie = {"allowed": True, "origin": "http://localhost"}
    for body in (request, {**request, "key": "guess"}, {**request, "params": lie}):
        status, content, headers = ask(shared, json.dumps(body), Origin=origin)
        assert status == 200
        assert json.loads(content) == {"result": {"permission": "denied"}, "error": None}
        assert headers["access-control-allow-origin"] == origin, "or the page could not read it"


def test_programs_send_no_origin(shared: Serving) -> None:
    status, content, headers = ask(shared, VERSION)
    assert (status, json.loads(content)["result"]) == (200, 6)
    assert headers["access-control-allow-origin"] == "http://localhost"


@pytest.mark.parametrize("origin", ["http://localhost", "https://example.org"])
def test_a_browser_that_asks_before_may_send(shared: Serving, origin: str) -> None:
    private = {"Access_Control_Request_Private_Network": "true"}
    status, content, headers = ask(shared, VERSION, "OPTIONS", Origin=origin, **private)
    assert (status, content) == (200, "")
    assert headers["access-control-allow-origin"] == origin
    assert headers["access-control-allow-private-network"] == "true"
    _, _, plain = ask(shared, "", "OPTIONS")
    assert "access-control-allow-private-network" not in plain


def test_several_origins_must_all_be_allowed() -> None:
    assert Origins().allow(["http://localhost", "http://127.0.0.1"])
    assert not Origins().allow(["http://localhost", "https://example.org"])


def test_origins_can_be_listed() -> None:
    listed = Origins(("https://example.org",))
    assert listed.allow(["https://example.org"])
    assert listed.allow(["http://localhost"])
    assert not listed.allow(["https://example.org:8"])
    assert listed.header(["https://example.org"]) == "https://example.org"
    anyone = Origins(("*",))
    assert anyone.allow(["https://evil.example"])
    assert anyone.allow(["null"])
    assert anyone.header(["null"]) == "*"
