"""Puts actions that can go together into one request.

Every action is sent as early as it may be, and all that can be sent at the same time goes in
one `multi`, in the order of the program. Results are shown in the order of the program too.

A failure must leave things as it would leave them if every action went by itself: what stands
before it is done, what stands after it is not. But Anki carries out all of a `multi`, whatever
it refuses of it. So behind an action that could be refused, no write goes in the same request;
and a step that could fail here is done neither before a write that stands before it nor after
one that stands after it. `catalog.touches` says which actions are never refused, and which
writes change which answers: a read passes a write only if that changes nothing for it. Reads and
writes have requests of their own: around writes stand the questions that the journal has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ankish.data import dataclass, field, replace
from ankish.plan import model as m
from ankish.plan.options import ALL, Options
from ankish.plan.safe import Safety, alone, changes, looks_at

PLAIN = (m.Ask, m.Make, m.Assemble, m.Verb, m.Show)
"""Steps that have an order among themselves; all others end a stretch of them."""


def merge(steps: Iterable[m.Step], options: Options = ALL) -> tuple[m.Step, ...]:
    """The same steps, with every `Ask` in an `Exchange`."""
    merged: list[m.Step] = []
    stretch: list[m.Step] = []
    for step in steps:
        writes = isinstance(step, m.Ask) and step.effect.changes
        if isinstance(step, PLAIN) and not (writes and not options.merge):
            stretch.append(step)
            continue
        merged += _levelled(stretch)
        stretch = []
        merged += _inside(step, options)
    return (*merged, *_levelled(stretch))


def _inside(step: m.Step, options: Options) -> list[m.Step]:
    """A step that ends a stretch; blocks are merged for themselves."""
    if isinstance(step, m.Ask):
        return [m.Exchange((step,))]
    if isinstance(step, m.Branch):
        branches = tuple((test, merge(body, options)) for test, body in step.branches)
        return [replace(step, branches=branches, otherwise=merge(step.otherwise, options))]
    if isinstance(step, m.Loop):
        from ankish.plan.loops import together  # few programs have loops

        as_one = together(step) if options.merge else None
        whole = as_one if isinstance(as_one, m.Every) else step
        return [replace(whole, body=merge(whole.body, options))]
    if isinstance(step, m.Every | m.Atomic):
        return [replace(step, body=merge(step.body, options))]
    if isinstance(step, m.Attempt):
        body, handler = merge(step.body, options), merge(step.handler, options)
        return [replace(step, body=body, handler=handler)]
    return [step]


@dataclass
class _Round:
    """What is done here, and then the actions of one request."""

    local: list[m.Step] = field(default_factory=list)
    asks: list[m.Ask] = field(default_factory=list)


class _Levels:
    """The rounds of a stretch: in which of them each step is done.

    Reads and writes take turns: the rounds 0, 2, 4, … hold reads, the others writes.

    * **written**, **refused** - the round of the latest write so far, and that after which the
      next write may go: behind all that could be refused or could fail.
    * **behind**, **behind_alone** - the round behind all actions so far, and that behind those
      that share theirs with no other.
    * **behind_looks**, **behind_changes** - the round behind all reads of a part of the collection,
      and behind all writes that change it.
    """

    def __init__(self) -> None:
        self.rounds: list[_Round] = []
        self._ready: dict[int, int] = {}
        self._behind = self._behind_alone = 0
        self._behind_looks: dict[str, int] = {}
        self._behind_changes: dict[str, int] = {}
        self._safety = Safety()
        self._written = -1
        self._refused = 0
        self._shown = 0

    def add(self, step: m.Step) -> None:
        """The next step of the program."""
        level = max((self._ready.get(slot, 0) for slot in needs(step)), default=0)
        if isinstance(step, m.Ask):
            level = max(level, self._after_others(step))
            level += level % 2 != step.effect.changes
            self._place(level).asks.append(step)
            self._ready[step.slot] = level + 1
            self._note(step, level)
            return
        safe = self._safety.step(step)
        if isinstance(step, m.Show):
            level = self._shown = max(level, self._shown, self._written + 1)
        elif not safe:
            level = max(level, self._written + 1)
        if not safe:
            self._refused = max(self._refused, level)
        if not isinstance(step, m.Show):
            self._ready[step.slot] = level  # type: ignore[union-attr]
        self._place(level).local.append(step)

    def _after_others(self, ask: m.Ask) -> int:
        """The first round in which an action may go, by what stands before it."""
        if not ask.effect.changes:
            return self._read_after(ask)
        level = max(self._written, self._refused, 0)
        if alone(ask) or not self._safety.formed(ask):
            level = max(level, self._written + 1)
        level = max(level, self._behind if alone(ask) else self._behind_alone)
        return max([level, *(self._behind_looks.get(part, 0) for part in changes(ask))])

    def _read_after(self, ask: m.Ask) -> int:
        """The same for a read: not before a write that matters for it, or that it may stop."""
        if not self._safety.sure(ask):
            return self._written + 1
        return max((self._behind_changes.get(part, 0) for part in looks_at(ask)), default=0)

    def _note(self, ask: m.Ask, level: int) -> None:
        self._behind = max(self._behind, level + 1)
        if alone(ask):
            self._behind_alone = max(self._behind_alone, level + 1)
        behind = self._behind_changes if ask.effect.changes else self._behind_looks
        for part in changes(ask) if ask.effect.changes else looks_at(ask):
            behind[part] = max(behind.get(part, 0), level + 1)
        if ask.effect.changes:
            self._written = max(self._written, level)
        if not self._safety.sure(ask) and not ask.tolerant:
            self._refused = max(self._refused, level + 1)

    def _place(self, level: int) -> _Round:
        while len(self.rounds) <= level:
            self.rounds.append(_Round())
        return self.rounds[level]


def _levelled(stretch: list[m.Step]) -> list[m.Step]:
    """A stretch in rounds: what can be done here, then one request, and again."""
    levels = _Levels()
    for step in stretch:
        levels.add(step)
    merged: list[m.Step] = []
    for each in levels.rounds:
        merged += each.local
        if each.asks:
            merged.append(m.Exchange(tuple(each.asks)))
    return merged


def needs(step: m.Step) -> set[int]:
    """The slots that a step without blocks refers to."""
    expressions: list[Any] = []
    if isinstance(step, m.Ask):
        expressions = [*step.params.values(), *step.decks]
    elif isinstance(step, m.Make):
        expressions = [step.value]
    elif isinstance(step, m.Assemble):
        return m.references(step.ids) | set(step.sources.values())
    elif isinstance(step, m.Verb):
        expressions = [step.source, *step.keys, *(value for _, value in step.columns)]
    elif isinstance(step, m.Show):
        expressions = [step.value, step.of]
    found: set[int] = set()
    for expression in expressions:
        found |= m.references(expression)
    return found
