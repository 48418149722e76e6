"""What is written next is looked at in the request before it, and nothing else changes by that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ankish.runtime.journal import known
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


def test_taking_back_learns_how_much_goes_in_a_request(anki: Desk) -> None:
    """The look before a write goes with the one before that, and what is quick goes together."""

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
