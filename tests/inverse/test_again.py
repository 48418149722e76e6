"""Each action run, taken back, done again and taken back by programs, through AnkiConnect.

`python -m tests.inverse.again 20` does it many times more.
"""

from __future__ import annotations

import pytest

from ankish.runtime.journal.ids import Renumbering
from tests.inverse.again import actions, many


@pytest.mark.parametrize("action", actions())
def test_there_and_back_and_there_and_back(action: str) -> None:
    many(action, 2, steady=True)


def test_an_id_can_go_and_be_that_of_something_else() -> None:
    known = Renumbering([[("card", 1, 2), ("card", 2, 3)], [("card", 3, 5), ("note", 2, 9)]])
    params = known.params("suspend", {"cards": [1, 2, 3, 4]})
    assert params == {"cards": [2, 5, 5, 4]}
    assert known.params("addTags", {"notes": [1, 2], "tags": "x"})["notes"] == [1, 9]
