"""Questions to whoever sits at the terminal."""

from __future__ import annotations

import sys

from ankish.diagnostics.text import harmless

YES = frozenset({"y", "yes"})
NO = frozenset({"n", "no"})


class Terminal:
    """Asks on the error stream, since the other one may be a file, and reads a line."""

    def ask(self, question: str, default: str | None) -> str | None:
        """A text; an empty line is the default, the end of input no answer."""
        shown = f" [{default}]" if default is not None else ""
        answer = _line(f"{question}{shown} ")
        return default if answer == "" and default is not None else answer

    def confirm(self, question: str, default: bool | None) -> bool | None:
        """Yes or no, asked until it is one of them; an empty line is the default, else no."""
        choices = "Y/n" if default else "y/N"
        while (answer := _line(f"{question} [{choices}] ")) is not None:
            word = answer.strip().lower()
            if word in YES or word in NO:
                return word in YES
            if not word:
                return bool(default)
        return None


def _line(prompt: str) -> str | None:
    sys.stdout.flush()
    sys.stderr.write(harmless(prompt))
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
