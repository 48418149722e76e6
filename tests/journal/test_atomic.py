"""`atomic` takes back what was done in it when it fails."""

from __future__ import annotations

from tests.support.journal import Desk


def test_what_was_done_is_taken_back(desk: Desk) -> None:
    before = desk.content()
    program = "atomic { find tag:leech | addTags a | suspend\nfail 'no' }"
    assert desk.codes(program)[0] == "value::fail"
    assert desk.content() == before


def test_what_was_done_before_it_stays(desk: Desk) -> None:
    old = desk.ask("findNotes", query="tag:old")
    desk.run("find tag:old | addTags kept\natomic { find tag:old | addTags gone\nfail 'no' }")
    assert desk.ask("findNotes", query="tag:kept") == old
    assert desk.ask("findNotes", query="tag:gone") == []
    desk.result("undo")
    assert desk.ask("findNotes", query="tag:kept") == []


def test_an_error_that_is_handled_inside_takes_nothing_back(desk: Desk) -> None:
    desk.result("atomic { find tag:old | addTags a\ntry { fail 'no' } catch e { } }")
    assert desk.ask("findNotes", query="tag:a") == desk.ask("findNotes", query="tag:old")


def test_the_inner_one_takes_back_its_part_alone(desk: Desk) -> None:
    program = (
        "atomic { find tag:old | addTags outer\n"
        "try { atomic { find tag:old | addTags inner\nfail 'no' } } catch e { } }"
    )
    desk.result(program)
    assert desk.ask("findNotes", query="tag:outer") == desk.ask("findNotes", query="tag:old")
    assert desk.ask("findNotes", query="tag:inner") == []


def test_an_action_that_anki_refuses_takes_back_those_before_it(desk: Desk) -> None:
    before = desk.content()
    codes = desk.codes(
        "atomic { find tag:old | addTags a\nupdateNoteFields {id: 5, fields: {Front: 'x'}} }"
    )
    assert codes[0] == "anki::refused"
    assert desk.content() == before


def test_it_holds_without_a_journal(desk: Desk) -> None:
    before = desk.content()
    session = desk.session()
    session.journals = None
    desk.run("atomic { find tag:old | addTags a\nfail 'no' }", session)
    assert desk.content() == before
    assert not desk.folder.exists()


def test_what_cannot_be_taken_back_is_no_part_of_it(desk: Desk) -> None:
    before = desk.content()
    program = "atomic { find tag:old | addTags a\nsync }"
    assert desk.codes(program) == ["call::not-atomic"]
    assert desk.codes("atomic { call sync {} }") == ["call::not-atomic"]
    assert desk.content() == before


def test_what_was_taken_back_is_said(desk: Desk) -> None:
    """Before it stands what was reported as done."""
    desk.run("atomic { find tag:old | addTags a\nfind tag:leech | suspend\nfail 'no' }")
    [failed, taken] = desk.problems
    assert failed.code == "value::fail"
    assert taken.message == "atomic has taken back what was done in it: `addTags` and `suspend`"
    assert desk.run("atomic { fail 'no' }") == []
    assert [each.code for each in desk.problems] == ["value::fail"], "nothing had been done"


def test_what_an_inner_one_has_taken_back_is_not_said_twice(desk: Desk) -> None:
    desk.run(
        "atomic { find tag:old | addTags outer\natomic { find tag:old | addTags a\nfail 'no' } }"
    )
    told = [each.message for each in desk.problems if each.code == "journal::taken-back"]
    assert told == ["atomic has taken back what was done in it: `addTags`"] * 2
