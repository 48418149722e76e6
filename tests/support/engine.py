"""The real engine on a collection of its own, to be put behind a server."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile
from tests.support.manners import Answer, Factory


def fresh_engine(key: str | None = None) -> Factory:
    """Makes an engine on a new, empty collection that wants `key`; the collection goes with it."""
    return _engine(fresh_profile, key)


def sample_engine(key: str | None = None) -> Factory:
    """The same on the sample collection."""
    return _engine(_sample_profile, key)


def engine_at(path: Path, key: str | None = None) -> Factory:
    """The same on a collection that there is."""

    @contextmanager
    def factory() -> Iterator[Answer]:
        with Session.open(path, base=path.parent) as session:
            yield Engine(session, key).handle_bytes

    return factory


def _engine(make: Callable[[Path], Path], key: str | None) -> Factory:
    @contextmanager
    def factory() -> Iterator[Answer]:
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder, "base")
            with Session.open(make(base), base=base) as session:
                yield Engine(session, key).handle_bytes

    return factory


def _sample_profile(base: Path) -> Path:
    from ankish.anki.engine.sample import build

    folder = base / "User 1"
    folder.mkdir(parents=True)
    return build(folder)
