"""`upsert`: rows meet the notes with their key; every row gets a verdict, and only differences
are sent.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.support.lab import Lab


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


BASIC = 'upsert deck = "Spanish", model = "Basic", key = Front, Front = word, Back = meaning'


def note(
    lab: Lab, front: str, back: str = "", tags: tuple[str, ...] = (), model: str = "Basic"
) -> int:
    fields = {"Front": front, "Back": back}
    options = {"allowDuplicate": True}
    made = {"deckName": "Inbox", "modelName": model, "fields": fields, "tags": list(tags)}
    return int(lab.ask("addNote", note={**made, "options": options}))


def info(lab: Lab, note: int) -> dict[str, Any]:
    (found,) = lab.ask("notesInfo", notes=[note])
    return {name: field["value"] for name, field in found["fields"].items()} | {
        "tags": found["tags"]
    }


def words(*rows: str) -> None:
    Path("words.csv").write_text("\n".join(["word,meaning", *rows, ""]), encoding="utf-8")


def test_every_row_gets_a_verdict_and_only_differences_are_sent(lab: Lab) -> None:
    changed, same = note(lab, "upa", "old", ("kept",)), note(lab, "upb", "good", ("CSV",))
    words("upa,new", "upb,good", "upc,added", ",nothing")
    before = lab.ask("notesModTime", notes=[changed, same])
    rows = lab.result(f'open words.csv | {BASIC}, tags = ["csv"]')
    assert [row["verdict"] for row in rows] == ["changed", "same", "added", "error"]
    assert [row["ok"] for row in rows] == [True, True, True, False]
    assert rows[0]["noteId"] == changed and rows[1]["noteId"] == same
    assert rows[3]["error"] == "the key Front is empty" and rows[3]["meaning"] == "nothing"
    assert info(lab, changed) == {"Front": "upa", "Back": "new", "tags": ["CSV", "kept"]}
    assert info(lab, same) == {"Front": "upb", "Back": "good", "tags": ["CSV"]}
    assert info(lab, rows[2]["noteId"]) == {"Front": "upc", "Back": "added", "tags": ["CSV"]}
    assert lab.ids("deck:Spanish Front:upc") and not lab.ids("deck:Spanish Front:upa")
    after = lab.ask("notesModTime", notes=[changed, same])
    assert after[1]["mod"] == before[1]["mod"]
    again = lab.result(f'open words.csv | {BASIC}, tags = ["csv"]')
    assert [row["verdict"] for row in again] == ["same", "same", "same", "error"]


def test_without_rows_it_is_one_note(lab: Lab) -> None:
    assert lab.text(
        'add deck = "Spanish", model = "Basic", Front = "solo ${1 + 1}", Back = "x"'
    ) == ("add: 1 note\n")
    [note] = lab.ask("findNotes", query='"Front:solo 2"')
    assert info(lab, note)["Back"] == "x"
    same = (
        'upsert deck = "Spanish", model = "Basic", key = Front, Front = "solo 2", Back = upper("y")'
    )
    assert lab.text(same) == "upsert: 1 changed\n"
    assert lab.text(same) == "upsert: 1 same\n"
    assert info(lab, note)["Back"] == "Y"
    [[verdict]] = lab.results(
        'for x in ["uno"] { add deck = "Spanish", model = "Basic", Front = $x }'
    )
    assert verdict["ok"]
    assert lab.ask("findNotes", query='"Front:uno"') == [verdict["noteId"]]


def test_few_requests_are_sent(lab: Lab) -> None:
    for number in range(40):
        note(lab, f"few{number}", "old")
    words(*(f"few{number},new" for number in range(80)))
    program = f'open words.csv | {BASIC}, tags = ["csv"]'
    lab.ask("version")
    sent = lab.client.stats.requests
    rows = lab.result(program)
    assert [row["verdict"] for row in rows] == ["changed"] * 40 + ["added"] * 40
    # What exists takes two, the notes two; then notes are added, changed and tagged, the
    # first of them alone to see how fast this Anki is.
    assert lab.client.stats.requests - sent <= 9
    sent = lab.client.stats.requests
    assert {row["verdict"] for row in lab.result(program)} == {"same"}
    assert lab.client.stats.requests - sent <= 4


def test_a_key_that_is_no_key_is_an_error_for_its_rows(lab: Lab) -> None:
    notes = [note(lab, "twice", str(number)) for number in range(5)]
    words("twice,x", "row,1", "row,2", "fine,3")
    rows = lab.result(f"open words.csv | {BASIC}")
    assert [row["verdict"] for row in rows] == ["error", "error", "error", "added"]
    ids = ", ".join(map(str, notes[:3]))
    assert rows[0]["error"] == f"several notes have this key: {ids} and 2 more"
    assert rows[1]["error"] == rows[2]["error"] == "the rows 2 and 3 have the same key"
    assert [info(lab, each)["Back"] for each in notes] == list("01234")
    assert not lab.ids("Front:row")


SAME_KEYS = {
    "el mar": "<b>el</b>&nbsp;mar ",
    "caf\u00e9": "cafe\u0301",
    "a &amp; b": "<div>a &amp; b</div>",
    '<img src="a.png">': '<img class=x src="a.png">',
}
OTHER_KEYS = {"el mar": "El mar", '<img src="a.png">': '<img src="b.png">', "a": "á"}


@pytest.mark.parametrize("key", SAME_KEYS)
def test_keys_are_compared_as_they_are_seen(lab: Lab, key: str) -> None:
    there = note(lab, SAME_KEYS[key], "old")
    words('"{}",new'.format(key.replace('"', '""')))
    (row,) = lab.result(
        'open words.csv | upsert model = "Basic", key = Front, Front = word, Back = meaning'
    )
    assert (row["verdict"], row["noteId"]) == ("changed", there)
    assert info(lab, there)["Back"] == "new"


@pytest.mark.parametrize("key", OTHER_KEYS)
def test_other_keys_are_others(lab: Lab, key: str) -> None:
    note(lab, OTHER_KEYS[key], "old")
    words('"{}",new'.format(key.replace('"', '""')))
    (row,) = lab.result(
        'open words.csv | upsert model = "Basic", key = Front, Front = word, Back = meaning'
    )
    assert row["error"] == "no note has this key, and no deck is given to add one to"


def test_any_field_can_be_the_key(lab: Lab) -> None:
    there = note(lab, "old front", "the key")
    words("new front,the key")
    (row,) = lab.result(
        'open words.csv | upsert model = "Basic", key = Back, Front = word, Back = meaning'
    )
    assert row["verdict"] == "changed"
    assert info(lab, there)["Front"] == "new front"


def test_what_a_row_does_not_say_stays(lab: Lab) -> None:
    there = note(lab, "upn", "kept")
    Path("n.json").write_text('[{"Front": "upn", "Back": null}]')
    (row,) = lab.result('open n.json | upsert model = "Basic", Front = Front, Back = Back')
    assert row["verdict"] == "same"
    Path("n.json").write_text('[{"Front": "upn", "Back": ""}]')
    (row,) = lab.result('open n.json | upsert model = "Basic", Front = Front, Back = Back')
    assert row["verdict"] == "changed"
    assert info(lab, there)["Back"] == ""


def test_notes_come_back_by_their_ids(lab: Lab) -> None:
    lab.results("find deck:Inbox | notes | select noteId, Front, Back | save back.csv")
    notes = lab.ask("findNotes", query="deck:Inbox")
    with Path("back.csv").open(encoding="utf-8", newline="") as file:
        table = [[id_, front, f"{back}!"] for id_, front, back in csv.reader(file)][1:]

    def edited(*more: list[str]) -> None:
        with Path("back.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["noteId", "Front", "Back"], *table, *more])

    edited(["17", "gone", "gone"], ["x", "y", "z"])
    assert lab.codes("open back.csv | upsert noteId = noteId, Back = Back") == ["value::not-an-id"]
    edited(["17", "gone", "gone"])
    rows = lab.result("open back.csv | upsert noteId = noteId, Back = Back")
    assert [row["verdict"] for row in rows] == ["changed"] * len(notes) + ["error"]
    assert rows[-1]["error"] == "there is no note 17"
    assert all(info(lab, each)["Back"].endswith("!") for each in notes)


def test_a_refusal_is_a_verdict(lab: Lab) -> None:
    note(lab, "front that is there", "b1")
    words("front that is there,b2")
    program = 'open words.csv | upsert deck = "Inbox", model = "Basic", key = Back, Front = word, Back = meaning'
    (row,) = lab.result(program)
    assert row["verdict"] == "error" and "duplicate" in row["error"]


def test_note_types_can_differ_from_row_to_row(lab: Lab) -> None:
    Path("m.csv").write_text("m,f\nBasic,upm\nBasic (and reversed card),upm\n")
    known = set(lab.ask("modelNames"))
    assert {"Basic", "Basic (and reversed card)"} <= known
    rows = lab.result(
        'open m.csv | upsert deck = "Inbox", model = m, key = Front, Front = f, Back = "b"'
    )
    assert [row["verdict"] for row in rows] == ["added", "added"]
    rows = lab.result(
        'open m.csv | upsert deck = "Inbox", model = m, key = Front, Front = f, Back = "b"'
    )
    assert [row["verdict"] for row in rows] == ["same", "same"]


def test_what_is_shown(lab: Lab) -> None:
    note(lab, "upa", "old")
    words("upa,new", "upc,added", ",nothing")
    shown = lab.text(f"open words.csv | {BASIC}", "table")
    assert shown.splitlines()[-1] == "upsert: 1 added, 1 changed, 1 error"
    assert "the key Front is empty" in shown and "true" not in shown


MISTAKES = {
    'open words.csv | upsert deck = "Spanish", Front = word': ["call::missing"],
    'open words.csv | upsert model = "Basic", key = Frnt, Front = word': ["name::key-not-set"],
    'open words.csv | upsert model = "Basic", key = 1 + 2, Front = word': ["type::key-name"],
    'open words.csv | upsert model = "Basic", Back = meaning': ["name::key-not-set"],
    'open words.csv | upsert model = "Bsic", key = Front, Front = word': ["name::model"],
    'open words.csv | upsert model = "Basic", key = Front, Front = word, Bck = ""': ["name::field"],
    'open words.csv | upsert deck = "Spnish", model = "Basic", Front = word': ["name::deck"],
    'find deck:Inbox | upsert model = "Basic", Front = frnt': ["name::column"],
    'upsert model = "Basic", Front = word': ["call::needs-input"],
    'add deck = "Spanish", model = "Basic", Front = word': ["call::needs-input"],
    'add deck = Spanish, model = "Basic", Front = "a"': ["call::needs-input"],
    'add deck = "Spanish", model = "Basic"': ["name::first-field"],
    'add deck = "Spnish", model = "Basic", Front = "a"': ["name::deck"],
}


@pytest.mark.parametrize("program", MISTAKES)
def test_mistakes_are_told_before_anything_is_sent(reading: Lab, program: str) -> None:
    words("a,b")
    before = reading.ask("notesInfo", query="")
    assert reading.codes(program) == MISTAKES[program]
    assert reading.ask("notesInfo", query="") == before
