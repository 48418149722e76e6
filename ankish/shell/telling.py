"""What the shell itself says: lines, notes in grey, messages."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankish.diagnostics.model import Diagnostic

LONGEST = 100
"""How many columns a text for reading takes at the most."""


def say(text: str, end: str = "\n") -> None:
    """Write a text and a line end."""
    print(text, end=end, flush=True)  # noqa: T201


def note(text: str) -> None:
    """Write a line that is not a result: in grey, and only for people."""
    if sys.stdout.isatty():
        say(grey(text))


def grey(text: str) -> str:
    """A text in grey where there are colours."""
    return f"\x1b[90m{text}\x1b[0m" if coloured() else text


def coloured() -> bool:
    """Whether colours may be written to the standard output."""
    from ankish.diagnostics.palette import wants_colour

    return wants_colour(sys.stdout)


def reading_width() -> int:
    """How many columns a text for reading takes."""
    return min(shutil.get_terminal_size().columns, LONGEST)


def tell(problems: Sequence[Diagnostic]) -> None:
    """Show diagnostics."""
    from ankish.diagnostics.render import render, wants_colour

    width = shutil.get_terminal_size().columns
    text = render(problems, colour=wants_colour(sys.stderr), width=width)
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def tell_own(error: Exception) -> None:
    """Show an unforeseen error, or raise it again for who looks for mistakes in ankish."""
    if os.environ.get("ANKISH_TRACEBACK"):
        raise error
    from ankish.diagnostics.bug import bug

    tell((bug(error),))
