"""What is written next is looked at in the request before it, and nothing else changes by that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ankish.catalog.traffic import TICK
from ankish.runtime.chunks import Outgoing
from ankish.runtime.journal import known
from ankish.runtime.pace import Pace
from tests.support.journal import Desk, http_desk


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    """The sample collection behind AnkiConnect's manners."""
    with http_desk(tmp_path / "journal") as made:
        yield made


def requests(desk: Desk, program: str, journalled: bool = True) -> int:
    """How many requests a program takes."""
    desk.session().world.prefetch({"decks", "details"})  # the connection is there, and the names
    start = desk.client.stats.requests
    session = desk.session()
    session.journals = session.journals if journalled else None
    desk.run(program, session)
    assert not desk.problems
    return desk.client.stats.requests - start


MORE = {
    "find tag:leech | addTags hello | suspend": 0,
    "find 'tag:leech or tag:old' | removeTags old | suspend": 0,
    'let some = find tag:leech | notes\nfor i in [1, 2, 3] { $some | addTags "t${i}" }': 0,
    'find tag:leech | changeDeck "Spanish::Verbs"': 1,
    'find deck:Spanish -is:new | changeDeck "Spanish::Verbs"': 0,
    "find deck:Geography note:Basic | set Back = 'changed ${Front}'": 0,
    "find deck:Spanish is:new | where reps == 0 | first 2 | suspend": 1,
    "find tag:leech | notes | deleteNotes": 1,
}
"""Programs, and how many requests more they take with the journal."""


@pytest.mark.parametrize("program", MORE)
def test_the_journal_asks_with_the_request_before(anki: Desk, program: str) -> None:
    before = anki.content()
    with_it = requests(anki, program)
    changed = anki.content()
    assert changed != before
    assert anki.run("undo") and not anki.problems
    if "delete" not in program:  # a note that comes back has another id
        assert anki.content() == before
        assert with_it == requests(anki, program, journalled=False) + MORE[program]
        assert anki.content() == changed
    else:
        assert [*map(len, anki.content().values())] == [*map(len, before.values())]
        assert with_it == 2 + MORE[program]  # names with the search, and deletion


def test_items_that_were_so_already_stay_so(anki: Desk) -> None:
    card, other = anki.ask("findCards", query="tag:leech")[:2]
    anki.ask("suspend", cards=[card])
    anki.ask("unsuspend", cards=[other])
    note = anki.ask("cardsToNotes", cards=[card])[0]
    anki.ask("addTags", notes=[note], tags="mine")
    anki.result("find tag:leech | addTags mine | suspend")
    anki.result("undo")
    assert anki.ask("areSuspended", cards=[card, other]) == [True, False]
    assert anki.ask("findNotes", query="tag:mine") == [note]


def test_a_search_that_finds_nothing_says_nothing_of_other_notes(anki: Desk) -> None:
    """The same write for others comes right after it."""
    anki.result(
        "let none = find tag:nowhere | notes\n$none | addTags x\nfind tag:leech | addTags x"
    )
    assert not anki.problems
    old = anki.ask("findNotes", query="tag:old")
    anki.run(f"find tag:nowhere | addTags y\n{old} | addTags y")
    assert not anki.problems
    anki.result("undo")
    assert anki.ask("findNotes", query="tag:y") == []


def test_what_is_old_is_asked_again(anki: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others do while a program takes its time is not taken back."""
    monkeypatch.setattr(known, "FRESH", 0.0)
    note = anki.ask("findNotes", query="tag:leech")[0]
    session = anki.session()
    sent = []

    def before() -> None:
        sent.append(1)
        if len(sent) == 2:  # the search was answered, and nothing is written yet
            anki.ask("addTags", notes=[note], tags="late")

    session.before = before
    anki.run("find tag:leech | addTags late", session)
    assert not anki.problems
    assert len(sent) == 3
    session.journals.close()  # type: ignore[union-attr]
    anki.result("undo")
    assert anki.ask("findNotes", query="tag:late") == [note]


def test_taking_back_learns_how_much_goes_in_a_request(
    anki: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look before a write goes with the one before that, and what is quick goes together."""
    learn = Pace.took

    def took(pace: Pace, sent: Sequence[Outgoing], seconds: float) -> None:
        learn(pace, sent, TICK / 2 + 0.001 * len(sent))  # whatever else this machine has to do

    monkeypatch.setattr(Pace, "took", took)

    def backs() -> list[str]:
        notes = anki.ask("notesInfo", query="Front:_*")
        return [note["fields"]["Back"]["value"] for note in notes]

    before = backs()
    assert len(before) > 250
    anki.run('find "Front:_*" | set Back = "changed ${Front}"')
    assert all(text.startswith("changed ") for text in backs())
    start = anki.client.stats.requests
    anki.run("undo")
    assert not anki.problems
    assert backs() == before
    assert anki.client.stats.requests - start <= 10, "2 for every 40 notes would be 16 and more"


def test_cards_lent_to_a_filtered_deck_are_where_they_were_said_to_be(anki: Desk) -> None:
    """A search for a deck finds those that are at home in it, wherever they are."""
    cards = anki.ask("findCards", query="deck:Spanish")
    anki.ask("createFilteredDeck", deck="Lent", query="deck:Spanish -is:suspended", limit=5)
    lent = anki.ask("findCards", query="deck:filtered")
    assert lent
    decks = anki.ask("getDecks", cards=[card for card in cards if card not in lent])
    more = requests(anki, "find deck:Spanish | changeDeck Default")
    assert more == 3, "names and search, where lent cards are, the move"
    assert anki.ask("getDecks", cards=cards).keys() == {"Default"}
    anki.run("undo")
    after = anki.ask("getDecks", cards=[card for card in cards if card not in lent])
    assert {k: sorted(v) for k, v in after.items()} == {k: sorted(v) for k, v in decks.items()}


def test_decks_that_are_not_the_latest_are_not_believed(anki: Desk) -> None:
    """Cards in a deck that was made since the names were asked for are put back there."""
    session = anki.session()
    session.world.prefetch({"decks"})
    cards = anki.ask("findCards", query="tag:leech")
    anki.ask("changeDeck", cards=cards, deck="Brand new")
    anki.run("find tag:leech | changeDeck Default", session)
    assert not anki.problems
    assert session.journals is not None
    session.journals.close()
    anki.result("undo")
    assert anki.ask("getDecks", cards=cards) == {"Brand new": cards}


def test_adding_notes_takes_no_request_more(anki: Desk) -> None:
    """What has to be known of fields and decks goes with the notes."""
    rows = ", ".join(f'{{word: "{word}-15"}}' for word in ("eins", "zwei", "drei"))
    program = f'[{rows}] | add deck = "Spanish", model = "Basic", Front = word, Back = "b"'
    assert requests(anki, program) == 2
    assert len(anki.ask("findNotes", query="deck:Spanish Front:*-15")) == 3
    anki.result("undo")
    assert anki.ask("findNotes", query="Front:*-15") == []
    assert requests(anki, program, journalled=False) == 2
