"""What would stop a plan half-way and can be told before it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ankish.analysis import core
from ankish.analysis.reach import Limits, forbidden, of_steps, written
from ankish.data import replace
from ankish.diagnostics.kinds import run as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity
from ankish.diagnostics.text import listed
from ankish.plan.model import Ask, Plan, Prompt, Remove, Save, Verb, every
from ankish.runtime.chunks import Outgoing
from ankish.runtime.protocols import User


class ProgramError(AnkishError):
    """The program has mistakes; nothing was sent."""


def check_first(plan: Plan, user: User | None, yes: bool) -> None:
    """Raise `ProgramError` for files that are in the way, and questions that nobody answers.

    `user` answers `ask` and `confirm`, if there is one; `yes` answers `confirm` as well.
    """
    problems = [*_files(plan), *(() if user is not None else _questions(plan, yes))]
    if problems:
        raise ProgramError(*problems)


def check_limits(plan: Plan, limits: Limits) -> None:
    """Raise `ProgramError` for what is forbidden, as far as it is written in the program."""
    problems: list[Diagnostic] = []
    for step in every(plan.steps):
        if isinstance(step, Save):
            problems += of_steps("save", limits, step.span)
        elif isinstance(step, Remove):
            problems += of_steps("rm", limits, step.span)
        elif isinstance(step, Verb):
            problems += of_steps(step.verb, limits, step.span)
        elif isinstance(step, Ask):
            problems += forbidden(step.action, written(step.params), limits, step.span)
    if problems:
        raise ProgramError(*dict.fromkeys(problems))


def check_reach(calls: Iterable[tuple[Ask, Outgoing]], limits: Limits) -> None:
    """Raise `AnkishError` for a request that is forbidden, before it is sent."""
    for ask, call in calls if limits else ():
        if problems := list(forbidden(ask.action, call.params, limits, ask.span)):
            raise AnkishError(*problems)


def _files(plan: Plan) -> Iterator[Diagnostic]:
    """Files that the program may not write over."""
    for step in every(plan.steps):
        if (
            isinstance(step, Save)
            and isinstance(step.path, core.Literal)
            and not {"force", "append"} & dict(step.switches).keys()
        ):
            from ankish.diagnostics.kinds import file as file_kinds
            from ankish.runtime.files import exists  # few programs save anything

            if exists(str(step.path.value)):
                yield file_kinds.EXISTS(step.span, path=step.path.value)


def _questions(plan: Plan, yes: bool) -> Iterator[Diagnostic]:
    """Questions to the user that have no answer of their own."""
    for step in every(plan.steps):
        if (
            isinstance(step, Prompt)
            and isinstance(step.default, core.Literal)
            and step.default.value is None
            and not (yes and step.form == "confirm")
        ):
            yield kinds.NOBODY(step.span, command=step.form)


def words_of(parts: set[str]) -> str:
    """The parts of the world in words."""
    words = {"models": "note types", "details": "fields"}
    return listed(sorted(words.get(part, part) for part in parts), "and") if parts else ""


def with_note(problems: Sequence[Diagnostic], left: str) -> Sequence[Diagnostic]:
    """The last error says which names were not looked up."""
    if not left:
        return problems
    note = kinds.NOT_LOOKED_UP(names=left).message
    last = max(at for at, each in enumerate(problems) if each.severity is Severity.ERROR)
    noted = replace(problems[last], notes=(*problems[last].notes, note))
    return (*problems[:last], noted, *problems[last + 1 :])
