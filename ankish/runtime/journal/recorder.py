"""Every request that writes: looked at before, put down, sent, looked at after, put down.

The reads of what a group of writes changes go before it, and behind it in its own request. Those
before it go with the request before it if it is known by then what comes next (`ahead`), else in
one of their own. A group is in the journal, on the disk, before it is sent. When its answer is
lost, the reads are asked again, and only what they show to be missing is sent again (`lost`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ankish.diagnostics.kinds import anki as anki_kinds
from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.kinds import shell as shell_kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Span
from ankish.diagnostics.text import counted, listed
from ankish.runtime.chunks import Outgoing
from ankish.runtime.inverse.model import UNKNOWN, Backend, Inverse
from ankish.runtime.inverse.table import lookup
from ankish.runtime.inverse.wary import without_missing
from ankish.runtime.journal import records as r
from ankish.runtime.journal.after import After
from ankish.runtime.journal.ahead import NOTHING, Ahead
from ankish.runtime.journal.images import Images
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.known import WHERE, Known
from ankish.runtime.journal.look import Look
from ankish.runtime.journal.lost import settled
from ankish.runtime.journal.noted import asked, changes, failure, kept, plain
from ankish.runtime.journal.store import Store
from ankish.runtime.journal.verified import Shortfalls, judged
from ankish.runtime.protocols import Answer, Target

if TYPE_CHECKING:
    from ankish.runtime.coming import Coming

NOWHERE = Span(0, 0)


class Recorder:
    """A `Target` that keeps a journal of what passes through it.

    * **run** - what is going on; it is in the journal from its first write on, and has a
      number then.
    * **shortfalls** - what was not done of what Anki said was done.
    * **writes** - how many requests with writes were answered.
    """

    def __init__(self, target: Target, journals: Journals, run: r.Run, machine: str) -> None:
        self.target = target
        self.journals = journals
        self.run = run
        self.store: Store | None = None
        self.shortfalls = Shortfalls()
        self.sent: list[r.Sent] = []
        """The requests with writes, in order, as they are in the journal."""
        self.collection = ""
        self.waited = 0.0
        self._machine = machine
        self._reads: list[r.Sent] = []
        self._next: Ahead | None = None
        self._looks: Mapping[int, Look] = NOTHING
        """Looks before writes that are to come, by the identity of their actions."""
        self._known: Known | None = None

    @property
    def foresees(self) -> bool:
        """See `Target.foresees`. In this process a request costs nothing."""
        return self.run.backend is not Backend.EMBEDDED and not self.replaying

    def foresee(self, coming: Sequence[Coming], least: int) -> int:
        """See `Target.foresee`."""
        self._next = None
        if not coming:
            return 0
        decks, nowhere = self.target.likely_decks(), self.store is None
        self._next = Ahead(self.inverse, coming, least, decks, self._looks, nowhere)
        self._looks = {**self._looks, **self._next.looks}
        return self._next.many

    @property
    def replaying(self) -> bool:
        """Whether what is asked was asked before, so that nothing of it is new to the user."""
        return False

    rehearsing = False

    def file(self, path: str, gone: bool = False) -> None:
        """See `Target.file`."""

    def refused(self, action: str, said: str) -> AnkishError:
        """See `Target.refused`."""
        return self.target.refused(action, said)

    def decks(self) -> tuple[str, ...] | None:
        """See `Target.decks`."""
        return self.target.decks()

    def likely_decks(self) -> tuple[str, ...]:
        """See `Target.likely_decks`."""
        return self.target.likely_decks()

    def missing(self, noun: str) -> set[object]:
        """See `Target.missing`."""
        return self.shortfalls.missing(noun)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """See `Target.whole`. What is sent to take it back is a run of its own in the journal."""
        done = len(self.sent)
        try:
            yield
        except AnkishError as error:
            part = [each for each in self.sent[done:] if each.state != r.TAKEN]
            if not self.replaying and part:
                self._take_back(part, error)
            raise

    def _take_back(self, part: Sequence[r.Sent], error: AnkishError) -> None:
        """Take back a part of the run, after an error. Raises `AnkishError` if that fails too."""
        from ankish.runtime.journal.undo import take_back_part

        left = take_back_part(self, part)
        self._known = None
        names = [write.action for each in part for write in each.writes if write.happened]
        what = listed(dict.fromkeys(names), "and")
        taken = kinds.TAKEN_IN_PART if left else kinds.TAKEN_BACK
        told = [taken(what=what)] if names else []
        raise AnkishError(*error.diagnostics, *told, *left) from None

    def exchange(self, actions: Sequence[Outgoing], spans: Sequence[Span] = ()) -> Sequence[Answer]:
        """Send actions in one request, with what the journal wants to know about them."""
        if not any(changes(each.action) for each in actions):
            return self._read(actions)
        for at in range(1, len(actions)):
            if self._has_scope(actions[at]):
                ahead, self._next = self._next, None
                first = self.exchange(actions[:at], spans[:at])
                self._next = ahead
                return [*first, *self.exchange(actions[at:], spans[at:])]
        writes = [
            r.Write(each.action, kept(each), (span.start, span.end))
            for each, span in zip(actions, spans or [NOWHERE] * len(actions), strict=True)
        ]
        sent = r.Sent(r.SENT, [(each.action, each.params) for each in writes], writes=writes)
        begun = time.perf_counter()
        self._look_before(sent, actions)
        self._put_down(sent)
        self.waited = time.perf_counter() - begun
        return self.send(sent, actions)

    def _has_scope(self, action: Outgoing) -> bool:
        inverse = self.inverse(action.action)
        return inverse is not None and inverse.scope

    def _read(self, actions: Sequence[Outgoing]) -> Sequence[Answer]:
        """Reads go as they are; `resume` will want what they gave."""
        self.waited = 0.0
        sent = r.Sent(r.ANSWERED, asked(actions), begun=time.time())
        self._reads.append(sent)
        ahead = self._ahead()
        try:
            replies = self.target.exchange([*actions, *ahead.calls])
        except AnkishError as error:
            sent.state, sent.replies = r.UNSENT, [failure(error)]
            raise
        own = self._heard_of(ahead, actions, replies)
        sent.replies = [plain(each) for each in own]
        return own

    def _ahead(self) -> Ahead:
        """The look at what comes next, for the request that is about to be sent."""
        ahead, self._next, self._known = self._next, None, None
        nowhere = self.store is None and self.foresees
        ahead = ahead or Ahead(self.inverse, (), 0, where=nowhere)
        self._looks = ahead.looks
        return ahead

    def _heard_of(
        self, ahead: Ahead, sent: Sequence[Outgoing], replies: Sequence[Answer]
    ) -> list[Answer]:
        """Keep what a request has told of what comes; the answers to what was `sent`."""
        own, said = list(replies[: len(sent)]), [each.result for each in replies[len(sent) :]]
        self._known = Known()
        for call, reply in zip(sent, own, strict=True):
            if not changes(call.action):
                self._known.hear(call, reply.result)
        ahead.hear(self._known, sent, own, said)
        return own

    def images(self, sent: r.Sent, traces: bool = False) -> Images:
        """The reads that say what writes have changed; `traces` are for a lost answer."""
        return Images(self.again(write, sent.begun if traces else None) for write in sent.writes)

    def again(self, write: r.Write, traced: float | None = None) -> list[Outgoing]:
        """The reads that say what a write has changed, and those that find what it made."""
        inverse = self.inverse(write.action)
        if inverse is None or write.before is None:
            return []
        if write.again is None:
            write.again = inverse.again(write.params, write.before)
        reads = write.again
        return reads if traced is None else [*reads, *inverse.trace(write.params, traced)]

    def inverse(self, action: str) -> Inverse | None:
        """What is known of taking an action back."""
        return lookup(action, self.run.backend)

    def look(
        self, images: Images, *first: Outgoing, at_last: bool = False
    ) -> tuple[list[Any], list[list[Any]]]:
        """The results of `first`, and the answers to the reads; None where one is refused.

        `at_last`: a write is all that follows, and need not look again for what this one says.
        """
        calls = [*first, *images.calls]
        if not calls:
            return [], images.answers([])
        results = [each.result for each in self.target.exchange(calls)]
        if at_last:
            self._known = Known()
            for call, result in zip(calls, results, strict=True):
                self._known.hear(call, result)
        return results[: len(first)], images.answers(results[len(first) :])

    def _look_before(self, sent: r.Sent, actions: Sequence[Outgoing]) -> None:
        """Learn what there is, and open the journal of the collection that it is in."""
        inverses = [self.inverse(each.action) for each in actions]
        known = self._known if self._known is not None and self._known.fresh else Known()
        self._known = None
        looks = [
            self._looks.get(id(action)) or Look(inverse, action)
            for inverse, action in zip(inverses, actions, strict=True)
        ]
        [[folder], *answers] = self._told(
            known, [None, *inverses], [WHERE, *actions], [[WHERE], *(each.reads for each in looks)]
        )
        self.open(folder)
        for look, each in zip(looks, answers, strict=True):
            look.hear(each)
        self._refuse(sent, looks)
        _, further = self.look(Images(look.more() for look in looks))
        for write, look, second in zip(sent.writes, looks, further, strict=True):
            look.settle(write, second)

    def _refuse(self, sent: r.Sent, looks: Sequence[Look]) -> None:
        """Raise `AnkishError` for what would do something that nobody wants."""
        if self.run.kind != "run":  # what takes one back only puts back what was there
            return
        here, embedded = not self._machine, self.run.backend is Backend.EMBEDDED
        if problems := [
            fault.told(Span(*write.span))
            for write, look in zip(sent.writes, looks, strict=True)
            for fault in look.faults(here, embedded)
        ]:
            raise AnkishError(*problems)

    def _told(
        self,
        known: Known,
        inverses: Sequence[Inverse | None],
        actions: Sequence[Outgoing],
        wanted: Sequence[list[Outgoing]],
    ) -> list[list[Any]]:
        """The answers to reads for each action, of which those that are known are not asked."""
        told: list[list[Any]] = []
        for inverse, action, reads in zip(inverses, actions, wanted, strict=True):
            seen = known.image(inverse, action) if inverse is not None else None
            rest = reads[len(seen or ()) :]
            told.append([*(seen or ()), *(known.get(read) for read in rest)])
        left = [
            [read for read, answer in zip(reads, answers, strict=True) if answer is UNKNOWN]
            for reads, answers in zip(wanted, told, strict=True)
        ]
        _, found = self.look(Images(left))
        return [
            [answer if answer is not UNKNOWN else each.pop(0) for answer in answers]
            for answers, each in zip(told, found, strict=True)
        ]

    def open(self, folder: Any) -> Store:
        """The journal of the collection whose media are in a folder; the same all the time."""
        collection = f"{self._machine}{folder or 'unknown'}"
        if self.store is None:
            self.collection, self.store = collection, self.journals.store(collection)
        elif collection != self.collection:
            raise kinds.OTHER_COLLECTION.error()
        return self.store

    def _put_down(self, sent: r.Sent) -> None:
        assert self.store is not None
        sent.begun = time.time()
        if self.run.id:
            self.store.intend(self.run, [*self._reads, sent])
        else:
            self.journals.live()
            self.store.begin(self.run, [*self._reads, sent])
        self._reads = []
        self.sent.append(sent)

    def send(self, sent: r.Sent, actions: Sequence[Outgoing]) -> list[Answer]:
        """Send a group of writes that is in the journal, and put down what became of it."""
        verifying = After(self, sent)
        ahead = self._ahead()
        around = [*self.fitted(sent, actions), *verifying.calls]
        try:
            replies = list(self.target.exchange([*around, *ahead.calls]))
        except AnkishError as error:
            if error.diagnostics[0].code not in anki_kinds.UNCERTAIN:
                sent.replies = [failure(error)]
                self._answered(sent, r.UNSENT)
                raise
            results, after = settled(self, sent, actions, error)
        else:
            replies = self._heard_of(ahead, around, replies)
            results = replies[: len(actions)]
            said = [each.result for each in replies[len(actions) :]]
            after = verifying.answers(said)
        self.heard(sent, actions, results, after, verifying.checks)
        return results

    def fitted(self, sent: r.Sent, actions: Sequence[Outgoing]) -> list[Outgoing]:
        """Actions as they are sent: without what does not exist, where that would fail all."""
        return [
            without_missing(action, self.inverse(action.action), write.before)
            for action, write in zip(actions, sent.writes, strict=True)
        ]

    def heard(
        self,
        sent: r.Sent,
        actions: Sequence[Outgoing],
        replies: Sequence[Answer],
        after: Sequence[list[Any]],
        checks: Sequence[list[Any]] = (),
    ) -> None:
        """Put down what became of a request: replies, what is there now, and verdicts."""
        for write, reply, seen in zip(sent.writes, replies, after, strict=True):
            write.after = seen if write.before is not None else None
            write.reply = plain(reply)
        judged(sent, actions, [self.inverse(each.action) for each in actions], checks)
        self.shortfalls.note(sent)
        self._answered(sent, r.ANSWERED)

    def _answered(self, sent: r.Sent, state: str) -> None:
        assert self.store is not None
        sent.state = state
        self.store.answer(sent)

    def beside(self, kind: str) -> Recorder:
        """What keeps the journal of another run, which is about this one."""
        name = f"{kind} {self.run.called}"
        new = r.new(kind, name, name, self.journals.session, self.run.backend, self.run.id)
        recorder = Recorder(self.target, self.journals, new, self._machine)
        recorder.store, recorder.collection = self.store, self.collection
        return recorder

    @contextmanager
    def ended(self) -> Iterator[None]:
        """Put down how what is done in this context ends. An error tells what was done before."""
        try:
            yield
        except AnkishError as error:
            stopped = error.diagnostics[0].code == shell_kinds.STOPPED.code
            self.end(r.STOPPED if stopped else r.FAILED, error.diagnostics[0].message)
            raise AnkishError(*error.diagnostics, *self._so_far()) from error
        except KeyboardInterrupt:
            self.end(r.STOPPED)
            raise AnkishError(shell_kinds.AT_ONCE(), *self._so_far()) from None
        except BaseException:
            self.end(r.STOPPED)
            raise
        self.end(r.DONE)

    def _so_far(self) -> Iterator[Diagnostic]:
        """What was done before a run stopped."""
        answered = [each for each in self.sent if each.state == r.ANSWERED]
        done = [each for each in answered if any(write.happened for write in each.writes)]
        doubt = sum(1 for each in self.sent if each.state == r.SENT)
        if done or doubt:
            count = counted(len(done), "request")
            yield kinds.SO_FAR(
                run=self.run.called, done=count, doubt=doubt or None, again=self._again_by()
            )

    def _again_by(self) -> str | None:
        """What goes on with a run that has stopped: an undo is not resumed, but said again."""
        if self.run.kind == "run":
            return f"resume {self.run.called}"
        return self.run.name if self.run.kind in ("undo", "redo") else None

    def end(self, state: str, message: str = "") -> None:
        """Put down how the run ended, if it has written anything."""
        if self.store is not None and self.run.id:
            self.store.end(self.run, state, message, self._reads)
            self.journals.forget_old(self.store, self.run.id)
