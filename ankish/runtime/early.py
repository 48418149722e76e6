"""The first questions of a program, in the request that looks up the names in it.

A fresh process knows no names, and a program is checked with them before anything of it is
done. But often no name can be a mistake: one that stands in a search is only warned about. Or none
is by the names that were there the last time. If so, what is asked first goes in the same request,
with the look at what is written after it. All of these only read, and what the answer says of names
is checked before anything else is sent. A program that may still turn out to have a mistake asks
for the names and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ankish.analysis import core
from ankish.analysis.check import Result
from ankish.analysis.guards import WANTS_DECKS
from ankish.analysis.world import World
from ankish.anki.protocol import Reply, Request
from ankish.anki.timeouts import READS
from ankish.anki.world import World as Snapshot
from ankish.data import replace
from ankish.diagnostics.model import AnkishError
from ankish.plan import model as m
from ankish.runtime.asking import calls_of
from ankish.runtime.chunks import Outgoing, parts
from ankish.runtime.coming import Coming, coming
from ankish.runtime.evaluate import evaluate
from ankish.runtime.first import check_first
from ankish.runtime.pace import Pace
from ankish.runtime.ready import get_ready

if TYPE_CHECKING:
    from ankish.runtime.session import Session

Frame = dict[int, Any]

FRESH = 0.5
"""For how many seconds an answer is as good as a new one."""


IN_SEARCHES = frozenset({"decks", "models", "tags"})
"""The names that can stand in a search."""


def is_right(
    parts: set[str], check: Callable[[World], Result], remembered: Snapshot | None = None
) -> bool:
    """Whether a program has no mistake, whatever these parts of the world turn out to be; or if
    they are as they are `remembered`.

    Where nothing is there, each name that has to be there is a mistake.
    """
    if parts <= IN_SEARCHES and check(Snapshot(known=frozenset(parts))).ok:
        return True
    if remembered is None or not parts <= remembered.known | IN_SEARCHES:
        return False
    return check(replace(remembered, known=frozenset(parts))).ok


def ahead(
    session: Session,
    frame: Frame,
    parts: set[str],
    result: Result,
    check: Callable[[World], Result],
) -> Early | None:
    """Ask for these parts of the world and what a program asks first, in one request.

    `check` checks it in a world. Nothing is asked if anything may still stand against the program:
    then it is None. Raises `AnkishError` if there is no answer.
    """
    if session.limits or not is_right(parts, check, session.world.remembered):
        return None
    plan = session.plan(result)
    try:
        check_first(plan, session.user, session.yes)
    except AnkishError:
        return None
    changing = [ask for ask in m.asks(plan.steps) if ask.effect.changes]
    if changing:
        from ankish.runtime.consent import Consent

        if Consent(session.client, session.confirm, session.yes).doubts(changing):
            return None
    journal = bool(changing) and session.journals is not None
    session.client.while_waiting(lambda: get_ready(plan.steps, journal))
    early = Early(plan, frame, journal, session.world.likely_decks() if journal else ())
    asked = [Request(each.action, each.params) for each in early.calls]
    early.hear(session.world.together(parts, asked))
    return early


class Early:
    """Questions that are asked early, and the answers to them.

    * **calls** - the questions; none if the program does not begin with such ones.
    """

    def __init__(
        self, plan: m.Plan, frame: Frame, journal: bool, decks: Sequence[str] = ()
    ) -> None:
        """Of a plan that may still change. With a `journal` of it, also what that wants to know;
        `decks` are those that there are, as far as anybody knows.
        """
        self._replies: Sequence[Reply] = ()
        self._when = 0.0
        asked, later = _first(plan, frame)
        looks = _looks(later, decks, bool(asked)) if journal else []
        self.calls = [*asked, *looks]

    def hear(self, replies: Sequence[Reply]) -> None:
        """Take in the answers."""
        self._replies, self._when = replies, time.monotonic()

    def replies(self, actions: Sequence[Outgoing]) -> list[Reply] | None:
        """The answers to these actions, if they are what was asked, and not long ago."""
        asked = len(actions)
        known = asked <= len(self._replies) and [*actions] == self.calls[:asked]
        fresh = time.monotonic() - self._when < FRESH
        return list(self._replies[:asked]) if known and fresh else None


def _first(plan: m.Plan, frame: Frame) -> tuple[list[Outgoing], list[Coming]]:
    """What a plan asks in its first request, if it only reads, and what is written next."""
    inner, plural = dict(frame), plan.options.plural
    for at, step in enumerate(plan.steps):
        if isinstance(step, m.Exchange):
            if any(ask.action not in READS or ask.action in WANTS_DECKS for ask in step.asks):
                break
            try:
                made = [each for ask in step.asks for each in calls_of(ask, [inner], plural)]
            except (AnkishError, KeyError):  # it will go wrong in its own time
                break
            calls = [part for each in made for part in parts(each.outgoing)]
            if Pace().next(calls, 0) < len(calls):
                break
            return calls, coming(step.asks, plan.steps[at + 1 :], [inner], plural)
        if isinstance(step, m.Make) and _plain(step.value):
            inner[step.slot] = evaluate(step.value, inner)
        elif not isinstance(step, m.Show):
            break
    return [], []


def _plain(expression: Any) -> bool:
    """Whether a value is put together of what is written there: no function has to be called."""
    if isinstance(expression, core.Apply | core.Operation):
        return False
    return all(map(_plain, m.parts(expression)))


def _looks(later: Sequence[Coming], decks: Sequence[str], reads: bool) -> list[Outgoing]:
    """What the journal looks at before writes, as long as nobody has said who will answer. Of a
    program that begins with a write: which collection it is.
    """
    from ankish.runtime.journal.known import WHERE

    if not reads:
        return [WHERE]
    from ankish.runtime.inverse.model import Backend
    from ankish.runtime.inverse.table import lookup
    from ankish.runtime.journal.ahead import Ahead

    least = Pace().next([each.call for each in later], 0)
    known = partial(lookup, backend=Backend.ANKICONNECT)
    return Ahead(known, later, least, decks, where=True).calls
