"""A collection that programs are run on with a journal, and that can be looked at whole."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ankish.anki.client import Client
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session as Collection
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.runtime.journal.journals import Journals
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.inverse.place import copied
from tests.inverse.snapshot import Snapshot, buried, snapshot
from tests.support.manners import Manners
from tests.support.serving import serving

Look = Callable[[], tuple[Snapshot, list[int]]]
"""All that a collection holds, and what of it is said to be deleted."""


@dataclass
class Ground:
    """Runs programs, each in a session of its own, as one process after the other would.

    **problems** are those of the latest program.
    """

    client: Client
    look: Look
    journal: Path
    problems: list[Diagnostic] = field(default_factory=list)

    def run(self, program: str) -> str:
        """What a program shows, as JSON lines."""
        journals, out = Journals(self.journal), io.StringIO()
        self.problems = []
        try:
            session = Session(lambda: self.client, yes=True, journals=journals)
            presenter = Presenter(out, out, "json", columns=80)
            session.run(Source("test.ank", program), presenter, lambda _: None, ())
        except AnkishError as error:
            self.problems = list(error.diagnostics)
        finally:
            journals.close()
        return out.getvalue()


Opener = Callable[[], AbstractContextManager[Ground]]


@contextmanager
def embedded(base: Path | None = None, journal: Path | None = None) -> Iterator[Ground]:
    """A copy of the template in this process, or the collection of a folder."""
    with _folders(base, journal) as (place, book), Collection.open(_file(place)) as collection:
        client = Client(EmbeddedTransport(Engine(collection)))
        yield Ground(client, lambda: _seen(collection), book)


@contextmanager
def served(base: Path | None = None, journal: Path | None = None) -> Iterator[Ground]:
    """The same behind `ankish serve`. It is looked at in a copy of its files, between requests."""
    with (
        _folders(base, journal) as (place, book),
        serving("--collection", str(_file(place))) as server,
    ):
        client = Client(HttpTransport(server.url))
        yield Ground(client, lambda: _seen_from_outside(place), book)
        client.close()


@contextmanager
def through_ankiconnect(base: Path, journal: Path) -> Iterator[Ground]:
    """The collection of a folder behind a socket with AnkiConnect's manners."""

    @contextmanager
    def answering() -> Iterator[Callable[[bytes], bytes]]:
        with Collection.open(_file(base)) as collection:
            yield Engine(collection).handle_bytes

    with Manners(answering, tick=0) as server:
        client = Client(HttpTransport(server.url))
        yield Ground(client, lambda: _seen_from_outside(base), journal)
        client.close()


@contextmanager
def _folders(base: Path | None, journal: Path | None) -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        place = base or Path(folder)
        if base is None:
            copied(place)
        yield place, journal or Path(folder, "journal")


def _file(base: Path) -> Path:
    return base / "User 1" / "collection.anki2"


def _seen(collection: Collection) -> tuple[Snapshot, list[int]]:
    return snapshot(collection), buried(collection)


def _seen_from_outside(base: Path) -> tuple[Snapshot, list[int]]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(base / "User 1", Path(folder, "User 1"))
        with Collection.open(_file(Path(folder))) as collection:
            return _seen(collection)
