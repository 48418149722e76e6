"""Notes that AnkiConnect puts into another deck than it was told: that is said.

Add-ons from before the summer of 2025 put every new note into Default on Anki 26.09, and answer
as if all were well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine import notes
from ankish.anki.engine.duplicates import Draft
from ankish.diagnostics.render import render
from tests.support.journal import Desk, http_desk

DEFAULT = 1


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The sample collection behind an AnkiConnect that is too old."""
    made = notes.draft

    def into_default(*given: Any) -> Draft:
        return made(*given)._replace(deck=DEFAULT)

    monkeypatch.setattr(notes, "draft", into_default)
    with http_desk(tmp_path / "journal") as desk:
        yield desk


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Desk]:
    """The same behind one that is not."""
    with http_desk(tmp_path / "journal") as desk:
        yield desk


def said(desk: Desk) -> str:
    return render(desk.problems)


def test_a_note_in_another_deck_is_told(old: Desk) -> None:
    desk = old
    before = desk.content()
    made = '{Front: "quince-15", Back: "b"}'
    desk.run(f'addNote {{deckName: "Spanish", modelName: "Basic", fields: {made}}}')
    assert len(desk.ask("findNotes", query="deck:Default quince-15")) == 1
    assert [problem.code for problem in desk.problems] == ["journal::stopped-short"]
    assert "addNote: 0 of 1 note" in said(desk)
    assert "added, but not to the deck Spanish: this AnkiConnect is too old" in said(desk)
    desk.result("undo")
    assert desk.content() == before


def test_of_several_those_in_another_deck_are_counted(old: Desk) -> None:
    desk = old
    for deck, words in (("Spanish", ("uno-1", "dos-2")), ("Default", ("tres-3",))):
        rows = ", ".join(f'{{word: "{word}"}}' for word in words)
        desk.run(f'[{rows}] | add deck = "{deck}", model = "Basic", Front = word, Back = "b"')
        told = "0 of 2 notes" in said(desk) and "not to the deck Spanish" in said(desk)
        assert told is (deck == "Spanish")
    added = "uno-1 or dos-2 or tres-3"
    assert len(desk.ask("findNotes", query=f"deck:Default ({added})")) == 3


@pytest.mark.parametrize("text", ["x", "cafe\u0301", "<b>x</b> &amp; y", "a*b_c", "", "y" * 3000])
@pytest.mark.parametrize("deck", ["Default", "Spanish", "Spanish::Nouns"])
def test_nothing_is_told_of_a_note_where_it_belongs(new: Desk, deck: str, text: str) -> None:
    desk = new
    made = {"Front": f"eins {text}", "Back": text}
    note = {"deckName": deck, "modelName": "Basic", "fields": made, "tags": ["a b"]}
    [number] = desk.run(f"addNote {note!r}".replace("'", '"'))
    assert not desk.problems, said(desk)
    assert desk.ask("findNotes", query=f"nid:{number} deck:{deck}") == [number]
