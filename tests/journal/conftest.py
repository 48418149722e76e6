"""Programs with a journal, without Anki and over HTTP, and sessions that come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.journal import Desk, embedded_desk, http_desk

DESKS = {"embedded": embedded_desk, "http": http_desk}


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A fresh sample collection and an empty journal."""
    with DESKS[request.param](tmp_path / "journal") as made:
        yield made
