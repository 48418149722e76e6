"""Long texts page by page: by `less`, by a command of the user's, or by a pager of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess

LESS = "less -SRX"
"""Lines are cut at the edge, colours kept, and the text stays on the screen afterwards."""


def page(text: str, pager: str) -> None:
    """Show a text page by page. `pager` is `auto`, `builtin`, or a command.

    A command that does not start is no reason not to see the text.
    """
    command = LESS if pager == "auto" and shutil.which("less") else pager
    if command not in ("auto", "builtin") and _piped(text, command):
        return
    from ankish.shell.pages import show

    show(text)


def _piped(text: str, command: str) -> bool:
    """Run a pager; whether it did its work."""
    environment = {"LESSCHARSET": "utf-8", **os.environ}
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
    try:
        process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, env=environment)
        try:
            process.communicate(text.encode("utf-8", "replace"))
        except BrokenPipeError:  # it was left before all was read
            process.wait()
        return process.returncode == 0
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
