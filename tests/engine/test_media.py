"""Media files: names that mean folders, other sources than data, and what can be switched off."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine import mediafile
from ankish.anki.engine.session import Session
from tests.engine.support import note

Ask = Callable[..., Any]
Fail = Callable[..., str]

HELLO = base64.b64encode(b"hello").decode()
FOLDERS = ["", ".", "..", "sub/", "../..", "../collection.media/"]


class Pages(BaseHTTPRequestHandler):
    """Answers `/hello.txt`, `/cut` in part, and `/endless` for as long as somebody listens."""

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while True:
                    self.wfile.write(b"x")
                    time.sleep(0.02)
        found = self.path in ("/hello.txt", "/cut")
        self.send_response(200 if found else 404)
        if self.path == "/cut":
            self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"hello from the web" if found else b"no such page")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    """The address of a web server on this machine."""
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_name_that_means_a_folder_moves_nothing(
    ask: Ask, error: Fail, session: Session, name: str
) -> None:
    ask("storeMediaFile", filename="kept.txt", data=HELLO)
    expected = f"a media file needs a name: '{name}' is a folder"
    assert error("deleteMediaFile", filename=name) == expected
    assert error("storeMediaFile", filename=name, data=HELLO) == expected
    assert ask("getMediaFilesNames") == ["kept.txt"]
    assert session.path.is_file()


@pytest.mark.parametrize("name", ["../collection.anki2", "/etc/hostname", "absent.txt", "a\0b"])
def test_deleting_what_is_no_media_file_touches_nothing(
    engine: Any, session: Session, name: str
) -> None:
    engine.handle({"action": "deleteMediaFile", "params": {"filename": name}})
    assert session.path.is_file()
    assert session.col.note_count() == 0


def test_names_are_listed_from_the_media_folder_only(ask: Ask) -> None:
    for name in ("a.txt", "b.txt", "_c.png"):
        ask("storeMediaFile", filename=name, data=HELLO)
    assert ask("getMediaFilesNames", pattern="../*") == []
    assert ask("getMediaFilesNames", pattern="/etc/*") == []
    assert ask("getMediaFilesNames", pattern="?.txt") in (["a.txt", "b.txt"], ["b.txt", "a.txt"])


def test_a_media_folder_with_a_pattern_in_its_path_is_listed(tmp_path: Path) -> None:
    from ankish.anki.engine.media import getMediaFilesNames, storeMediaFile
    from tests.engine.support import fresh_profile

    with Session.open(fresh_profile(tmp_path, "[a]*")) as session:
        storeMediaFile(session, "x.txt", HELLO)
        assert getMediaFilesNames(session) == ["x.txt"]


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("ünï 日本.txt", "ünï 日本.txt"),
        ("u\u0308.txt", "ü.txt"),
        ("con.txt", "con_.txt"),
        ("a:b?.txt", "ab.txt"),
    ],
)
def test_the_name_it_got_is_answered(ask: Ask, name: str, stored: str) -> None:
    assert ask("storeMediaFile", filename=name, data=HELLO) == stored
    assert ask("retrieveMediaFile", filename=stored) == HELLO


def test_a_file_is_fetched_from_the_web(ask: Ask, error: Fail, web: str) -> None:
    assert ask("storeMediaFile", filename="a.txt", url=f"{web}/hello.txt") == "a.txt"
    assert base64.b64decode(ask("retrieveMediaFile", filename="a.txt")) == b"hello from the web"
    missing = error("storeMediaFile", filename="b.txt", url=f"{web}/missing")
    assert missing == "HTTP Error 404: Not Found"
    assert ask("getMediaFilesNames") == ["a.txt"]


def test_a_file_that_never_ends_is_given_up(
    ask: Ask, error: Fail, web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mediafile, "URL_PATIENCE", 0.3)
    slow = error("storeMediaFile", filename="a.txt", url=f"{web}/endless")
    assert slow == f"{web}/endless did not come within 0.3 seconds"
    monkeypatch.undo()
    monkeypatch.setattr(mediafile, "URL_LIMIT", 20)
    assert "is larger than" in error("storeMediaFile", filename="a.txt", url=f"{web}/endless")
    cut = error("storeMediaFile", filename="a.txt", url=f"{web}/cut")
    assert cut == f"{web}/cut ended 82 bytes too early"
    assert ask("getMediaFilesNames") == []


def test_no_local_file_is_read_through_a_url(error: Fail, session: Session) -> None:
    url = session.path.as_uri()
    expected = f"only http and https urls are fetched, not {url}"
    assert error("storeMediaFile", filename="a.txt", url=url) == expected


def test_a_failed_fetch_leaves_the_file_that_was_there(ask: Ask, error: Fail, web: str) -> None:
    ask("storeMediaFile", filename="a.txt", data=HELLO)
    assert error("storeMediaFile", filename="a.txt", url=f"{web}/missing")
    assert error("storeMediaFile", filename="a.txt", path="/no/such/file")
    assert error("storeMediaFile", filename="a.txt", data="x")
    assert ask("retrieveMediaFile", filename="a.txt") == HELLO


@pytest.mark.parametrize(
    ("switch", "source", "expected"),
    [
        ("allow_files", "path", "paths are switched off here"),
        ("allow_urls", "url", "urls are switched off here"),
    ],
)
def test_sources_that_are_switched_off_store_and_add_nothing(
    ask: Ask,
    error: Fail,
    session: Session,
    web: str,
    tmp_path: Path,
    switch: str,
    source: str,
    expected: str,
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    place = {"path": str(tmp_path / "secret.txt"), "url": f"{web}/hello.txt"}[source]
    setattr(session, switch, False)
    allowed = {"data": HELLO, "filename": "ok.txt", "fields": ["Back"]}
    refused = {source: place, "filename": "a.txt", "fields": ["Back"]}
    assert expected in error("storeMediaFile", filename="a.txt", **{source: place})
    for action, params in (
        ("addNote", {"note": note("x", audio=allowed, picture=[allowed, refused])}),
        ("addNotes", {"notes": [note("y"), note("x", video=refused)]}),
        ("canAddNote", {"note": note("x", picture=refused)}),
        ("canAddNotesWithErrorDetail", {"notes": [note("x", picture=refused)]}),
    ):
        assert expected in error(action, **params), action
    assert ask("findNotes", query="") == []
    assert ask("getMediaFilesNames") == []
    assert ask("storeMediaFile", filename="ok.txt", data=HELLO) == "ok.txt"


def test_files_come_with_a_note_from_every_source(ask: Ask, web: str, tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(b"picture")
    added = ask(
        "addNote",
        note=note(
            "x",
            picture={"path": str(tmp_path / "p.png"), "filename": "p.png", "fields": ["Back"]},
            audio=[{"url": f"{web}/hello.txt", "filename": "h.mp3", "fields": ["Front", "Nope"]}],
            video=[{"url": f"{web}/missing", "filename": "v.mp4", "fields": ["Back"]}],
        ),
    )
    (info,) = ask("notesInfo", notes=[added])
    assert info["fields"]["Front"]["value"] == "x[sound:h.mp3]"
    assert info["fields"]["Back"]["value"] == 'HTTP Error 404: Not Found<img src="p.png">'
