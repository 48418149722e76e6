"""The scripts that ship: run by name on the sample collection, and its state afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from ankish.diagnostics.model import AnkishError
from ankish.runtime.shipped import script
from tests.support.lab import Lab


def run(lab: Lab, name: str, *arguments: str) -> list[Any]:
    """What a script shows."""
    file = script(name)
    assert file is not None
    return lab.results(file.read_text(encoding="utf-8"), *arguments)


def notes(lab: Lab, query: str) -> list[dict[str, Any]]:
    """The notes that a search finds."""
    found: list[dict[str, Any]] = lab.ask("notesInfo", query=query)
    return found


def fields(lab: Lab, query: str, name: str) -> list[str]:
    """A field of the notes that a search finds."""
    return [note["fields"][name]["value"] for note in notes(lab, query)]


# ---- cards


def test_leeches(lab: Lab) -> None:
    leeches = lab.ids("tag:leech -is:suspended deck:Spanish")
    others = lab.ids("tag:leech -is:suspended -deck:Spanish")
    assert leeches and others
    said = run(lab, "leeches", "--deck", "Spanish", "--to", "Hard::Ones", "--tag", "hard")
    assert said[0] == [len(leeches), "leeches are suspended, their notes tagged", "hard"]
    assert said[1] == ["they go to", "Hard::Ones"]
    assert lab.ids("is:suspended deck:Hard::Ones tag:hard") == leeches
    assert lab.ids("tag:leech -is:suspended") == others


def test_fresh_start(lab: Lab) -> None:
    leeches = lab.ids("tag:leech")
    run(lab, "fresh-start")
    assert lab.ids("deck:Difficult is:new -is:suspended") == leeches != set()
    assert lab.ids("tag:leech") == set()


def test_retire(lab: Lab) -> None:
    known = lab.ids("prop:ivl>=100 -is:suspended")
    assert known
    run(lab, "retire", "--days", "100", "--to", "Known")
    assert lab.ids("deck:Known -is:suspended") == known
    run(lab, "retire", "--days", "100")
    assert lab.ids("deck:Known is:suspended") == known


def test_by_tags(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "tags.txt"
    file.write_text("bones\n\nhea*rt\nheart\n", encoding="utf-8")
    cards, before = lab.ids("tag:bones or tag:heart"), lab.ids("is:suspended")
    run(lab, "by-tags", "--file", str(file), "--suspend")
    assert lab.ids("is:suspended") == before | cards != before
    run(lab, "by-tags", "--file", str(file))
    assert lab.ids("is:suspended") == before - cards


def test_unlock(lab: Lab) -> None:
    mature = {note["noteId"] for note in notes(lab, "card:1 prop:ivl>=21")}
    second = lab.ids("card:2")
    lab.ask("suspend", cards=list(second))
    said = run(lab, "unlock", "--deck", "Spanish")
    unlocked = second - lab.ids("card:2 is:suspended")
    assert said[0] == [len(unlocked), "suspended cards are unlocked"]
    in_deck = {note["noteId"] for note in notes(lab, "deck:Spanish")}
    owners = {info["note"] for info in lab.ask("cardsInfo", cards=list(unlocked))}
    assert owners and owners <= mature & in_deck
    left = {info["note"] for info in lab.ask("cardsInfo", cards=list(second - unlocked))}
    assert not left & mature & in_deck


def test_gather(lab: Lab) -> None:
    cards = lab.ids("tag:verb is:new")
    with pytest.raises(AnkishError, match="no deck"):
        run(lab, "gather", "--search", "tag:verb is:new", "--to", "New::Verbs")
    assert lab.ids("deck:New") == set()
    run(lab, "gather", "--search", "tag:verb is:new", "--to", "New::Verbs", "--create")
    assert lab.ids("deck:New::Verbs") == cards != set()


def test_order_new(lab: Lab, tmp_path: Path) -> None:
    words = fields(lab, "deck:Japanese is:new note:Vocabulary", "Word")[:3]
    file = tmp_path / "list.txt"
    file.write_text("\n".join(["nothing", words[2], words[0], words[1]]), encoding="utf-8")
    run(lab, "order-new", "--deck", "Japanese", "--field", "Word", "--list", str(file))
    infos = lab.ask("cardsInfo", cards=list(lab.ids("deck:Japanese is:new note:Vocabulary")))
    due: dict[str, list[int]] = {}
    for info in infos:
        due.setdefault(info["fields"]["Word"]["value"], []).append(info["due"])
    assert max(due[words[2]]) < min(due[words[0]]) <= max(due[words[0]]) < min(due[words[1]])


def test_spread(lab: Lab) -> None:
    backlog = lab.ids("is:due prop:due<0")
    said = run(lab, "spread", "--days", "5")
    told = "cards are overdue; they come back over"
    assert said[0] == [len(backlog), told, 5, "days,", -(-len(backlog) // 5), "a day"]
    days = [lab.ids(f"prop:due={day}") & backlog for day in range(5)]
    assert sum(map(len, days)) == len(backlog) > 5
    assert max(map(len, days)) - min(map(len, days)) <= 5
    assert not lab.ids("is:due prop:due<0")


def test_set_due(lab: Lab) -> None:
    cards = lab.ids("deck:Geography")
    run(lab, "set-due", "--search", "deck:Geography", "--days", "2-4")
    assert lab.ids("deck:Geography prop:due>=2 prop:due<=4") == cards != set()


def test_start_over(lab: Lab) -> None:
    cards = lab.ids("deck:Spanish prop:lapses>4")
    assert cards and not cards & lab.ids("is:new")
    said = run(lab, "start-over", "--search", "deck:Spanish prop:lapses>4")
    assert said[0] == [len(cards), "cards become new again"]
    assert cards <= lab.ids("is:new")


def test_bury_siblings(lab: Lab) -> None:
    lab.ask("suspend", cards=list(lab.ids("card:2 is:suspended")), suspend=False)
    [first, *_] = sorted(lab.ids("card:1 note:*reversed* -is:suspended -is:buried"))
    run(lab, "bury-siblings", "--search", f"cid:{first}")
    [info] = lab.ask("cardsInfo", cards=[first])
    buried = lab.ask("cardsInfo", cards=list(lab.ids(f"nid:{info['note']} is:buried")))
    assert [card["ord"] for card in buried] == [1]


def test_copy_schedule(lab: Lab) -> None:
    lab.ask("forgetCards", cards=list(lab.ids("deck:Spanish card:2 -is:new")))
    known = lab.ask("cardsInfo", cards=list(lab.ids("deck:Spanish card:1 -is:new")))
    notes_known = {info["note"]: info for info in known}
    fresh = lab.ask("cardsInfo", cards=list(lab.ids("deck:Spanish card:2 is:new")))
    wanted = {
        i["cardId"]: notes_known[i["note"]]["interval"] for i in fresh if i["note"] in notes_known
    }
    assert wanted
    run(lab, "copy-schedule", "--deck", "Spanish")
    after = {info["cardId"]: info["interval"] for info in lab.ask("cardsInfo", cards=list(wanted))}
    assert after == wanted


def test_cram(lab: Lab) -> None:
    due = lab.ids("is:due deck:Spanish -is:suspended -is:buried")
    run(lab, "cram", "--search", "is:due deck:Spanish", "--deck", "Exam", "--limit", "9")
    crammed = lab.ids("deck:Exam")
    assert len(crammed) == 9 and crammed <= due
    run(lab, "cram", "--deck", "Exam", "--empty")
    assert lab.ids("deck:Exam") == set()
    run(lab, "cram", "--deck", "Exam")
    assert len(lab.ids("deck:Exam")) == 9


# ---- tags


def test_rename_tags(lab: Lab) -> None:
    lessons = {note["noteId"] for note in notes(lab, "tag:lesson::03")}
    run(lab, "rename-tags", "--old", "Lesson", "--new", "course::unit")
    tags = lab.ask("getTags")
    assert "course::unit::03" in tags
    assert {note["noteId"] for note in notes(lab, "tag:course::unit::03")} == lessons != set()
    assert lab.ids("tag:lesson") == set()


def test_tag_hygiene(lab: Lab) -> None:
    [one, *_] = notes(lab, "deck:Spanish")
    lab.ask("addTags", notes=[one["noteId"]], tags="gone")
    lab.ask("removeTags", notes=[one["noteId"]], tags="gone")
    assert "gone" in lab.ask("getTags")
    run(lab, "tag-hygiene")
    assert "gone" in lab.ask("getTags")
    run(lab, "tag-hygiene", "--drop")
    assert "gone" not in lab.ask("getTags")


def test_field_to_tag(lab: Lab) -> None:
    run(lab, "field-to-tag", "--search", "deck:Geography", "--field", "Back", "--under", "cap")
    [dublin] = notes(lab, "deck:Geography Back:Dublin")
    assert "cap::dublin" in dublin["tags"]
    assert not [
        tag for note in notes(lab, "deck:Spanish") for tag in note["tags"] if "cap::" in tag
    ]


def test_tag_to_field(lab: Lab) -> None:
    query = "tag:lesson::04 note:Vocabulary"
    before = notes(lab, query)
    assert before
    run(lab, "tag-to-field", "--under", "lesson", "--field", "Example", "--overwrite")
    assert set(fields(lab, query, "Example")) == {"04"}
    run(lab, "empty-field", "--search", query, "--field", "Example")
    run(lab, "tag-to-field", "--under", "lesson", "--field", "Example")
    assert set(fields(lab, query, "Example")) == {"04"}


# ---- fields


def test_replace(lab: Lab) -> None:
    before = fields(lab, "deck:Spanish", "Front")
    run(
        lab,
        "replace",
        "--search",
        "deck:Spanish",
        "--find",
        "^(el|la) ",
        "--with",
        r"(\1) ",
        "--regex",
    )
    after = fields(lab, "deck:Spanish", "Front")
    assert sum(old != new for old, new in zip(before, after, strict=True)) > 20
    plain = [
        {normalize("NFC", each).replace("(", "").replace(")", "") for each in texts}
        for texts in (before, after)
    ]
    assert plain[0] == plain[1]


def test_copy_field(lab: Lab) -> None:
    run(lab, "empty-field", "--search", "deck:Japanese", "--field", "Example")
    assert set(fields(lab, "note:Vocabulary", "Example")) == {""}
    run(lab, "copy-field", "--from", "Word", "--to", "Example")
    words = fields(lab, "note:Vocabulary", "Word")
    assert fields(lab, "note:Vocabulary", "Example") == words
    run(lab, "copy-field", "--from", "Meaning", "--to", "Example")
    assert fields(lab, "note:Vocabulary", "Example") == words, "what is full stays"


def test_fill_field(lab: Lab) -> None:
    full = fields(lab, '"Example:_*"', "Example")
    run(lab, "fill-field", "--field", "Example", "--with", "none yet")
    assert fields(lab, '"Example:_*" -"Example:none yet"', "Example") == full != []
    run(lab, "fill-field", "--field", "Example", "--with", "same", "--overwrite")
    assert set(fields(lab, "note:Vocabulary", "Example")) == {"same"}


def test_retag(lab: Lab) -> None:
    many = len(lab.ids("deck:Inbox tag:todo"))
    run(lab, "retag", "--search", "deck:Inbox", "--add", "sorted new", "--remove", "todo")
    assert lab.ids("tag:sorted tag:new") == lab.ids("deck:Inbox") and many
    assert lab.ids("deck:Inbox tag:todo") == set()


def test_empty_field(lab: Lab) -> None:
    others = fields(lab, "note:Sentence", "Translation")
    run(lab, "empty-field", "--search", "note:Vocabulary", "--field", "Meaning")
    assert set(fields(lab, "note:Vocabulary", "Meaning")) == {""}
    assert fields(lab, "note:Sentence", "Translation") == others


def test_make_clozes(lab: Lab) -> None:
    model = {"modelName": "Mine", "inOrderFields": ["Text", "Sentence", "Word"], "isCloze": True}
    card = {"Front": "{{cloze:Text}}", "Back": "{{cloze:Text}}", "Name": "c"}
    lab.ask("createModel", **model, cardTemplates=[card])
    for word in ("cat", "dog"):
        made = {"Text": "{{c1::x}}", "Sentence": "A cat sat.", "Word": word}
        note = {"deckName": "Inbox", "modelName": "Mine", "fields": made}
        lab.ask("addNote", note={**note, "options": {"allowDuplicate": True}})
    run(lab, "empty-field", "--search", "note:Mine", "--field", "Text")
    run(lab, "make-clozes", "--sentence", "Sentence", "--word", "Word", "--into", "Text")
    assert sorted(fields(lab, "note:Mine", "Text")) == ["", "A {{c1::cat}} sat."]


def test_clean(lab: Lab) -> None:
    assert any("<b>" in each for each in fields(lab, "deck:Spanish", "Front"))
    run(lab, "clean", "--search", "deck:Spanish")
    cleaned = fields(lab, "deck:Spanish", "Front")
    assert not any("<" in each or "&nbsp;" in each or "  " in each for each in cleaned)
    assert "el camino" in cleaned


def test_fill_from_table(lab: Lab, tmp_path: Path) -> None:
    words = fields(lab, "note:Vocabulary", "Word")[:2]
    run(lab, "empty-field", "--search", f'"Word:{words[0]}"', "--field", "Example")
    kept = fields(lab, f'"Word:{words[1]}"', "Example")
    file = tmp_path / "examples.csv"
    file.write_text(f"Word,ex\n{words[0]},new one\n{words[1]},no\n", encoding="utf-8")
    given = ("--file", str(file), "--column", "ex", "--field", "Example", "--key", "Word")
    run(lab, "fill-from-table", *given)
    assert fields(lab, f'"Word:{words[0]}"', "Example") == ["new one"]
    assert kept == [""] or fields(lab, f'"Word:{words[1]}"', "Example") == kept


def test_attach_media(lab: Lab, tmp_path: Path) -> None:
    model = {"modelName": "Heard", "inOrderFields": ["Word", "Audio"]}
    card = {"Front": "{{Word}}", "Back": "{{Audio}}", "Name": "c"}
    lab.ask("createModel", **model, cardTemplates=[card])
    for word, audio in (("Gato", ""), ("perro", "[sound:mine.mp3]"), ("rana", "")):
        made = {"Word": word, "Audio": audio}
        lab.ask("addNote", note={"deckName": "Inbox", "modelName": "Heard", "fields": made})
    for name in ("gato.mp3", "perro.mp3", "pez.mp3"):
        (tmp_path / name).write_bytes(name.encode())
    given = ("--files", f"{tmp_path}/*.mp3", "--word", "Word", "--into", "Audio")
    run(lab, "attach-media", *given)
    assert fields(lab, "note:Heard", "Audio") == ["[sound:gato.mp3]", "[sound:mine.mp3]", ""]
    assert lab.ask("getMediaFilesNames", pattern="*gato.mp3") == ["gato.mp3"]
    assert lab.ask("getMediaFilesNames", pattern="pez.mp3") == []


# ---- notes


def test_import_words(lab: Lab, tmp_path: Path) -> None:
    file, rejects = tmp_path / "words.csv", tmp_path / "rejects.csv"
    file.write_text("Front,Back,tags\nuno,one,n\nuno,two,n\nquark,cheese,n new\n", encoding="utf-8")
    run(lab, "import-words", "--file", str(file), "--deck", "Inbox", "--rejects", str(rejects))
    [made] = notes(lab, "Front:quark")
    assert made["fields"]["Back"]["value"] == "cheese" and made["tags"] == ["n", "new"]
    assert "uno" in rejects.read_text(encoding="utf-8")


def test_export_notes_and_bring_back(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    run(lab, "export-notes", "--search", "deck:Geography", "--file", str(file))
    text = file.read_text(encoding="utf-8")
    assert "Dublin" in text
    before = lab.ask("notesModTime", notes=[n["noteId"] for n in notes(lab, "deck:Geography")])
    file.write_text(text.replace("Dublin", "Dublin (new)"), encoding="utf-8")
    run(lab, "bring-back", "--file", str(file))
    assert len(notes(lab, '"Back:Dublin (new)"')) == 1
    after = lab.ask("notesModTime", notes=[n["noteId"] for n in notes(lab, "deck:Geography")])
    assert len(before) == len(after)


def test_duplicates(lab: Lab) -> None:
    for tags in (["a"], ["b"]):
        made = {"Front": "<b>Twice</b>" if tags == ["b"] else "twice", "Back": tags[0]}
        note = {"deckName": "Inbox", "modelName": "Basic", "fields": made, "tags": tags}
        lab.ask("addNote", note={**note, "options": {"allowDuplicate": True}})
    said = run(lab, "duplicates", "--deck", "Inbox", "--field", "Front")
    assert said[0] == [1, "notes are too many; they are suspended and tagged", "duplicate"]
    [first, second] = sorted(notes(lab, "re:[Tt]wice"), key=lambda note: int(note["noteId"]))
    assert set(first["tags"]) == {"a", "b"}
    assert set(second["tags"]) == {"b", "duplicate"}
    assert lab.ids("tag:duplicate is:suspended") == lab.ids("tag:duplicate") != set()


def test_change_type(lab: Lab) -> None:
    before = {note["noteId"]: note for note in notes(lab, "deck:Inbox note:Basic")}
    given = (
        "--search",
        "deck:Inbox",
        "--to",
        "Vocabulary",
        "--fields",
        "Word = Front, Meaning = Back",
    )
    run(lab, "change-type", *given)
    after = {note["noteId"]: note for note in notes(lab, "deck:Inbox note:Vocabulary")}
    assert set(after) == set(before) != set()
    for number, note in before.items():
        new = after[number]
        assert new["fields"]["Word"]["value"] == note["fields"]["Front"]["value"]
        # Anki writes a tag as it was written first, wherever there are two ways.
        assert [tag.lower() for tag in new["tags"]] == [tag.lower() for tag in note["tags"]]


def test_lint(lab: Lab) -> None:
    [one, *_] = notes(lab, "deck:Geography")
    lab.ask("updateNoteFields", note={"id": one["noteId"], "fields": {"Front": "<b>open"}})
    said = run(lab, "lint", "--search", "deck:Geography")
    [table] = [each for each in said if isinstance(each, list) and each and "held" in each[0]]
    assert [row["noteId"] for row in table] == [one["noteId"]]


# ---- the collection


def test_backup(lab: Lab, tmp_path: Path) -> None:
    run(lab, "backup", "--folder", str(tmp_path))
    names = sorted(file.name.rpartition("-20")[0] for file in tmp_path.glob("*.apkg"))
    decks = [deck for deck in lab.ask("deckNames") if "::" not in deck]
    assert names == sorted(deck.lower() for deck in decks)


def test_media_report(lab: Lab) -> None:
    lab.ask("storeMediaFile", filename="spare.txt", data="eA==")
    said = run(lab, "media-report")
    assert any(isinstance(each, list) and "spare.txt" in each for each in said) or said
    assert lab.ask("getMediaFilesNames", pattern="spare.txt") == ["spare.txt"]
    run(lab, "media-report", "--delete")
    assert lab.ask("getMediaFilesNames", pattern="spare.txt") == []
    assert lab.ask("getMediaFilesNames", pattern="*.wav"), "what is used stays"


def test_weekly(lab: Lab) -> None:
    said = run(lab, "weekly", "--days", "30")
    [told] = [each for each in said if isinstance(each, list) and "cards were answered;" in each]
    assert told[0] == len(lab.ids("rated:30"))
    days = said[0]
    assert len(days) > 20
    reviews = dict(lab.ask("getNumCardsReviewedByDay"))
    assert sum(day["reviews"] for day in days) == sum(reviews[day["day"]] for day in days)
    assert all(0 <= day["retention"] <= 1 and day["minutes"] > 0 for day in days)
    forgotten = said[-1]
    assert list(forgotten[0]) == ["card", "deck", "lapses", "interval"]
    assert forgotten and all(row["card"] and "<" not in row["card"] for row in forgotten)


def test_add_field(lab: Lab) -> None:
    run(lab, "add-field", "--model", "Vocabulary", "--field", "Rank", "--place", "1")
    assert lab.ask("modelFieldNames", modelName="Vocabulary")[:2] == ["Word", "Rank"]
    run(lab, "add-field", "--model", "Vocabulary", "--field", "Rank", "--place", "0")
    assert lab.ask("modelFieldNames", modelName="Vocabulary")[0] == "Rank"


def test_restyle(lab: Lab) -> None:
    before = lab.ask("modelStyling", modelName="Basic")["css"]
    assert "arial" in before
    run(lab, "restyle", "--find", "arial", "--with", "Noto Sans")
    assert lab.ask("modelStyling", modelName="Basic")["css"] == before.replace("arial", "Noto Sans")
