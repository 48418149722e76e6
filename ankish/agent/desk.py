"""What an agent can do: read, check, plan, apply a plan, undo, look things up.

Programs that change something are never run as they come. They are planned first, which
gives a token, and the token is what is applied, once. What a program may touch is told by the
effects that the catalog declares.
"""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Mapping
from typing import Any

from ankish.analysis.help import help_text
from ankish.catalog.model import Effect
from ankish.data import dataclass, field
from ankish.diagnostics.kinds import agent as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.diagnostics.record import as_record
from ankish.diagnostics.text import listed
from ankish.plan import model as m
from ankish.plan.explain import explained
from ankish.plan.outlook import outlook
from ankish.runtime.callable import helpful
from ankish.runtime.journal.words import journal_line
from ankish.runtime.present import Presenter
from ankish.runtime.rehearsal.planned import Planned as Write
from ankish.runtime.rehearsal.planned import Rehearsed
from ankish.runtime.rehearsal.rehearse import rehearse
from ankish.runtime.session import ProgramError, Session
from ankish.syntax import tree as t
from ankish.syntax.parser import parse

NAME = "program"
"""What messages call a program."""

FILES = frozenset({"open", "glob"})
"""The builtins that read files."""

PLANS = 100
"""So many plans are kept; older ones are forgotten."""

SAMPLE = 10
"""So many ids of what a plan is about, and changes of each write, are shown."""

WORDS = {
    Effect.READ: "reads",
    Effect.WRITE: "changes the collection",
    Effect.DESTRUCTIVE: "loses something for good",
    Effect.GUI: "needs Anki's window",
    Effect.EXTERNAL: "reaches files or the network",
}


@dataclass(frozen=True)
class Planned:
    """A program that was planned: what it would send, and what that would meet."""

    program: str
    touches: list[Any]
    count: int | None


