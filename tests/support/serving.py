"""`ankish serve` as a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent.parent
STOP_TIME = 30
"""Seconds that a server has to stop."""


class Serving:
    """A running server. **url** - where it listens. **greeting** - the line that it printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.greeting = process.stdout.readline()
        found = re.search(r"http://\S+(?=;)", self.greeting)
        if found is None:
            process.kill()
            raise AssertionError(f"no server: {self.greeting}{process.communicate()}")
        self.url = found[0]

    @property
    def address(self) -> tuple[str, int]:
        """Host and port; a server on all addresses is asked on this machine's own."""
        parts = urlsplit(self.url)
        assert parts.hostname is not None
        assert parts.port is not None
        return {"0.0.0.0": "127.0.0.1"}.get(parts.hostname, parts.hostname), parts.port

    def connect(self, timeout: float = 30) -> http.client.HTTPConnection:
        """A connection that stays open from request to request."""
        return http.client.HTTPConnection(*self.address, timeout=timeout)

    def send(self, body: bytes) -> bytes:
        """The answer to the body of a request, over a connection of its own."""
        connection = self.connect(timeout=600)
        try:
            connection.request("POST", "/", body)
            return connection.getresponse().read()
        finally:
            connection.close()

    def ask(self, action: str, **params: Any) -> Any:
        """An action's result; an error fails the test."""
        answer = self.answer({"action": action, "version": 6, "params": params})
        assert answer["error"] is None, answer["error"]
        return answer["result"]

    def answer(self, request: dict[str, Any]) -> Any:
        """The whole answer to a request."""
        return json.loads(self.send(json.dumps(request).encode()))

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Tell it to stop; exit status, and what it has printed since the greeting, and erred."""
        self.process.send_signal(number)
        printed, erred = self.process.communicate(timeout=STOP_TIME)
        return self.process.returncode, printed, erred


def command(*arguments: str, program: str | None = None) -> list[str]:
    """The command line of a server on a free port; `program` is run in place of ankish."""
    run = ["-m", "ankish", "serve"] if program is None else ["-c", program]
    return [sys.executable, *run, "--port", "0", *arguments]


@contextmanager
def serving(*arguments: str, program: str | None = None, **environment: str) -> Iterator[Serving]:
    """A server with these arguments, on a free port; stopped at the end if it still runs."""
    process = start(command(*arguments, program=program), **environment)
    try:
        yield Serving(process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=STOP_TIME)
            finally:
                process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def start(arguments: list[str], **environment: str) -> subprocess.Popen[str]:
    """A process whose output can be read."""
    return subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": "UTC", **environment},
    )


def wait_for(condition: Any, seconds: float = 10) -> None:
    """Wait until a condition holds; `AssertionError` if it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.01)
