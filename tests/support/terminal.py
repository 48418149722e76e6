"""A terminal for programs that are used by hand: keys go in, a screen comes out.

The program runs under a pseudo-terminal; what it writes goes to an emulator of a VT100-like
terminal, whose screen the tests look at.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

ROOT = Path(__file__).parents[2]

PATIENCE = 90.0
"""How many seconds a condition may take to come true."""

OURS = ("ANKISH", "NO_COLOR", "COLORTERM", "PROMPT_TOOLKIT")
"""How the environment variables begin that would change what a program shows."""

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "escape": "\x1b",
    "backspace": "\x7f",
    "ctrl-c": "\x03",
    "ctrl-d": "\x04",
    "alt-enter": "\x1b\r",
    "alt-up": "\x1b[1;3A",
    "alt-down": "\x1b[1;3B",
    "ctrl-l": "\x0c",
    "ctrl-r": "\x12",
    "ctrl-z": "\x1a",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f4": "\x1bOS",
}


class _Screen(pyte.Screen):
    """A screen that answers what programs ask a terminal, such as where its cursor is."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.answer: Callable[[str], None] = lambda text: None

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """A program in a terminal.

    * **arguments** - those of `python -m ankish`.
    * **home** - the folder in which ankish keeps its files.
    * **env** - further environment variables.
    """

    def __init__(
        self,
        *arguments: str,
        home: Path,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        outside = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        environment = {**outside, "TERM": "xterm-256color", "ANKISH_HOME": str(home)}
        environment |= {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **(env or {})}
        self.started = time.perf_counter()
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "ankish", *arguments],
            dimensions=(lines, columns),
            env=environment,
            cwd=str(home),
            encoding="utf-8",
            codec_errors="replace",
            echo=False,
        )
        self.process.delaybeforesend = None
        self.screen = _Screen(columns, lines)
        self.screen.answer = self.process.send
        self.stream = pyte.Stream(self.screen)
        self.raw = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.close(force=True)

    # ---- keys

    def type(self, text: str) -> None:
        """Type a text."""
        self.process.send(text)

    def press(self, *keys: str) -> None:
        """Press keys by their names."""
        for key in keys:
            self.process.send(KEYS[key])

    def enter(self, text: str) -> None:
        """Type a text, and run it once it is shown."""
        self.type(text)
        self.wait(lambda screen: _joined(text) in _joined(screen))
        self.press("enter")

    def paste(self, text: str) -> None:
        """Paste a text, as terminals do that tell programs what is pasted."""
        self.process.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Change the terminal's size."""
        self.process.setwinsize(lines, columns)
        self.screen.resize(lines, columns)

    def loaded(self) -> None:
        """Wait until the shell has all it needs: then the bar no longer ends in three dots."""
        self.wait(lambda screen: not screen.endswith("…") and len(screen.splitlines()) > 5)

    # ---- screen

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program writes."""
        try:
            text = self.process.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += text
        self.stream.feed(text)

    @property
    def text(self) -> str:
        """The screen as text, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def wait(self, condition: str | Callable[[str], bool], seconds: float = PATIENCE) -> str:
        """Wait until the screen holds a text, or a condition on it is true; the screen."""
        holds = condition if callable(condition) else lambda screen: condition in screen
        end = time.perf_counter() + seconds
        while not holds(self.text):
            self.read()
            if time.perf_counter() > end:
                raise AssertionError(f"waited for {condition!r} in vain; the screen:\n{self.text}")
        self.read(0)  # the rest of what is drawn at once may be there already
        return self.text

    def settle(self, seconds: float = 0.4) -> str:
        """The screen once nothing has been written to it for a while."""
        quiet = time.perf_counter()
        while time.perf_counter() - quiet < seconds:
            before = len(self.raw)
            self.read()
            if len(self.raw) != before:
                quiet = time.perf_counter()
        return self.text

    def ended(self, seconds: float = PATIENCE) -> int:
        """Wait for the program's end; its exit code."""
        end = time.perf_counter() + seconds
        while self.process.isalive():
            self.read()
            if time.perf_counter() > end:
                raise AssertionError(f"it runs on; the screen:\n{self.text}")
        self.read()
        return int(self.process.exitstatus if self.process.exitstatus is not None else -1)

    def colours(self) -> set[str]:
        """The colours of what is on the screen."""
        cells = [cell for row in self.screen.buffer.values() for cell in row.values()]
        return {colour for cell in cells for colour in (cell.fg, cell.bg)} - {"default"}

    def colour_of(self, word: str) -> str:
        """The colour of the last place on the screen where a word stands, or empty."""
        for number in reversed(range(self.screen.lines)):
            at = self.screen.display[number].rfind(word)
            if at >= 0:
                return str(self.screen.buffer[number][at].fg)
        return ""


def _joined(text: str) -> str:
    """A text without what a terminal puts between its pieces: line ends, blanks, `|`."""
    return "".join(text.replace("|", " ").split())
