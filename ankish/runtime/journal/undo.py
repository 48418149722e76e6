"""Taking a run back: request by request, the last one first, and only what is as it was left."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

from ankish.anki.protocol import CHANGED_MEANWHILE
from ankish.data import dataclass, field
from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.model import Diagnostic
from ankish.diagnostics.text import counted, one_line
from ankish.runtime.chunks import ACTIONS, Outgoing
from ankish.runtime.coming import Coming
from ankish.runtime.inverse.model import UNSURE, Inverse
from ankish.runtime.journal import records as r
from ankish.runtime.journal.ids import Renumbering
from ankish.runtime.journal.images import Images
from ankish.runtime.journal.known import WHERE
from ankish.runtime.journal.lost import found_out
from ankish.runtime.journal.merge import ABSENT, Change, differences, lean, merge
from ankish.runtime.journal.noted import changes
from ankish.runtime.journal.recorder import Recorder
from ankish.runtime.pace import Pace

PATIENCE = 30.0
"""For how many seconds it is looked anew when somebody else changes what is to be put back."""
PAUSES = (0.01, 0.5)
"""The first and the longest pause between two looks, in seconds. They are of random length, so
that two who are in each other's way don't stay so."""

STATE = "getState"
"""The read that is never refused for what is not there, so that no answer means trouble."""

CALLED_AGAIN = frozenset({"clearUnusedTags", "cloneDeckConfigId"})
"""Actions whose undo can't be taken back through AnkiConnect: no tag can be taken off the list
alone, and a preset that no deck uses can't be looked at.
"""

SHOWN = 10
"""How many values a message names."""


@dataclass(slots=True)
class Outcome:
    """What became of taking a run back.

    * **restored** - how many values were put back, each counted once.
    * **others** - what somebody else has changed since: it was left as it is, unless forced.
    * **altered** - what the run has made and somebody has changed: it is still there.
    * **lasting** - the actions that can't be taken back, each with the reason.
    * **blank** - the cards that the run has made and that stay, with nothing on them.
    """

    restored: int = 0
    others: list[Change] = field(default_factory=list)
    altered: list[tuple[Any, str]] = field(default_factory=list)
    lasting: list[tuple[str, str]] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)

    def copy(self) -> Outcome:
        """One that can come to something else."""
        lists = ([*each] for each in (self.others, self.altered, self.lasting, self.blank))
        return Outcome(self.restored, *lists)

    @property
    def whole(self) -> bool:
        """Whether all of it was taken back."""
        return not (self.others or self.altered or self.lasting)

    def problems(self, run: str) -> Iterator[Diagnostic]:
        """What was not taken back of a run, as messages."""
        left = [*map(_spoken, self.others), *(f"{item}: {what}" for item, what in self.altered)]
        if left:
            more = f" and {len(left) - SHOWN} more" if len(left) > SHOWN else ""
            count = counted(len(left), "value")
            yield kinds.CHANGED(count=count, run=run, what="\n".join(left[:SHOWN]) + more)
        for action, why in dict.fromkeys(self.lasting):
            yield kinds.NO_INVERSE(action=action, run=run, why=why)


def take_back(
    recorder: Recorder, sent: Sequence[r.Sent], known: Renumbering, force: bool = False
) -> Outcome:
    """Take back requests of a run, the last one first. `known` are the ids that have changed."""
    undoing = _Undoing(recorder, known, force)
    for each in reversed(sent):
        if each.writes and each.state not in (r.UNSENT, r.TAKEN):
            if each.state == r.SENT:
                found_out(recorder, each)
            writes = [write for write in reversed(each.writes) if write.happened]
            undoing.request(writes, each.begun)
    return undoing.outcome


def take_back_part(recorder: Recorder, part: Sequence[r.Sent]) -> list[Diagnostic]:
    """Take back a part of a run that still goes on; what could not be, as messages."""
    assert recorder.store is not None
    taking = recorder.beside("atomic")
    with taking.ended():
        outcome = take_back(taking, part, Renumbering(recorder.store.renamed(recorder.run.id)))
    if outcome.whole:
        recorder.store.set_taken(part)
        for each in part:
            each.state = r.TAKEN
    return list(outcome.problems(recorder.run.called))


def call_again(recorder: Recorder, sent: Sequence[r.Sent]) -> Iterator[tuple[str, str]]:
    """Call anew what was written and can't be done again otherwise, as long as what it is about is
    as it was left. The actions that are not, each with the reason.
    """
    for write in (write for each in sent if each.state != r.TAKEN for write in each.writes):
        inverse = recorder.inverse(write.action)
        if write.action not in CALLED_AGAIN or not write.happened or inverse is None:
            continue
        reads = inverse.image(write.params)
        _, [now] = recorder.look(Images([reads]))
        told = zip(reads, write.before or (), now, strict=False)
        if any(differences(*each) for each in told):
            yield write.action, "what it is about has changed since"
            continue
        [answer] = recorder.exchange([Outgoing(write.action, write.params)])
        if answer.error is not None:
            raise recorder.refused(write.action, answer.error)


@dataclass(slots=True)
class _Back:
    """A write that is to be taken back, with the ids of now."""

    inverse: Inverse
    call: Outgoing
    reads: list[Outgoing]
    before: list[Any]
    after: list[Any] | None
    result: Any
    when: float
    target: list[Any] = field(default_factory=list)
    now: list[Any] = field(default_factory=list)


class _Meanwhile(Exception):
    """Somebody has changed what was looked at before it was put back."""


class _Undoing:
    """Takes back one request after the other."""

    def __init__(self, recorder: Recorder, known: Renumbering, force: bool) -> None:
        self.recorder = recorder
        self.known = known
        self.force = force
        self.outcome = Outcome()
        self._restored: set[str] = set()
        self._pace = Pace()

    def request(self, writes: Sequence[r.Write], when: float) -> None:
        """Take back the writes of one request; the last one comes first."""
        outcome, restored = self.outcome, self._restored
        end, (pause, longest) = time.monotonic() + PATIENCE, PAUSES
        while True:
            self.outcome, self._restored = outcome.copy(), set(restored)
            try:
                return self._request(writes, when)
            except _Meanwhile:
                if time.monotonic() > end:
                    raise kinds.CONTESTED.error() from None
            time.sleep(random.uniform(0, pause))
            pause = min(2 * pause, longest)

    def _request(self, writes: Sequence[r.Write], when: float) -> None:
        backs = [back for write in writes if (back := self._back(write, when)) is not None]
        made = [back.inverse.made(back.call.params, back.result) for back in backs]
        images = Images(back.reads for back in backs)
        made_images = Images(made)
        if not backs:
            return
        made_reads = made_images.calls
        [_, *said], now = self.recorder.look(images, WHERE, *made_reads, at_last=True)
        for back, answers, what in zip(backs, now, made_images.answers(said), strict=True):
            back.now = lean(answers) or []
            self._aim(back)
            self._spare(back, what)
        self._send(backs)

    def _back(self, write: r.Write, when: float) -> _Back | None:
        if not changes(write.action):  # a look that went with writes
            return None
        inverse = self.recorder.inverse(write.action)
        if inverse is None or inverse.none:
            why = inverse.none if inverse is not None else "nothing is known of what it changes"
            self.outcome.lasting.append((write.action, why))
            return None
        unsure = write.verdict is not None and write.verdict.state == UNSURE
        if unsure and not inverse.repeatable and write.reply == (None, None):
            self.outcome.lasting.append((write.action, "whether it was done can't be told"))
            return None
        params = self.known.params(write.action, write.params)
        if write.before is None:  # it was refused, or has no form that is known
            if write.reply is not None and write.reply[1] is None:
                self.outcome.lasting.append((write.action, "what it changes could not be told"))
            return None
        reads = inverse.again(write.params, write.before)
        if len(reads) != len(write.before):
            self.outcome.lasting.append((write.action, "another ankish has noted it otherwise"))
            return None
        if any(
            read.action == STATE and answer is None
            for read, answer in zip(reads, write.before, strict=True)
        ):
            self.outcome.lasting.append((write.action, "how it was before could not be read"))
            return None
        before, after = (
            None
            if answers is None
            else [
                self.known.answer(read.action, answer)
                for read, answer in zip(reads, answers, strict=True)
            ]
            for answers in (lean(write.before), lean(write.after))
        )
        result = None if write.reply is None else write.reply[0]
        return _Back(
            inverse,
            Outgoing(write.action, params),
            inverse.again(params, before or []),
            before or [],
            after,
            self.known.answer(write.action, result),
            when,
        )

    def _aim(self, back: _Back) -> None:
        """Find out what is to be put back, and leave what others have changed."""
        after = back.now if back.after is None else back.after
        for read, *three in zip(back.reads, back.before, after, back.now, strict=True):
            was, left, now = three
            merged = merge(read, was, left, now, self.force)
            back.target.append(merged.target)
            others = [change for change in merged.changes if change.by_others]
            self.outcome.others += others
            restored = (c for c in merged.changes if self.force or not c.by_others)
            self._restored.update(repr((read.action, change.path)) for change in restored)
        self.outcome.restored = len(self._restored)

    def _spare(self, back: _Back, answers: Sequence[Any]) -> None:
        """Leave out what the write has made, if somebody has changed that since."""
        altered = back.inverse.altered(back.call.params, back.result, answers, back.when)
        if not altered or self.force:
            return
        self.outcome.altered += altered
        ids = {each for each, _ in altered}
        if isinstance(back.result, list):
            back.result = [None if each in ids else each for each in back.result]
        else:
            back.result = None
            back.target = back.now  # nothing is to be put back of what came with it either

    def _send(self, backs: Sequence[_Back]) -> None:
        calls = [
            back.inverse.undo(back.call.params, back.target, back.now, back.result)
            for back in backs
        ]
        done: list[list[tuple[Outgoing, Any]]] = [[] for _ in backs]
        while any(calls):
            may_fail = [
                back.inverse.may_fail for back, each in zip(backs, calls, strict=True) for _ in each
            ]
            results = iter(self._exchange([call for each in calls for call in each], may_fail))
            for each, so_far in zip(calls, done, strict=True):
                so_far += [(call, next(results)) for call in each]
            calls = [
                back.inverse.further(back.call.params, back.target, back.now, so_far)
                if each
                else []
                for back, each, so_far in zip(backs, calls, done, strict=True)
            ]
        renamed = [
            pair
            for back, so_far in zip(backs, done, strict=True)
            if so_far
            for pair in back.inverse.renamed(back.call.params, back.target, back.now, so_far)
        ]
        stays = (
            card
            for back, so_far in zip(backs, done, strict=True)
            for card in back.inverse.staying(back.call.params, back.target, back.now, so_far)
        )
        self.outcome.blank = [*dict.fromkeys([*self.outcome.blank, *stays])]
        if renamed and self.recorder.store is not None:
            self.recorder.store.rename(self.recorder.run, renamed)
            self.known.add(renamed)

    def _exchange(self, calls: Sequence[Outgoing], may_fail: Sequence[frozenset[str]]) -> list[Any]:
        results: list[Any] = []
        following = len(calls)
        while (start := len(results)) < len(calls):
            end = min(self._pace.next(calls, start), following)
            group = calls[start:end]
            if self.recorder.foresees and end < len(calls):
                later = [Coming(c) for c in calls[end : self._pace.next(calls, end, ACTIONS)]]
                following = end + self.recorder.foresee(later, self._pace.next(calls, end) - end)
            begun = time.perf_counter()
            answers = self.recorder.exchange(group)
            self._pace.took(group, time.perf_counter() - begun - self.recorder.waited)
            for call, answer in zip(group, answers, strict=True):
                if answer.error == CHANGED_MEANWHILE:
                    raise _Meanwhile
                if answer.error is not None and call.action not in may_fail[len(results)]:
                    raise self.recorder.refused(call.action, answer.error)
                results.append(answer.result)
        return results


def _spoken(change: Change) -> str:
    """A change in a line, with what it holds now."""
    item, *keys = map(str, change.path or ("",))
    now = "not there" if change.now is ABSENT else json.dumps(change.now, ensure_ascii=False)
    return one_line(f"{' '.join([item, *keys])} is now {now}")


def described(change: Change) -> dict[str, Any]:
    """A change as data: what it is about, and its values."""
    item, *keys = change.path or ("",)
    values = {"before": change.before, "after": change.after, "now": change.now}
    return {
        "item": item,
        "what": ".".join(map(str, keys)),
        **{name: None if value is ABSENT else value for name, value in values.items()},
    }
