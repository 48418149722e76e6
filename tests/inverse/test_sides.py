"""Undo by whoever answers: the engine here, the engine behind a URL, AnkiConnect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.http import HttpTransport
from ankish.anki.protocol import actions_of
from tests.inverse.ground import Ground, embedded, served, through_ankiconnect
from tests.inverse.place import copied
from tests.inverse.snapshot import differences

OWN = (
    'findCards "deck:Inbox" | buryCards',
    'findCards "deck:Inbox" | setFlag 4',
    "renameDeck Geography Maps",
    'createFilteredDeck Extra "deck:Inbox"',
    'findNotes "deck:Inbox" | findAndReplaceInNotes e xyz',
    'findCards "is:new deck:Geography" | repositionNewCards start=5',
    "emptyFilteredDeck Cram",
    "rebuildFilteredDeck Cram",
    "deleteEmptyCards",
    'findNotes "deck:Inbox" | deleteNotes',
    "deleteDecks [Cram] --cardsToo",
)
"""Actions that AnkiConnect lacks, and two of which it loses something."""


@pytest.fixture(scope="module")
def behind_a_url() -> Iterator[Ground]:
    with served() as ground:
        yield ground


@pytest.mark.parametrize("program", OWN)
def test_behind_a_url_the_engine_takes_back_as_here(behind_a_url: Ground, program: str) -> None:
    before, _ = behind_a_url.look()
    behind_a_url.run(program)
    assert not behind_a_url.problems
    assert differences(before, behind_a_url.look()[0])
    behind_a_url.run("undo")
    assert not behind_a_url.problems
    now, gone = behind_a_url.look()
    assert differences(before, now) == []
    assert gone == []


@pytest.fixture
def base(tmp_path: Path) -> Path:
    copied(tmp_path)
    return tmp_path


def test_what_was_done_without_anki_is_left_alone_by_ankiconnect(base: Path) -> None:
    journal = base / "journal"
    with embedded(base, journal) as here:
        before, _ = here.look()
        here.run('findNotes "deck:Inbox" | addTags fresh')
        done, _ = here.look()
    with through_ankiconnect(base, journal) as anki:
        anki.run("undo")
        assert [problem.code for problem in anki.problems] == ["journal::needs-engine"]
        assert differences(done, anki.look()[0]) == []
    with served(base, journal) as server:
        server.run("undo")
        assert not server.problems
        assert differences(before, server.look()[0]) == []


def test_what_was_done_through_ankiconnect_is_taken_back_without_anki(base: Path) -> None:
    journal = base / "journal"
    with through_ankiconnect(base, journal) as anki:
        before, _ = anki.look()
        anki.run(
            'findNotes "deck:Inbox" | first 3 | removeTags marked; findCards "deck:Inbox" | suspend'
        )
        assert not anki.problems
        done, _ = anki.look()
        assert differences(before, done)
    with embedded(base, journal) as here:
        here.run("undo")
        assert not here.problems
        assert differences(before, here.look()[0]) == []
    with through_ankiconnect(base, journal) as anki:
        anki.run("redo")
        assert not anki.problems
        assert differences(done, anki.look()[0]) == []


def test_what_changes_while_it_is_looked_at_is_not_overwritten(
    behind_a_url: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another client is quicker, between the look and the putting back."""
    [one, *_] = cards = behind_a_url.client.invoke("findCards", {"query": "deck:Inbox"})
    behind_a_url.run('findCards "deck:Inbox" | setFlag 4')
    send, others = HttpTransport.send, [1]

    def second(self: HttpTransport, request: dict[str, Any], timeout: float) -> object:
        if others and "putState" in actions_of(request):
            others.pop()
            mine = {"action": "setFlag", "version": 6, "params": {"cards": [one], "flag": 7}}
            send(self, mine, timeout)
        return send(self, request, timeout)

    monkeypatch.setattr(HttpTransport, "send", second)
    behind_a_url.run("undo")
    assert [problem.code for problem in behind_a_url.problems] == ["journal::changed"]
    assert str(one) in behind_a_url.problems[0].notes[0]
    flags = [card["flags"] for card in behind_a_url.client.invoke("cardsInfo", {"cards": cards})]
    assert flags == [7] + [0] * (len(cards) - 1)
