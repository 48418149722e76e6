"""Many actions over one card or note each become one, and it comes to the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ankish.runtime.chunks import Outgoing
from ankish.runtime.plural import together


def tag(tags: str, *notes: int) -> Outgoing:
    return Outgoing("addTags", {"notes": list(notes), "tags": tags})


def move(deck: str, *cards: int) -> Outgoing:
    return Outgoing("changeDeck", {"cards": list(cards), "deck": deck})


def test_the_same_for_many_notes_is_one_action() -> None:
    [one] = together([tag("a", 1), None, tag("a", 2), tag("a", 3, 1)], reads=False)
    assert one.outgoing == tag("a", 1, 2, 3)
    assert [place for place, _ in one.members] == [0, 2, 3]


def test_what_differs_goes_by_itself() -> None:
    made = together([tag("a", 1), tag("b", 2), tag("a", 3)], reads=False)
    assert [each.outgoing for each in made] == [tag("a", 1, 3), tag("b", 2)]


def test_ease_factors_stay_with_their_cards() -> None:
    calls = [
        Outgoing("setEaseFactors", {"cards": [card], "easeFactors": [card * 1000]})
        for card in (1, 2, 3)
    ]
    [one] = together(calls, reads=False)
    assert one.outgoing.params == {"cards": [1, 2, 3], "easeFactors": [1000, 2000, 3000]}


def test_each_gets_its_own_part_of_an_answer() -> None:
    calls = [Outgoing("areSuspended", {"cards": cards}) for cards in ([1], [2, 3], [], [1])]
    [one] = together(calls, reads=True)
    assert one.outgoing.params == {"cards": [1, 2, 3, 1]}
    assert one.shares([True, False, None, True]) == [
        (0, [True]), (1, [False, None]), (2, []), (3, [True])
    ]  # fmt: skip


def test_the_same_question_is_asked_once() -> None:
    calls = [Outgoing("findCards", {"query": query}) for query in ("a", "b", "a")]
    made = together(calls, reads=True)
    assert [each.outgoing.params["query"] for each in made] == ["a", "b"]
    assert made[0].shares([7]) == [(0, [7]), (2, [7])]


decks = st.sampled_from(["A", "B", "C"])
moves = st.lists(st.tuples(decks, st.lists(st.integers(1, 6), min_size=1, max_size=3)))


@given(moves)
def test_cards_end_where_they_would_have_ended_one_by_one(
    wanted: list[tuple[str, list[int]]],
) -> None:
    one_by_one: dict[int, str] = {}
    for deck, cards in wanted:
        one_by_one.update(dict.fromkeys(cards, deck))
    made = together([move(deck, *cards) for deck, cards in wanted], reads=False)
    as_one: dict[int, str] = {}
    for each in made:
        cards = each.outgoing.params["cards"]
        assert len(set(cards)) == len(cards)
        as_one.update(dict.fromkeys(cards, each.outgoing.params["deck"]))
    assert as_one == one_by_one
    places = sorted(place for each in made for place, _ in each.members)
    assert places == list(range(len(wanted)))


@given(st.lists(st.tuples(st.sampled_from(["0", "3-7"]), st.integers(1, 4))))
def test_what_is_drawn_by_lot_is_drawn_as_often(wanted: list[tuple[str, int]]) -> None:
    calls = [Outgoing("setDueDate", {"cards": [card], "days": days}) for days, card in wanted]
    made = together(calls, reads=False)
    done = [(each.outgoing.params["days"], card)
            for each in made for card in each.outgoing.params["cards"]]  # fmt: skip
    assert sorted(done) == sorted(wanted)
    for card in range(1, 5):  # and for each card in the same order
        assert [days for days, c in done if c == card] == [d for d, c in wanted if c == card]
