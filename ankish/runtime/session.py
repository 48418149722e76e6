"""The whole path: text → syntax tree → checked program → plan → executed.

A session lasts as long as the connection; variables of one program are there for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from ankish.analysis import core
from ankish.analysis.check import Result, check
from ankish.analysis.echoes import without_echoes
from ankish.analysis.reach import NONE, Limits
from ankish.analysis.script import Given, read_arguments
from ankish.analysis.world import Unknown, World
from ankish.anki.client import Client
from ankish.anki.protocol import Stats
from ankish.anki.world import World as Snapshot
from ankish.anki.world import WorldSource
from ankish.data import dataclass, field
from ankish.diagnostics.kinds import run as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Source
from ankish.plan.model import Plan, Remove, asks, every, has_atomic
from ankish.plan.options import ALL, Options
from ankish.plan.planned import planned
from ankish.runtime.execute import Execution, Frame
from ankish.runtime.first import ProgramError as ProgramError
from ankish.runtime.first import check_first, check_limits, with_note, words_of
from ankish.runtime.journal.words import journal_line
from ankish.runtime.libraries import Sources, callable_names, load, macros_of
from ankish.runtime.pace import Pace
from ankish.runtime.private import is_private
from ankish.runtime.protocols import Output, Target, User
from ankish.runtime.target import ClientTarget
from ankish.syntax import tree as t

if TYPE_CHECKING:
    from ankish.runtime.consent import Consent, Question
    from ankish.runtime.early import Early
    from ankish.runtime.journal.journals import Journals
    from ankish.runtime.journal.recorder import Recorder
    from ankish.runtime.journal.resume import Resuming
    from ankish.runtime.journal.runs import Runs
    from ankish.settings import Settings

Check = Callable[[World], Result]
Warn = Callable[[tuple[Diagnostic, ...]], None]


def _place(problem: Diagnostic) -> int:
    return problem.span.start if problem.span else 0


@dataclass
class Session:
    """Programs and a connection to run them over.

    * **connect** - makes the client when it is first needed.
    * **keep** - variables last from one program to the next, as in the shell.
    * **preview** - results of cards and notes are shown as tables.
    * **confirm** - asks about what may not be wanted; None if nobody can be asked.
    * **ask_from** - see `Consent.many`.
    * **limits** - what programs may not reach: files, the network.
    * **yes** - the user has said yes already; it answers a program's `confirm` too.
    * **user** - answers a program's questions; None if nobody can. **options** - the planner's.
    * **journals** - where what is written is kept, with what takes it back; None keeps nothing.
    * **before** - called before each request of a program; stops it by raising an error.
    * **progress** - is told how many items of how many are done, request by request.
    """

    connect: Callable[[], Client]
    keep: bool = False
    preview: bool = False
    confirm: Callable[[Question], bool] | None = None
    yes: bool = False
    ask_from: int = 0
    limits: Limits = NONE
    options: Options = ALL
    journals: Journals | None = None
    before: Callable[[], object] = bool
    progress: Callable[[int, int], None] | None = None
    user: User | None = None
    _client: Client | None = None
    _world: WorldSource | None = None
    _early: Early | None = None
    bindings: tuple[core.Binding, ...] = ()
    macros: tuple[Source, ...] = ()
    _values: dict[core.Binding, Any] = field(default_factory=dict)
    _frame: Frame = field(default_factory=dict)

    def set_up(self, settings: Settings) -> None:
        """Take over what the user has chosen about asking first and about journals."""
        self.ask_from = settings.ask_from
        if self.journals is not None:
            self.journals.keep(settings.journal_days, settings.journal_megabytes)

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
            self._world = WorldSource(self.client, remember=True)
        return self._world

    def check(
        self,
        source: Source,
        arguments: Sequence[str] | None = None,
        *,
        offline: bool = False,
        names: Snapshot | None = None,
    ) -> Result:
        """Parse and check a program, with as few questions to Anki as it needs.

        `arguments` are those of a script; None if it is only checked. Names are looked up in
        one request; `offline`, nothing is asked: names are looked up in `names`, and
        a warning says what that leaves open.
        Raises `ProgramError` with all mistakes.
        """
        sources = load(source, self.macros, self.limits)
        result = self._check(sources, arguments, offline=offline, names=names)
        problems = (*result.diagnostics, *self._of_tests(sources, result))
        whole = Result(result.checked, problems)
        if not whole.ok:
            raise ProgramError(*problems)
        return whole

    def _of_tests(self, sources: Sources, result: Result) -> list[Diagnostic]:
        """What is wrong with a file's tests, whatever a collection holds."""
        found = []
        for test in sources.tests:
            checked = self._checked(sources.testing(test), Unknown(), {})
            found += [sources.placed(problem) for problem in checked.diagnostics]
        wrong = dict.fromkeys(each for each in found if each.severity is Severity.ERROR)
        return [problem for problem in wrong if problem not in result.diagnostics]

    def _check(
        self,
        sources: Sources,
        arguments: Sequence[str] | None,
        *,
        offline: bool = False,
        names: Snapshot | None = None,
        runs: bool = False,
        early: bool = False,
    ) -> Result:
        """What `check` does. For a program that `runs`, nothing is asked if it has mistakes;
        `early`, its own first questions may go with that for the names.
        """
        given = None
        if arguments is not None:
            try:
                name = sources.whole.name
                given = read_arguments(sources.program.program, name, arguments)
            except AnkishError as error:
                raise ProgramError(*error.diagnostics) from None
        unknown = Unknown()
        again: Check = lambda world: self._checked(sources, world, given)  # noqa: E731
        written = sources.program.diagnostics + sources.problems
        result = self._checked(sources, unknown, given)
        result = Result(result.checked, (*written, *result.diagnostics))
        if offline and names is not None:
            result = self._checked(sources, names, given)
            result = Result(result.checked, (*written, *result.diagnostics))
            unknown.wanted -= names.known
        left = words_of(unknown.wanted)
        if offline and left:
            unchecked = kinds.UNCHECKED(names=left)
            result = Result(result.checked, (*result.diagnostics, unchecked))
        elif left and self._looked_up(unknown.wanted, result, runs, again if early else None):
            result = self._checked(sources, self.world, given)
            result = Result(result.checked, (*written, *result.diagnostics))
            left = ""
        problems = tuple(map(sources.placed, sorted(result.diagnostics, key=_place)))
        if not result.ok:
            raise ProgramError(*with_note(problems, left if not offline else ""))
        return Result(result.checked, problems)

    def _looked_up(self, parts: set[str], result: Result, runs: bool, again: Check | None) -> bool:
        """Whether these parts of the world are known now. Raises `AnkishError` if it is `ok`."""
        if self._world is not None and parts <= self._world.world.known:
            return True
        if runs and not (result.ok or self.keep):  # the shell tells all mistakes at once
            return False
        try:
            if again and result.ok and not self.client.embedded:
                from ankish.runtime.early import ahead

                self._early = ahead(self, self._frame, parts, result, again)
            self.world.prefetch(parts)
        except AnkishError:
            if result.ok:
                raise
            return False
        return True

    def _target(self) -> ClientTarget:
        """Where actions go, for one program."""
        early, self._early = self._early, None
        return ClientTarget(self.client, self.world, self.before, early)

    def _checked(self, sources: Sources, world: World, given: Given | None) -> Result:
        result = check(
            sources.program.program,
            sources.whole,
            world,
            self.bindings,
            keep=self.keep,
            given=given,
            known=sources.known,
            used=sources.used,
            others=callable_names,
        )
        return without_echoes(result, sources.program, sources.whole.text)

    def plan(self, result: Result) -> Plan:
        """The plan of a checked program, its actions merged into requests."""
        return planned(result.checked, self._values, self.preview, self.options)

    def foreseen(self, source: Source, world: World) -> Plan:
        """The plan of a program in a world that is known. Nothing is asked, and nothing noted.

        Raises `ProgramError` if it has mistakes.
        """
        sources = load(source, self.macros, self.limits)
        result = self._checked(sources, world, None)
        problems = (*sources.program.diagnostics, *sources.problems, *result.diagnostics)
        if not Result(result.checked, problems).ok:
            raise ProgramError(*problems)
        return self.plan(result)

    def run(
        self, source: Source, output: Output, warn: Warn, arguments: Sequence[str] = ()
    ) -> None:
        """Check, plan and carry out a program. `warn` is given the warnings before it runs.

        Raises `ProgramError` before anything is sent, and `AnkishError` when an action
        fails; what was done before stays done.
        """
        if source.text.lstrip().startswith(("plan", "#")):
            from ankish.runtime.rehearsal.line import plan_request, show_plan

            if (asked := plan_request(source)) is not None:
                show_plan(self, asked, output, warn, arguments)
                return
        line = journal_line(source.text)
        if line is None:
            self.carry_out(source, output, warn, arguments)
            return
        from ankish.runtime.journal.line import carry_out

        def resume(program: Source, target: Resuming) -> None:
            self.carry_out(program, output, warn, target.run.arguments, target)

        carry_out(line, self._runs(), output, resume)

    def run_test(self, source: Source, test: t.Test, output: Output, warn: Warn) -> None:
        """Carry out a test of a file. Raises as `run` does, and `AnkishError` if it fails."""
        self._carry_out(
            load(source, self.macros, self.limits).testing(test), source, output, warn, ()
        )

    def _runs(self) -> Runs:
        """The runs of the collection, as the journal has them."""
        from ankish.runtime.journal.journals import Journals
        from ankish.runtime.journal.runs import Runs

        if self.journals is None:
            self.journals = Journals(None)
        return Runs(self._target(), self.journals, self.client)

    def undoable(self) -> str:
        """The run that `undo` would take back, such as `r3`; empty if there is none."""
        return "" if self.journals is None else self._runs().undoable()

    def _recorder(self, plan: Plan, source: Source, arguments: Sequence[str]) -> Recorder | None:
        """What keeps the journal of a program; None if it changes nothing, or nothing is kept."""
        if not any(ask.effect.changes for ask in asks(plan.steps)):
            return None
        if self.journals is None and not has_atomic(plan.steps):
            return None
        private = is_private(source.text, self.client.secrets)
        recorder = self._runs().program(source, arguments, private)
        recorder.run.limits = sorted(self.limits)
        return recorder

    def carry_out(
        self,
        source: Source,
        output: Output,
        warn: Warn,
        arguments: Sequence[str],
        through: Recorder | None = None,
    ) -> None:
        """Run a program `through` what goes on with it, or rehearses it, or else anew."""
        sources = load(source, self.macros, self.limits)
        self._carry_out(sources, source, output, warn, arguments, through)

    def _carry_out(
        self,
        sources: Sources,
        source: Source,
        output: Output,
        warn: Warn,
        arguments: Sequence[str],
        through: Recorder | None = None,
    ) -> None:
        self._early = None
        result = self._check(sources, arguments, runs=True, early=through is None)
        if result.diagnostics:
            warn(result.diagnostics)
        plan = self.plan(result)
        if plan.hints:
            warn(tuple(map(sources.placed, plan.hints)))
        changing = [ask for ask in asks(plan.steps) if ask.effect.changes]
        rehearsing = through is not None and through.rehearsing
        removals = [step.span for step in every(plan.steps) if isinstance(step, Remove)]
        consent = self._consent() if (changing or removals) and not rehearsing else None
        limits = self.limits.union(through.run.limits if through is not None else ())
        try:
            if through is None:
                if consent and (needed := consent.beforehand(changing, removals)):
                    raise ProgramError(*needed)
                check_first(plan, self.user, self.yes)
            check_limits(plan, limits)
            recorder = through or self._recorder(plan, source, arguments)
            target: Target = recorder or self._target()

            def notice(problem: Diagnostic) -> None:
                warn((sources.placed(problem),))

            with recorder.ended() if recorder is not None else nullcontext():
                pace = Pace(lambda: self.world.paces, "journal" if recorder is not None else "")
                Execution(
                    target,
                    output,
                    notice,
                    self.progress,
                    self.user,
                    self.yes,
                    consent,
                    limits,
                    pace,
                ).run(plan, self._frame)
                if found := pace.lasting():
                    self.world.keep_paces(found)
        except ProgramError as error:
            raise ProgramError(*map(sources.placed, error.diagnostics)) from None
        except AnkishError as error:
            raise AnkishError(*map(sources.placed, error.diagnostics)) from None
        if self.keep:
            self._values = plan.variables
            lets = [s.binding for s in result.checked.statements if isinstance(s, core.Let)]
            self.bindings = (*self.bindings, *lets)
            self.macros = (*self.macros, *macros_of(sources))
        if recorder is not None and (short := tuple(recorder.shortfalls.problems())):
            raise AnkishError(*map(sources.placed, short))

    def _consent(self) -> Consent:
        """What asks before something is sent that may not be wanted."""
        from ankish.runtime.consent import Consent  # 2 ms, and not every program writes

        return Consent(self.client, self.confirm, self.yes, self.ask_from)

    @contextmanager
    def given(self, variables: Mapping[str, core.Literal]) -> Iterator[None]:
        """Have variables of these names for the programs that are run inside."""
        before = self.bindings, self._values
        made = {
            core.Binding(
                name, core.Flow(value.type), value.span, used=True, known=core.known_text(value)
            ): value
            for name, value in variables.items()
        }
        self.bindings = (*self.bindings, *made)
        self._values = {**self._values, **made}
        try:
            yield
        finally:
            self.bindings, self._values = before

    @property
    def stats(self) -> Stats:
        """What has been sent so far; nothing, and no connection is made, if that is nothing."""
        return self._client.stats if self._client is not None else Stats()

    def close(self) -> None:
        """Let go of the connection, or close the collection."""
        if self._client is not None:
            self._client.close()
        if self.journals is not None:
            self.journals.close()
