"""What a session does with its journal: keep a run, take runs back, do them again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ankish.anki.client import Client
from ankish.catalog.actions.table import LEAVES_NOTHING
from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.model import Source
from ankish.diagnostics.text import listed
from ankish.runtime.inverse.model import Backend
from ankish.runtime.journal import records as r
from ankish.runtime.journal.ids import Renumbering
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.known import WHERE
from ankish.runtime.journal.recorder import Recorder
from ankish.runtime.journal.resume import Resuming
from ankish.runtime.journal.store import Store
from ankish.runtime.journal.undo import Outcome, call_again, take_back
from ankish.runtime.protocols import Target


def backend_of(client: Client) -> Backend:
    """Who answers. Connects; raises `AnkishError` as that does."""
    if client.embedded:
        return Backend.EMBEDDED
    return Backend.SERVED if client.engine else Backend.ANKICONNECT


class Runs:
    """The runs of the collection that a target leads to.

    `client` is asked who answers.
    """

    def __init__(self, target: Target, journals: Journals, client: Client) -> None:
        self.target = target
        self.journals = journals
        self.machine = client.machine
        self.collection = ""
        self._client = client

    @property
    def backend(self) -> Backend:
        """Who answers. A request, if nothing was sent before."""
        return backend_of(self._client)

    @property
    def store(self) -> Store:
        """The journal of the collection that is open now. One request."""
        folder = self.target.exchange([WHERE])[0].result
        looking = self.recorder(self._new("run", "", None))
        store = looking.open(folder)
        self.collection = looking.collection
        return store

    def recorder(self, run: r.Run) -> Recorder:
        """What keeps the journal of a run."""
        return Recorder(self.target, self.journals, run, self.machine)

    def program(self, source: Source, arguments: Sequence[str], private: bool) -> Recorder:
        """What keeps the journal of a program; one that is `private` is not written down."""
        run = self._new("run", source.name, None if private else source.text)
        run.arguments = [] if private else list(arguments)
        return self.recorder(run)

    def _new(self, kind: str, name: str, text: str | None, of: r.Run | None = None) -> r.Run:
        # What undo reads is compared with what the run has read: both ask in the same way.
        backend = self.backend if of is None else of.backend
        number = None if of is None else of.id
        return r.new(kind, name, text, self.journals.session, backend, number)

    # ---- choosing

    def named(self, store: Store, name: str) -> r.Run:
        """The run of a name such as `r12`. Raises `AnkishError` if there is none."""
        number = name.removeprefix("r")
        run = store.run(int(number)) if number.isdigit() else None
        if run is None:
            raise kinds.NO_RUN.error(run=name)
        return run

    def idle(self, run: r.Run) -> None:
        """Raise `AnkishError` if a run is going on elsewhere."""
        if run.state == r.RUNNING and self.journals.lives(run.session):
            raise kinds.BUSY.error(run=run.called)

    def reachable(self, run: r.Run) -> None:
        """Raise `AnkishError` if what a run has noted means nothing to who answers now."""
        states = run.backend is not Backend.ANKICONNECT
        if states and self.backend is Backend.ANKICONNECT:
            raise kinds.NEEDS_ENGINE.error(run=run.called)

    def latest(self, store: Store, word: str) -> r.Run | None:
        """The latest run that `undo` (or `redo`) takes back, but for those of other shells.

        What another shell that is still open has done is for its own user to take back.
        """
        wanted = ("undo",) if word == "redo" else ("run", "redo")
        return next((run for run in self._holding(store, wanted) if not self._theirs(run)), None)

    def undoable(self) -> str:
        """The name of the run that `undo` takes back; empty if there is none. One request."""
        run = self.latest(self.store, "undo")
        return "" if run is None else run.called

    def others(self, store: Store) -> str | None:
        """That all there is to take back belongs to others; None if there is nothing."""
        theirs = [run.called for run in self._holding(store, ("run", "redo"))]
        return f"{listed(theirs, 'and')} are of a shell that is open" if theirs else None

    def stopped(self, store: Store) -> r.Run:
        """The latest run, if it was stopped. Raises `AnkishError` if there is none."""
        for run in store.runs():
            if run.kind == "run" and run.state != r.DONE and not self._theirs(run):
                return run
        raise kinds.NOTHING.error(what="resume", why=None)

    def _holding(self, store: Store, wanted: Sequence[str]) -> Iterator[r.Run]:
        for run in store.runs():
            if run.kind in wanted and run.undone is None:
                actions = store.actions(run)
                if run.kind == "undo" or any(action not in LEAVES_NOTHING for action, _ in actions):
                    yield run

    def _theirs(self, run: r.Run) -> bool:
        return self.journals.lives(run.session)

    def first(self, store: Store, run: r.Run) -> r.Run:
        """The program that an undo or a redo is about in the end."""
        while run.of is not None and (earlier := store.run(run.of)) is not None:
            run = earlier
        return run

    # ---- taking back

    def undo(self, store: Store, run: r.Run, force: bool = False) -> tuple[r.Run, Outcome]:
        """Take a run back; the run that did so, and what became of it."""
        return self._back(store, run, "undo", force)

    def redo(self, store: Store, run: r.Run, force: bool = False) -> tuple[r.Run, Outcome]:
        """Do again what `run` took back: by taking that back, or else by the same calls anew."""
        if run.kind != "undo":
            raise kinds.NOTHING.error(what="redo", why=f"{run.called} is not an undo")
        first = self.first(store, run)
        anew = run.state == r.DONE and first.backend is Backend.ANKICONNECT
        again = store.sent(first) if anew else []
        return self._back(store, run, "redo", force, again)

    def _back(
        self, store: Store, run: r.Run, kind: str, force: bool, again: Sequence[r.Sent] = ()
    ) -> tuple[r.Run, Outcome]:
        """Take a run back; of `again`, call anew what that can't do."""
        self.idle(run)
        if run.undone is not None and not force:
            raise kinds.UNDONE.error(run=run.called, by=f"r{run.undone}")
        self.reachable(run)
        known = Renumbering(store.renamed(run.id))
        name = f"{kind} {run.called}"
        new = self._new(kind, name, name, run)
        recorder = self.recorder(new)
        with recorder.ended():
            outcome = take_back(recorder, store.sent(run), known, force)
            outcome.lasting += call_again(recorder, again)
        if not new.id:  # all of it was as before already
            store.begin(new, [])
            store.end(new, r.DONE)
        store.set_undone(run.id, new.id)
        return new, outcome

    # ---- going on

    def resuming(self, store: Store, run: r.Run) -> Resuming:
        """What goes on with a run that was stopped. Raises `AnkishError` if that can't be."""
        self.idle(run)
        why = None
        if run.kind != "run":
            why = f"it is an {run.kind}" if run.kind == "undo" else "it is a redo"
        elif run.state == r.DONE:
            why = "it came to its end"
        elif run.text is None:
            why = "its program holds something secret and was not written down"
        elif run.undone is not None:
            why = f"it was taken back by r{run.undone}"
        if why is not None:
            raise kinds.NOT_RESUMABLE.error(run=run.called, why=why)
        self.reachable(run)
        recorder = Resuming(self.target, self.journals, run, self.machine, store.sent(run))
        run.state, run.session = r.RUNNING, self.journals.session
        self.journals.live()
        recorder.store, recorder.collection = store, self.collection
        store.resumed(run)
        store.drop(recorder.dropped)
        return recorder
