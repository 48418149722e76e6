"""What AnkiConnect would do that nobody wants: refused or asked about, and never sent.

The programs run against a server with AnkiConnect's manners that counts what it is asked. Of
each danger there is a row, and the ways in which a program can come to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.anki.protocol import actions_of
from ankish.runtime.consent import Question
from tests.support.engine import sample_engine
from tests.support.journal import Desk
from tests.support.manners import Manners

NOTE = '{deckName: "Default", modelName: "Basic", fields: {Front: "g"}'
SQL = "0) or (1=1"

WRITTEN = {
    # The whole media folder would go into the trash.
    'deleteMediaFile ""': "type::argument",
    'deleteMediaFile "a/"': "guard::folder",
    'deleteMediaFile ".."': "guard::folder",
    'call deleteMediaFile {filename: ""}': "guard::folder",
    'storeMediaFile "" "b25l"': "type::argument",
    'call storeMediaFile {filename: "a\\\\", data: "b25l"}': "guard::folder",
    'call multi {actions: [{action: "deleteMediaFile", params: {filename: ""}}]}': "guard::folder",
    f'addNote {NOTE}, audio: {{filename: "", data: "b25l"}}}}': "guard::folder",
    f'call addNote {{note: {NOTE}, picture: [{{filename: "", url: "http://x"}}]}}}}': (
        "guard::folder"
    ),
    # The error would be written into the field.
    f'addNote {NOTE}, audio: {{filename: "a.mp3", fields: ["Front"]}}}}': "guard::no-contents",
    f'addNote {NOTE}, audio: {{filename: "a.mp3", data: "abc"}}}}': "guard::not-base64",
    # A field would be lost.
    'modelFieldReposition Basic Front "0"': "type::argument",
    'call modelFieldReposition {modelName: "Basic", fieldName: "Front", index: "0"}': "guard::type",
    # All tags would go.
    'updateNoteModel {id: 5, modelName: "Basic", fields: {Front: "a"}}': "call::missing",
    'call updateNoteModel {note: {id: 5, modelName: "Basic", fields: {Front: "a"}}}': "guard::tags",
    # Text would be spliced into SQL.
    f'suspend ["{SQL}"]': "type::argument",
    f'call cardsToNotes {{cards: ["{SQL}"]}}': "guard::type",
    f'call changeDeck {{cards: ["{SQL}"], deck: "Inbox"}}': "guard::type",
    f'call relearnCards {{cards: ["{SQL}"]}}': "guard::type",
    f'call deleteNotes {{notes: ["{SQL}"]}}': "guard::type",
    """curl localhost:8765 -d '{"action": "deleteMediaFile", "params": {"filename": ""}}'""": (
        "guard::folder"
    ),
    "call suspend {cards: [1.0]}": "guard::type",
    "call suspend {cards: [true]}": "guard::type",
    "call answerCards {answers: [{cardId: 'x1', ease: 3}]}": "guard::type",
    f'call insertReviews {{reviews: [["{SQL}", 1, 1, 1, 1, 1, 1, 1, 1]]}}': "guard::review",
    "insertReviews [[1, 2, 3]]": "guard::review",
    # A deck would be made of each letter, or by each question.
    'call getDeckStats {decks: "Spanish"}': "guard::type",
    "getDeckStats [Spnish]": "name::deck",
    "cardReviews Spnish 0": "name::deck",
    "getLatestReviewID Spnish": "name::deck",
    # A deck of another name would be made.
    'createDeck ""': "type::argument",
    'createDeck "::Geo"': "guard::deck-name",
    'createDeck "Geo::"': "guard::deck-name",
    'createDeck " Geo"': "guard::deck-name",
    'createDeck "a::::b"': "guard::deck-name",
    'find deck:Inbox | changeDeck "Geo::" --create': "guard::deck-name",
    'call createDeck {deck: ""}': "guard::deck-name",
    # The whole request would be refused.
    "modelFieldAdd Basic 'a:b'": "guard::field-name",
    "modelFieldAdd Basic ' Extra'": "guard::field-name",
    "call modelFieldAdd {modelName: 'Basic', fieldName: '#Extra'}": "guard::field-name",
    "modelFieldRename Basic Back '{{Back}}'": "guard::field-name",
    "createModel M ['a', '/b'] [{Front: '{{a}}', Back: 'b'}]": "guard::field-name",
    "setEaseFactors cards=[5, 6] easeFactors=[2500]": "guard::eases",
    "call addTags {notes: [5, 5], tags: 'twice'}": "guard::twice",
    # A tag would be made of each letter.
    f'call addNote {{note: {NOTE}, tags: "one two"}}}}': "guard::type",
    # The field would be ignored.
    'addNote {deckName: "Default", modelName: "Basic", fields: {front: "g"}}': "name::field",
}
"""What is written in the program, and the code of the error."""

COMPUTED = {
    'let x = ""; deleteMediaFile $x': "value::empty-name",
    'let x = "a" + "/"; deleteMediaFile $x': "guard::folder",
    'let x = {filename: ""}; call deleteMediaFile $x': "guard::folder",
    'let x = [{action: "deleteMediaFile", params: {filename: ""}}]; multi $x': "guard::folder",
    f'let x = {{filename: ""}}; addNote {NOTE}, audio: $x}}': "value::key-missing guard::folder",
    f'let x = [{{filename: "a.mp3"}}]; addNote {NOTE}, audio: $x}}': "guard::no-contents",
    'let x = "0"; call modelFieldReposition {modelName: "Basic", fieldName: "Front", index: $x}': (
        "guard::type"
    ),
    'let x = {id: 5, modelName: "Basic", fields: {}}; updateNoteModel $x': (
        "value::key-missing type::argument"
    ),
    f'let x = ["{SQL}"]; call cardsToNotes {{cards: $x}}': "guard::type",
    f'let x = {{cards: ["{SQL}"]}}; call changeDeck $x': "guard::type",
    "open $file | suspend": "value::not-an-id",
    "open $file | each { call cardsToNotes {cards: [$it.cardId]} }": "guard::type",
    f'[["{SQL}", 2]] | insertReviews': "value::parameter",
    'let d = "Nowh" + "ere"; getDeckStats [$d]': "value::no-deck",
    'let d = "Nowh" + "ere"; cardReviews $d 0': "value::no-deck",
    'let d = "Nowh" + "ere"; getLatestReviewID $d': "value::no-deck",
    'call getDeckStats {decks: ["Nowhere"]}': "value::no-deck",
    'let d = "Geo" + "::"; createDeck $d': "guard::deck-name",
    # Known by a look at the collection, in the request before the write.
    "find deck:Inbox | changeDeck Cram": "guard::filtered",
    "call changeDeck {cards: [$card], deck: 'Cram'}": "guard::filtered",
    'modelTemplateAdd Basic {Name: "Card 1", Front: "{{Front}}", Back: "b"}': "guard::template",
    "find deck:Spanish | first 3 | setEaseFactors 2500": "guard::eases",
    'let x = "a" + ":"; modelFieldAdd Basic $x': "guard::field-name",
    "modelFieldAdd Basic front": "guard::field-there",
    "modelFieldRename Basic Back Front": "guard::field-there",
    "modelFieldRename Basic Back FRONT": "guard::field-there",
    'updateNoteFields {id: $note, fields: {front: "new"}}': "guard::field",
    'updateNoteFields {id: $note, fields: {Front: "new", Bakc: "x"}}': "guard::field",
    'call updateNote {note: {id: $note, fields: {FRONT: "new"}}}': "guard::field",
    f'addNote {NOTE}, audio: {{filename: "a.mp3", path: "/nowhere/a.mp3"}}}}': "guard::no-file",
}
"""What is known when the program runs, and the code of the error."""

ASKED = {
    "find deck:Inbox | deleteNotes": ("deleteNotes", "22 notes"),
    "deleteDecks [Default] --cardsToo": ("deleteDecks", "1 deck (Default itself stays) with 6 cards"),
    "deleteDecks [Spanish] --cardsToo": ("deleteDecks", "3 decks with 293 cards"),
    "removeEmptyNotes": ("removeEmptyNotes", "3 note types"),
    "modelFieldAdd Basic Extra": ("modelFieldAdd", ""),
    "modelFieldReposition Basic Back 0": ("modelFieldReposition", ""),
    'createModel M [A] [{Front: "{{A}}", Back: "b"}]': ("createModel", ""),
    "insertReviews [[1594194095746, 5, -1, 3, 4, -60, 2500, 6157, 0]]": ("insertReviews", ""),
    "find '' | addTags many": ("addTags", "429 notes"),
    "for n in (findNotes '') { addTags [$n] many }": ("addTags", "429 turns of a loop"),
    "call deleteNotes {notes: [$note]}": ("deleteNotes", "1 note"),
    "multi [{action: 'deleteNotes', params: {notes: [$note]}}]": ("deleteNotes", "1 note"),
}  # fmt: skip
"""What is asked about, and what it is said to be for."""


@pytest.fixture(scope="module")
def server() -> Iterator[Manners]:
    """The sample collection with a filtered deck, behind a socket."""
    with Manners(sample_engine(), tick=0) as made:
        yield made


@pytest.fixture
def desk(server: Manners, tmp_path: Path) -> Iterator[Desk]:
    """Programs run through AnkiConnect, with variables that they can use."""
    made = Desk(Client(HttpTransport(server.url)), tmp_path / "journal")
    if "Cram" not in made.ask("deckNames"):
        made.ask("createFilteredDeck", deck="Cram", query="deck:Spanish -is:new", limit=5)
    server.bodies.clear()
    yield made
    made.client.close()


def variables(desk: Desk, folder: Path) -> str:
    """What programs in the tables above may name."""
    file = folder / "ids.csv"
    file.write_text(f"cardId\n{SQL}\n")
    note = desk.ask("findNotes", query="note:Basic")[0]
    card = desk.ask("findCards", query="deck:Inbox")[0]
    return f"let note = {note}; let card = {card}; let file = '{file}'; "


def sent(server: Manners) -> list[str]:
    """The actions of all requests."""
    return [action for body in server.bodies for action in actions_of(json.loads(body))]


@pytest.mark.parametrize("program", WRITTEN)
def test_what_is_written_costs_no_request_but_for_names(
    desk: Desk, server: Manners, program: str
) -> None:
    assert set(desk.codes(program)) == {WRITTEN[program]}
    names = {"deckNamesAndIds", "modelNamesAndIds", "findModelsByName", "apiReflect", "getTags"}
    assert set(sent(server)) <= names, "nothing but questions for names"
    if not WRITTEN[program].startswith("name::"):
        assert server.requests == 0


@pytest.mark.parametrize("program", COMPUTED)
def test_what_is_computed_is_refused_before_it_is_sent(
    desk: Desk, server: Manners, tmp_path: Path, program: str
) -> None:
    text = variables(desk, tmp_path) + program
    server.bodies.clear()
    found = desk.codes(text)
    assert len(found) == 1 and found[0] in COMPUTED[program].split(), desk.problems
    dangerous = {
        *("deleteMediaFile", "storeMediaFile", "addNote", "modelFieldReposition", "changeDeck"),
        *("updateNoteModel", "updateNote", "updateNoteFields", "modelTemplateAdd", "createDeck"),
        *("cardsToNotes", "suspend", "insertReviews", "getDeckStats", "cardReviews"),
        *("getLatestReviewID", "multi", "modelFieldAdd", "modelFieldRename"),
    }
    assert dangerous.isdisjoint(sent(server))


@pytest.mark.parametrize("program", ASKED)
def test_what_is_asked_about_is_not_sent_after_no(
    desk: Desk, server: Manners, tmp_path: Path, program: str
) -> None:
    action, about = ASKED[program]
    asked: list[Question] = []
    session = desk.session()
    session.yes, session.ask_from = False, 100

    def no(question: Question) -> bool:
        asked.append(question)
        return False

    session.confirm = no
    text = variables(desk, tmp_path) + program
    server.bodies.clear()
    desk.run(text, session)
    assert [problem.code for problem in desk.problems] == ["run::not-confirmed"]
    assert [(each.action, each.about) for each in asked] == [(action, about)]
    assert asked[0].reasons and (asked[0].sample or not about or "turns" in about)
    assert action not in sent(server)


@pytest.mark.parametrize("program", ASKED)
def test_a_script_needs_yes(desk: Desk, server: Manners, tmp_path: Path, program: str) -> None:
    session = desk.session()
    session.yes, session.ask_from = False, 100
    text = variables(desk, tmp_path) + f"find tag:old | addTags early\n{program}"
    server.bodies.clear()
    desk.run(text, session)
    assert {problem.code for problem in desk.problems} <= {"run::needs-yes", "journal::so-far"}
    assert desk.problems[0].code == "run::needs-yes"
    assert ASKED[program][0] not in set(sent(server)) - {"addTags"}
    if "many" not in program:  # how many it is for is known when it comes to that
        assert "addTags" not in sent(server)


def test_ids_out_of_a_file_are_sent_once_each(desk: Desk, server: Manners, tmp_path: Path) -> None:
    notes = desk.ask("findNotes", query="tag:old")[:2]
    file = tmp_path / "notes.csv"
    file.write_text("noteId\n" + "".join(f"{note}\n" for note in [*notes, notes[0]]))
    desk.result(f"open '{file}' | addTags once")
    assert sorted(desk.ask("findNotes", query="tag:once")) == sorted(notes)
    desk.result("undo")


def test_what_is_refused_has_changed_nothing_and_is_not_said_to_have(desk: Desk) -> None:
    """A run of which every request was refused has nothing to take back or to go on with."""
    assert desk.codes('updateNoteFields {id: 5, fields: {Front: "x"}}') == ["anki::refused"]
