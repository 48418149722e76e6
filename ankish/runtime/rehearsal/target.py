"""A target that sends no write, or sends it to a copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from ankish.anki.protocol import Reply
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Effect
from ankish.diagnostics.model import AnkishError, Span
from ankish.runtime.chunks import Outgoing, ids_of
from ankish.runtime.inverse.model import Backend, Inverse
from ankish.runtime.inverse.table import lookup
from ankish.runtime.journal import records as r
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.log import changes as changes_of
from ankish.runtime.journal.merge import differences
from ankish.runtime.journal.noted import changes, kept
from ankish.runtime.journal.recorder import NOWHERE, Recorder
from ankish.runtime.protocols import Answer, Target
from ankish.runtime.rehearsal.planned import Planned, Rehearsed

OUTSIDE = (Effect.EXTERNAL, Effect.GUI)
"""Effects that reach beyond the collection, so that not even a copy is given them."""


class Rehearsal(Recorder):
    """Notes what would be written. `exact` says that the target is a copy, which is written to."""

    rehearsing = True

    def __init__(self, target: Target, exact: bool, machine: str = "") -> None:
        journals = Journals(None)
        # Through AnkiConnect it is known for some actions what would come of them.
        backend = Backend.EMBEDDED if exact else Backend.ANKICONNECT
        run = r.new("rehearsal", "", None, journals.session, backend)
        super().__init__(target, journals, run, machine)
        self.found = Rehearsed(exact)
        self._decks: list[str] = []

    def inverse(self, action: str) -> Inverse | None:
        """See `Recorder.inverse`: with the engine's own actions, which may be behind a URL."""
        found = super().inverse(action)
        return found or (None if self.found.exact else lookup(action, Backend.SERVED))

    def decks(self) -> tuple[str, ...] | None:
        """See `Target.decks`: with those that would have been made."""
        known = self.target.decks()
        return known if known is None else (*known, *self._decks)

    def file(self, path: str, gone: bool = False) -> None:
        """Note a file that would be written, or be gone."""
        from ankish.runtime.files import exists  # few programs write files

        (self.found.removed if gone else self.found.files).append(path)
        if not gone and exists(path):
            self.found.replaced.append(path)

    @contextmanager
    def ended(self) -> Iterator[None]:
        """What goes wrong is a part of what is found out."""
        try:
            yield
        except AnkishError as error:
            self.found.problems += error.diagnostics
        self.found.problems += self.shortfalls.problems()

    def exchange(self, actions: Sequence[Outgoing], spans: Sequence[Span] = ()) -> Sequence[Answer]:
        """See `Target.exchange`."""
        self.found.requests += 1
        if not any(changes(each.action) for each in actions):
            return self.target.exchange(actions)
        self.found.requests += 1  # the journal looks first
        places = spans or [NOWHERE] * len(actions)
        replies: list[Answer] = []
        pairs = zip(actions, places, strict=True)
        for outside, group in groupby(pairs, lambda pair: self._beyond(pair[0])):
            some = list(group)
            calls, where = [call for call, _ in some], [span for _, span in some]
            replies += self._imagined(calls, where) if outside else self._done(calls, where)
        return replies

    def _beyond(self, call: Outgoing) -> bool:
        command = COMMANDS.get(call.action)
        return not self.found.exact or command is None or command.effect in OUTSIDE

    def _done(self, calls: Sequence[Outgoing], spans: Sequence[Span]) -> Sequence[Answer]:
        """Have them done to the copy, and see what is different."""
        replies = super().exchange(calls, spans)
        for write, reply in zip(self.sent[-1].writes, replies, strict=True):
            planned = self._planned(Outgoing(write.action, write.params), write.span)
            planned.before, planned.result = write.before, reply.result
            planned.changes = None if write.before is None else changes_of(self.run, write)
            self.found.writes.append(planned)
        return replies

    def _imagined(self, calls: Sequence[Outgoing], spans: Sequence[Span]) -> Sequence[Answer]:
        """Look at what they would change, and send none of them."""
        reads = [call for call in calls if not changes(call.action)]
        if reads:  # reads that go with writes are for what these leave behind
            return [Reply(None)] * len(calls)
        sent = r.Sent(r.UNSENT, [], writes=[r.Write(c.action, kept(c)) for c in calls])
        self._look_before(sent, calls)
        for write, call, span in zip(sent.writes, calls, spans, strict=True):
            planned = self._planned(call, (span.start, span.end))
            planned.before = write.before
            inverse = self.inverse(call.action)
            if inverse is not None and write.before is not None:
                after = inverse.expected(call.params, write.before)
                if after is not None:
                    reads = inverse.again(call.params, write.before)
                    three = zip(reads, write.before, after, strict=True)
                    planned.changes = [c for each in three for c in differences(*each)]
            self.found.writes.append(planned)
            if call.action == "createDeck":
                self._decks.append(str(call.params.get("deck")))
        return [Reply(None)] * len(calls)

    def _planned(self, call: Outgoing, place: tuple[int, int]) -> Planned:
        command, inverse = COMMANDS.get(call.action), self.inverse(call.action)
        undo = command.undo if command is not None else None
        why = command.why if command is not None else None
        if inverse is not None and inverse.none:
            undo, why = None, inverse.none
        return Planned(call.action, kept(call), place, items(call), None, None, None, undo, why)


def items(call: Outgoing) -> int:
    """How many notes, cards or others an action is for."""
    found = ids_of(call)
    if found is not None:
        return len(found[1])
    lists: list[Any] = [value for value in call.params.values() if isinstance(value, list)]
    return len(lists[0]) if len(lists) == 1 else 1
