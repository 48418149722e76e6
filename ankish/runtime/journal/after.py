"""The look at what is there after a write, in the request of the write: as little as will do.

Most writes do what they are asked for, and then a short question is enough to know it. What that
does not answer is asked at length, in a request of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ankish.diagnostics.model import AnkishError
from ankish.runtime.chunks import Outgoing
from ankish.runtime.journal import records as r
from ankish.runtime.journal.images import Images
from ankish.runtime.journal.look import SENSELESS

if TYPE_CHECKING:
    from ankish.runtime.journal.recorder import Recorder


class After:
    """The reads after some writes that go in one request.

    * **calls** - what is asked in it.
    * **checks** - for each write the answers that its verdict alone is about, once they are known.
    """

    def __init__(self, recorder: Recorder, sent: r.Sent) -> None:
        self._recorder = recorder
        self._writes = sent.writes
        self._brief = [self._short(write) for write in sent.writes]
        self._images = Images(
            recorder.again(write) if reads is None else reads
            for write, reads in zip(sent.writes, self._brief, strict=True)
        )
        self._checking = Images(map(self._more, sent.writes))
        self.calls = [*self._images.calls, *self._checking.calls]
        self.checks: list[list[Any]] = []

    def _short(self, write: r.Write) -> list[Outgoing] | None:
        inverse = self._recorder.inverse(write.action)
        if inverse is None or write.before is None or None in write.before:
            return None
        return inverse.brief(write.params, write.before)

    def _more(self, write: r.Write) -> list[Outgoing]:
        inverse = self._recorder.inverse(write.action)
        try:
            return [] if inverse is None or write.before is None else inverse.checks(write.params)
        except SENSELESS:
            return []

    def answers(self, said: Sequence[Any]) -> list[list[Any]]:
        """For each write the answers to `again`, out of the results of `calls`."""
        own = len(self._images.calls)
        checked = [frozenset(each) if isinstance(each, list) else each for each in said[own:]]
        self.checks = self._checking.answers(checked)
        seen = self._images.answers(said[:own])
        known = list(map(self._known, self._writes, self._brief, seen))
        left = [
            [] if answers is not None else self._recorder.again(write)
            for write, answers in zip(self._writes, known, strict=True)
        ]
        if not any(left):
            return [answers or [] for answers in known]
        images = Images(left)
        try:
            _, found = self._recorder.look(images)
        except AnkishError:  # the write was answered; that nothing more is known of it, is told
            found = images.answers([None] * len(images.calls))
        return [
            second if first is None else first for first, second in zip(known, found, strict=True)
        ]

    def _known(
        self, write: r.Write, reads: list[Outgoing] | None, seen: list[Any]
    ) -> list[Any] | None:
        inverse = self._recorder.inverse(write.action)
        if reads is None or inverse is None or write.before is None:
            return seen
        return inverse.told(write.params, write.before, seen)
