"""The real engine on a fresh collection, to be put behind a server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile
from tests.support.manners import Answer, Factory


def fresh_engine(key: str | None = None) -> Factory:
    """Makes an engine on a new, empty collection that wants `key`; the collection goes with it."""

    @contextmanager
    def make() -> Iterator[Answer]:
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder, "base")
            with Session.open(fresh_profile(base), base=base) as session:
                yield Engine(session, key).handle_bytes

    def factory() -> AbstractContextManager[Answer]:
        return make()

    return factory
