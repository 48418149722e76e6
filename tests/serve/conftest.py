"""A server on a fresh profile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.support import fresh_profile
from tests.support.serving import Serving, serving


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """The collection of a fresh profile."""
    return fresh_profile(tmp_path / "base")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server for tests that leave no trace, with a limit of 1 MB."""
    path = fresh_profile(tmp_path_factory.mktemp("shared") / "base")
    with serving("--collection", str(path), "--max-body", "1") as server:
        yield server
