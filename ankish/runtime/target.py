"""A client as the place where a plan's actions go."""

from __future__ import annotations

from collections.abc import Sequence

from ankish.anki.client import Client
from ankish.anki.protocol import Reply, Request
from ankish.anki.world import WorldSource
from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import AnkishError
from ankish.runtime.chunks import Outgoing

LASTING = "actions"
"""The part of the world that no action of ours changes."""


class ClientTarget:
    """Sends actions through a client, and knows that a write may change what exists."""

    def __init__(self, client: Client, world: WorldSource) -> None:
        self._client = client
        self._world = world

    def exchange(self, actions: Sequence[Outgoing]) -> Sequence[Reply]:
        """Send actions in one request."""
        try:
            return self._client.multi([Request(each.action, each.params) for each in actions])
        finally:
            if any(_changes(each.action) for each in actions):
                self._world.forget(*(self._world.world.known - {LASTING}))

    def refused(self, action: str, said: str) -> AnkishError:
        """The error for an action that was refused."""
        return self._client.refusal(action, said)

    def decks(self) -> tuple[str, ...] | None:
        """The decks there are."""
        return self._world.decks()


def _changes(action: str) -> bool:
    command = COMMANDS.get(action)
    return command is None or command.effect.changes
