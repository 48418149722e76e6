"""Undo by whoever answers: the engine here, the engine behind a URL, AnkiConnect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.http import HttpTransport
from ankish.anki.protocol import actions_of
from tests.inverse.ground import Ground, embedded, served, through_ankiconnect
from tests.inverse.place import copied, world
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


@pytest.mark.parametrize("program", ["importPackage {merged}", "checkMedia"])
def test_what_a_copy_told_is_undone_and_done_again_by_later_programs(
    base: Path, program: str
) -> None:
    merged = Path(world().packages[1])
    (base / "User 1" / "collection.media" / "con.png").write_bytes(b"not for Windows")
    with embedded(base, base / "journal") as here:
        here.run("createDeck Spanish; findNotes deck:Inbox | first 1 | addTags other")
        before, _ = here.look()
        here.run(program.replace("{merged}", f"{str(merged)!r}"))
        assert not here.problems
        done, _ = here.look()
        assert differences(before, done)
        for step, wanted in (("undo", before), ("redo", done), ("undo", before)):
            here.run(step)
            assert not here.problems, step
            now, gone = here.look()
            assert (differences(wanted, now), gone) == ([], []), step


def test_a_file_that_is_gone_for_good_is_named_and_nothing_is_done_again(base: Path) -> None:
    with embedded(base, base / "journal") as here:
        here.run(f"importPackage {world().packages[1]!r}")
        here.run("undo")
        before, _ = here.look()
        (base / "User 1" / "media.trash" / "fresh.mp3").unlink()
        here.run("redo")
        [problem] = here.problems
        assert "fresh.mp3 is not in Anki's trash" in f"{problem.message} {problem.notes}"
        assert differences(before, here.look()[0]) == []


def test_a_note_that_was_changed_after_an_import_stays_as_it_is(base: Path) -> None:
    with embedded(base, base / "journal") as here:
        here.run(f"importPackage {world().packages[1]!r}")
        [note, *_] = here.client.invoke("findNotes", {"query": "tag:theirs::too"})
        here.client.invoke("addTags", {"notes": [note], "tags": "mine"})
        here.run("undo")
        assert not here.problems
        [info] = here.client.invoke("notesInfo", {"notes": [note]})
        assert "mine" in info["tags"]
        assert "theirs::too" not in info["tags"]
