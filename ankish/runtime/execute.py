"""Carries out a plan, step by step.

Steps are done for frames: one for the program, one for each item inside `each`. A step is
done for all frames before the next one starts, so that one request serves them all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from ankish.analysis.guards import WANTS_DECKS
from ankish.analysis.reach import NONE, Limits
from ankish.catalog.kinds_of import kind_of
from ankish.diagnostics.kinds import anki as anki_kinds
from ankish.diagnostics.kinds import run as run_kinds
from ankish.diagnostics.kinds import shell as shell_kinds
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic
from ankish.plan import model as m
from ankish.runtime import sizes
from ankish.runtime.answered import result_of
from ankish.runtime.asking import calls_of
from ankish.runtime.assemble import assemble
from ankish.runtime.chunks import Outgoing, joined, most_items, parts
from ankish.runtime.claims import claim
from ankish.runtime.coming import Coming, coming, foretell
from ankish.runtime.evaluate import evaluate, truth
from ankish.runtime.failing import caught, placed, within_call
from ankish.runtime.first import check_reach
from ankish.runtime.missing import check_asked, check_computed
from ankish.runtime.pace import ENOUGH, Pace
from ankish.runtime.plural import Together
from ankish.runtime.protocols import Output, Target, User
from ankish.runtime.several import ask_of, closed, opened, verdict_of
from ankish.runtime.texts import as_text

if TYPE_CHECKING:
    from ankish.runtime.consent import Consent

Frame = dict[int, Any]


class Execution:
    """One run of a plan.

    * **notice** - is told what the user should know while it runs.
    * **progress** - is told how many items of how many are done, after each request of a step.
    * **user** - answers `ask` and `confirm`; with `yes` the latter are answered already.
    * **consent** - is asked before something is written; None if nobody is.
    * **limits** - what may not be reached: files, the network.
    * **pace** - what is known of how fast Anki is.
    * **plural** - actions over one card or note each go as one over all; off in tests alone.
    """

    def __init__(
        self,
        target: Target,
        output: Output,
        notice: Callable[[Diagnostic], object] = bool,
        progress: Callable[[int, int], None] | None = None,
        user: User | None = None,
        yes: bool = False,
        consent: Consent | None = None,
        limits: Limits = NONE,
        pace: Pace | None = None,
    ) -> None:
        self.consent = consent
        self.limits = limits
        self.target = target
        self.user = user
        self.yes = yes
        self.output = output
        self.notice = notice
        self.progress = progress
        self.pace = pace if pace is not None else Pace()
        self.plural = True
        self._told = False
        self._in_turn: dict[int, list[tuple[m.Show, Any, Any]]] | None = None
        """What loops have to show, by frame, where all items go together."""

    def run(self, plan: m.Plan, frame: Frame) -> None:
        """Do all steps; `frame` keeps the values."""
        self.plural = plan.options.plural
        self.steps(plan.steps, [frame])

    def steps(
        self, steps: Sequence[m.Step], frames: list[Frame], then: Sequence[m.Step] = ()
    ) -> None:
        """Do steps for all frames. `then` is what comes after them, if that is known."""
        if frames:
            for at, step in enumerate(steps):
                if isinstance(step, m.Exchange):  # its actions may be of several calls
                    self.exchange(step, frames, [*steps[at + 1 :], *then])
                    continue
                with within_call(step.span):
                    _DO[type(step)](self, step, frames)

    def exchange(self, step: m.Exchange, frames: list[Frame], then: Sequence[m.Step] = ()) -> None:
        """Send actions of all frames, in as few requests as their number allows."""
        made = [(ask, self._calls(ask, frames)) for ask in step.asks]
        pieces = [(ask, each, self._pieces(ask, each)) for ask, calls in made for each in calls]
        pairs = [pair for _, _, some in pieces for pair in some]
        check_reach(pairs, self.limits)
        if self.consent is not None and not self.target.replaying:
            self.consent.allow(pairs)
        waiting, whose = [call for _, call in pairs], [ask for ask, _ in pairs]
        results = iter(
            self._sent(waiting, whose, lambda: coming(step.asks, then, frames, self.plural))
        )
        for ask, each, some in pieces:
            said = [next(results) for _ in some]
            inside = ask.action == "multi" and some[0][1] is not each.outgoing
            result = closed(each.outgoing, said) if inside else joined(said)
            if ask.ordered:
                result = sorted(set(result))
            for place, share in each.shares(result):
                frames[place][ask.slot] = share

    @staticmethod
    def _pieces(ask: m.Ask, call: Together) -> list[tuple[m.Ask, Outgoing]]:
        """What an action is sent as: cut where it is too large, opened if it is several."""
        inner = opened(call.outgoing) if ask.action == "multi" else []
        if inner:
            return [(ask_of(ask, each), each) for each in inner]
        return [(ask, part) for part in parts(call.outgoing)]

    def _calls(self, ask: m.Ask, frames: list[Frame]) -> list[Together]:
        """What an action comes to for all frames, as few calls as there can be."""
        check = partial(check_computed, self.target)
        made = calls_of(ask, frames, self.plural, check)
        if ask.action in WANTS_DECKS:
            check_asked(self.target, ask, [each.outgoing for each in made])
        for frame in frames:
            frame[ask.slot] = None
        return made

    def _sent(
        self, waiting: list[Outgoing], whose: list[m.Ask], then: Callable[[], list[Coming]]
    ) -> list[Any]:
        """The results of actions. When one is refused, no further request is sent.

        `then` says what is written after them.
        """
        results: list[Any] = []
        done, total = 0, sum(each.items for each in waiting)
        following = len(waiting)
        while (start := len(results)) < len(waiting):
            end = min(self.pace.next(waiting, start), following)
            group = waiting[start:end]
            spans = [ask.span for ask in whose[start:end]]
            if self.target.foresees:
                following = foretell(self.target, self.pace, waiting, whose, end, then)
            begun = time.perf_counter()
            try:
                answers = self.target.exchange(group, spans)
            except AnkishError as error:
                raise placed(error, whose[len(results)].span) from None
            self._took(group, whose[start], time.perf_counter() - begun - self.target.waited)
            for answer in answers:
                ask = whose[len(results)]
                if ask.tolerant:
                    results.append(verdict_of(answer))
                    continue
                call = waiting[len(results)]
                results.append(result_of(self.target, self.notice, ask, call, answer))
            done += sum(each.items for each in group)
            if self.progress is not None and total > 1:
                self.progress(done, total)
        return results

    def _took(self, group: Sequence[Outgoing], first: m.Ask, seconds: float) -> None:
        """Learn from how long a request took; writes that are slow are mentioned once."""
        if self.target.replaying:
            return
        self.pace.took(group, seconds)
        slow = self.pace.slow(first.action) if first.effect.changes else None
        if slow is not None and len(group) >= ENOUGH and not self._told:
            self._told = True
            per_second = max(int(1 / slow), 1)
            self.notice(anki_kinds.SLOW(first.span, action=first.action, per_second=per_second))

    def make(self, step: m.Make, frames: list[Frame]) -> None:
        """Compute a value."""
        for frame in frames:
            frame[step.slot] = evaluate(step.value, frame)

    def assemble(self, step: m.Assemble, frames: list[Frame]) -> None:
        """Put rows together."""
        for frame in frames:
            frame[step.slot] = assemble(step, frame)

    def verb(self, step: m.Verb, frames: list[Frame]) -> None:
        """Do a verb."""
        from ankish.runtime.verbs import do_verb  # 1 ms, and many programs have none

        for frame in frames:
            frame[step.slot] = do_verb(step, frame)

    def show(self, step: m.Show, frames: list[Frame]) -> None:
        """Show results."""
        if self.target.replaying:
            return
        if (
            step.form == "report" and len(frames) > 1 and self._in_turn is None
        ):  # one line for all, however many there are
            changed: list[Any] = [None for _ in frames]
            if step.value is not None:
                found = [evaluate(step.value, frame) for frame in frames]
                changed = [
                    item for each in found for item in (each if isinstance(each, list) else [each])
                ]
            self.output.show(step, changed, None)
            return
        for frame in frames:
            value = None if step.value is None else evaluate(step.value, frame)
            if step.form == "report" and isinstance(value, list):
                missing = self.target.missing(step.type.name.removesuffix("s"))
                value = [each for each in value if each not in missing] if missing else value
            of = None if step.of is None else evaluate(step.of, frame)
            self._output(frame, step, value, of)

    def _output(self, frame: Frame, step: m.Show, value: Any, of: Any) -> None:
        """Show something of a frame, now or when it is its turn."""
        if self._in_turn is None:
            self.output.show(step, value, of)
        else:
            self._in_turn.setdefault(id(frame), []).append((step, value, of))

    def atomic(self, step: m.Atomic, frames: list[Frame]) -> None:
        """Do steps, and take them back when one of them fails."""
        with self.target.whole():
            self.steps(step.body, frames)

    def save(self, step: m.Save, frames: list[Frame]) -> None:
        """Write files."""
        from ankish.runtime import files  # it knows all formats: few programs save anything

        if self.target.replaying:
            return
        for frame in frames:
            path, form = evaluate(step.path, frame), evaluate(step.format, frame)
            switches = {name: bool(evaluate(each, frame)) for name, each in step.switches}
            if self.target.rehearsing:
                files.free(str(path), step.span, **switches)
                self.target.file(str(path))
                continue
            files.write(evaluate(step.value, frame), path, form, step.span, **switches)

    def remove(self, step: m.Remove, frames: list[Frame]) -> None:
        """Remove files."""
        from ankish.runtime import files

        paths = [str(evaluate(step.path, frame)) for frame in frames]
        if self.consent is not None and not self.target.replaying:
            self.consent.removal(paths, step.span)
        for path in paths:
            if self.target.rehearsing:
                self.target.file(path, gone=True)
            elif not self.target.replaying:
                files.remove(path, step.span)

    def prompt(self, step: m.Prompt, frames: list[Frame]) -> None:
        """Ask the user; without one, the default answers."""
        for frame in frames:
            question = as_text(evaluate(step.question, frame), step.question.span)
            default = evaluate(step.default, frame)
            answer: Any = True if self.yes and step.form == "confirm" else None
            if answer is None and self.user is not None:
                answer = getattr(self.user, step.form)(question, default)
            answer = default if answer is None else answer
            if answer is None:
                raise run_kinds.NOBODY.error(step.span, command=step.form)
            frame[step.slot] = answer

    def branch(self, step: m.Branch, frames: list[Frame]) -> None:
        """Do the steps of the first condition that holds, for each frame."""
        for test, body in step.branches:
            holds = [frame for frame in frames if truth(evaluate(test, frame), test.span)]
            self.steps(body, holds)
            frames = [frame for frame in frames if all(frame is not each for each in holds)]
        self.steps(step.otherwise, frames)

    def loop(self, step: m.Loop, frames: list[Frame]) -> None:
        """Do steps for every item, in order."""
        for frame in frames:
            items = _items(step, frame)
            if self.consent is not None and not self.target.replaying:
                self.consent.turns(step, len(items))
            for at, item in enumerate(items):
                frame[step.item] = item
                self.steps(step.body, [frame], [step.rest(items[at + 1 : at + 2])])

    def every(self, step: m.Every, frames: list[Frame]) -> None:
        """Do steps for all items of all frames together."""
        items = [_items(step, frame) for frame in frames]
        sizes.room(step.span, sum(map(len, items)), "each")
        inner: list[list[Frame]] = [
            [{**frame, step.item: item} for item in group]
            for frame, group in zip(frames, items, strict=True)
        ]
        held, self._in_turn = self._in_turn, {} if step.in_turn else self._in_turn
        self.steps(step.body, [each for group in inner for each in group])
        if step.in_turn:
            shown, self._in_turn = self._in_turn or {}, held
            for frame, group in zip(frames, inner, strict=True):
                for each in group:
                    for piece in shown.get(id(each), []):
                        self._output(frame, *piece)
        for frame, group in zip(frames, inner, strict=True):
            if step.result is not None:
                frame[step.slot] = made = []
                size = 0
                for each in group:
                    made.append(evaluate(step.result, each))
                    size += len(made[-1]) if isinstance(made[-1], list) else 1
                    sizes.room(step.span, size, "list")
            else:
                frame[step.slot] = None

    def stream(self, step: m.Stream, frames: list[Frame]) -> None:
        """Make rows, so many at a time as one action takes ids."""
        size = min(most_items(ask.action) for ask in m.asks(step.body))
        for frame in frames:
            ids = evaluate(step.ids, frame)
            rows: list[Any] = []
            for at in range(0, max(len(ids), 1), size):
                part = {**frame, step.ids.slot: ids[at : at + size]}
                self.steps(step.body, [part])
                rows += part[step.slot]
            frame[step.slot] = rows

    def attempt(self, step: m.Attempt, frames: list[Frame]) -> None:
        """Do steps; when they fail, do others, which know why."""
        for frame in frames:
            try:
                self.steps(step.body, [frame])
            except AnkishError as error:
                if error.diagnostics[0].code == shell_kinds.STOPPED.code:
                    raise
                frame[step.error] = caught(error)
                self.steps(step.handler, [frame])

    def stop(self, step: m.Stop, frames: list[Frame]) -> None:
        """The program's own failure."""
        for frame in frames:
            message = as_text(evaluate(step.message, frame), step.message.span)
            raise kinds.FAILED.error(step.span, message=message)

    def claim(self, step: m.Claim, frames: list[Frame]) -> None:
        """Make sure that something holds."""
        for frame in frames:
            claim(step, frame)


_DO: dict[type, Any] = {
    m.Make: Execution.make,
    m.Assemble: Execution.assemble,
    m.Verb: Execution.verb,
    m.Show: Execution.show,
    m.Save: Execution.save,
    m.Remove: Execution.remove,
    m.Prompt: Execution.prompt,
    m.Branch: Execution.branch,
    m.Loop: Execution.loop,
    m.Every: Execution.every,
    m.Attempt: Execution.attempt,
    m.Stream: Execution.stream,
    m.Atomic: Execution.atomic,
    m.Stop: Execution.stop,
    m.Claim: Execution.claim,
}


def _items(step: m.Loop | m.Every, frame: Frame) -> list[Any]:
    items = evaluate(step.items, frame)
    if not isinstance(items, list):
        raise kinds.NOT_A_LIST.error(step.span, verb="each", given=kind_of(items))
    return items
