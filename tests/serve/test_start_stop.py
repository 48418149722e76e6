"""From start to stop: what a user is told, and a collection that is closed whatever happens."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from ankish.anki.serve.listen import GRACE
from tests.engine.support import fresh_profile, is_sound, note
from tests.support.faults import Fault, says
from tests.support.serving import Serving, command, serving, start, wait_for


def refused(*arguments: str, **environment: str) -> tuple[int, str]:
    """Exit status and error text of a server that does not start."""
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, **environment},
    )
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def is_free(collection: Path) -> bool:
    """Whether a collection is closed: nobody holds it, and nothing waits to be written."""
    if collection.with_name("collection.anki2-wal").exists():
        return False
    with closing(sqlite3.connect(collection, timeout=0)) as db:
        db.execute("begin exclusive")
    return True


def test_a_line_says_where_and_how_to_stop(collection: Path) -> None:
    with serving("--collection", str(collection)) as server:
        host, port = server.address
        assert server.greeting == (
            f"ankish serve: {collection} is served at http://{host}:{port}; Ctrl-C stops it\n"
        )
        assert host == "127.0.0.1"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_closes_the_collection(collection: Path, number: signal.Signals) -> None:
    with serving("--collection", str(collection)) as server:
        server.ask("addNote", note=note("kept"))
        assert server.stop(number) == (0, "", "")
    assert is_free(collection)
    with Session.open(collection) as session:
        assert session.col.note_count() == 1


class Slow:
    """An action that runs as long as a test wants: a file that is fetched from a slow server."""

    def __init__(self) -> None:
        self.release = Event()
        self.fault = Fault(self._act)

    def _act(self, peer: socket.socket) -> None:
        self.release.wait(30)
        says("contents")(peer)

    @property
    def request(self) -> dict[str, object]:
        """Stores the file."""
        params = {"filename": "slow.txt", "url": f"{self.fault.url}/slow.txt"}
        return {"action": "storeMediaFile", "version": 6, "params": params}

    @property
    def runs(self) -> bool:
        """Whether the action has begun."""
        return bool(self.fault.requests)


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    with made.fault:
        yield made
        made.release.set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("seconds", [0.3, GRACE + 1.0])
def test_the_action_that_runs_comes_to_its_end(
    collection: Path, slow: Slow, number: signal.Signals, seconds: float
) -> None:
    with serving("--collection", str(collection)) as server, ThreadPoolExecutor() as clients:
        running = clients.submit(server.answer, slow.request)
        wait_for(lambda: slow.runs)
        Timer(seconds, slow.release.set).start()
        begin = time.monotonic()
        assert server.stop(number) == (0, "", "")
        assert time.monotonic() - begin > seconds
        assert running.result() == {"result": "slow.txt", "error": None}
    assert is_free(collection)


def test_a_server_that_shall_outlive_its_terminal_does(collection: Path) -> None:
    """As `nohup` starts it: SIGHUP is ignored from the beginning."""
    program = (
        "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from ankish.__main__ import main; sys.exit(main(['serve', *sys.argv[1:]]))"
    )
    with serving("--collection", str(collection), program=program) as server:
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        assert server.ask("version") == 6
        assert server.stop() == (0, "", "")


def test_requests_in_line_are_told_that_the_server_stops(collection: Path, slow: Slow) -> None:
    late = {"action": "createDeck", "version": 6, "params": {"deck": "Late"}}
    with serving("--collection", str(collection)) as server, ThreadPoolExecutor() as clients:
        running = clients.submit(server.answer, slow.request)
        wait_for(lambda: slow.runs)
        waiting = [clients.submit(server.answer, late) for _ in range(3)]
        time.sleep(0.3)
        Timer(0.3, slow.release.set).start()
        assert server.stop() == (0, "", "")
        for future in waiting:
            assert future.result() == {"result": None, "error": "the server is stopping"}
        assert running.result() == {"result": "slow.txt", "error": None}
    with Session.open(collection) as session:
        assert session.col.decks.by_name("Late") is None


def test_impatience_does_not_harm(collection: Path, slow: Slow) -> None:
    """Ctrl-C again and again: the action ends and the collection is closed all the same."""
    add = {"action": "addNote", "version": 6, "params": {"note": note("kept")}}
    request = {"action": "multi", "params": {"actions": [slow.request, add]}}
    with serving("--collection", str(collection)) as server, ThreadPoolExecutor() as clients:
        clients.submit(_fate, server, request)
        wait_for(lambda: slow.runs)
        for _ in range(5):
            server.process.send_signal(signal.SIGINT)
            time.sleep(0.1)
        slow.release.set()
        assert server.stop() == (0, "", "")
    assert is_free(collection)
    with Session.open(collection) as session:
        assert session.col.note_count() == 1
        assert is_sound(session)


def _fate(server: Serving, request: dict[str, Any]) -> object:
    try:
        return server.answer(request)
    except (OSError, ValueError, HTTPException) as error:  # cut off: the answer is not known
        return error


def test_a_port_is_free_at_once_for_the_next(collection: Path) -> None:
    with serving("--collection", str(collection)) as server:
        server.ask("version")
        port = server.address[1]
        server.stop()
    arguments = [*command("--collection", str(collection)), "--port", str(port)]
    with start(arguments) as process:
        try:
            again = Serving(process)
            assert again.address[1] == port
            assert again.ask("version") == 6
        finally:
            process.terminate()


def test_a_port_in_use(collection: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, said = refused("--collection", str(collection), "--port", str(port))
    assert status == 3
    assert said.startswith(f"error[serve::port-in-use]: port {port} of 127.0.0.1 is in use\n")
    assert is_free(collection)


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a" * 300, "not a host"])
def test_an_address_that_is_not_of_this_machine(collection: Path, host: str) -> None:
    status, said = refused("--collection", str(collection), "--host", host)
    assert status == 3
    assert said.startswith("error[serve::address]: port 0 of ")


def test_a_collection_in_use(collection: Path) -> None:
    with Session.open(collection) as session:
        status, said = refused("--collection", str(collection))
        assert status == 3
        assert said.startswith("error[engine::in-use]: ")
        assert session.col.note_count() == 0


def test_no_collection(tmp_path: Path) -> None:
    assert refused("--collection", str(tmp_path / "none.anki2"))[0] == 3
    status, said = refused("--profile", "Nobody", "--base", str(tmp_path))
    assert status == 3
    assert said.startswith("error[engine::no-profile]: ")
    assert refused("--base", str(tmp_path / "none"))[0] == 3
    assert list(tmp_path.iterdir()) == []


def test_the_only_profile_needs_no_name(collection: Path) -> None:
    base = collection.parent.parent
    with serving(ANKI_BASE=str(base)) as server:
        assert server.ask("getActiveProfile") == "User 1"
    fresh_profile(base, "Other")
    status, said = refused("--base", str(base))
    assert status == 3
    assert said.startswith("error[serve::which]: there are several profiles in ")
    assert "Other, User 1" in said
    with serving("--base", str(base), "--profile", "Other") as server:
        assert server.ask("getActiveProfile") == "Other"
        assert server.ask("loadProfile", name="User 1") is True
        assert server.ask("getActiveProfile") == "User 1"
        assert server.ask("getProfiles") == ["Other", "User 1"]


def test_the_sample_collection_goes_when_the_server_stops() -> None:
    with serving("--demo") as server:
        folder = Path(server.ask("getMediaDirPath"))
        assert server.ask("getActiveProfile") == "User 1"
        assert len(server.ask("findNotes", query="")) > 100
        assert folder.is_dir()
        assert server.stop() == (0, "", "")
    assert not folder.parent.parent.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port", "x"],
        ["--port", "65536"],
        ["--max-body", "0"],
        ["--max-body", "nan"],
        ["--demo", "--profile", "x"],
        ["--wat"],
        ["stray"],
    ],
)
def test_mistakes_in_the_command_line(arguments: list[str]) -> None:
    status, said = refused(*arguments)
    assert status == 2
    assert said.startswith("usage: ankish serve ")


def test_killed_while_the_collection_is_opened(collection: Path) -> None:
    process = start(command("--collection", str(collection)))
    time.sleep(0.15)
    process.terminate()
    _, said = process.communicate(timeout=30)
    assert "Traceback" not in said
    assert is_free(collection)


def test_without_the_servers_library_the_error_says_how_to_get_it(collection: Path) -> None:
    program = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "from ankish.__main__ import main; sys.exit(main(['serve', *sys.argv[1:]]))"
    )
    done = subprocess.run(
        command("--collection", str(collection), program=program), capture_output=True, text=True
    )
    assert done.returncode == 3
    assert done.stderr.startswith("error[serve::not-installed]: ")
    assert is_free(collection)


def test_a_failed_answer_is_json(collection: Path) -> None:
    with serving("--collection", str(collection)) as server:
        for body in (b"{", b"\xff", b"[" * 100_000, b"\xef\xbb\xbf{}", b"[]", b'{"action": 1}'):
            answer = json.loads(server.send(body))
            assert answer["result"] is None
            assert answer["error"]
        assert server.stop() == (0, "", "")
