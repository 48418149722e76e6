"""The template of the collections is made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.inverse.place import template, untouched, world


@pytest.fixture(autouse=True, scope="package")
def scratch() -> Iterator[None]:
    """Takes the template away at the end."""
    yield
    if template.cache_info().currsize:
        shutil.rmtree(template())
    for each in (template, world, untouched):
        each.cache_clear()  # type: ignore[attr-defined]
