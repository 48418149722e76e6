"""An engine on a fresh profile, and a short way to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A base folder of Anki's with the profile "User 1" in it."""
    fresh_profile(tmp_path / "base")
    return tmp_path / "base"


@pytest.fixture
def session(base: Path) -> Iterator[Session]:
    """The profile's collection, open."""
    with Session.open(base / "User 1" / "collection.anki2", base=base) as opened:
        yield opened


@pytest.fixture
def engine(session: Session) -> Engine:
    """An engine on the profile's collection."""
    return Engine(session)


@pytest.fixture
def ask(engine: Engine) -> Callable[..., Any]:
    """`ask("findNotes", query="")` is the result; an error answer fails the test."""

    def asked(action: str, **params: Any) -> Any:
        answer = engine.handle({"action": action, "version": 6, "params": params})
        assert isinstance(answer, dict)
        assert answer["error"] is None, answer["error"]
        return answer["result"]

    return asked


@pytest.fixture
def error(engine: Engine) -> Callable[..., str]:
    """`error("findNotes", query="(")` is the error's text; a result fails the test."""

    def failed(action: str, **params: Any) -> str:
        answer = engine.handle({"action": action, "version": 6, "params": params})
        assert isinstance(answer, dict)
        assert answer["result"] is None
        assert isinstance(answer["error"], str), f"{action} did not fail"
        return answer["error"]

    return failed
