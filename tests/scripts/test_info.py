"""`info`: what is known about cards, in words and not in Anki's numbers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.lab import embedded_lab


@pytest.mark.parametrize(
    ("before", "search", "wanted"),
    [
        ("", "deck:Spanish is:new", {"state": "new", "waits": "for its turn", "flagged": "no"}),
        ("", "is:suspended is:review", {"state": "relearning", "waits": "suspended"}),
        ("", "is:learn", {"state": "relearning"}),
        ("find deck:Inbox | buryCards", "deck:Inbox", {"waits": "buried by hand"}),
    ],
)
def test_codes_are_words(before: str, search: str, wanted: dict[str, Any]) -> None:
    with embedded_lab() as lab:
        lab.results(before)
        [row] = lab.result(f"find {search} | first 1 | info")
        assert {key: row[key] for key in wanted} == wanted
        raw = lab.ask("cardsInfo", cards=[row["cardId"]])[0]
        assert (row["reps"], row["deck"]) == (raw["reps"], raw["deckName"])
        assert "css" not in row and "question" not in row


def test_when_a_card_comes() -> None:
    with embedded_lab() as lab:
        [new] = lab.result("find deck:Spanish is:new | first 1 | info")
        assert new["comes"].startswith("position ")
        [learning] = lab.result("find is:learn | first 1 | info")
        assert learning["comes"].startswith("20")
        [review] = lab.result("find is:review -is:learn | first 1 | info")
        assert review["comes"].startswith("day ")


def test_every_flag_has_its_colour() -> None:
    with embedded_lab() as lab:
        cards = sorted(lab.ids("deck:Inbox"))[:8]
        for flag, card in enumerate(cards):
            lab.ask("setSpecificValueOfCard", card=card, keys=["flags"], newValues=[flag])
        told = lab.result(f"{cards} | info")
        colours = "no red orange green blue pink turquoise purple".split()
        assert [row["flagged"] for row in told] == colours