@dataclass
class Desk:
    """The one who does it.

    * **session** - where programs run.
    * **allowed** - the effects that programs may have. Without `WRITE` nothing is changed.
    """

    session: Session
    allowed: frozenset[Effect]
    _plans: dict[str, Planned] = field(default_factory=dict)

    def read(self, program: str, limit: int = 200) -> dict[str, Any]:
        """Run a program that changes nothing; its results, at most `limit` items of each.

        Raises `AnkishError` if it would change something, or has mistakes.
        """
        self._planned(program, self.allowed & {Effect.READ, Effect.EXTERNAL})
        results = self._run(program)
        cut = [r[:limit] if isinstance(r, list) else r for r in results]
        left = [len(r) - limit for r in results if isinstance(r, list) and len(r) > limit]
        return {"results": cut, "left_out": sum(left)}

    def check(self, program: str) -> dict[str, Any]:
        """What is wrong with a program, and what it would have for effects; nothing is run."""
        try:
            result = self.session.check(Source(NAME, program))
        except ProgramError as error:
            return {"ok": False, "problems": [as_record(each) for each in error.diagnostics]}
        effects = sorted(each.value for each in _effects(self.session.plan(result), program))
        problems = [as_record(each) for each in result.diagnostics]
        return {"ok": True, "problems": problems, "effects": effects}

    def plan(self, program: str) -> dict[str, Any]:
        """What a program would do, with the token that `apply` takes. Its writes are rehearsed.

        Raises `AnkishError` for what is wrong with it, for effects that are not allowed, and for
        what would go wrong.
        """
        plan = self._planned(program, self.allowed)
        found = self._rehearsed(program)
        ids = self._about(plan)
        count = None if ids is None else len(ids)
        token = secrets.token_hex(8)
        self._plans[token] = Planned(program, found.touched(), count)
        while len(self._plans) > PLANS:
            del self._plans[next(iter(self._plans))]
        effects = {ask.action: ask.effect for ask in m.asks(plan.steps)}
        return {
            "token": token,
            "summary": outlook(plan).told(count),
            "count": count,
            "sample": None if ids is None else ids[:SAMPLE],
            "changes": [_change(write, effects) for write in found.writes],
            "exact": found.exact,
            "plan": explained(plan),
        }

    def apply(self, token: str) -> dict[str, Any]:
        """Run a program that was planned, once.

        Raises `AnkishError` if there is no such plan, or if the program would now do something
        else than it said then.
        """
        planned = self._plans.pop(token, None)
        if planned is None:
            raise kinds.NO_PLAN.error(token=token)
        plan = self._planned(planned.program, self.allowed)
        if self._rehearsed(planned.program).touched() != planned.touches:
            ids = self._about(plan)
            then, now = planned.count, None if ids is None else len(ids)
            counts = f"{then} then, {now} now" if then != now else None
            raise kinds.CHANGED.error(counts=counts)
        before = self.session.yes
        self.session.yes = Effect.DESTRUCTIVE in self.allowed
        try:
            return {"results": self._run(planned.program), "undo": "the tool undo takes it back"}
        finally:
            self.session.yes = before

    def undo(self, run: str = "") -> dict[str, Any]:
        """Take back the latest run, or a named one. Raises `AnkishError` if that can't be done."""
        if Effect.WRITE not in self.allowed:
            raise kinds.NOT_ALLOWED.error(effects=WORDS[Effect.WRITE])
        return {"results": self._run(f"undo {run}".strip())}

    def log(self, run: str = "") -> dict[str, Any]:
        """The runs that changed the collection, or what one run did."""
        return {"results": self._run(f"log {run}".strip())}

    def help(self, topic: str = "") -> str:
        """The help on a topic: a command, a function, a family, a code. Raises `AnkishError`."""
        return help_text(topic or None, helpful(topic or None))

    def _planned(self, program: str, allowed: frozenset[Effect]) -> m.Plan:
        """The plan of a program with no other effects than these."""
        if journal_line(program) is not None:
            raise kinds.JOURNAL.error()
        plan = self.session.plan(self.session.check(Source(NAME, program), ()))
        wrong = _effects(plan, program) - allowed - {Effect.READ}
        if wrong - self.allowed:
            told = listed(sorted(WORDS[each] for each in wrong - self.allowed), "and")
            raise kinds.NOT_ALLOWED.error(effects=told)
        if wrong:
            told = listed(sorted(WORDS[each] for each in wrong), "and")
            raise kinds.NO_READ.error(effects=told)
        return plan

    def _rehearsed(self, program: str) -> Rehearsed:
        """What a program would write. Raises `AnkishError` for what would go wrong."""
        before = self.session.yes
        self.session.yes = Effect.DESTRUCTIVE in self.allowed
        try:
            found = rehearse(self.session, Source(NAME, program), lambda _: None)
        finally:
            self.session.yes = before
        if found.problems:
            raise AnkishError(*found.problems)
        return found

    def _about(self, plan: m.Plan) -> list[int] | None:
        """The ids of what a plan changes, if its search tells them; it is asked here."""
        subject = outlook(plan).subject
        if subject is None:
            return None
        return sorted(self.session.client.invoke(subject.action, subject.params))

    def _run(self, program: str) -> list[Any]:
        """The results of a program in the shape that `--json` has, and its warnings."""
        out = io.StringIO()
        warned: list[Diagnostic] = []
        presenter = Presenter(out, out, "json")
        self.session.run(Source(NAME, program), presenter, warned.extend)
        results = [json.loads(line) for line in out.getvalue().splitlines()]
        return results + [{"warning": as_record(each)} for each in warned]


def _change(write: Write, effects: Mapping[str, Effect]) -> dict[str, Any]:
    """A write of a plan, with a sample of what would be different."""
    told = write.data()
    changes = told["changes"]
    return {
        "action": write.action,
        "effect": effects.get(write.action, Effect.WRITE).value,
        "items": write.items,
        "changes": None if changes is None else changes[:SAMPLE],
        "undo": write.undo,
        "irreversible": told["irreversible"],
    }


def _effects(plan: m.Plan, program: str) -> frozenset[Effect]:
    """All that a program may do to the world."""
    steps = list(m.every(plan.steps))
    effects = {step.effect for step in steps if isinstance(step, m.Ask)}
    files = any(
        isinstance(step, m.Save | m.Remove) or getattr(step, "verb", "") in FILES for step in steps
    )
    uses = any(isinstance(node, t.Use) for node in parse(Source(NAME, program)).program.statements)
    return frozenset(effects | ({Effect.EXTERNAL} if files or uses else set()))
