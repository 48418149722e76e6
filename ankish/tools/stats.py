"""`--stats`: what a run has cost."""

from __future__ import annotations

import json
import sys

from ankish.anki.protocol import Stats
from ankish.diagnostics.text import counted


def tell_stats(stats: Stats, seconds: float, as_json: bool) -> None:
    """Write to standard error what was sent and heard, and how long it took in all."""
    here = max(seconds - stats.waited, 0.0)
    if as_json:
        told = {
            "requests": stats.requests,
            "actions": stats.actions,
            "sent": stats.sent,
            "received": stats.received,
            "waited": round(stats.waited, 4),
            "here": round(here, 4),
        }
        sys.stderr.write(json.dumps({"stats": told}) + "\n")
        return
    what = f"{counted(stats.requests, 'request')} with {counted(stats.actions, 'action')}"
    size = f"{_bytes(stats.sent)} sent, {_bytes(stats.received)} received"
    times = f"{stats.waited:.2f} s waiting for Anki, {here:.2f} s here"
    sys.stderr.write(f"{what}; {size}; {times}\n")


def _bytes(count: int) -> str:
    return f"{count} bytes" if count < 1000 else f"{count / 1000:.1f} kB"
