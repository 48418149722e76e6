"""The declared keywords are those that Anki knows, and find what is said of them."""

from __future__ import annotations

import itertools
import string
import time
from collections.abc import Callable

import pytest

from ankish.syntax.search.keywords import (
    BUTTONS,
    FLAGS,
    KEYWORDS,
    OPERATORS,
    OTHER_NAMES,
    PROPERTIES,
    STATES,
)
from tests.search.collection import Anki


def is_keyword(anki: Anki, word: str) -> bool:
    """Whether Anki takes a word for a keyword: it writes keywords in small letters."""
    search = f"{word.capitalize()}:1"
    try:
        return anki.canonical(search) != search
    except Exception:
        return True


def test_the_keywords_are_those_of_anki(anki: Anki) -> None:
    short = map(
        "".join,
        itertools.chain(*(itertools.product(string.ascii_lowercase, repeat=n) for n in (1, 2, 3))),
    )
    known = {
        word for word in itertools.chain(short, KEYWORDS, OTHER_NAMES) if is_keyword(anki, word)
    }
    assert known == set(KEYWORDS)


def test_states_flags_buttons_and_properties(anki: Anki) -> None:
    candidates = [*STATES, "marked", "young", "buried-user", "relearn", "filtered", "leech"]
    assert [s for s in candidates if anki.refusal(f"is:{s}") is None] == list(STATES)
    assert [str(n) for n in range(20) if anki.refusal(f"flag:{n}") is None] == list(FLAGS)
    assert [str(n) for n in range(20) if anki.refusal(f"rated:1:{n}") is None] == list(BUTTONS)
    words = map(
        "".join,
        itertools.chain(*(itertools.product(string.ascii_lowercase, repeat=n) for n in (1, 2, 3))),
    )
    every = [*words, "lapses", "ease", "reps", "rated", "resched", "interval", "queue", "type"]
    known = {name for name in every if anki.refusal(f"prop:{name}=0") is None}
    assert known == {name for name in PROPERTIES if not name.endswith(":")}
    for name, operator in itertools.product(PROPERTIES, OPERATORS):
        key = "k" if name.endswith(":") else ""
        assert anki.refusal(f"prop:{name}{key}{operator}0") is None


@pytest.fixture
def studied(fresh: Callable[[], Anki]) -> Anki:
    """A collection with a card in each state."""
    anki = fresh()
    for name in ("new", "learn", "review", "suspended", "by hand", "flag"):
        anki.add(name)
    col = anki.col
    for name, change in (
        ("learn", {"type": 1, "queue": 1, "due": int(time.time()) - 60}),
        ("review", {"type": 2, "queue": 2, "due": 0, "ivl": 30, "factor": 2500, "reps": 3}),
    ):
        card = col.get_card(anki.cards(name).pop())
        for key, value in change.items():
            setattr(card, key, value)
        col.update_card(card)
    col.sched.suspend_cards(list(anki.cards("suspended")))
    col.sched.bury_cards(list(anki.cards('"by hand"')))
    col.set_user_flag_for_cards(3, list(anki.cards("flag")))
    pair = col.new_note(col.models.by_name("Basic (and reversed card)"))
    pair.fields = ["pair", "pair"]
    col.add_note(pair, anki.deck("Default"))
    return anki


FINDS = {
    "is:new": {"new", "suspended", "by hand", "flag", "pair"},
    "is:learn": {"learn"},
    "is:review": {"review"},
    "is:due": {"learn", "review"},
    "is:suspended": {"suspended"},
    "is:buried": {"by hand"},
    "is:buried-manually": {"by hand"},
    "is:buried-sibling": set(),
    "flag:3": {"flag"},
    "-flag:0": {"flag"},
    "prop:ivl>=30": {"review"},
    "prop:ease=2.5": {"review"},
    "prop:reps>2": {"review"},
    "prop:due=0": {"learn", "review"},
    "card:2": {"pair"},
    'card:"Card 2"': {"pair"},
    "tag:none": {"new", "learn", "review", "suspended", "by hand", "flag", "pair"},
    "deck:filtered": set(),
    "added:1 Front:new": {"new"},
    "prop:pos=1": {"new"},
}


@pytest.mark.parametrize("search", FINDS)
def test_what_they_find(studied: Anki, search: str) -> None:
    notes = (studied.col.get_note(number) for number in studied.notes(search))
    assert {note.fields[0] for note in notes} == FINDS[search]
