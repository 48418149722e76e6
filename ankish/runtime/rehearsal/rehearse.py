"""Rehearses a program: on a copy of the collection if there can be one, else by reading alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ankish.anki.protocol import Request
from ankish.anki.world import WorldSource
from ankish.diagnostics.model import Source
from ankish.plan.model import Show
from ankish.runtime.rehearsal import words
from ankish.runtime.rehearsal.planned import Rehearsed
from ankish.runtime.rehearsal.target import Rehearsal
from ankish.runtime.target import ClientTarget

if TYPE_CHECKING:
    from ankish.anki.client import Client
    from ankish.runtime.session import Session, Warn

NEAR = 30
"""How many days from today on, and back, are looked through for a card that is due."""


class _Nowhere:
    """Takes results: a dry run shows what would be written, and nothing else."""

    def show(self, step: Show, value: Any, of: Any) -> None:
        """See `Output.show`."""


def rehearse(
    session: Session, source: Source, warn: Warn, arguments: Sequence[str] = ()
) -> Rehearsed:
    """What a program would write. Nothing is written. Raises `ProgramError` for mistakes in it."""
    copy = session.client.copied()
    client = copy or session.client
    world = WorldSource(client) if copy is not None else session.world
    sender = ClientTarget(client, world, session.before)
    target = Rehearsal(sender, copy is not None, client.machine)
    try:
        session.carry_out(source, _Nowhere(), warn, arguments, target)
        _explain(target.found, session.client, client)
    finally:
        if copy is not None:
            copy.close()
        target.journals.close()
    return target.found


def _explain(found: Rehearsed, *clients: Client) -> None:
    """Find out what the numbers in what was found stand for: decks, also those that are gone at the
    end or come on the way, and days.
    """
    changes = [change for write in found.writes for change in write.changes or ()]
    if words.wants_decks(changes):
        for client in dict.fromkeys(clients):
            decks = client.ask(Request("deckNamesAndIds")).result or {}
            found.known.decks |= {number: name for name, number in decks.items()}
    if words.wants_today(changes):
        found.known.today = _today(clients[-1])


def _today(client: Client) -> int | None:
    """Which number Anki has for today: no action tells it, but a card that is due near it does."""
    days = sorted(range(-NEAR, NEAR + 1), key=abs)
    searches = [
        Request("findCards", {"query": f"is:review -is:learn -deck:filtered prop:due={day}"})
        for day in days
    ]
    for day, reply in zip(days, client.multi(searches), strict=True):
        for card in (reply.result or ())[:1]:
            infos = client.ask(Request("cardsInfo", {"cards": [card]})).result
            return int(infos[0]["due"]) - day if infos else None
    return None
