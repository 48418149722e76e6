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

if TYPE_CHECKING:
    from ankish.runtime.journal.recorder import Recorder


class After:
    """The reads after some writes that go in one request.

    * **images** - what is asked in it.
    """

    def __init__(self, recorder: Recorder, sent: r.Sent) -> None:
        self._recorder = recorder
        self._writes = sent.writes
        self._brief = [self._short(write) for write in sent.writes]
        self.images = Images(
            recorder.again(write) if reads is None else reads
            for write, reads in zip(sent.writes, self._brief, strict=True)
        )

    def _short(self, write: r.Write) -> list[Outgoing] | None:
        inverse = self._recorder.inverse(write.action)
        if inverse is None or write.before is None or None in write.before:
            return None
        return inverse.brief(write.params, write.before)

    def answers(self, said: Sequence[Any]) -> list[list[Any]]:
        """For each write the answers to `again`, out of the results of `images`."""
        known = list(map(self._known, self._writes, self._brief, self.images.answers(said)))
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
