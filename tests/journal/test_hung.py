"""Anki does not answer: a dialog is open in it. That is said, Ctrl-C ends it, and what happens
once the dialog is closed is neither lost nor done twice.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.support.engine import sample_engine
from tests.support.faults import whole
from tests.support.manners import Manners
from tests.support.proxy import Proxy
from tests.support.serving import wait_for

PROGRAM = """\
find tag:old | addTags first
addNote {deckName: "Default", modelName: "Basic", fields: {Front: "hung", Back: "b"}}
find tag:old | addTags last
"""
IMPATIENT = """\
from ankish.anki import timeouts
timeouts.OVERDUE = 0.2
from ankish.__main__ import main
raise SystemExit(main())
"""


class Dialog(Proxy):
    """Holds up each request that has `word` in it until the dialog is closed, and passes it on
    then, whether somebody still waits or not.
    """

    def __init__(self, port: int, word: bytes) -> None:
        super().__init__(port, lambda: None)
        self.word = word
        self.closed = Event()
        self.hung = Event()

    def _pass(self, peer: socket.socket) -> None:
        request = self.requests[-1]
        if self.word in request and not self.closed.is_set():
            self.hung.set()
            self.closed.wait(60)
        super()._pass(peer)


@pytest.fixture
def server() -> Iterator[Manners]:
    with Manners(sample_engine(), tick=0) as running:
        yield running


def ask(server: Manners, action: str, **params: object) -> object:
    import json

    body = json.dumps({"action": action, "version": 6, "params": params}).encode()
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as peer:
        peer.sendall(head + body)
        answer = json.loads(whole(peer).partition(b"\r\n\r\n")[2])
    return answer["result"]


@pytest.mark.parametrize("presses", [1, 2])
def test_a_dialog_is_told_of_and_ctrl_c_ends_the_wait(
    server: Manners, tmp_path: Path, presses: int
) -> None:
    with Dialog(server.port, b'"addNote"') as dialog:
        environment = {**os.environ, "ANKISH_HOME": str(tmp_path), "ANKISH_URL": dialog.url}

        def ankish(*arguments: str) -> list[str]:
            return [sys.executable, "-c", IMPATIENT, *arguments]

        errors = (tmp_path / "errors").open("w+")
        process = subprocess.Popen(
            ankish("-c", PROGRAM), env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )

        def said() -> str:
            return (tmp_path / "errors").read_text()

        wait_for(dialog.hung.is_set, 60)
        wait_for(lambda: "a dialog may be open in Anki" in said(), 60)
        process.send_signal(signal.SIGINT)
        wait_for(lambda: "stopping when Anki has answered" in said(), 60)
        if presses == 2:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        dialog.closed.set()
        assert process.wait(60) == 130
        errors.close()
        assert "Traceback" not in said()
        assert "resume" in said()
        done = subprocess.run(ankish("resume"), env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert len(ask(server, "findNotes", query="Front:hung")) == 1  # type: ignore[arg-type]
        old = ask(server, "findNotes", query="tag:old")
        assert old == ask(server, "findNotes", query="tag:last") != []
        undone = subprocess.run(ankish("undo"), env=environment, capture_output=True, text=True)
        assert undone.returncode == 0, undone.stderr
        assert ask(server, "findNotes", query="Front:hung or tag:first or tag:last") == []
