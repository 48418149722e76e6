"""Doing a run again by the same calls, through AnkiConnect.

What took a run back can itself be taken back, and that does most runs again. But through
AnkiConnect not everything that took one back can be: reviews stay in the log, and a deck preset
that no deck uses can't even be read. Where each write of such a run comes to the same whenever it
is sent, it is done again by sending them once more, as long as what they change is as it was left.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ankish.runtime.chunks import Outgoing
from ankish.runtime.inverse.model import Backend, Inverse
from ankish.runtime.inverse.table import lookup
from ankish.runtime.journal import records as r
from ankish.runtime.journal.ids import Renumbering
from ankish.runtime.journal.images import Images
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.known import WHERE
from ankish.runtime.journal.log import changes as changed
from ankish.runtime.journal.merge import Change, lean, merge, same
from ankish.runtime.journal.noted import changes
from ankish.runtime.journal.recorder import Recorder
from ankish.runtime.journal.undo import Outcome
from ankish.runtime.protocols import Target

CLONES = "cloneDeckConfigId"
"""Makes what only its answer tells of."""

STEADY = frozenset({"updateNoteModel", "findAndReplaceInModels", CLONES})
"""Actions that come to the same each time, beside those that may be repeated."""

OTHERWISE = frozenset({"importPackage", "storeMediaFile", "modelTemplateAdd", "removeDeckConfigId"})
"""Actions that may be repeated, and whose undo is better taken back: two may take what they do from
a file, which may hold something else by now; the others are about ids that are other ones by now.
"""

ONE_WAY = frozenset(
    "clearUnusedTags deleteDecks deleteNotes modelFieldRemove modelTemplateRemove removeEmptyNotes "
    "updateNoteModel".split()
) | {CLONES}
"""Actions whose undo can't be taken back as a whole."""

LOGS = "getReviewsOfCards"
"""The read of what is in the log in other words once it was put back."""


class Otherwise(Exception):
    """What was to be done again is not as it was left."""


def is_better(run: r.Run, sent: Sequence[r.Sent]) -> bool:
    """Whether a run is better done again by the same calls than by taking its undo back."""
    writes = [write for each in sent for write in _happened(each)]
    wanted = run.backend is Backend.ANKICONNECT and any(w.action in ONE_WAY for w in writes)
    whole = all(each.state in (r.ANSWERED, r.TAKEN) for each in sent)
    steady = all(_is_steady(write.action) for write in writes)
    return wanted and whole and steady and not _hang_together(writes)


def _happened(sent: r.Sent) -> list[r.Write]:
    """The writes of a request that did something, and whose effect is known."""
    if sent.state == r.TAKEN:
        return []
    return [write for write in sent.writes if changes(write.action) and write.happened]


def _is_steady(action: str) -> bool:
    inverse = lookup(action, Backend.ANKICONNECT)
    repeatable = inverse is not None and inverse.repeatable and not inverse.none
    return action in STEADY or (repeatable and action not in OTHERWISE)


def _hang_together(writes: Sequence[r.Write]) -> bool:
    """Whether a preset that was cloned is named in a later write: it would have another id."""
    made = [
        str(write.reply[0])
        for write in writes
        if write.action == CLONES and write.reply is not None
    ]
    later = json.dumps([write.params for write in writes])
    return any(number in later for number in made)


class Anew(Recorder):
    """Does a run again: sends its writes once more, in the same requests."""

    def __init__(
        self, target: Target, journals: Journals, run: r.Run, machine: str, known: Renumbering
    ) -> None:
        """`known` are the ids that have changed since the run that is done again."""
        super().__init__(target, journals, run, machine)
        self._renumbered = known

    def carry_out(self, sent: Sequence[r.Sent]) -> Outcome:
        """Send what the requests of a run have written, but for what is there already.

        What somebody else has changed is left. Raises `Otherwise` if that is found before anything
        was sent, and `AnkishError`.
        """
        outcome = Outcome()
        for each in sent:
            self._request(_happened(each), outcome)
        for each in self.sent:
            outcome.restored += sum(len(changed(self.run, write)) for write in each.writes)
        outcome.short += self.shortfalls.problems()
        return outcome

    def _request(self, writes: Sequence[r.Write], outcome: Outcome) -> None:
        if not writes:
            return
        calls = [
            Outgoing(write.action, self._renumbered.params(write.action, write.params))
            for write in writes
        ]
        inverses = [self.inverse(call.action) for call in calls]
        wanted = [
            inverse.again(call.params, self._answers(inverse, write, write.before))
            if inverse is not None and write.before is not None
            else []
            for inverse, call, write in zip(inverses, calls, writes, strict=True)
        ]
        _, now = self.look(Images(wanted), WHERE, at_last=True)
        left = []
        each_with = zip(writes, calls, inverses, wanted, now, strict=True)
        for write, call, inverse, reads, answers in each_with:
            found = [*self._changes(inverse, write, reads, answers)]
            looked = len(inverse.image(call.params)) if inverse is not None else 0
            others = [each for at, each in found if each.by_others and at < looked]
            if others and not self.run.id:
                raise Otherwise
            outcome.others += others
            # What shows nothing of itself can be sent, since it comes to the same each time.
            undone = not found or any(not same(each.now, each.before) for _, each in found)
            if undone and not others:
                left.append(call)
        if left:
            for call, answer in zip(left, self.exchange(left), strict=True):
                if answer.error is not None:
                    raise self.refused(call.action, answer.error)

    def _changes(
        self, inverse: Inverse | None, write: r.Write, reads: Sequence[Outgoing], now: Sequence[Any]
    ) -> Iterator[tuple[int, Change]]:
        """What a write has changed and is to change again, each with the number of the read that
        shows it: `before` is how it is to be.
        """
        if inverse is None:
            return
        after = self._answers(inverse, write, write.after)
        before = self._answers(inverse, write, write.before)
        four = zip(reads, after, before, lean([*now]) or (), strict=False)
        for at, (read, *three) in enumerate(four):
            if read.action != LOGS:
                yield from ((at, each) for each in merge(read, *three).changes)

    def _answers(
        self, inverse: Inverse, write: r.Write, answers: Sequence[Any] | None
    ) -> list[Any]:
        """What was read of a write, with the ids of now."""
        reads = inverse.again(write.params, write.before or [])
        pairs = zip(reads, answers or (), strict=False)
        return [self._renumbered.answer(read.action, answer) for read, answer in pairs]
