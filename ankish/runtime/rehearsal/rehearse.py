"""Rehearses a program: on a copy of the collection if there can be one, else by reading alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ankish.anki.world import WorldSource
from ankish.diagnostics.model import Source
from ankish.plan.model import Show
from ankish.runtime.rehearsal.planned import Rehearsed
from ankish.runtime.rehearsal.target import Rehearsal
from ankish.runtime.target import ClientTarget

if TYPE_CHECKING:
    from ankish.runtime.session import Session, Warn


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
    finally:
        if copy is not None:
            copy.close()
        target.journals.close()
    return target.found
