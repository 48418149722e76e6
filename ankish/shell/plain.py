"""The prompt of a terminal that can do nothing but show lines (`TERM=dumb`)."""

from __future__ import annotations

import os

from ankish.shell.keys import is_complete
from ankish.shell.state import State
from ankish.shell.style import CONTINUATION, PROMPT


def is_dumb() -> bool:
    """Whether the terminal is one of these."""
    return os.environ.get("TERM", "").lower() in ("dumb", "unknown")


def read_plainly(state: State) -> str | None:
    """The next text that is complete; None when the user leaves. Ctrl-C begins anew."""
    state.wait_ready()
    text, mark = "", PROMPT
    while True:
        try:
            text += input(mark)
        except KeyboardInterrupt:
            print()  # noqa: T201
            text, mark = "", PROMPT
            continue
        except EOFError:
            print()  # noqa: T201
            return None
        if is_complete(text):
            return text
        text, mark = f"{text}\n", CONTINUATION
