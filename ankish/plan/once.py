"""What was asked is not asked again, until a write could have changed the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ankish.analysis import core
from ankish.data import replace
from ankish.diagnostics.model import Span
from ankish.plan import model as m
from ankish.plan.safe import changes, looks_at

Asked = dict[Any, m.Ask]
"""Reads whose answers still hold, by what was asked."""

PASSIVE = (m.Make, m.Assemble, m.Verb, m.Show, m.Save, m.Remove)
"""Steps that change nothing in Anki."""


def once(steps: Iterable[m.Step]) -> tuple[m.Step, ...]:
    """The same steps; a read that was asked before is the value that it gave."""
    return tuple(_once(steps, {}))


def _once(steps: Iterable[m.Step], asked: Asked) -> list[m.Step]:
    """Steps, with what is known at their beginning; at their end it is what is known then."""
    made: list[m.Step] = []
    for step in steps:
        if isinstance(step, m.Ask):
            key = (step.action, _key(tuple(step.params.items())), step.ordered)
            if step.effect.changes:
                _forget(asked, [step])
            elif step.command is not None and key in asked:
                first = asked[key]
                same = m.Ref(first.slot, step.command.result, step.span)
                made.append(m.Make(step.slot, same, step.span, f"asked above: {step.action}"))
                continue
            elif step.command is not None:
                asked[key] = step
            made.append(step)
        elif isinstance(step, PASSIVE):
            made.append(step)
        elif isinstance(step, m.Branch):
            branches = tuple((test, _block(body, asked)) for test, body in step.branches)
            made.append(replace(step, branches=branches, otherwise=_block(step.otherwise, asked)))
            _forget(asked, m.asks([step]))
        elif isinstance(step, m.Loop | m.Every):
            if isinstance(step, m.Loop):  # a later item sees what an earlier one has changed
                _forget(asked, m.asks([step]))
            made.append(replace(step, body=_block(step.body, asked)))
            _forget(asked, m.asks([step]))
        elif isinstance(step, m.Atomic):
            made.append(replace(step, body=_block(step.body, asked)))
            _forget(asked, m.asks([step]))
        elif isinstance(step, m.Attempt):
            body = _block(step.body, asked)
            _forget(asked, m.asks([step]))
            made.append(replace(step, body=body, handler=_block(step.handler, asked)))
        else:
            asked.clear()
            made.append(step)
    return made


def _block(steps: Iterable[m.Step], asked: Asked) -> tuple[m.Step, ...]:
    """Steps that are perhaps not done: what they ask is not known after them."""
    return tuple(_once(steps, dict(asked)))


def _forget(asked: Asked, asks: Iterable[m.Ask]) -> None:
    """Forget what the writes among these could have changed."""
    touched = frozenset[str]().union(*map(changes, asks))
    if touched:
        for key in [key for key, ask in asked.items() if looks_at(ask) & touched]:
            del asked[key]


def _key(node: Any) -> Any:
    """What two expressions have in common that are the same but for their places."""
    if isinstance(node, Span):
        return None
    if isinstance(node, core.Literal):
        return ("literal", type(node.value).__name__, repr(node.value))
    if isinstance(node, m.Ref):
        return ("slot", node.slot)
    if isinstance(node, tuple | list):
        return tuple(map(_key, node))
    if isinstance(node, core.SearchOf):
        return ("search", node.tree.text, node.tree.holes, _key(node.values))
    fields = getattr(type(node), "__slots__", None)
    if fields and hasattr(node, "span"):
        return (type(node).__name__, *(_key(getattr(node, name)) for name in fields))
    return repr(node)
