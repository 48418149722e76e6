"""Which names fit what was typed, in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.analysis.matching import LETTERS, PREFIX, WORD, Names, fit


@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [
        ("", "suspend", PREFIX),
        ("sus", "suspend", PREFIX),
        ("SUS", "suspend", PREFIX),
        ("deck", "changeDeck", WORD),
        ("n3", "Japanese::N3", WORD),
        ("card", "my_card-type", WORD),
        ("type", "my_card-type", WORD),
        ("cd", "changeDeck", LETTERS),
        ("jn3", "Japanese::N3", LETTERS),
        ("dk", "changeDeck", LETTERS),
        ("straße", "STRASSE", PREFIX),
        ("ange", "changeDeck", None),
        ("hd", "changeDeck", None),
        ("dc", "changeDeck", LETTERS),
        ("de", "decade", PREFIX),
        ("suspended", "suspend", None),
    ],
)
def test_fit(typed: str, name: str, how: int | None) -> None:
    assert fit(typed, name) == how


def test_order() -> None:
    names = Names(["b::deck", "deck::a", "my deck", "deck", "dark energy", "deck::b", "ideck"])
    assert names.matching("de", 10) == [
        (PREFIX, "deck"),
        (PREFIX, "deck::a"),
        (PREFIX, "deck::b"),
        (WORD, "my deck"),
        (WORD, "b::deck"),
        (LETTERS, "dark energy"),
    ]
    assert [name for _, name in names.matching("", 3)] == ["my deck", "deck", "dark energy"]
    assert len(names.matching("de", 2)) == 2


NAMES = st.lists(st.text("aAbB:_ é\n", max_size=6), max_size=8, unique=True)


@given(NAMES, st.text("aAbB:_ é", min_size=1, max_size=3))
def test_many_names_are_matched_as_one_is(names: list[str], typed: str) -> None:
    """The quick way and the plain one agree."""
    quick = {name: how for how, name in Names(names).matching(typed, 100)}
    plain = {
        name: how for name in names if (how := fit(typed, name.replace("\n", " "))) is not None
    }
    assert quick == plain
