"""Carries out a plan, step by step.

Steps are done for frames: one for the program, one for each item inside `each`. A step is
done for all frames before the next one starts, so that one request serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from ankish.data import replace
from ankish.diagnostics.kinds import anki as anki_kinds
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Label, Span
from ankish.diagnostics.nearest import nearest
from ankish.plan import model as m
from ankish.runtime import files
from ankish.runtime.assemble import assemble
from ankish.runtime.chunks import Outgoing, joined, parts, requests
from ankish.runtime.evaluate import as_text, evaluate, truth
from ankish.runtime.kinds_of import kind_of
from ankish.runtime.verbs import do_verb

Frame = dict[int, Any]

NAMES = frozenset({"deck", "model", "tag", "media", "profile", "template", "field"})
"""Names, which are never empty: AnkiConnect takes an empty one for something else."""


class Answer(Protocol):
    """What comes back for one action."""

    @property
    def result(self) -> Any:
        """The result, if there is no error."""

    @property
    def error(self) -> str | None:
        """What Anki says against it."""


class Target(Protocol):
    """Whoever carries actions out: a running Anki or the embedded engine."""

    def exchange(self, actions: Sequence[Outgoing]) -> Sequence[Answer]:
        """Send actions in one request."""

    def refused(self, action: str, said: str) -> AnkishError:
        """The error for an action that was refused."""

    def decks(self) -> tuple[str, ...] | None:
        """The decks there are, to look up names that are computed."""


class Output(Protocol):
    """Where results go."""

    def show(self, step: m.Show, value: Any, of: Any) -> None:
        """Show a result."""


class Execution:
    """One run of a plan."""

    def __init__(self, target: Target, output: Output) -> None:
        self.target = target
        self.output = output

    def run(self, plan: m.Plan, frame: Frame) -> None:
        """Do all steps; `frame` keeps the values."""
        self.steps(plan.steps, [frame])

    def steps(self, steps: Iterable[m.Step], frames: list[Frame]) -> None:
        """Do steps for all frames."""
        if frames:
            for step in steps:
                _DO[type(step)](self, step, frames)

    def exchange(self, step: m.Exchange, frames: list[Frame]) -> None:
        """Send actions of all frames, in as few requests as their number allows."""
        asked = [(ask, frame) for ask in step.asks for frame in frames]
        cut: list[list[Outgoing]] = []
        for ask, frame in asked:
            self._check_decks(ask, frame)
            params = _params(ask, frame)
            cut.append([] if _on_nothing(ask, params) else parts(Outgoing(ask.action, params)))
        changes = any(ask.effect.changes for ask in step.asks)
        whose = [ask for (ask, _), pieces in zip(asked, cut, strict=True) for _ in pieces]
        results = iter(self._sent([piece for pieces in cut for piece in pieces], whose, changes))
        for (ask, frame), pieces in zip(asked, cut, strict=True):
            frame[ask.slot] = joined([next(results) for _ in pieces]) if pieces else None

    def _sent(self, waiting: list[Outgoing], whose: list[m.Ask], changes: bool) -> list[Any]:
        """The results of actions. When one is refused, no further request is sent."""
        results: list[Any] = []
        for group in requests(waiting, changes):
            try:
                answers = self.target.exchange(group)
            except AnkishError as error:
                raise placed(error, whose[len(results)].span) from None
            for answer in answers:
                ask = whose[len(results)]
                if ask.tolerant:
                    results.append(_verdict(answer))
                    continue
                if answer.error is not None:
                    raise placed(self.target.refused(ask.action, answer.error), ask.span)
                if answer.result is False and ask.command is not None and ask.command.false_means:
                    why = ask.command.false_means
                    raise anki_kinds.NOT_DONE.error(ask.span, action=ask.action, why=why)
                results.append(answer.result)
        return results

    def _check_decks(self, ask: m.Ask, frame: Frame) -> None:
        """A deck whose name is computed has to exist, or Anki would make it."""
        for expression in ask.decks:
            name = evaluate(expression, frame)
            decks = self.target.decks()
            if decks is not None and name not in decks:
                near = next(iter(nearest(str(name), decks, 1)), None)
                raise kinds.NO_DECK.error(expression.span, name=name, near=near)

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
        for frame in frames:
            frame[step.slot] = do_verb(step, frame)

    def show(self, step: m.Show, frames: list[Frame]) -> None:
        """Show results."""
        if step.form == "report" and step.value is not None and len(frames) > 1:
            changed = [item for frame in frames for item in evaluate(step.value, frame)]
            self.output.show(step, changed, None)
            return
        for frame in frames:
            value = None if step.value is None else evaluate(step.value, frame)
            of = None if step.of is None else evaluate(step.of, frame)
            self.output.show(step, value, of)

    def save(self, step: m.Save, frames: list[Frame]) -> None:
        """Write files."""
        for frame in frames:
            path, form = evaluate(step.path, frame), evaluate(step.format, frame)
            files.write(evaluate(step.value, frame), path, form, step.span)

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
            for item in _items(step, frame):
                frame[step.item] = item
                self.steps(step.body, [frame])

    def every(self, step: m.Every, frames: list[Frame]) -> None:
        """Do steps for all items of all frames together."""
        inner: list[list[Frame]] = [
            [{**frame, step.item: item} for item in _items(step, frame)] for frame in frames
        ]
        self.steps(step.body, [each for group in inner for each in group])
        for frame, group in zip(frames, inner, strict=True):
            if step.result is not None:
                frame[step.slot] = [evaluate(step.result, each) for each in group]
            else:
                frame[step.slot] = None

    def attempt(self, step: m.Attempt, frames: list[Frame]) -> None:
        """Do steps; when they fail, do others, which know why."""
        for frame in frames:
            try:
                self.steps(step.body, [frame])
            except AnkishError as error:
                frame[step.error] = caught(error)
                self.steps(step.handler, [frame])

    def stop(self, step: m.Stop, frames: list[Frame]) -> None:
        """The program's own failure."""
        for frame in frames:
            message = as_text(evaluate(step.message, frame), step.message.span)
            raise kinds.FAILED.error(step.span, message=message)


