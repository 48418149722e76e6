"""What the parts of the shell share: the session, its worker, the snapshot of the collection."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from ankish.diagnostics.kinds.anki import NO_CONNECTION
from ankish.diagnostics.model import AnkishError, Source
from ankish.shell.worker import StoppableOutput, Worker, stoppable

if TYPE_CHECKING:
    from ankish.analysis.flows import Bindings
    from ankish.anki.world import World
    from ankish.catalog.model import Command
    from ankish.diagnostics.model import Diagnostic
    from ankish.plan.model import Ask
    from ankish.runtime.execute import Output
    from ankish.runtime.session import Session
    from ankish.syntax.tree import Program

OLD = 30.0
"""After how many seconds the snapshot is taken anew, in the background."""
DOUBTFUL = 2.0
"""After how many seconds a program no longer relies on what was known of the collection."""

PARTS = ("actions", "decks", "models", "details", "tags", "profiles")
"""What a snapshot holds. The names of media files may be very many; nothing completes them."""


class State:
    """The shell's session and what is known for it.

    `confirm` asks the user about actions that can't be taken back.

    * **place** - where actions go, in words.
    * **world** - the snapshot; it is replaced whole, and None until the first one is there.
    * **trouble** - why there is no newer snapshot, in words; empty if all is well.
    * **ready** - whether the parser, the catalog and what needs them are loaded.
    * **known** - the programs whose macros can be called: the prelude, and earlier lines.
    * **commands** - all that can be called, those macros and the words of the shell included.
    """

    def __init__(
        self,
        open_session: Callable[[], Session],
        place: str,
        confirm: Callable[[Sequence[Ask]], bool],
    ) -> None:
        self.place = place
        self.worker = Worker()
        self.world: World | None = None
        self.trouble = ""
        self.ready = False
        self.known: tuple[Program, ...] = ()
        self.commands: Mapping[str, Command] = {}
        self.changed: Callable[[], None] = lambda: None
        """Called from any thread when what the bar shows has changed."""
        self.learned: Callable[[], None] = lambda: None
        """Called from any thread when more can be completed and coloured than before."""
        self._open_session = open_session
        self._confirm = confirm
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
        self._learn(())
        self.ready = bool(colouring and complete and hints)
        self.learned()
        self.refresh()

    def _learn(self, macros: Sequence[Source]) -> None:
        """Take in the macros of earlier lines, besides those of the prelude."""
        from ankish.analysis.places import macro_commands
        from ankish.catalog.commands import COMMANDS
        from ankish.catalog.prelude import PRELUDE
        from ankish.catalog.shellwords import SHELL_WORDS
        from ankish.runtime.libraries import load

        self.known = load(Source("", ";".join(PRELUDE)), macros).known
        self.commands = {**COMMANDS, **SHELL_WORDS, **macro_commands(self.known)}

    def wait_ready(self) -> None:
        """Wait until all that needs no connection is loaded."""
        self.prepare()
        if self._loaded is not None:
            self._loaded.join()

    def refresh(self) -> None:
        """Take a new snapshot when the worker has time."""
        self.worker.begin(self._refresh)

    def refresh_if_old(self) -> None:
        """Take a new snapshot if there is none that is recent."""
        if self._loaded is not None and (self.world is None or _age(self.world) > OLD):
            self.refresh()

    def _refresh(self) -> None:
        try:
            with self._noticing():
                source = self.session.world
                if _age(source.world) > OLD:
                    source.forget(*(source.world.known - {"actions"}))
                world = source.prefetch(PARTS)
            self._beside(lambda: self._swap(world))
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
        self.world = world
        self.learned()

    # ---- in the worker's thread

    @property
    def session(self) -> Session:
        """The session, opened when it is first needed."""
        if self._session is None:
            session = self._open_session()
            connect = session.connect
            session.connect = lambda: stoppable(connect(), self.worker.gate)
            session.confirm = lambda asks: self.worker.ask(lambda: self._confirm(asks))
            self._session = session
        return self._session

    def run(
        self, source: Source, output: Output, warn: Callable[[tuple[Diagnostic, ...]], None]
    ) -> None:
        """Run a program. Raises as `Session.run` does."""
        self._renew()
        with self._noticing():
            self.session.run(source, StoppableOutput(output, self.worker.gate), warn)
        self._learn(self.session._macros)

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

    @property
    def bindings(self) -> Bindings:
        """The variables of the lines so far."""
        return self._session._bindings if self._session is not None else ()


def _age(world: World) -> float:
    """How many seconds ago the latest part of a snapshot was asked for."""
    return time.time() - world.taken
