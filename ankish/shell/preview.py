"""The live preview: what a finished line would do, counted by reads while it is looked at.

One count is under way at a time. When it is there and the line has changed meanwhile, it is
kept for that line, and the new one is counted if it still stands.
"""

from __future__ import annotations

import json
from threading import Timer
from typing import TYPE_CHECKING

from ankish.catalog.model import Effect
from ankish.data import dataclass
from ankish.diagnostics.model import AnkishError, Source

if TYPE_CHECKING:
    from ankish.anki.client import Client
    from ankish.plan.outlook import Outlook, Subject
    from ankish.shell.state import State

STILL = 0.15
"""How many seconds a line stays as it is before it is counted."""

KEPT = 200
"""How many counts are kept until something changes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the bar says of a line, and in which style."""

    text: str
    style: str


class Counter:
    """Counts what lines are about."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._counts: dict[str, int | None] = {}
        self._of: object = None
        """The snapshot that the counts belong to; with another one they may be others."""
        self._wanted = ""
        self._busy = False

    def preview(self, text: str) -> Preview | None:
        """What a text would do; None if that can't be told. What is not counted yet is begun."""
        if not self._state.settings.preview:
            return None
        outlook = self._outlook(text)
        if outlook is None:
            return None
        style = "class:reads" if outlook.effect is Effect.READ else "class:writes"
        if outlook.effect in (Effect.WRITE, Effect.DESTRUCTIVE) and not outlook.undo:
            style = "class:loses"
        return Preview(outlook.told(self._count(outlook)), style)

    def drop(self) -> None:
        """Forget what was wanted: the line has changed."""
        self._wanted = ""

    def _outlook(self, text: str) -> Outlook | None:
        """The outlook of a text that is a whole program without mistakes."""
        from ankish.plan.outlook import outlook

        state = self._state
        if state.world is None or not text.strip():
            return None
        try:
            plan = state.planned(Source("shell", text))
        except AnkishError:
            return None
        return outlook(plan)

    def _count(self, outlook: Outlook) -> int | None:
        if outlook.subject is None:
            return None
        if self._of is not self._state.world or len(self._counts) > KEPT:
            self._of, self._counts = self._state.world, {}
        key = json.dumps([outlook.subject.action, outlook.subject.params])
        if key in self._counts:
            return self._counts[key]
        self._wanted = key
        if not self._busy:
            self._busy = True
            timer = Timer(STILL, self._begin, (key, outlook.subject))
            timer.daemon = True
            timer.start()
        return None

    def _begin(self, key: str, subject: Subject) -> None:
        self._state.worker.begin(lambda: self._ask(key, subject))

    def _ask(self, key: str, subject: Subject) -> None:
        """Ask for a count, if it is still wanted. In the worker's thread."""
        try:
            if self._wanted == key:
                self._counts[key] = self._counted(self._state.session.client, subject)
        except AnkishError:
            self._counts[key] = None  # whoever runs the line hears why
        except Exception as error:
            self._counts[key] = None
            self._state.fail("the preview", error)
        finally:
            self._busy = False
            self._state.look_again()

    @staticmethod
    def _counted(client: Client, subject: Subject) -> int | None:
        from ankish.anki.protocol import Request

        reply = client.ask(Request(subject.action, subject.params))
        return len(reply.result) if isinstance(reply.result, list) else None
