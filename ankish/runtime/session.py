"""The whole path: text → syntax tree → checked program → plan → executed.

A session lasts as long as the connection; variables of one program are there for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ankish.analysis import core
from ankish.analysis.check import Result, check
from ankish.analysis.script import Given, read_arguments
from ankish.analysis.world import Unknown, World
from ankish.anki.client import Client
from ankish.anki.world import WorldSource
from ankish.catalog.model import Effect
from ankish.data import dataclass, field
from ankish.diagnostics.kinds import run as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.diagnostics.text import listed
from ankish.plan.lower import lower
from ankish.plan.merge import merge
from ankish.plan.model import Ask, Plan, asks
from ankish.runtime.execute import Execution, Frame, Output
from ankish.runtime.libraries import Sources, load, macros_of
from ankish.runtime.target import ClientTarget

Warn = Callable[[tuple[Diagnostic, ...]], None]


def _place(problem: Diagnostic) -> int:
    return problem.span.start if problem.span else 0


def _loss(ask: Ask) -> str:
    """What an action loses, in a few words."""
    why = ask.command.why if ask.command is not None else None
    return why or "what it changes can't be put back as it was"


class ProgramError(AnkishError):
    """The program has mistakes; nothing was sent."""


@dataclass
class Session:
    """Programs and a connection to run them over.

    * **connect** - makes the client when it is first needed.
    * **keep** - variables last from one program to the next, as in the shell.
    * **preview** - results of cards and notes are shown as tables.
    * **confirm** - asks the user about actions that lose something for good; None if nobody
      can be asked, as in a script.
    * **yes** - the user has said that they may.
    """

    connect: Callable[[], Client]
    keep: bool = False
    preview: bool = False
    confirm: Callable[[Sequence[Ask]], bool] | None = None
    yes: bool = False
    _client: Client | None = None
    _world: WorldSource | None = None
    _bindings: tuple[core.Binding, ...] = ()
    _macros: tuple[Source, ...] = ()
    _values: dict[core.Binding, Any] = field(default_factory=dict)
    _frame: Frame = field(default_factory=dict)

    @property
    def client(self) -> Client:
        """The client; connecting is done when something is sent."""
        if self._client is None:
            self._client = self.connect()
        return self._client

    @property
    def world(self) -> WorldSource:
        """What exists in the collection, asked for part by part."""
        if self._world is None:
            self._world = WorldSource(self.client)
        return self._world

    def check(
        self, source: Source, arguments: Sequence[str] | None = None, *, offline: bool = False
    ) -> Result:
        """Parse and check a program, with as few questions to Anki as it needs.

        `arguments` are those of a script; None if it is only checked. What is wrong whatever
        the collection holds is found before anything is asked; `offline`, nothing is, and a
        warning says what that leaves open. Raises `ProgramError` with all mistakes.
        """
        return self._check(load(source, self._macros), arguments, offline)

    def _check(
        self, sources: Sources, arguments: Sequence[str] | None, offline: bool = False
    ) -> Result:
        given = None
        if arguments is not None:
            try:
                name = sources.whole.name
                given = read_arguments(sources.program.program, name, arguments)
            except AnkishError as error:
                raise ProgramError(*error.diagnostics) from None
        unknown = Unknown()
        result = self._checked(sources, unknown, given)
        written = sources.program.diagnostics + sources.problems
        result = Result(result.checked, (*written, *result.diagnostics))
        if offline and unknown.wanted:
            left = kinds.UNCHECKED(names=listed(sorted(unknown.wanted - {"details"}), "and"))
            result = Result(result.checked, (*result.diagnostics, left))
        elif result.ok and unknown.wanted:
            self.world.prefetch(unknown.wanted)
            result = self._checked(sources, self.world, given)
        problems = tuple(map(sources.placed, sorted(result.diagnostics, key=_place)))
        if not result.ok:
            raise ProgramError(*problems)
        return Result(result.checked, problems)

    def _checked(self, sources: Sources, world: World, given: Given | None) -> Result:
        return check(
            sources.program.program,
            sources.whole,
            world,
            self._bindings,
            keep=self.keep,
            given=given,
            known=sources.known,
            used=sources.used,
        )

    def plan(self, result: Result) -> Plan:
        """The plan of a checked program, its actions merged into requests."""
        plan = lower(result.checked, self._values, self.preview)
        return Plan(merge(plan.steps), plan.variables)

    def run(
        self, source: Source, output: Output, warn: Warn, arguments: Sequence[str] = ()
    ) -> None:
        """Check, plan and carry out a program. `warn` is given the warnings before it runs.

        Raises `ProgramError` before anything is sent, and `AnkishError` when an action
        fails; what was done before stays done.
        """
        sources = load(source, self._macros)
        result = self._check(sources, arguments)
        if result.diagnostics:
            warn(result.diagnostics)
        plan = self.plan(result)
        try:
            self._ask_first(plan)
            Execution(ClientTarget(self.client, self.world), output).run(plan, self._frame)
        except ProgramError as error:
            raise ProgramError(*map(sources.placed, error.diagnostics)) from None
        except AnkishError as error:
            raise AnkishError(*map(sources.placed, error.diagnostics)) from None
        if self.keep:
            self._values = plan.variables
            lets = [s.binding for s in result.checked.statements if isinstance(s, core.Let)]
            self._bindings = (*self._bindings, *lets)
            self._macros = (*self._macros, *macros_of(sources))

    def _ask_first(self, plan: Plan) -> None:
        """Make sure that what loses something for good is wanted. Raises `ProgramError` if not."""
        lossy = [ask for ask in asks(plan.steps) if ask.effect is Effect.DESTRUCTIVE]
        if not lossy or self.yes or (self.confirm is not None and self.confirm(lossy)):
            return
        kind = kinds.NEEDS_YES if self.confirm is None else kinds.NOT_CONFIRMED
        raise ProgramError(*(kind(ask.span, action=ask.action, why=_loss(ask)) for ask in lossy))

    def close(self) -> None:
        """Let go of the connection, or close the collection."""
        if self._client is not None:
            self._client.close()
