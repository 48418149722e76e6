"""Reads that AnkiConnect refuses for all cards because of one: the others are told all the same."""

from __future__ import annotations

import io
import json

import pytest

from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.lab import Lab

GONE = 5


def ran(lab: Lab, program: str) -> tuple[str, list[Diagnostic]]:
    """What a program shows, and what the user is told beside that."""
    told: list[Diagnostic] = []
    session, out = Session(lambda: lab.client, yes=True), io.StringIO()
    try:
        session.run(Source("t", program), Presenter(out, out, "json"), told.extend, ())
    except AnkishError as error:
        told += error.diagnostics
    return out.getvalue(), told


@pytest.mark.parametrize("action", ["areDue", "getIntervals"])
@pytest.mark.parametrize("place", [0, 3, 7])
def test_one_card_that_is_gone_costs_no_other(lab: Lab, action: str, place: int) -> None:
    cards: list[int] = sorted(lab.ask("findCards", query="deck:Spanish"))[:7]
    others = lab.ask(action, cards=cards)
    asked = [*cards[:place], GONE, *cards[place:]]
    shown, [warning] = ran(lab, f"{action} {asked} | to json")
    assert warning.code == "anki::not-told"
    assert warning.message == f"{action} tells nothing of 1 of 8 cards"
    assert warning.notes == ("no such card: 5",)
    expected = [*others[:place], None, *others[place:]]
    assert read(shown) == expected


def read(text: str) -> object:
    """What `to json` has shown: a text, as JSON."""
    return json.loads(json.loads(text))


def test_a_card_that_was_never_answered_is_told_from_one_that_is_gone(lab: Lab) -> None:
    new: list[int] = sorted(lab.ask("findCards", query="is:new deck:Geography"))[:3]
    lab.ask("relearnCards", cards=new[:2])
    shown, [warning] = ran(lab, f"getIntervals {[*new, GONE]} | to json")
    assert read(shown) == [None, None, 0, None]
    assert warning.notes == (
        "no such card: 5",
        f"not new and never answered: {new[0]}, {new[1]}",
    )


def test_where_nothing_is_told_that_is_an_error_with_the_cards(lab: Lab) -> None:
    shown, [error] = ran(lab, f"areDue [{GONE}, 6]")
    assert (shown, error.code) == ("", "anki::nothing-told")
    assert error.notes == ("no such card: 5, 6",)


def test_many_are_named_by_some_of_them(lab: Lab) -> None:
    cards: list[int] = sorted(lab.ask("findCards", query="deck:Spanish"))[:200]
    gone = list(range(1, 151))
    shown, [warning] = ran(lab, f"getIntervals {[*gone, *cards]} | count")
    assert shown.strip() == "350"
    assert "150 of 350 cards" in warning.message
    assert warning.notes[0].endswith("9, 10 and 140 more")
