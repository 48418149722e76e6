"""Requests are cut small enough for Anki, and nothing is lost or doubled by it."""

from __future__ import annotations

from ankish.runtime.chunks import (
    Outgoing,
    joined,
    most_items,
    parts,
)


def test_an_action_over_many_ids_is_cut() -> None:
    ids = list(range(25_000))
    cut = parts(Outgoing("suspend", {"cards": ids}))
    assert [len(each.params["cards"]) for each in cut] == [10_000, 10_000, 5000]
    assert sum((each.params["cards"] for each in cut), []) == ids
    assert len(parts(Outgoing("cardsInfo", {"cards": ids}))) == 25


def test_other_parameters_go_with_every_part() -> None:
    cut = parts(Outgoing("addTags", {"notes": list(range(10_001)), "tags": "a b"}))
    assert [each.params["tags"] for each in cut] == ["a b", "a b"]


def test_what_goes_with_the_ids_is_cut_with_them() -> None:
    size = most_items("setEaseFactors")
    cards = list(range(2 * size + 1))
    factors = [card + 1300 for card in cards]
    cut = parts(Outgoing("setEaseFactors", {"cards": cards, "easeFactors": factors}))
    assert [len(each.params["cards"]) for each in cut] == [size, size, 1]
    for each in cut:
        assert each.params["easeFactors"] == [card + 1300 for card in each.params["cards"]]


def test_what_can_t_be_cut_stays_whole() -> None:
    uneven = Outgoing("setEaseFactors", {"cards": list(range(20_000)), "easeFactors": [2500]})
    assert parts(uneven) == [uneven]
    assert len(parts(Outgoing("findCards", {"query": "nid:" + "1," * 50_000 + "1"}))) == 1


def test_results_of_parts_become_one() -> None:
    assert joined([[1, 2], [3]]) == [1, 2, 3]
    assert joined([None, None]) is None
    assert joined([False, True]) is True
    assert joined([{"Default": [1], "A": [2]}, {"A": [3]}]) == {"Default": [1], "A": [2, 3]}
