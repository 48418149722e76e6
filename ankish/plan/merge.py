"""Puts actions that can go together into one request.

Within a stretch of steps that changes nothing, every read is asked as early as what it
refers to allows, and all that can be asked at the same time goes in one `multi`. Results
are shown in the order of the program all the same. A write (to a file as well), a condition
or a loop ends a stretch: what stands after it may be another answer, or none.
"""

from __future__ import annotations

from collections.abc import Iterable

from ankish.catalog.model import Effect
from ankish.data import replace
from ankish.plan import model as m


def merge(steps: Iterable[m.Step]) -> tuple[m.Step, ...]:
    """The same steps, with every `Ask` in an `Exchange`."""
    merged: list[m.Step] = []
    stretch: list[m.Step] = []
    for step in steps:
        if _ends_stretch(step):
            merged += _levelled(stretch)
            stretch = []
            merged.append(_inside(step))
        else:
            stretch.append(step)
    return (*merged, *_levelled(stretch))


def _ends_stretch(step: m.Step) -> bool:
    if isinstance(step, m.Ask):
        return step.effect is not Effect.READ
    return isinstance(step, m.Branch | m.Loop | m.Every | m.Attempt | m.Stop | m.Save)


def _inside(step: m.Step) -> m.Step:
    """A step that ends a stretch: a write goes alone, blocks are merged for themselves."""
    if isinstance(step, m.Ask):
        return m.Exchange((step,))
    if isinstance(step, m.Branch):
        branches = tuple((test, merge(body)) for test, body in step.branches)
        return replace(step, branches=branches, otherwise=merge(step.otherwise))
    if isinstance(step, m.Loop | m.Every):
        return replace(step, body=merge(step.body))
    if isinstance(step, m.Attempt):
        return replace(step, body=merge(step.body), handler=merge(step.handler))
    return step


def _levelled(stretch: list[m.Step]) -> list[m.Step]:
    """A stretch in rounds: what can be done here, then one request, and again."""
    ready: dict[int, int] = {}
    rounds: list[tuple[list[m.Step], list[m.Ask]]] = []
    shown = 0
    for step in stretch:
        level = max((ready.get(slot, 0) for slot in needs(step)), default=0)
        if isinstance(step, m.Show):
            level = shown = max(level, shown)
        while len(rounds) <= level:
            rounds.append(([], []))
        if isinstance(step, m.Ask):
            rounds[level][1].append(step)
            ready[step.slot] = level + 1
        else:
            rounds[level][0].append(step)
            if not isinstance(step, m.Show):
                ready[step.slot] = level  # type: ignore[union-attr]
    merged: list[m.Step] = []
    for local, asks in rounds:
        merged += local
        if asks:
            merged.append(m.Exchange(tuple(asks)))
    return merged


def needs(step: m.Step) -> set[int]:
    """The slots that a step without blocks refers to."""
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
    else:
        expressions = []
    found: set[int] = set()
    for expression in expressions:
        found |= m.references(expression)
    return found