_DO: dict[type, Any] = {
    m.Exchange: Execution.exchange,
    m.Make: Execution.make,
    m.Assemble: Execution.assemble,
    m.Verb: Execution.verb,
    m.Show: Execution.show,
    m.Save: Execution.save,
    m.Branch: Execution.branch,
    m.Loop: Execution.loop,
    m.Every: Execution.every,
    m.Attempt: Execution.attempt,
    m.Stop: Execution.stop,
}


def _params(ask: m.Ask, frame: Frame) -> dict[str, Any]:
    if "*" in ask.params:  # `call` with a record that is computed
        given = evaluate(ask.params["*"], frame)
        if not isinstance(given, dict):
            raise kinds.NOT_A_RECORD.error(ask.params["*"].span, given=kind_of(given))
        return dict(given)
    params = {name: evaluate(value, frame) for name, value in ask.params.items()}
    for param in ask.command.params if ask.command is not None else ():
        nameless = param.type.name in NAMES and param.empty is None
        if nameless and params.get(param.name) == "":
            raise kinds.EMPTY_NAME.error(ask.span, action=ask.action, name=param.name)
    return params


def _on_nothing(ask: m.Ask, params: dict[str, Any]) -> bool:
    """Whether a verb was given no cards or notes: then there is nothing to send.

    Some actions take an empty list for everything there is.
    """
    command = ask.command
    verb = command is not None and command.hands_on and command.effect.changes
    return verb and params.get(command.subject or "") == []  # type: ignore[union-attr]


def _verdict(answer: Answer) -> dict[str, Any]:
    return {"ok": answer.error is None, "result": answer.result, "error": answer.error}


def _items(step: m.Loop | m.Every, frame: Frame) -> list[Any]:
    items = evaluate(step.items, frame)
    if not isinstance(items, list):
        raise kinds.NOT_A_LIST.error(step.span, verb="each", given=kind_of(items))
    return items


def caught(error: AnkishError) -> dict[str, Any]:
    """An error as a value of the language: `e.message`, `e.code`, `e.help`."""
    first = error.diagnostics[0]
    return {"message": first.message, "code": first.code, "help": "; ".join(first.helps)}


def placed(error: AnkishError, span: Span) -> AnkishError:
    """The same error, at the place of the program that led to it."""
    return AnkishError(*(_placed(problem, span) for problem in error.diagnostics))


def _placed(problem: Diagnostic, span: Span) -> Diagnostic:
    return problem if problem.labels else replace(problem, labels=(Label(span),))
