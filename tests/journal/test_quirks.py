"""What AnkiConnect passes over in silence or answers oddly, row by row: what ankish says of it.

The rows are those of the list of its quirks: "Silent success / odd returns", and "Notes and tags".
What is dangerous is in `test_guards`; areDue and getIntervals are in `language/test_answered`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.journal import Desk, http_desk

SHORT, REFUSED, FAILED = "journal::stopped-short", "anki::refused", "anki::not-done"
NEW = 'deckName: "Inbox", modelName: "Basic"'

ROWS: dict[str, tuple[str, str]] = {
    # Unknown ids are ignored in silence.
    "addTags [5] x": (SHORT, "0 of 1 note"),
    "removeTags [5] x": (SHORT, "0 of 1 note"),
    "deleteNotes [5]": (SHORT, "0 of 1 note"),
    "forgetCards [5]": (SHORT, "0 of 1 card"),
    "relearnCards [5]": (SHORT, "0 of 1 card"),
    'setDueDate [5] "1"': (SHORT, "0 of 1 card"),
    "changeDeck [5] Inbox": (SHORT, "0 of 1 card"),
    "replaceTags [5] a b": (SHORT, "0 of 1 note"),
    # Unknown ids are an error, which for suspend fails those that are known.
    "suspend [5]": (SHORT, "0 of 1 card"),
    "suspend [$card, 5]": (SHORT, "1 of 2 cards"),
    "unsuspend [5]": (SHORT, "0 of 1 card"),
    "suspended 5": (REFUSED, "Card was not found: 5"),
    "updateNoteFields {id: 5, fields: {}}": (REFUSED, "Note was not found: 5"),
    "getNoteTags 5": (REFUSED, "Note was not found: 5"),
    # False at their place, in an array.
    "answerCards [{cardId: 5, ease: 3}]": (SHORT, "0 of 1 card"),
    "setEaseFactors [5] [2500]": (SHORT, "0 of 1 card"),
    # An unknown id is the deck Default.
    "deckNameFromId 5": (FAILED, "no deck with this id"),
    # False, or true, in many forms.
    "setSpecificValueOfCard $card [nope] [1] --warning_check": ("type::choice", "nope"),
    "setSpecificValueOfCard $card [odue] [1]": (FAILED, "warning_check"),
    "setDeckConfigId [Inbox] 999": (SHORT, "0 of 1 deck"),
    "getDeckConfig nope": ("name::deck", "nope"),
    'retrieveMediaFile "none.png"': (FAILED, "no media file of this name"),
    'exportPackage nope "x.apkg"': ("name::deck", "nope"),
    "guiDeckOverview nope": ("name::deck", "nope"),
    'loadProfile "nope"': ("name::profile", "nope"),
    "cloneDeckConfigId x 999": (FAILED, "no preset"),
    "removeDeckConfigId 999": (FAILED, "no preset"),
    "removeDeckConfigId 1": (REFUSED, "can't delete default conf"),
    "saveDeckConfig {id: 999}": (FAILED, "no preset"),
    'deleteMediaFile "none.png"': (SHORT, "0 of 1 file"),
    'updateModelTemplates {name: "Basic", templates: {Nope: {Front: "x"}}}': (SHORT, "0 of 1"),
    # Fields of other names, or of the same in another case.
    f'addNote {{{NEW}, fields: {{Front: "q1", Nope: "x"}}}}': ("name::field", "Nope"),
    'updateNoteFields {id: $note, fields: {front: "x"}}': ("guard::field", "front"),
    # Errors of addNote.
    f'addNote {{{NEW}, fields: {{Front: "", Back: "b"}}}}': (REFUSED, "it is empty"),
    'addNote {deckName: "Inbox", modelName: "Cloze", fields: {Text: "none"}}': (
        REFUSED,
        "for unknown reason",
    ),
    f'addNote {{{NEW}, fields: {{Front: "q2"}}, picture: {{filename: "a.png", fields: ["Front"]}}}}': (
        "guard::no-contents",
        "a.png",
    ),
    f'addNotes [{{{NEW}, fields: {{Front: "q3"}}}}, {{{NEW}, fields: {{Front: "q3"}}}}]': (
        REFUSED,
        "duplicate",
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with http_desk(tmp_path_factory.mktemp("quirks")) as made:
        yield made


@pytest.mark.parametrize("program", ROWS)
def test_what_is_said(desk: Desk, program: str) -> None:
    [note, *_] = desk.ask("findNotes", query="deck:Inbox")
    [card, *_] = desk.ask("findCards", query="deck:Inbox -is:suspended")
    code, said = ROWS[program]
    desk.run(program.replace("$note", str(note)).replace("$card", str(card)))
    first = desk.problems[0]
    assert (first.code, said in first.message) == (code, True), first


def test_what_is_told_as_it_is(desk: Desk) -> None:
    """The stored name is told; tags in one text are tags, and no letters; a search for nothing."""
    assert desk.result('storeMediaFile "UPPER.TXT" "QQ=="') == "upper.txt"
    made = desk.result(f'addNote {{{NEW}, fields: {{Front: "q4"}}, tags: "one two"}}')
    assert sorted(desk.ask("getNoteTags", note=made)) == ["one", "two"]
    assert desk.result("findNotes null") == []
    assert desk.result("areSuspended [5]") == [None]
    assert desk.result("deckNameFromId 1") == "Default"
    assert desk.result("call deckNameFromId {deckId: 5}") == "Default"
