"""What the user should know about what a plan costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ankish.analysis import core
from ankish.diagnostics.kinds import plan as kinds
from ankish.diagnostics.model import Diagnostic
from ankish.plan import model as m
from ankish.plan.loops import SHORT, together


def hints(steps: Iterable[m.Step]) -> Iterator[Diagnostic]:
    """A hint for every loop that asks for each item by itself; of steps that aren't merged yet."""
    for step in steps:
        if isinstance(step, m.Loop):
            known = isinstance(step.items, core.ListOf) and len(step.items.items) <= SHORT
            why = "" if known or not any(m.asks(step.body)) else together(step)
            if isinstance(why, str) and why:
                yield kinds.LOOP(step.span, why=why)
            yield from hints(step.body)
        elif isinstance(step, m.Branch):
            for _, body in step.branches:
                yield from hints(body)
            yield from hints(step.otherwise)
        elif isinstance(step, m.Every | m.Atomic):
            yield from hints(step.body)
        elif isinstance(step, m.Attempt):
            yield from hints(step.body)
            yield from hints(step.handler)
