"""What a plan would do, in short: to how many, in how many requests, with what effect.

How many cards or notes it is about is known from its searches. Which those are is worked
out here; whoever wants the number asks them, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ankish.analysis import core
from ankish.catalog.model import Command, Effect
from ankish.data import dataclass, replace
from ankish.diagnostics.text import counted
from ankish.plan import model as m
from ankish.plan.explain import as_json, count_requests

COUNTED = {"findCards": "card", "findNotes": "note"}
"""The searches, and what they find."""

SAME_NUMBER = frozenset({"sort", "derive", "select", "reverse", "enumerate", "set"})
"""The verbs that leave as many rows as they are given."""

RANK = (Effect.DESTRUCTIVE, Effect.EXTERNAL, Effect.GUI, Effect.WRITE, Effect.READ)
"""Effects, the one that matters most first."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a plan is about: the result of a search.

    * **action**, **params** - the search, as it can be asked.
    * **noun** - what it finds; what the plan is about may be the notes of its cards.
    * **exact** - whether it is all of them; else some of them, at most as many as `most`.
    """

    action: str
    params: dict[str, Any]
    noun: str
    exact: bool = True
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan would do.

    * **subject** - what it is about; None if that is not known before it runs.
    * **requests**, **certain** - how many requests it takes, or at least takes.
    * **effect** - the one that matters most; `undo` whether all of it can be taken back.
    """

    subject: Subject | None
    requests: int
    certain: bool
    effect: Effect
    undo: bool

    def told(self, count: int | None) -> str:
        """In words, with the number of what the subject's search finds; None: not counted."""
        parts = []
        if self.subject is not None and count is not None:
            capped = self.subject.most is not None and self.subject.most <= count
            number = self.subject.most if capped and self.subject.most is not None else count
            certain = self.subject.exact or count == 0
            parts.append(("" if certain else "at most ") + counted(number, self.subject.noun))
        least = "" if self.certain else "at least "
        parts.append(least + counted(self.requests, "request"))
        parts.append(self._effect())
        return " · ".join(parts)

    def _effect(self) -> str:
        if self.effect is Effect.READ:
            return "read"
        kind = {Effect.GUI: "needs Anki's window", Effect.EXTERNAL: "reaches beyond Anki"}
        if self.effect in kind:
            return kind[self.effect]
        return "write, can be undone" if self.undo else "write, can't be undone"


def outlook(plan: m.Plan) -> Outlook:
    """What a plan would do. Nothing is asked."""
    every = list(m.asks(plan.steps))
    effects = {ask.effect for ask in every}
    if any(isinstance(step, m.Save | m.Remove) for step in _flat(plan.steps)):
        effects.add(Effect.EXTERNAL)
    effect = next((each for each in RANK if each in effects), Effect.READ)
    changing = [ask for ask in every if ask.effect.changes]
    undo = all(ask.command is not None and ask.command.undo for ask in changing)
    requests, certain = count_requests(plan.steps)
    return Outlook(_Tracer(plan).subject(changing), requests, certain, effect, bool(undo))


def _flat(steps: Iterable[m.Step]) -> Iterator[m.Step]:
    """All steps, also those inside others, in their order."""
    for step in steps:
        yield step
        if isinstance(step, m.Branch):
            for _, body in step.branches:
                yield from _flat(body)
            yield from _flat(step.otherwise)
        elif isinstance(step, m.Loop | m.Every | m.Stream):
            yield from _flat(step.body)
        elif isinstance(step, m.Attempt):
            yield from _flat(step.body)
            yield from _flat(step.handler)


class _Tracer:
    """Finds where values come from."""

    def __init__(self, plan: m.Plan) -> None:
        self._made: dict[int, m.Step] = {}
        self._plan = plan
        for step in plan.steps:  # what is made inside a loop differs from turn to turn
            self._note(step)

    def _note(self, step: m.Step) -> None:
        """Keep who makes what."""
        if isinstance(step, m.Stream):
            for each in step.body:
                self._note(each)
        for part in step.asks if isinstance(step, m.Exchange) else (step,):
            if isinstance(part, m.Ask | m.Make | m.Assemble | m.Verb):
                self._made[part.slot] = part

    def subject(self, changing: list[m.Ask]) -> Subject | None:
        """What the first change is about; if there is none, what is shown or saved first."""
        if changing:
            return self._of_ask(changing[0]) or self._of_items(changing[0])
        ends = (step for step in self._plan.steps if isinstance(step, m.Show | m.Save))
        end = next(ends, None)
        whole = end.of if isinstance(end, m.Show) and end.of is not None else None
        return None if end is None else self._from(end.value if whole is None else whole)

    def _of_items(self, ask: m.Ask) -> Subject | None:
        """The items of the block that an action is in; not each of them need be changed."""
        for step in self._plan.steps:
            if isinstance(step, m.Every) and any(each is ask for each in m.asks(step.body)):
                found = self._from(step.items)
                return None if found is None else replace(found, exact=False)
        return None

    def _of_ask(self, ask: m.Ask) -> Subject | None:
        command: Command | None = ask.command
        if command is None or command.subject is None:
            return None
        return self._from(ask.params.get(command.subject))

    def _from(self, value: Any) -> Subject | None:
        if isinstance(value, core.Convert):
            return self._from(value.value)
        if not isinstance(value, m.Ref):
            return None
        step = self._made.get(value.slot)
        if isinstance(step, m.Make):
            return self._from(step.value)
        if isinstance(step, m.Assemble):
            return self._from(step.ids)
        if isinstance(step, m.Verb):
            return self._through(step, self._from(step.source))
        if isinstance(step, m.Ask):
            return self._asked(step)
        return None

    def _asked(self, ask: m.Ask) -> Subject | None:
        noun = COUNTED.get(ask.action)
        if noun is not None:
            known = not any(m.references(value) for value in ask.params.values())

            params = {name: as_json(value) for name, value in ask.params.items()}
            return Subject(ask.action, params, noun) if known else None
        if ask.action == "cardsToNotes" and (cards := self._from(ask.params.get("cards"))):
            return Subject(cards.action, cards.params, "note", exact=False, most=cards.most)
        return None

    def _through(self, verb: m.Verb, subject: Subject | None) -> Subject | None:
        """What is left of a subject after a verb."""
        if subject is None or verb.verb in ("count", "sum", "avg", "min", "max", "group"):
            return subject if verb.verb == "count" else None
        exact, most = subject.exact, subject.most
        if verb.verb in ("first", "last"):
            number = verb.keys[0] if verb.keys else None
            if not isinstance(number, core.Literal) or not isinstance(number.value, int):
                return None
            most = min(number.value, most) if most is not None else number.value
        elif verb.verb not in SAME_NUMBER:
            exact = False
        return Subject(subject.action, subject.params, subject.noun, exact, most)
