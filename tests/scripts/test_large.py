"""Every script on both sides: its end state is proved, then it is taken back and all is as before.

A small version of `python -m tests.scripts.large`, which does the same on 10,000 notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ankish.runtime.shipped import scripts
from tests.scripts.grown import grown
from tests.scripts.large import CASES, SIDES, try_script

NOTES = 500
"""As few as have a note of each kind."""


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """The collection that the scripts run on copies of."""
    with TemporaryDirectory() as folder:
        yield grown(Path(folder), NOTES)


def test_every_script_has_a_case() -> None:
    assert {*CASES} == {*scripts()}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", CASES)
def test_a_script_does_its_job_and_is_taken_back(template: Path, name: str, side: str) -> None:
    report = try_script(name, template, side)
    case = CASES[name]
    if case.own and side == "socket":
        assert report.refused.startswith("this AnkiConnect has no ")
    else:
        assert report.done is not None
        assert (report.undone is not None) == case.undone
