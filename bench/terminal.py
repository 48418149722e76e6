"""Programs under a terminal: how long it takes to a prompt that accepts a key."""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Mapping

import pyte
from ptyprocess import PtyProcess  # type: ignore[import-untyped]

from bench.measure import Command, Run

ROWS, COLUMNS = 24, 80
KEY = "7"
PATIENCE = 30.0
"""Seconds to wait for a prompt."""


class Terminal:
    """A program and the screen it draws on, which answers what programs ask of a terminal."""

    def __init__(self, command: Command, env: Mapping[str, str]) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.screen.write_process_input = self.send  # type: ignore
        self._stream = pyte.ByteStream(self.screen)
        words = [str(word) for word in command]
        self._process = PtyProcess.spawn(words, env=dict(env), dimensions=(ROWS, COLUMNS))

    def send(self, text: str) -> None:
        """Type `text`, or answer the program."""
        self._process.write(text.encode())

    def wait(self, line: re.Pattern[str]) -> None:
        """Take in what is drawn until the line of the cursor is `line`. Raises `TimeoutError`."""
        end = time.monotonic() + PATIENCE
        while not line.fullmatch(self.line):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._process.fd], [], [], left)[0]:
                raise TimeoutError("\n".join(self.screen.display).rstrip())
            try:
                self._stream.feed(os.read(self._process.fd, 65536))
            except OSError:
                raise TimeoutError("\n".join(self.screen.display).rstrip()) from None

    @property
    def line(self) -> str:
        """The line of the cursor, up to the cursor."""
        return self.screen.display[self.screen.cursor.y][: self.screen.cursor.x]

    def close(self) -> None:
        """End the program."""
        self._process.close(force=True)


def prompt(command: Command, env: Mapping[str, str], shown: str) -> Run:
    """Waits for a prompt that fits the pattern `shown`, types a key and waits for its echo."""

    def run() -> float:
        begin = time.perf_counter()
        terminal = Terminal(command, env)
        try:
            terminal.wait(re.compile(shown))
            terminal.send(KEY)
            terminal.wait(re.compile(shown + KEY))
            return time.perf_counter() - begin
        finally:
            terminal.close()

    return run
