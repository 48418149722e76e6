"""Cards: what the recording does not show, and that no request breaks the collection."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ankish.analysis.fit import formed
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from ankish.catalog.types import DUE_DAYS
from tests.engine.support import is_sound, note

UNKNOWN = 1234567890123

Ask = Callable[..., Any]


@pytest.fixture
def cards(ask: Ask) -> list[int]:
    """Three new cards."""
    ask("addNotes", notes=[note("one"), note("two"), note("three")])
    return sorted(ask("findCards", query=""))


def rows(session: Session) -> list[Any]:
    """All that the collection keeps about cards."""
    assert session.col.db is not None
    return session.col.db.all("select * from cards order by id")


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("cardsToNotes", {}),
        ("changeDeck", {"deck": "Default"}),
        ("relearnCards", {}),
        ("areDue", {}),
        ("getIntervals", {}),
    ],
)
@pytest.mark.parametrize("bad", ["0) or (1=1", "x", "", None, 1.5, True, [1], {}])
def test_ids_that_are_no_numbers_are_refused(
    session: Session,
    cards: list[int],
    error: Callable[..., str],
    action: str,
    params: dict[str, Any],
    bad: object,
) -> None:
    before = rows(session)
    assert error(action, cards=[cards[0], bad], **params)
    assert rows(session) == before


def test_ids_as_texts_are_taken_where_ankiconnect_takes_them(ask: Ask, cards: list[int]) -> None:
    spelled = [str(card) for card in cards]
    assert sorted(ask("cardsToNotes", cards=spelled)) == sorted(ask("findNotes", query=""))
    assert ask("getDecks", cards=spelled) == {"Default": spelled}
    assert ask("areDue", cards=spelled) == [True, True, True]
    ask("changeDeck", cards=spelled, deck="Elsewhere")
    assert ask("getDecks", cards=cards) == {"Elsewhere": cards}


def test_suspend_with_an_unknown_card_does_nothing(
    ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    assert error("suspend", cards=[*cards, UNKNOWN]) == f"Card was not found: {UNKNOWN}"
    assert ask("areSuspended", cards=cards) == [False, False, False]


@pytest.mark.parametrize(
    ("before", "todo", "answer"),
    [([0], [0, 1], True), ([0, 1, 2], [0, 1, 2], True), ([0], [0], False), ([0], [0, 0], True)],
)
def test_suspend_passes_over_what_follows_a_suspended_card(
    ask: Ask, cards: list[int], before: list[int], todo: list[int], answer: bool
) -> None:
    ask("suspend", cards=[cards[place] for place in before])
    assert ask("suspend", cards=[cards[place] for place in todo]) is answer
    wanted = [place in {*before, *todo} for place in range(3)]
    assert ask("areSuspended", cards=cards) == wanted


@pytest.mark.parametrize("factors", [[1300, 70000], [1300, -1], [1300], [1300, "2"], [1300, None]])
def test_ease_is_set_for_all_cards_or_none(
    ask: Ask, error: Callable[..., str], cards: list[int], factors: list[object]
) -> None:
    assert error("setEaseFactors", cards=cards[:2], easeFactors=factors)
    assert ask("getEaseFactors", cards=cards) == [0, 0, 0]


def test_a_long_learning_step_is_due_when_its_time_has_come(ask: Ask, cards: list[int]) -> None:
    now = int(time.time() * 1000)
    hour = 60 * 60
    ask(
        "insertReviews",
        reviews=[
            [now - 30 * 60 * 1000, cards[0], -1, 1, -hour, 0, 0, 100, 0],
            [now - 90 * 60 * 1000, cards[1], -1, 1, -hour, 0, 0, 100, 0],
        ],
    )
    ask("relearnCards", cards=cards[:2])
    assert ask("areDue", cards=cards) == [False, True, True]
    assert ask("getIntervals", cards=cards) == [-hour, -hour, 0]


def test_relearning_reaches_the_sync_server(session: Session, ask: Ask, cards: list[int]) -> None:
    assert session.col.db is not None
    session.col.db.execute("update cards set usn = 7")
    ask("relearnCards", cards=[cards[0], UNKNOWN])
    assert session.col.db.all("select type, queue, usn from cards order by id") == [
        [3, 1, -1],
        [0, 0, 7],
        [0, 0, 7],
    ]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"nid": UNKNOWN}, "another note"),
        ({"id": UNKNOWN}, "another id"),
        ({"ord": 1}, "has no template 1"),
        ({"did": UNKNOWN}, f"deck was not found: {UNKNOWN}"),
        ({"odid": 1}, "filtered deck"),
        ({"odue": 5}, "filtered deck"),
        ({"due": 2_000_000}, "the position of a new card"),
        ({"type": 2, "queue": 2, "due": 200_000}, "the day of a review"),
        ({"queue": 9}, "invalid card queue"),
        ({"type": 258}, "Value out of range: 258"),
        ({"factor": 70_000}, "Value out of range: 70000"),
        ({"flags": 300}, "Value out of range: 300"),
        ({"ivl": 2**31}, "Value out of range: 2147483648"),
        ({"reps": 1, "due": "x"}, "'str' object cannot be interpreted as an integer"),
        ({"reps": 1, "due": None}, "'NoneType' object cannot be interpreted as an integer"),
    ],
)
def test_values_that_would_lose_a_card_are_refused(
    session: Session, ask: Ask, cards: list[int], columns: dict[str, object], reason: str
) -> None:
    before = rows(session)
    answer = ask(
        "setSpecificValueOfCard",
        card=cards[0],
        keys=list(columns),
        newValues=list(columns.values()),
        warning_check=True,
    )
    assert answer[0][0] is False
    assert reason in answer[0][1]
    assert rows(session) == before
    assert is_sound(session)


def test_a_card_is_not_given_a_place_that_another_has(session: Session, ask: Ask) -> None:
    two_sided = {**note("a", "b"), "modelName": "Basic (and reversed card)"}
    ask("addNote", note=two_sided)
    first = min(ask("findCards", query=""))
    answer = ask(
        "setSpecificValueOfCard", card=first, keys=["ord"], newValues=[1], warning_check=True
    )
    assert answer == [[False, "the note has a card 1 already"]]
    assert is_sound(session)


def test_values_that_fit_are_stored(session: Session, ask: Ask, cards: list[int]) -> None:
    values = {"did": ask("createDeck", deck="D"), "ivl": 9, "due": 50, "flags": 2, "left": 1001}
    answer = ask(
        "setSpecificValueOfCard",
        card=cards[0],
        keys=list(values),
        newValues=list(values.values()),
        warning_check=True,
    )
    assert answer == [True]
    card = session.col.get_card(cards[0])  # type: ignore[arg-type]
    assert {name: getattr(card, name) for name in values} == values
    assert is_sound(session)


def test_a_card_is_not_moved_into_a_filtered_deck(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    ask("createFilteredDeck", deck="F", query="front:one")
    assert "filtered deck" in error("changeDeck", cards=cards, deck="F")
    assert ask("getDecks", cards=cards) == {"F": cards[:1], "Default": cards[1:]}
    ask("changeDeck", cards=cards[:1], deck="Default")
    assert ask("getDecks", cards=cards) == {"Default": cards}
    assert is_sound(session)


def test_cards_info_of_a_card_without_its_note_is_empty(
    session: Session, ask: Ask, cards: list[int]
) -> None:
    assert session.col.db is not None
    session.col.db.execute("update cards set nid = 5 where id = ?", cards[0])
    assert ask("cardsInfo", cards=cards[:1]) == [{}]


def test_a_card_in_a_filtered_deck_is_not_relearnt(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int]
) -> None:
    ask("createFilteredDeck", deck="F", query="front:one")
    before = rows(session)
    assert "filtered deck" in error("relearnCards", cards=cards)
    assert rows(session) == before


@pytest.mark.parametrize(
    "days",
    [
        "0",
        "1!",
        "3-7",
        "7-3!",
        "007",
        "",
        "-2",
        "3-",
        "3 ",
        "5!!",
        "!",
        "1-2-3",
        "1.5",
        "abc",
        "٣",
        "0\n",
    ],
)
def test_the_form_of_days_is_the_one_that_anki_takes(
    engine: Engine, cards: list[int], days: str
) -> None:
    params = {"cards": cards, "days": days}
    answer = engine.handle({"action": "setDueDate", "version": 6, "params": params})
    assert isinstance(answer, dict)
    assert formed(days, DUE_DAYS) == (answer["error"] is None), answer


@pytest.mark.parametrize(
    "days", ["100001", "2147483648", "5-200000", "200000-5!", "99999999999", "9" * 5000]
)
def test_days_that_can_not_be_kept_are_refused(
    session: Session, ask: Ask, error: Callable[..., str], cards: list[int], days: str
) -> None:
    before = rows(session)
    assert error("setDueDate", cards=cards, days=days) == "A number was invalid or out of range."
    assert rows(session) == before
    assert ask("setDueDate", cards=cards, days="100000") is True
    assert is_sound(session)
