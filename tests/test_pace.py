"""Requests are cut so that Anki's window never stands still for long, however slow it is."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ankish.catalog.traffic import FIRST, GUESSED, PER_BYTE_OF_FILE, STILL, TICK
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


def test_the_last_request_may_take_a_little_longer_where_that_saves_one() -> None:
    each = STILL / 100
    pace = Pace()
    sent(pace, [EDIT] * 200, each)  # by now it is known how long one takes
    assert pace.next([EDIT] * 104, 0) == 104
    assert pace.next([EDIT] * 150, 0) <= 101


def test_what_takes_longer_than_it_may_goes_alone() -> None:
    pace = Pace()
    sent(pace, [EDIT] * 60, 1.0)
    assert pace.next([EDIT] * 3, 0) == 1


def test_what_was_found_beside_a_journal_is_remembered_apart() -> None:
    searches = [Outgoing("findCards", {"query": f"deck:d{n}"}) for n in range(200)]
    pace = Pace()
    sent(pace, searches, 0.001)
    assert sent(Pace(pace.lasting), searches, 0.001)[0] > FIRST
    assert sent(Pace(pace.lasting, "journal"), searches, 0.001)[0] == FIRST


def test_cheap_actions_share_one_request() -> None:
    assert sent(Pace(), [Outgoing("version", {})] * 400, 0.0002) == [400]


def test_what_takes_a_tenth_of_a_second_is_slow() -> None:
    pace = Pace()
    sent(pace, [EDIT] * 100, 0.002)
    assert pace.slow("updateNoteFields") is None
    sent(pace, [EDIT] * 100, 0.05)
    assert pace.slow("updateNoteFields") is not None


def test_what_is_remembered_says_how_many_go_first() -> None:
    searches = [Outgoing("findCards", {"query": f"deck:d{n}"}) for n in range(400)]
    first, *_ = sent(Pace(), searches, 0.002)
    assert first == FIRST
    first, second, *_ = sent(Pace(lambda: {"findCards": 0.4}), searches, 0.002)
    assert FIRST < first <= GUESSED < 400
    assert second > FIRST
    slow, *_ = sent(Pace(lambda: {"findCards": 20.0}), searches, 0.1)
    assert slow * 0.1 <= STILL, "a large collection is not made to stand still for 4 s"


def test_a_search_that_is_slow_as_such_is_not_taken_for_a_quick_one() -> None:
    searches = [Outgoing("findCards", {"query": f"re:x{n}"}) for n in range(400)]
    first, *_ = sent(Pace(lambda: {"findCards": 0.2}), searches, 0.1)
    assert first == FIRST


def test_writes_begin_anew_each_time() -> None:
    """What they take depends on what Anki's window shows."""
    first, *_ = sent(Pace(lambda: {"updateNoteFields": 0.2}), [EDIT] * 400, 0.001)
    assert first == FIRST
    pace = Pace()
    sent(pace, [EDIT] * 400, 0.001)
    assert pace.lasting() == {}


def test_large_files_go_in_smaller_requests(tmp_path: Path) -> None:
    def files(size: int) -> list[Outgoing]:
        file = tmp_path / f"{size}.mp3"
        file.write_bytes(bytes(size))
        params = {"filename": file.name, "path": str(file)}
        return [Outgoing("storeMediaFile", params)] * 100

    assert Pace().next(files(1000), 0) == FIRST
    assert Pace().next(files(4_000_000), 0) <= STILL / (4_000_000 * PER_BYTE_OF_FILE)
