"""Loops whose rounds do not see one another: their items can go together.

A `for` does all of its body for one item before the next one. Done for all items at a time,
step by step, it comes to the same if nothing in it can fail, if there is one write at most,
which goes on in the order of the items, and if that changes no answer that another item gets.
"""

from __future__ import annotations

from ankish.analysis import core
from ankish.plan import model as m
from ankish.plan.safe import NAMES, Safety, changes, looks_at

SHORT = 3
"""A loop over a list of so few items is not worth a word."""


def together(loop: m.Loop) -> m.Every | str:
    """The loop with its items going together; else why they can't, in words."""
    safety = Safety()
    items = loop.items
    plain = isinstance(items, core.ListOf) and all(map(safety.value, items.items))
    if (
        plain
        and all(
            isinstance(item, core.Literal) and str(item.value).isprintable() for item in items.items
        )
        or isinstance(items, m.Ref)
        and items.type.of is not None
        and items.type.of.name in NAMES
    ):
        safety.know_texts(loop.item)
    asks = list(m.asks(loop.body))
    writes = [ask for ask in asks if ask.effect.changes]
    for step in loop.body:
        if not isinstance(step, m.Ask | m.Make | m.Assemble | m.Verb | m.Show):
            return "what it does may differ from item to item"
        if not isinstance(step, m.Ask) and not safety.step(step):
            return "a step in it could fail"
    if len(writes) > 1:
        return f"{writes[0].action} and {writes[1].action} alternate"
    for ask in asks:
        if not safety.sure(ask):
            return f"{ask.action} could be refused for one item"
        if not ask.effect.changes and any(looks_at(ask) & changes(each) for each in writes):
            return f"{writes[0].action} may change what {ask.action} gives for the next item"
    slot = -loop.item  # nobody refers to what a loop gives
    return m.Every(slot, loop.item, items, loop.body, None, loop.span, in_turn=True)
