"""What the parts of the shell share: the session, its worker, the snapshot of the collection."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING

from ankish.diagnostics.kinds.anki import NO_CONNECTION
from ankish.diagnostics.model import AnkishError, Source
from ankish.shell.habits import Habits
from ankish.shell.worker import AskedThere, StoppableOutput, Worker, stoppable

if TYPE_CHECKING:
    from ankish.analysis.flows import Bindings
    from ankish.anki.client import Client
    from ankish.anki.world import World
    from ankish.catalog.model import Command
    from ankish.diagnostics.model import Diagnostic
    from ankish.plan.model import Plan
    from ankish.runtime.consent import Question
    from ankish.runtime.protocols import Output
    from ankish.runtime.record import Recorder
    from ankish.runtime.session import Session
    from ankish.settings import Settings
    from ankish.shell.connecting import Elsewhere
    from ankish.syntax.tree import Program

OLD = 30.0
"""After how many seconds the snapshot is taken anew, in the background."""
COUNTS = "counts"
"""The part of a snapshot that only the menu and the bar tell."""
DOUBTFUL = 2.0
"""After how many seconds a program no longer relies on what was known of the collection."""

PARTS = ("actions", "decks", "models", "details", "tags", "profiles")
"""What a snapshot holds. The names of media files may be very many: see `State.want`."""


class State:
    """The shell's session and what is known for it.

    `confirm` asks the user about what may not be wanted.

    * **place** - where actions go, in words.
    * **settings** - those in force; `config` replaces them.
    * **world** - the snapshot; it is replaced whole, and None until the first one is there.
    * **trouble** - why there is no newer snapshot, in words; empty if all is well.
    * **ready** - whether the parser, the catalog and what needs them are loaded.
    * **commands** - all that can be called: the catalog's, short verbs, scripts, the user's and
      earlier lines' macros, the words of the shell.
    """

    def __init__(
        self,
        open_session: Callable[[], Session],
        place: str,
        settings: Settings,
        confirm: Callable[[Question], bool],
    ) -> None:
        self.place = place
        self.settings = settings
        self.worker = Worker()
        self.world: World | None = None
        self.trouble = ""
        self.ready = False
        self.commands: Mapping[str, Command] = {}
        self.undoable = ""
        """The run that `undo` would take back, if this session has changed something."""
        self.habits = Habits()
        """What the user has typed of late."""
        self.recall: Callable[[], Iterable[str]] = tuple
        """Gives the lines of earlier sessions, the oldest first."""
        self.lines: Callable[[], Iterable[str]] = tuple
        """Gives all lines before this one that can be recalled, the oldest first."""
        self.after: Callable[[str], None] = lambda text: None
        """Told of each text that was entered, when it is done."""
        self.elsewhere: Elsewhere | None = None
        """What `connect` asks for another side."""
        self.successor: State | None = None
        """What takes over once the line at hand is done."""
        self._parts: tuple[str, ...] = PARTS
        self.changed: Callable[[], None] = lambda: None
        """Called from any thread when what the bar shows has changed."""
        self.learned: Callable[[], None] = lambda: None
        """Called from any thread when more can be completed and coloured than before."""
        self.look_again: Callable[[], None] = lambda: None
        """Called from any thread when more can be said of the line."""
        self._open_session = open_session
        self.confirm = confirm
        self._session: Session | None = None
        self._loaded: Thread | None = None

    # ---- in the background

    def prepare(self) -> None:
        """Load what the first keys need, then connect; all of it beside the prompt."""
        if self._loaded is None:
            self._loaded = self._beside(self._load)

    def _beside(self, job: Callable[[], None]) -> Thread:
        """Have a job done in a thread of its own. Nobody waits for it: it says what is wrong."""

        def whole() -> None:
            try:
                job()
            except Exception as error:
                self.fail("the shell", error)

        thread = Thread(target=whole, daemon=True)
        thread.start()
        return thread

    def _load(self) -> None:
        from ankish.analysis import colouring, complete, hints
        from ankish.syntax.tokens import Reader

        Reader("")
        for line in self.recall():
            self.habits.learn(line)
        self._learn((), library=False)
        self.ready = bool(colouring and complete and hints)
        self.learned()
        self.refresh()
        self._learn(())
        self.learned()

    def _learn(self, macros: Sequence[Source], *, library: bool = True) -> None:
        """Take in what can be called, the macros of earlier lines included."""
        from ankish.catalog.commands import COMMANDS
        from ankish.catalog.shellwords import SHELL_WORDS
        from ankish.runtime.callable import callable_commands

        self.commands = {**COMMANDS, **SHELL_WORDS, **callable_commands(macros, library=library)}

    @cached_property
    def recorder(self) -> Recorder:
        """What was done, for a macro that is being recorded or made afterwards."""
        from ankish.runtime.record import Recorder

        return Recorder()

    @property
    def recording(self) -> str:
        """The name of the macro that is being recorded; empty if none is."""
        recorder: Recorder | None = vars(self).get("recorder")
        return (recorder.name if recorder is not None else None) or ""

    def learn(self) -> None:
        """Look again at which macros there are."""
        self._learn(self._session.macros if self._session is not None else ())

    def wait_ready(self) -> None:
        """Wait until all that needs no connection is loaded."""
        self.prepare()
        if self._loaded is not None:
            self._loaded.join()

    def refresh(self, *, changed: bool = False) -> None:
        """Take a new snapshot when the worker has time; after a change, with what `undo` takes."""
        self.worker.begin(lambda: self._refresh(changed))

    def want(self, part: str) -> None:
        """Have a part in the snapshots from now on that is not in all of them."""
        if part not in self._parts:
            self._parts = (*self._parts, part)
            self.refresh()

    def refresh_if_old(self) -> None:
        """Take a new snapshot if there is none that is recent."""
        if self._loaded is not None and (self.world is None or _age(self.world) > OLD):
            self.refresh()

    def _refresh(self, changed: bool) -> None:
        try:
            with self._noticing():
                if changed:
                    self.undoable = self.session.undoable()
                source = self.session.world
                if _age(source.world) > OLD:
                    source.forget(*(source.world.known - {"actions"}))
                world = source.prefetch(self._parts)
                self._beside(lambda: self._swap(world))
                if self.settings.counts:
                    counted = source.prefetch([COUNTS])
                    self._beside(lambda: self._swap(counted))
        except AnkishError as error:
            self.trouble = error.diagnostics[0].message
            self.changed()
        except Exception as error:  # nobody waits for this job either
            self.fail("the snapshot of the collection", error)

    def fail(self, what: str, error: Exception) -> None:
        """Show in the bar that something is wrong with ankish itself."""
        self.trouble = f"a mistake of ankish's own in {what}: {type(error).__name__}"
        self.changed()

    def _swap(self, world: World) -> None:
        """Make a snapshot ready to be looked through, then put it in the place of the last."""
        from ankish.analysis.matching import prepared

        for names in (world.decks(), world.models(), world.tags()):
            prepared(names or ())
        if self.world is not None and self.world.taken > world.taken:
            return  # a later one was ready sooner
        self.world = world
        self.learned()

    # ---- in the worker's thread

    @property
    def session(self) -> Session:
        """The session, opened when it is first needed."""
        if self._session is None:
            session = self._open_session()
            connect = session.connect

            def connected() -> Client:
                self.worker.sent()
                try:
                    client = connect()
                finally:
                    self.worker.answered()
                client.watcher = self.worker
                return stoppable(client, self.worker.gate)

            session.connect = connected
            session.user = AskedThere(self.worker)
            session.confirm = lambda asked: self.worker.ask(lambda: self.confirm(asked), False)
            self._session = session
        return self._session

    def run(
        self,
        source: Source,
        output: Output,
        warn: Callable[[tuple[Diagnostic, ...]], None],
        progress: Callable[[int, int], None],
    ) -> None:
        """Run a program. Raises as `Session.run` does."""
        self._renew()
        self.session.progress = progress
        with self._noticing():
            self.session.run(source, StoppableOutput(output, self.worker.gate), warn)
        self._learn(self.session.macros)

    def explain(self, source: Source) -> str | None:
        """The plan of a program that begins with `explain`; None if it does not.

        Raises `AnkishError` as `Session.check` does.
        """
        from ankish.runtime.explain import explain_request, explanation

        asked = explain_request(source)
        if asked is None:
            return None
        self._renew()
        return explanation(self.session, asked)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """See whether the other side answers."""
        try:
            yield
        except AnkishError as error:
            if error.diagnostics[0].code in NO_CONNECTION:
                self.trouble = error.diagnostics[0].message
            raise
        self.trouble = ""

    def _renew(self) -> None:
        """Forget what may have changed in Anki since it was asked for."""
        if self.world is None:
            return
        world = self.session.world.world
        if _age(world) > DOUBTFUL:
            self.session.world.forget(*(world.known - {"actions"}))

    def close(self) -> None:
        """Close the session."""
        if self._loaded is not None:
            self._loaded.join()
        self.worker.end(lambda: self._session.close() if self._session else None)

    # ---- anywhere

    def planned(self, source: Source) -> Plan:
        """The plan of a program as far as the snapshot tells. Nothing is asked.

        Raises `AnkishError` if it has mistakes.
        """
        from ankish.analysis.world import Unknown

        session = self._session
        if session is None:
            raise AnkishError()
        return session.foreseen(source, self.world or Unknown())

    def called_by(self, text: str) -> Sequence[Program]:
        """The programs whose macros a text calls."""
        from ankish.runtime.libraries import load

        return load(Source("", text), self._session.macros if self._session else ()).known

    @property
    def bindings(self) -> Bindings:
        """The variables of the lines so far."""
        return self._session.bindings if self._session is not None else ()


def _age(world: World) -> float:
    """How many seconds ago the latest part of a snapshot was asked for."""
    return time.time() - world.taken
