"""Rows of very many cards or notes are made part by part, so that what Anki says of them goes.

An answer about a note takes 2 kB of memory, a row of two columns 0.3 kB, and of a row that a
`where` leaves out nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from ankish.catalog.traffic import ALIGNED
from ankish.data import replace
from ankish.plan import model as m
from ankish.plan.values import Found, Rows

PASSING = ("where", "derive", "select")
"""Verbs that look at one row at a time."""


def stream(plan: m.Plan) -> m.Plan:
    """The same plan; rows that are made of answers which nobody else needs are made in parts."""
    held = _held(plan.variables)
    return replace(plan, steps=tuple(_streamed(plan.steps, held)))


def _streamed(steps: Sequence[m.Step], held: set[int]) -> list[m.Step]:
    made: list[m.Step] = []
    last_use = _last_uses(steps)
    at = 0
    while at < len(steps):
        body = _parts(steps, at)
        inner = {slot for step in body[:-1] for slot in _fills(step)}
        later = any(slot in held or last_use.get(slot, 0) >= at + len(body) for slot in inner)
        if body and not later:
            assemble, last = body[1], body[-1]
            assert isinstance(assemble, m.Assemble)
            [slot] = _fills(last)
            made.append(m.Stream(slot, assemble.ids, tuple(body), assemble.span))
            at += len(body)
        else:
            made.append(steps[at])
            at += 1
    return made


def _last_uses(steps: Sequence[m.Step]) -> dict[int, int]:
    """For each slot the number of the last step that refers to it."""
    return {slot: number for number, step in enumerate(steps) for slot in slots_in(step)}


def _parts(steps: Sequence[m.Step], at: int) -> list[m.Step]:
    """The steps from `at` on that can be done for some of the ids at a time."""
    exchange, assemble = steps[at], steps[at + 1] if at + 1 < len(steps) else None
    if not isinstance(exchange, m.Exchange):
        return []
    if not isinstance(assemble, m.Assemble) or not isinstance(assemble.ids, m.Ref):
        return []
    if {ask.slot for ask in exchange.asks} != set(assemble.sources.values()):
        return []
    for ask in exchange.asks:
        name = "cards" if ask.action == "getDecks" else ALIGNED.get(ask.action)
        ids = ask.params.get(name or "")
        if len(ask.params) > 1 or not isinstance(ids, m.Ref) or ids.slot != assemble.ids.slot:
            return []
    taken: list[m.Step] = [exchange, assemble]
    slot = assemble.slot
    for step in islice(steps, at + 2, None):
        if not isinstance(step, m.Verb) or step.verb not in PASSING:
            break
        if not isinstance(step.source, m.Ref) or step.source.slot != slot:
            break
        taken.append(step)
        slot = step.slot
    return taken


def _fills(step: m.Step) -> set[int]:
    """The slots that a step fills."""
    if isinstance(step, m.Exchange):
        return {ask.slot for ask in step.asks}
    return {step.slot} if isinstance(step, m.Assemble | m.Verb) else set()


def _held(variables: Mapping[Any, Any]) -> set[int]:
    """The slots that later programs may look into."""
    held: set[int] = set()
    for value in variables.values():
        if isinstance(value, Found):
            held |= set(value.slots.values())
        elif isinstance(value, Rows):
            held |= {value.ref.slot, *(slot for _, slot in value.infos)}
        else:
            held |= slots_in(value)
    return held


def slots_in(node: Any) -> set[int]:
    """All slots that a step or an expression refers to, with all that is inside it."""
    if isinstance(node, m.Ref):
        return {node.slot}
    found: set[int] = set()
    if isinstance(node, m.Assemble):
        found |= set(node.sources.values())
    inside: Iterable[Any] = ()
    if isinstance(node, tuple | list):
        inside = node
    elif isinstance(node, dict):
        inside = node.values()
    elif type(node).__module__.startswith("ankish."):
        inside = (getattr(node, name) for name in getattr(type(node), "__slots__", ()))
    return found.union(*map(slots_in, inside))
