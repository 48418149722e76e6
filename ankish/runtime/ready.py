"""What a program will want behind its first answer, imported while that is waited for.

Anki looks for requests every 25 ms. What is imported in between costs nothing; afterwards it may
cost the next one of these looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from ankish.plan.model import Step, Verb, asks, every
from ankish.runtime.inverse.model import Backend


def get_ready(steps: Sequence[Step], journal: bool) -> None:
    """Import what the steps of a plan are carried out by; `journal` tells whether one is kept."""
    if any(isinstance(step, Verb) for step in every(steps)):
        import ankish.runtime.verbs
    changing = {ask.action for ask in asks(steps) if ask.effect.changes}
    if journal and changing:
        import sqlite3  # noqa: F401

        import ankish.runtime.journal.runs  # noqa: F401
        from ankish.runtime.inverse.table import lookup

        for action in changing:
            lookup(action, Backend.ANKICONNECT)
