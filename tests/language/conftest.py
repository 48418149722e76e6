"""Every program of these tests runs without Anki and over HTTP, with the same result."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.lab import Lab, embedded_lab, http_lab

LABS = {"embedded": embedded_lab, "http": http_lab}


@pytest.fixture(params=LABS)
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    """A fresh sample collection."""
    with LABS[request.param]() as made:
        yield made


@pytest.fixture(scope="module")
def reading() -> Iterator[Lab]:
    """A sample collection for programs that change nothing, shared by a module's tests."""
    with embedded_lab() as made:
        yield made
