"""Requests are cut so that Anki's window never stands still for long, however slow it is."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ankish.catalog.traffic import FIRST, STILL, TICK
from ankish.runtime.chunks import ACTIONS, BYTES, Outgoing
from ankish.runtime.pace import Pace

EDIT = Outgoing("updateNoteFields", {"note": {"id": 1, "fields": {"Front": "x"}}})


def sent(pace: Pace, waiting: list[Outgoing], each: float) -> list[int]:
    """How many go in each request, to an Anki where one takes `each` seconds."""
    sizes = []
    start = 0
    while start < len(waiting):
        end = pace.next(waiting, start)
        assert start < end <= len(waiting)
        pace.took(waiting[start:end], TICK / 2 + each * (end - start))
        sizes.append(end - start)
        start = end
    return sizes


@given(st.lists(st.integers(1, 60_000), max_size=60))
def test_requests_keep_the_limit_of_bytes(sizes: list[int]) -> None:
    waiting = [
        Outgoing("storeMediaFile", {"filename": str(n), "data": "x" * size})
        for n, size in enumerate(sizes)
    ]
    pace, start = Pace(), 0
    while start < len(waiting):
        end = pace.next(waiting, start)
        whole = sum(len(json.dumps(each.params)) for each in waiting[start:end])
        assert whole <= BYTES or end == start + 1
        pace.took(waiting[start:end], 0.001)
        start = end


@given(st.floats(0.0001, 0.1))
def test_after_the_first_no_request_takes_longer_than_is_felt(each: float) -> None:
    first, *rest = sent(Pace(), [EDIT] * 3000, each)
    assert first == FIRST
    assert all(size * each <= STILL * 1.34 for size in rest)
    assert all(size <= ACTIONS for size in rest)
    # and none of the others is smaller than it has to be
    assert all(size * (each + 0.001) >= STILL / 2 or size == ACTIONS for size in rest[:-1])


def test_cheap_actions_share_one_request() -> None:
    assert sent(Pace(), [Outgoing("version", {})] * 400, 0.0002) == [400]


def test_what_takes_a_tenth_of_a_second_is_slow() -> None:
    pace = Pace()
    sent(pace, [EDIT] * 100, 0.002)
    assert pace.slow("updateNoteFields") is None
    sent(pace, [EDIT] * 100, 0.05)
    assert pace.slow("updateNoteFields") is not None
