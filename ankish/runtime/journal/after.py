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
    * **checks** - for each write the answers that its verdict alone is about, once they are known.
    """

    def __init__(self, recorder: Recorder, sent: r.Sent) -> None:
        self._recorder = recorder
        self._writes = sent.writes
        self._brief = [self._short(write) for write in sent.writes]
        self._checks = list(map(self._more, sent.writes))
        self.checks: list[list[Any]] = [[] for _ in sent.writes]
        self.images = Images(
            [*(recorder.again(write) if reads is None else reads), *checks]
            for write, reads, checks in zip(sent.writes, self._brief, self._checks, strict=True)
        )

    def _short(self, write: r.Write) -> list[Outgoing] | None:
        inverse = self._recorder.inverse(write.action)
        if inverse is None or write.before is None or None in write.before:
            return None
        return inverse.brief(write.params, write.before)

    def _more(self, write: r.Write) -> list[Outgoing]:
        inverse = self._recorder.inverse(write.action)
        return [] if inverse is None or write.before is None else inverse.checks(write.params)

    def answers(self, said: Sequence[Any]) -> list[list[Any]]:
        """For each write the answers to `again`, out of the results of `images`."""
        every = self.images.answers(said)
        ends = [len(one) - len(more) for one, more in zip(every, self._checks, strict=True)]
        self.checks = [one[end:] for one, end in zip(every, ends, strict=True)]
        seen = [one[:end] for one, end in zip(every, ends, strict=True)]
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
