"""Decks that an action would make, since none of that name is there: they have to exist."""

from __future__ import annotations

from collections.abc import Sequence

from ankish.analysis.guards import decks_wanted
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.nearest import near
from ankish.plan import model as m
from ankish.runtime.chunks import Outgoing
from ankish.runtime.evaluate import Slots, evaluate
from ankish.runtime.protocols import Target
from ankish.runtime.texts import as_text


def check_computed(target: Target, ask: m.Ask, frame: Slots) -> None:
    """Raise `AnkishError` for a deck whose name is computed and that is not there."""
    for expression in ask.decks:
        name = as_text(evaluate(expression, frame), expression.span)
        decks = target.decks()
        if decks is not None and name not in decks:
            makes = ask.command is not None and (ask.command.creates_decks or ask.tolerant)
            create = "--create" if makes else None
            similar = near(name, decks)
            raise kinds.NO_DECK.error(expression.span, name=name, near=similar, create=create)


def check_asked(target: Target, ask: m.Ask, calls: Sequence[Outgoing]) -> None:
    """Raise `AnkishError` for a deck that a read would make. Upper and lower case are the same."""
    decks = target.decks()
    known = {deck.casefold() for deck in decks or ()} | {"default"}
    for name in (name for call in calls for name in decks_wanted(ask.action, call.params)):
        if decks is not None and name.casefold() not in known:
            raise kinds.NO_DECK.error(ask.span, name=name, near=near(name, decks))
