"""Random scripts, run, undone, redone, undone: a few; `tests.inverse.scripts` has many more."""

from __future__ import annotations

from random import Random

import pytest

from tests.inverse.scripts import script, travel


@pytest.mark.parametrize("seed", [2, 12, 81, 401, 7, 31, 479])
def test_undone_redone_undone(seed: int) -> None:
    journey = travel(script(Random(seed)))
    assert journey.changed
    assert journey.wrong == []
