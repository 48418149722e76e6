"""What was done is taken back and done again, in sessions that know nothing of each other."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from ankish.anki.engine import notes
from ankish.anki.protocol import Reply
from ankish.diagnostics.kinds.anki import LOST
from ankish.diagnostics.model import Span
from ankish.runtime.chunks import Outgoing
from ankish.runtime.target import ClientTarget
from tests.support.journal import Desk, embedded_desk, http_desk

CHANGE = "find tag:leech | addTags hello verb | suspend"


def test_undo_redo_undo_across_sessions(desk: Desk) -> None:
    before = desk.content()
    desk.result(CHANGE)
    changed = desk.content()
    assert changed != before
    assert desk.result("undo")["undo"] == "r1"
    assert desk.content() == before
    assert desk.result("redo")["redo"] == "r1"
    assert desk.content() == changed
    desk.result("undo")
    assert desk.content() == before


def test_several_runs_are_taken_back_the_latest_first(desk: Desk) -> None:
    before = desk.content()
    for program in ("find tag:old | addTags a", "find tag:old | addTags b", CHANGE):
        desk.result(program)
    assert [shown["undo"] for shown in desk.run("undo 3")] == ["r3", "r2", "r1"]
    assert desk.content() == before
    assert desk.codes("undo") == ["journal::nothing"]
    assert [shown["redo"] for shown in desk.run("redo 2")] == ["r1", "r2"]
    assert desk.ask("findNotes", query="tag:b") == desk.ask("findNotes", query="tag:old")


def test_a_run_is_taken_back_by_its_name_and_others_stay(desk: Desk) -> None:
    desk.result("find tag:old | addTags first")
    desk.result("find tag:old | addTags second")
    old = desk.ask("findNotes", query="tag:old")
    desk.result("undo r1")
    assert desk.ask("findNotes", query="tag:first") == []
    assert desk.ask("findNotes", query="tag:second") == old
    assert desk.codes("undo r1") == ["journal::undone"]
    assert desk.codes("undo r77") == ["journal::no-run"]


def test_only_what_the_run_changed_is_put_back(desk: Desk) -> None:
    had = desk.ask("findNotes", query="tag:leech tag:verb")
    assert had
    desk.result("find tag:leech | addTags verb")
    desk.result("undo")
    assert desk.ask("findNotes", query="tag:leech tag:verb") == had


def test_what_was_changed_since_is_left_and_told(desk: Desk) -> None:
    [card, other, *_] = desk.ask("findCards", query="is:due -is:suspended")
    desk.result(f"suspend [{card}, {other}]")
    desk.ask("unsuspend", cards=[card])
    desk.result("undo")
    assert desk.ask("areSuspended", cards=[card, other]) == [False, False]
    note = desk.ask("findNotes", query="tag:old")[0]
    desk.result(f"addTags [{note}] mine")
    desk.ask("addTags", notes=[note], tags="theirs")
    desk.result("undo")
    tags = desk.ask("getNoteTags", note=note)
    assert "theirs" in tags and "mine" not in tags


def test_a_read_leaves_no_trace(desk: Desk) -> None:
    desk.result("find is:due | count")
    assert not desk.folder.exists()


def test_ids_that_do_not_exist_are_told(desk: Desk) -> None:
    known = desk.ask("findNotes", query="tag:old")
    shown = desk.run(f"addTags {[*known, 5, 6, 7]} checked")
    assert shown == [{"done": "addTags", "count": len(known)}]
    [problem] = desk.problems
    assert problem.message == f"addTags: {len(known)} of {len(known) + 3} notes"
    assert problem.notes == ("3 notes no longer exist", "missing: 5, 6, 7")


def test_nobody_else_can_read_the_journal(desk: Desk) -> None:
    desk.result("find tag:old | addTags a")
    modes = {stat.S_IMODE(file.stat().st_mode) for file in desk.folder.rglob("*.sqlite*")}
    assert modes == {0o600}
    assert stat.S_IMODE(desk.folder.stat().st_mode) == 0o700


def test_a_script_is_logged_by_its_name(desk: Desk) -> None:
    desk.run("param to: text\n\nfind tag:old | addTags $to", None, "--to", "new")
    [run] = desk.result("log")
    assert run["program"] == "test.ank --to new"


def test_the_log_tells_what_was_done(desk: Desk) -> None:
    desk.result("find tag:old | addTags a")
    desk.result("undo")
    [undo, run] = desk.result("log")
    assert run["program"] == "find tag:old | addTags a"
    assert (run["did"], run["state"]) == ("addTags", "taken back by r2")
    assert undo["did"] in ("removeTags", "putState")
    assert undo["state"] == "done"
    old = desk.ask("findNotes", query="tag:old")
    [write] = desk.result("log r1")
    became = f"done ({len(old)} of {len(old)})"
    assert (write["action"], write["became"]) == ("addTags", became)
    difference = desk.result("log r1 --diff")
    assert write["changed"] == len(difference)
    # In the engine the list of tags is looked at as well: this one is new.
    difference = [row for row in difference if row["item"] != "tags"]
    assert {row["item"] for row in difference} == set(old)
    assert {(row["before"], row["after"]) for row in difference} == {(None, "a")}


def test_what_comes_into_a_deck_before_it_is_deleted_comes_back(desk: Desk) -> None:
    """The writes could share a request, but what is in the deck is asked behind the move."""
    before = desk.content()
    notes = len(desk.ask("findNotes", query=""))
    desk.result("findCards deck:Inbox | changeDeck Geography\ndeleteDecks [Geography] --cardsToo")
    assert len(desk.ask("findNotes", query="")) < notes
    assert desk.ask("findCards", query="deck:Inbox") == []
    desk.result("undo")
    after = desk.content()
    assert len(after["notes"]) == len(before["notes"])
    assert len(desk.ask("findCards", query="deck:Inbox")) > 0
    assert after["decks"] == before["decks"]


def test_the_requests_in_a_multi_are_taken_back_each(desk: Desk) -> None:
    before = desk.content()
    old = desk.ask("findNotes", query="tag:old")
    result = desk.result(
        f'multi [{{action: "addTags", version: 6, params: {{notes: {old}, tags: "m"}}}}, '
        '{action: "createDeck", version: 6, params: {deck: "M"}}, {action: "nothing", version: 6}, '
        '{action: "multi", params: {actions: [{action: "version"}]}}]'
    )
    made = desk.ask("deckNamesAndIds")["M"]
    unsupported = {"result": None, "error": "unsupported action"}
    said = [{"result": None, "error": None}, {"result": made, "error": None}, unsupported, [6]]
    assert result == said
    assert desk.ask("findNotes", query="tag:m") == old
    assert [write["action"] for write in desk.result("log r1")][:2] == ["addTags", "createDeck"]
    desk.result("undo")
    assert desk.content() == before
    inner = '{action: "createDeck", version: 6, params: {deck: "Deep"}}'
    desk.result(f'multi [{{action: "multi", version: 6, params: {{actions: [{inner}]}}}}]')
    desk.result("undo")
    assert desk.content() == before


def test_a_run_that_did_nothing_is_none_to_take_back(desk: Desk) -> None:
    """Notes that were refused and one that is gone: the log says so, `undo` passes them by."""
    before = desk.content()
    desk.result("find tag:old | addTags kept")
    adding = 'add deck = "Inbox", model = "Basic", Front = Front, Back = Back'
    rows = desk.result(f'[{{Front: "勉強", Back: "b"}}, {{Front: "", Back: "c"}}] | {adding}')
    assert [row["ok"] for row in rows] == [False, False]
    log = desk.result("log")
    assert [(row["state"], row["did"]) for row in log] == [
        ("nothing done", ""),
        ("done", "addTags"),
    ]
    assert desk.result("undo")["undo"] == "r1"
    assert desk.content() == before


def test_the_log_counts_what_was_done(desk: Desk) -> None:
    adding = 'add deck = "Inbox", model = "Basic", Front = Front, Back = Back'
    desk.result(f'[{{Front: "勉強", Back: "b"}}, {{Front: "nieuw", Back: "c"}}] | {adding}')
    [row] = desk.result("log")
    assert (row["did"], row["state"]) == ("addNote", "done")


def test_a_refused_action_of_the_engine_is_none_to_take_back(tmp_path: Path) -> None:
    with embedded_desk(tmp_path / "journal") as desk:
        before = desk.content()
        desk.run("find deck:Inbox | addTags kept")
        desk.run("rebuildFilteredDeck Spanish")
        assert [problem.code for problem in desk.problems] == ["anki::refused"]
        assert desk.result("undo")["undo"] == "r1"
        assert desk.content() == before


def test_what_is_sent_again_is_what_was_there_before_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request is lost and sent again; the second write is then taken back alone."""
    exchange, lost = ClientTarget.exchange, [True]

    def losing(
        self: ClientTarget, actions: Sequence[Outgoing], spans: Sequence[Span] = ()
    ) -> Sequence[Reply]:
        if lost and any(each.action == "updateNoteFields" for each in actions):
            lost.pop()
            raise LOST.error(where="Anki", action="updateNoteFields", unsure=True, reason="")
        return exchange(self, actions, spans)

    monkeypatch.setattr(ClientTarget, "exchange", losing)
    with embedded_desk(tmp_path / "journal") as desk:
        [note, *_] = desk.ask("findNotes", query="deck:Spanish")
        one, two = (
            f'updateNoteFields {{id: {note}, fields: {{Back: "{text}"}}}}'
            for text in ("one", "two")
        )
        desk.run(f'{one}\natomic {{\n{two}\nfail "stop"\n}}')
        assert "value::fail" in [problem.code for problem in desk.problems]
        assert lost == []
        [info] = desk.ask("notesInfo", notes=[note])
        assert info["fields"]["Back"]["value"] == "one"


