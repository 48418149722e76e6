"""The parts of the shell that need no terminal: history, the worker, what is imported when."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.client import Client
from ankish.anki.protocol import Request
from ankish.diagnostics.model import AnkishError
from ankish.runtime.private import is_private
from ankish.shell.history import History, history_file
from ankish.shell.keys import depth, is_complete
from ankish.shell.words import word_of
from ankish.shell.worker import Worker, stoppable

ROOT = Path(__file__).parents[2]


# ---- history


@pytest.mark.parametrize(
    "line",
    [
        " find x",
        "print s3cret",
        'multi [{"action": "deckNames", "version": 6, "key": "abc"}]',
        "multi [{action: deckNames, key: abc}]",
        "syncLogin me@example.org hunter2",
        'call syncLogin {username: "me", password: "x"}',
        """curl localhost:8765 -X POST -d '{"action": "deckNames", "version": 6, "key": "a"}'""",
    ],
)
def test_private(line: str) -> None:
    assert is_private(line, ["s3cret"])


@pytest.mark.parametrize(
    "line",
    ["find x", "print {key: 3}", "find x | where Key == 'a'", 'multi [{"action": "deckNames"}]'],
)
def test_not_private(line: str) -> None:
    assert not is_private(line, ["s3cret", ""])


def test_lines_come_back_in_order(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "file"
    first = History(file, [])
    for line in ("one", "two\nlines", " hidden", "three"):
        first.append_string(line)
    assert list(History(file, []).load_history_strings()) == ["three", "two\nlines", "one"]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    history = History(tmp_path / "x" / "file", [])
    history.append_string("one")
    assert list(history.load_history_strings()) == []


def test_files_of_places_differ() -> None:
    places = ["http://127.0.0.1:8765", "http://127.0.0.1-8765", "profile a", "C:\\a.anki2", "日本"]
    files = {history_file(place) for place in places}
    assert len(files) == len(places)
    assert len({file.parent for file in files}) == 1


# ---- the worker


def test_jobs_are_done_in_order_and_in_one_thread() -> None:
    worker = Worker()
    seen: list[tuple[int, int]] = []
    jobs = [worker.begin(lambda n=n: seen.append((n, threading.get_ident()))) for n in range(20)]
    for job in jobs:
        job.result()
    assert [n for n, _ in seen] == list(range(20))
    assert len({thread for _, thread in seen}) == 1
    assert seen[0][1] != threading.get_ident()


def test_what_a_job_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        Worker().do(lambda: 1 / 0)


class Counting:
    """A transport that counts what it sends."""

    where = "nowhere"
    sent = received = 0

    def __init__(self) -> None:
        self.actions: list[str] = []

    def send(self, request: dict[str, Any], timeout: float) -> object:
        self.actions.append(request["action"])
        if request["action"] == "requestPermission":
            return {"result": {"permission": "granted", "version": 6}, "error": None}
        if request["action"] == "multi":
            results = [{"result": 6, "error": None}] * len(request["params"]["actions"])
            return {"result": results, "error": None}
        return {"result": 6, "error": None}

    def close(self) -> None:
        pass


def test_ctrl_c_just_when_a_job_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to stop any more, and nothing that would be waited for."""
    worker, begin, raised = Worker(), Worker.begin, threading.Event()

    def begun(self: Worker, job: Callable[[], Any]) -> Future[Any]:
        future = begin(self, job)
        result = future.result

        def interrupted() -> Any:
            result()
            raise KeyboardInterrupt

        monkeypatch.setattr(future, "result", interrupted)
        return future

    monkeypatch.setattr(Worker, "begin", begun)

    def do() -> None:
        with pytest.raises(KeyboardInterrupt):
            worker.do(lambda: None)
        raised.set()

    threading.Thread(target=do, daemon=True).start()
    assert raised.wait(20), "it waits for ever"


