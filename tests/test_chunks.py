"""Requests are cut small enough for Anki, and nothing is lost or doubled by it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ankish.runtime.chunks import (
    ACTIONS,
    BYTES,
    IDS,
    MANY,
    WRITES,
    Outgoing,
    joined,
    parts,
    requests,
)


def test_an_action_over_many_ids_is_cut() -> None:
    ids = list(range(25_000))
    cut = parts(Outgoing("suspend", {"cards": ids}))
    assert [len(each.params["cards"]) for each in cut] == [MANY, MANY, 5000]
    assert sum((each.params["cards"] for each in cut), []) == ids
    assert len(parts(Outgoing("cardsInfo", {"cards": ids}))) == 25_000 / IDS["cardsInfo"]


def test_other_parameters_go_with_every_part() -> None:
    cut = parts(Outgoing("addTags", {"notes": list(range(MANY + 1)), "tags": "a b"}))
    assert [each.params["tags"] for each in cut] == ["a b", "a b"]


def test_what_can_t_be_cut_stays_whole() -> None:
    factors = Outgoing(
        "setEaseFactors", {"cards": list(range(20_000)), "easeFactors": [2500] * 20_000}
    )
    assert parts(factors) == [factors]
    assert len(parts(Outgoing("findCards", {"query": "nid:" + "1," * 50_000 + "1"}))) == 1


def test_results_of_parts_become_one() -> None:
    assert joined([[1, 2], [3]]) == [1, 2, 3]
    assert joined([None, None]) is None
    assert joined([False, True]) is True
    assert joined([{"Default": [1], "A": [2]}, {"A": [3]}]) == {"Default": [1], "A": [2, 3]}


@given(st.lists(st.integers(1, 60_000), max_size=60), st.booleans())
def test_groups_keep_the_order_and_the_limits(sizes: list[int], changes: bool) -> None:
    waiting = [
        Outgoing("storeMediaFile", {"filename": str(n), "data": "x" * size})
        for n, size in enumerate(sizes)
    ]
    groups = list(requests(waiting, changes))
    assert [each for group in groups for each in group] == waiting
    for group in groups:
        assert len(group) <= (WRITES if changes else ACTIONS)
        whole = sum(len(json.dumps(each.params)) for each in group)
        assert whole <= BYTES or len(group) == 1


@given(st.integers(0, 2000), st.booleans())
def test_many_small_actions_share_requests(count: int, changes: bool) -> None:
    waiting: list[Any] = [Outgoing("version", {})] * count
    most = WRITES if changes else ACTIONS
    assert len(list(requests(waiting, changes))) == -(-count // most)
