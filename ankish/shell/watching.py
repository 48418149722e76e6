"""`watch`: what a line gives, shown again and again until Ctrl-C."""

from __future__ import annotations

import re
import sys
import time

from ankish.catalog.model import Effect
from ankish.diagnostics.kinds import shell as kinds
from ankish.diagnostics.model import Source
from ankish.shell.plain import is_dumb
from ankish.shell.state import State
from ankish.shell.telling import grey, say

EVERY = 2.0
"""How many seconds lie between two looks."""
LEAST, MOST = 0.2, 86_400.0

SECONDS = re.compile(r"(?P<seconds>\d+(?:\.\d+)?)\s+(?=\S)")


def watch(state: State, rest: str) -> None:
    """Show what a line gives every few seconds. Raises `AnkishError` if it would change anything.

    On a terminal each look takes the place of the one before.
    """
    from ankish.shell.running import once

    given = SECONDS.match(rest)
    seconds = min(max(float(given["seconds"]), LEAST), MOST) if given else EVERY
    line = rest[given.end() :] if given else rest
    if not line:
        raise kinds.WATCH_WHAT.error()
    source = Source("watch", line)
    state.worker.do(lambda: _only_reads(state, source))
    clears = sys.stdout.isatty() and not is_dumb()
    while True:
        if clears:
            say("\x1b[2J\x1b[H", end="")
        say(grey(f"{time.strftime('%H:%M:%S')} · every {seconds:g} s · Ctrl-C stops"))
        once(state, source)
        time.sleep(seconds)


def _only_reads(state: State, source: Source) -> None:
    """Raise `AnkishError` if a program has mistakes, or does more than read."""
    from ankish.plan.outlook import outlook

    session = state.session
    if outlook(session.plan(session.check(source))).effect is not Effect.READ:
        raise kinds.WATCH_WRITES.error()
