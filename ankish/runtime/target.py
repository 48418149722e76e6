"""A client as the place where a plan's actions go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from ankish.anki.client import Client
from ankish.anki.protocol import Reply, Request
from ankish.anki.world import WorldSource
from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import AnkishError, Span
from ankish.runtime.chunks import Outgoing

if TYPE_CHECKING:
    from ankish.runtime.coming import Coming
    from ankish.runtime.early import Early
    from ankish.runtime.mediafiles import MediaFiles

LASTING = "actions"
"""The part of the world that no action of ours changes."""


class ClientTarget:
    """Sends actions through a client, and knows that a write may change what exists."""

    def __init__(
        self,
        client: Client,
        world: WorldSource,
        before: Callable[[], object] = bool,
        early: Early | None = None,
    ) -> None:
        """`before` is called before each request, and stops it by raising an error.

        `early` has the answers to what was asked already.
        """
        self._client = client
        self._world = world
        self._before = before
        self._early = early
        self._files: MediaFiles | None = None
        self._decks: tuple[str, ...] | None = None
        """The decks there are, if that was asked for and nothing was written since."""
        self._folder: Any = None
        """Anki's media folder, as it was answered; None if it was not."""

    foresees = False
    replaying = False
    rehearsing = False
    waited = 0.0

    def exchange(self, actions: Sequence[Outgoing], spans: Sequence[Span] = ()) -> Sequence[Reply]:
        """Send actions in one request."""
        self._before()
        early, self._early = self._early, None
        if early is not None and (replies := early.replies(actions)) is not None:
            return self._heard(actions, replies)
        try:
            requests = [Request(each.action, each.params) for each in actions]
            if any(each.action == "storeMediaFile" for each in actions):
                return self._media().sent(requests)
            return self._heard(actions, self._client.multi(requests))
        finally:
            if any(_changes(each.action) for each in actions):
                self._decks = None
                if any(_may_move(each.action) for each in actions):
                    self._folder = self._files = None
                self._world.forget(*(self._world.world.known - {LASTING}))

    def _heard(self, actions: Sequence[Outgoing], replies: Sequence[Reply]) -> Sequence[Reply]:
        """The replies; what they tell of decks and the media folder need not be asked again."""
        for each, reply in zip(actions, replies, strict=True):
            if each.action == "deckNames" and isinstance(reply.result, list):
                self._decks = tuple(reply.result)
                self._world.heard_of_decks(reply.result)
            elif each.action == "getMediaDirPath":
                self._folder = reply.result
        return replies

    def _media(self) -> MediaFiles:
        if self._files is None:
            from ankish.runtime.mediafiles import MediaFiles

            self._files = MediaFiles(self._client)
            if self._folder is not None:
                self._files.told(self._folder)
        return self._files

    def refused(self, action: str, said: str) -> AnkishError:
        """The error for an action that was refused."""
        return self._client.refusal(action, said)

    def foresee(self, coming: Sequence[Coming], least: int) -> int:
        """See `Target.foresee`: nothing is looked at before it is written."""
        return len(coming)

    def missing(self, noun: str) -> set[object]:
        """Nothing is looked at after it was sent."""
        return set()

    def file(self, path: str, gone: bool = False) -> None:
        """Files are written."""

    def whole(self) -> AbstractContextManager[None]:
        """Nothing is kept that could be taken back, and nobody asks for it."""
        return nullcontext()

    def decks(self) -> tuple[str, ...] | None:
        """The decks there are."""
        return self._decks if self._decks is not None else self._world.decks()

    def likely_decks(self) -> tuple[str, ...]:
        """See `Target.likely_decks`."""
        return self._decks if self._decks is not None else self._world.likely_decks()


def _may_move(action: str) -> bool:
    """Whether Anki's media folder may be another one afterwards."""
    return action == "loadProfile" or action not in COMMANDS


def _changes(action: str) -> bool:
    command = COMMANDS.get(action)
    return command is None or command.effect.changes