CLOZE = 'updateNoteFields {id: NOTE, fields: {Text: "{{c1::one}} {{c2::two}}"}}'


def test_blank_cards_that_stay_are_told(desk: Desk) -> None:
    """Through AnkiConnect no card of a note can be removed; the engine puts back what was."""
    fields = {"Text": "{{c1::one}} two"}
    note = desk.ask("addNote", note={"deckName": "Default", "modelName": "Cloze", "fields": fields})
    had = desk.ask("notesInfo", notes=[note])[0]["cards"]
    desk.result(CLOZE.replace("NOTE", str(note)))
    undone = desk.result("undo")
    has = desk.ask("notesInfo", notes=[note])[0]["cards"]
    assert undone["blank"] == [card for card in has if card not in had]
    assert len(undone["blank"]) == (0 if desk.client.embedded else 1)


@pytest.mark.parametrize("leaves", [True, False])
def test_a_note_type_taken_back_tells_of_its_cards_if_they_stay(
    leaves: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AnkiConnect leaves cards without a template behind, which the engine does not."""
    if leaves:
        monkeypatch.setattr(notes, "_cards_without_template", lambda *_: [])
    with http_desk(tmp_path / "journal") as desk:
        [note, *_] = desk.ask("findNotes", query="note:Basic")
        desk.result(
            f'updateNoteModel {{id: {note}, modelName: "Basic (and reversed card)", '
            'fields: {Front: "a", Back: "b"}, tags: []}'
        )
        undone = desk.result("undo")
        cards = desk.ask("notesInfo", notes=[note])[0]["cards"]
        assert len(cards) == (2 if leaves else 1)
        assert undone["blank"] == cards[1:]


def test_cards_that_a_note_type_had_come_and_go(desk: Desk) -> None:
    """To make cards again takes looks in the same request as writes: they need no taking back."""
    [note, *_] = desk.ask(
        "findNotes", query='"note:Basic (and reversed card)" is:new -is:suspended -is:review'
    )
    desk.result(
        f'updateNoteModel {{id: {note}, modelName: "Basic", fields: {{Front: "a"}}, tags: []}}'
    )
    left = len(desk.ask("notesInfo", notes=[note])[0]["cards"])  # AnkiConnect leaves both
    for word in ("undo", "redo", "undo", "redo", "undo"):
        desk.result(word)
        count = len(desk.ask("notesInfo", notes=[note])[0]["cards"])
        assert count == (2 if word == "undo" else left)


def test_what_was_changed_after_an_undo_is_not_done_again(desk: Desk) -> None:
    [note, other, *_] = desk.ask("findNotes", query="note:Basic")
    desk.result(
        f'for n in [{note}, {other}] {{ updateNoteFields {{id: $n, fields: {{Front: "ours"}}}} }}'
    )
    desk.result("undo")
    desk.ask("updateNoteFields", note={"id": note, "fields": {"Front": "theirs"}})
    assert desk.codes("redo") == ["journal::changed"]
    fronts = [
        each["fields"]["Front"]["value"] for each in desk.ask("notesInfo", notes=[note, other])
    ]
    assert fronts == ["theirs", "ours"]


def test_a_field_that_came_back_goes_again(desk: Desk) -> None:
    fields = desk.ask("modelFieldNames", modelName="Basic")
    desk.result('call modelFieldRemove {modelName: "Basic", fieldName: "Back"}')
    before = desk.ask("notesInfo", query="note:Basic")
    for word in ("undo", "redo"):
        desk.result(word)
    assert desk.ask("modelFieldNames", modelName="Basic") == ["Front"]
    assert [each["fields"] for each in desk.ask("notesInfo", query="note:Basic")] == [
        each["fields"] for each in before
    ]
    desk.result("undo")
    assert desk.ask("modelFieldNames", modelName="Basic") == fields


def test_what_is_written_since_an_undo_does_not_go_with_a_redo(desk: Desk) -> None:
    """Not the notes of a deck that goes again, nor what was learnt on cards that go again."""
    desk.ask("createDeck", deck="Mine")
    [note, card_of] = desk.ask("findNotes", query="note:Basic is:new")[:2]
    desk.ask("changeDeck", cards=desk.ask("findCards", query=f"nid:{note}"), deck="Mine")
    desk.result('deleteDecks ["Mine"] --cardsToo')
    desk.result("undo")
    fields = {"Front": "since then", "Back": "b"}
    desk.ask("addNote", note={"deckName": "Mine", "modelName": "Basic", "fields": fields})
    desk.run("redo")
    assert len(desk.ask("findNotes", query='"Front:since then"')) == 1
    desk.result(f"deleteNotes [{card_of}]")
    desk.result("undo")
    [card] = desk.ask("findCards", query=f"nid:{card_of}") or desk.ask("findCards", query="")[-1:]
    desk.ask("answerCards", answers=[{"cardId": card, "ease": 3}])
    desk.run("redo")
    assert desk.ask("cardsInfo", cards=[card])[0]


def test_an_atomic_part_takes_a_note_type_back(desk: Desk) -> None:
    [note, *_] = desk.ask("findNotes", query="note:Basic")
    before = desk.content()
    codes = desk.codes(
        f'atomic {{ updateNoteModel {{id: {note}, modelName: "Basic (and reversed card)", '
        'fields: {Front: "x"}, tags: []}; fail "stop" }'
    )
    assert codes == ["value::fail", "journal::taken-back"]
    assert desk.content()["notes"][note]["fields"] == before["notes"][note]["fields"]


def test_tags_that_came_to_be_unused_are_not_cleared_by_a_redo(desk: Desk) -> None:
    notes = desk.ask("findNotes", query="tag:old")
    desk.ask("addTags", notes=notes[:1], tags="spare")
    desk.ask("removeTags", notes=notes[:1], tags="spare")
    desk.result("clearUnusedTags")
    assert "spare" not in desk.ask("getTags")
    desk.result("undo")
    assert "spare" in desk.ask("getTags")
    desk.result("redo")
    assert "spare" not in desk.ask("getTags")
    desk.result("undo")
    desk.ask("addTags", notes=notes[:1], tags="theirs")
    desk.ask("removeTags", notes=notes[:1], tags="theirs")
    desk.run("redo")
    assert "theirs" in desk.ask("getTags")
