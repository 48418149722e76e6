"""Going on with a run that was stopped, with every write exactly once.

The program is done again from its beginning, and what was asked before is answered from the
journal, reads and writes alike, so that it comes by the same way to the place where it
stopped. That is sounder than to send the rest of a list of calls: what comes after a request
depends on its answer, and a search asked again finds something else once half of the work is
done. When the program asks for something else than it did, because its file or its input has
changed, nothing is sent. Of a request that was sent and not answered, the reads tell what
became of it, as they do for one whose answer was lost (`lost`). What was refused last, and so may
have stopped the run, is sent again: a full disk has room again, a missing deck is there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from ankish.anki.protocol import Reply
from ankish.diagnostics.kinds import anki as anki_kinds
from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Span
from ankish.runtime.chunks import Outgoing
from ankish.runtime.journal import records as r
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.lost import settled
from ankish.runtime.journal.noted import asked
from ankish.runtime.journal.recorder import Recorder
from ankish.runtime.protocols import Answer, Target


def _refused(sent: r.Sent) -> bool:
    """Whether all of a request was refused, or something that it has asked."""
    if sent.writes:
        return all(write.reply is not None and write.reply[1] is not None for write in sent.writes)
    return sent.state == r.ANSWERED and any(error is not None for _, error in sent.replies)


class Resuming(Recorder):
    """A recorder that answers from the journal as far as that goes, and then goes on."""

    def __init__(
        self,
        target: Target,
        journals: Journals,
        run: r.Run,
        machine: str,
        recorded: Sequence[r.Sent],
    ) -> None:
        super().__init__(target, journals, run, machine)
        known = list(recorded)
        self.dropped: list[r.Sent] = []
        """Requests of which nothing was done, where it stopped: they are made anew."""
        while known and (known[-1].state == r.UNSENT or _refused(known[-1])):
            self.dropped.append(known.pop())
            if self.dropped[-1].state != r.UNSENT:
                break
        self._last = known[-1] if known and known[-1].state == r.ANSWERED else None
        self.sent = [each for each in known if each.writes]
        self._recorded = deque((each, at) for each in known for at in range(len(each.asked)))

    @property
    def replaying(self) -> bool:
        """See `Recorder.replaying`."""
        return bool(self._recorded)

    def exchange(self, actions: Sequence[Outgoing], spans: Sequence[Span] = ()) -> Sequence[Answer]:
        """See `Recorder.exchange`."""
        replies: list[Answer] = []
        for at, action in enumerate(actions):
            if not self._recorded:
                return [*replies, *super().exchange(actions[at:], spans[at:])]
            replies.append(self._reply(action, spans[at] if spans else None))
        return replies

    def _reply(self, action: Outgoing, span: Span | None) -> Answer:
        """What was answered, or else what became of it.

        Actions are met one by one: how many go in one request depends on how fast Anki is.
        """
        sent, at = self._recorded[0]
        if asked([action])[0] != tuple(sent.asked[at]):
            raise kinds.DIVERGED.error(span, run=self.run.called, then=sent.asked[at][0])
        if sent.state == r.SENT:
            self._finish(sent)
        if sent.state == r.UNSENT:  # the program has caught it, and gone on
            while self._recorded and self._recorded[0][0] is sent:
                self._recorded.popleft()
            code, message = sent.replies[0]
            raise AnkishError(Diagnostic(code, Severity.ERROR, message or ""))
        self._recorded.popleft()
        result, error = sent.writes[at].reply or (None, None) if sent.writes else sent.replies[at]
        if error is not None and sent is self._last and sent.writes:
            return self._once_more(action, sent.writes[at], span)
        return Reply(result, error)

    def _once_more(self, action: Outgoing, write: r.Write, span: Span | None) -> Answer:
        """Send a write again that was refused, beside others that were done."""
        [reply] = super().exchange([action], [span] if span is not None else ())
        assert self.store is not None
        self.store.put_in(self.sent.pop(), write)
        return reply

    def _finish(self, sent: r.Sent) -> None:
        """Find out what became of writes that were put down and perhaps sent; send the rest."""
        actions = [Outgoing(action, params) for action, params in sent.asked]
        none_came = anki_kinds.LOST.error(where="Anki", action=actions[0].action, unsure=None)
        replies, after = settled(self, sent, actions, none_came)
        self.heard(sent, actions, replies, after)
