"""A write whose answer was lost: what became of it is read, and only what is missing sent again.

Anki carries requests out one after the other, so that a read which is answered comes after a
write that was sent before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ankish.anki.protocol import Reply
from ankish.diagnostics.kinds import anki as anki_kinds
from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.model import AnkishError
from ankish.runtime.chunks import Outgoing
from ankish.runtime.inverse.model import DONE, NOT_DONE, UNSURE, Answers, Inverse, Verdict
from ankish.runtime.journal import records as r
from ankish.runtime.protocols import Answer

if TYPE_CHECKING:
    from ankish.runtime.journal.recorder import Recorder

AGAIN = 5
"""How often a write is sent again whose answer was lost each time, and which was not done."""


def settled(
    recorder: Recorder,
    sent: r.Sent,
    actions: Sequence[Outgoing],
    error: AnkishError,
) -> tuple[list[Answer], list[list[object]]]:
    """The replies to writes whose answer was lost, and what the reads say after them.

    Raises `error` if nobody can be asked, and `AnkishError` (`journal::doubt`) if the reads
    can't tell whether an action was carried out that must not be carried out twice.
    """
    replies: list[Answer | None] = [None] * len(actions)
    fitted = recorder.fitted(sent, actions)
    images = recorder.images(sent)
    for _ in range(AGAIN):
        try:
            _, traced = recorder.look(recorder.images(sent, traces=True))
        except AnkishError:
            raise error from None
        for at, write in enumerate(sent.writes):
            if replies[at] is None:
                replies[at] = _found(recorder.inverse(write.action), write, actions[at], traced[at])
        left = [at for at, reply in enumerate(replies) if reply is None]
        if not left:
            known = [each.before or [] for each in sent.writes]
            after = [seen[: len(was)] for was, seen in zip(known, traced, strict=True)]
            return [each for each in replies if each is not None], after
        try:
            again = [fitted[at] for at in left]
            heard = list(recorder.target.exchange([*again, *images.calls]))
        except AnkishError as next_error:
            if next_error.diagnostics[0].code not in anki_kinds.UNCERTAIN:
                raise
            error = next_error
            continue
        for at, reply in zip(left, heard[: len(left)], strict=True):
            replies[at] = reply
        said = [each.result for each in heard[len(left) :]]
        return [each for each in replies if each is not None], images.answers(said)
    raise error


def found_out(recorder: Recorder, sent: r.Sent) -> None:
    """Find out what became of writes that were put down and perhaps sent, to take them back.

    What was done in part is taken back as far as the reads show it.
    """
    _, traced = recorder.look(recorder.images(sent, traces=True))
    for write, seen in zip(sent.writes, traced, strict=True):
        inverse, before = recorder.inverse(write.action), write.before
        if inverse is None or before is None:
            write.verdict = Verdict(UNSURE)
            continue
        write.after = seen[: len(before)]
        write.verdict = inverse.verdict(write.params, before, seen, None)
        done = write.verdict.state == DONE
        write.reply = (inverse.recovered(write.params, before, seen) if done else None, None)
    sent.state = r.ANSWERED


def _found(inverse: Inverse | None, write: r.Write, call: Outgoing, after: Answers) -> Reply | None:
    """The reply of a write that was carried out; None if it is to be sent (again)."""
    verdict = Verdict(UNSURE)
    if inverse is not None and write.before is not None:
        verdict = inverse.verdict(call.params, write.before, after, None)
    if inverse is not None and verdict.state == DONE:
        return Reply(inverse.recovered(call.params, write.before or [], after))
    if verdict.state == NOT_DONE or (inverse is not None and inverse.repeatable):
        return None
    raise kinds.DOUBT.error(action=write.action, run=None)