def test_ctrl_c_stops_before_the_next_request_and_tells_how_many_were_sent() -> None:
    worker, transport = Worker(), Counting()
    client = stoppable(Client(transport), worker.gate)

    def program() -> None:
        client.invoke("version")
        client.multi([Request("version"), Request("version")])
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)
        client.invoke("deckNames")

    with pytest.raises(AnkishError) as caught:
        worker.do(program)
    (problem,) = caught.value.diagnostics
    assert problem.code == "shell::stopped"
    assert "requests sent: 2;" in problem.notes[0]
    assert transport.actions == ["requestPermission", "version", "multi"]
    assert worker.do(lambda: client.invoke("version")) == 6, "the next program runs"


def test_a_second_ctrl_c_does_not_wait_for_the_request() -> None:
    worker = Worker()
    release, asked = threading.Event(), []

    def program() -> None:
        worker.gate.request()
        while not release.wait(0.05):
            pass
        asked.append(worker.ask(lambda: True, False))
        worker.gate.request()

    def press() -> None:
        for _ in range(2):
            time.sleep(0.5)
            os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(AnkishError) as caught:
        worker.do(program)
    (problem,) = caught.value.diagnostics
    assert problem.code == "shell::left"
    assert "requests sent: 1;" in problem.notes[0]
    release.set()
    assert worker.do(lambda: 6) == 6, "the next program has its turn when the request is answered"
    assert asked == [False], "what was left asks nobody any more"


def test_ctrl_c_before_its_turn_drops_the_program() -> None:
    worker = Worker()
    release = threading.Event()
    worker.begin(release.wait)
    ran: list[bool] = []
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(AnkishError) as caught:
        worker.do(lambda: ran.append(True))
    release.set()
    worker.begin(lambda: None).result()
    assert caught.value.diagnostics[0].code == "shell::stopped"
    assert ran == []


def test_a_question_is_asked_where_the_user_is() -> None:
    worker = Worker()
    asked: list[int] = []

    def question() -> bool:
        asked.append(threading.get_ident())
        return True

    assert worker.do(lambda: worker.ask(question, False)) is True
    assert asked == [threading.get_ident()]


def test_leaving_does_not_wait_for_what_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ankish.shell.worker.LEAVING", 0.2)
    worker, closed = Worker(), []
    gate = threading.Event()
    worker.begin(gate.wait)
    waiting = worker.begin(lambda: None)
    late = threading.Timer(60, gate.set)
    late.start()
    worker.end(lambda: closed.append(True))
    assert not gate.is_set()
    late.cancel()
    assert waiting.cancelled()


# ---- keys


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("find x", True),
        ("", True),
        ("find x |", False),
        ("find (x", False),
        ("if 1 < 2 {", False),
        ("if 1 < 2 {\n}", True),
        ("try { sync }", False),
        ("print '''a", False),
        ('print "a', True),
        ("find x || y", True),
        ("let x =", True),
    ],
)
def test_complete_texts_run(text: str, complete: bool) -> None:
    assert is_complete(text) is complete


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("find x |", 0),
        ("if 1 < 2 {", 1),
        ("addNotes [{", 1),
        ("addNotes [\n  {", 2),
        ("if 1 < 2 {\n    print 1\n}", 0),
        ("each { # why", 1),
        ('print "${', 1),
    ],
)
def test_indentation(text: str, steps: int) -> None:
    assert depth(text) == steps


# ---- what is imported when


def test_the_prompt_needs_neither_parser_nor_network_nor_anki() -> None:
    """All that comes before the first prompt, with nobody to type at it."""
    program = """
import sys
import ankish.shell.app as app
app._reader = lambda *given: lambda: None
sys.argv = ["ankish", "--demo"]
class Terminal:
    def isatty(self): return True
sys.stdin = Terminal()
from ankish.cli import main
assert main(["--demo"]) == 0
print(sorted({"lark", "httpx", "httptools", "anki", "ankish.catalog.actions"} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("--help", ("help", "")),
        ("-h", ("help", "")),
        ("find --help", ("help", "find")),
        ("find deck:Spanish", ("", "")),
    ],
)
def test_help_as_on_the_command_line(line: str, found: tuple[str, str]) -> None:
    assert word_of(line) == found
