"""Scripts that change notes: their tags, fields and types, and those that add notes."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from unicodedata import normalize

from tests.scripts.cards import tagged
from tests.scripts.case import Case
from tests.scripts.grown import GAP
from tests.scripts.state import Done, State


def values(state: State, name: str) -> dict[int, str]:
    """A field of all notes that have it, by note; in the form in which Anki writes texts."""
    return {
        key: normalize("NFC", note.fields[name])
        for key, note in state.notes.items()
        if name in note.fields
    }


def rename_tags(done: Done) -> None:
    """Every tag below it has the new name, no other tag is changed."""
    wanted = {key for key, note in done.before.notes.items() if tagged(note, "lesson")}
    done.only_notes(wanted)
    for key in wanted:
        old = {re.sub(r"(?i)^lesson(?=::|$)", "course", t) for t in done.before.notes[key].tags}
        assert {tag.casefold() for tag in done.after.notes[key].tags} == {
            tag.casefold() for tag in old
        }


def tag_hygiene(done: Done) -> None:
    """Of the tags only those are left that notes have, each written in one way."""
    used = {tag for note in done.after.notes.values() for tag in note.tags}
    assert done.before.tags > done.after.tags == used
    done.only_notes(
        {key for key, note in done.before.notes.items() if set(note.tags) - done.before.tags}
    )


def field_to_tag(done: Done) -> None:
    """Each note with something in the field has one more tag, of that."""
    held = values(done.before, "Back")
    wanted = {key for key, text in held.items() if re.search(r"\w", text)}
    done.only_notes(wanted)
    for key in wanted:
        [tag] = set(done.after.notes[key].tags) - set(done.before.notes[key].tags)
        assert tag.startswith("cap::")
        if re.fullmatch("[a-zA-Z ,]+", held[key]):
            assert tag == "cap::" + re.sub("[ ,]+", "-", held[key].lower())


def tag_to_field(done: Done) -> None:
    """The field holds what stands below the tag."""
    wanted = {
        key
        for key, note in done.before.notes.items()
        if tagged(note, "lesson") and "Example" in note.fields
    }
    assert wanted and done.changed_notes() == wanted
    for key in wanted:
        note = done.after.notes[key]
        assert f"lesson::{note.fields['Example']}" in {tag.lower() for tag in note.tags}


def replace(done: Done) -> None:
    """Every `a` is an `A`."""
    held = values(done.before, "Front")
    done.only_notes({key for key, text in held.items() if "a" in text})
    assert values(done.after, "Front") == {
        key: text.replace("a", "A") for key, text in held.items()
    }


def copy_field(done: Done) -> None:
    """What was empty holds what the other field holds."""
    before = done.before.notes
    wanted = {
        key
        for key, note in before.items()
        if note.fields.get("Example") == "" and note.fields["Word"]
    }
    done.only_notes(wanted)
    assert all(
        done.after.notes[key].fields["Example"] == before[key].fields["Word"] for key in wanted
    )


def fill_field(done: Done) -> None:
    """What was empty holds the text."""
    wanted = {key for key, text in values(done.before, "Example").items() if not text}
    done.only_notes(wanted)
    assert {done.after.notes[key].fields["Example"] for key in wanted} == {"none yet"}


def retag(done: Done) -> None:
    """The notes have the one tag and not the other."""
    wanted = {key for key, note in done.before.notes.items() if tagged(note, "verb")}
    done.only_notes(wanted)
    for key in wanted:
        tags = {tag.casefold() for tag in done.before.notes[key].tags}
        assert {t.casefold() for t in done.after.notes[key].tags} == tags - {"old"} | {"seen", "x"}


def empty_field(done: Done) -> None:
    """The field is empty, the others are not touched."""
    wanted = {key for key, text in values(done.before, "Meaning").items() if text}
    done.only_notes(wanted)
    assert set(values(done.after, "Meaning").values()) == {""}


def make_clozes(done: Done) -> None:
    """Where the word is in the sentence it is hidden."""
    gaps = {key: note.fields for key, note in done.before.notes.items() if note.model == GAP}
    fit = {key for key, each in gaps.items() if each["Word"] in each["Sentence"]}
    done.only_notes(fit)
    for key in fit:
        word = gaps[key]["Word"]
        assert done.after.notes[key].fields["Text"] == f"This is {{{{c1::{word}}}}}."


def clean(done: Done) -> None:
    """No tags for the look, no runs of blanks; pictures and sounds stay."""
    before, after = values(done.before, "Front"), values(done.after, "Front")
    wanted = {key for key, text in before.items() if text != done.after.notes[key].fields["Front"]}
    wanted |= {key for key in before if done.before.notes[key].fields["Front"] != before[key]}
    assert {key for key, text in before.items() if re.search("<b>|<i>|&nbsp;|  ", text)} <= wanted
    done.only_notes(wanted)
    for key in wanted:
        assert not re.search(r"<(?!img)|&nbsp;|\s\s|^\s|\s$", after[key]), after[key]
        assert re.findall("<img[^>]*>", after[key]) == re.findall("<img[^>]*>", before[key])


def change_type(done: Done) -> None:
    """The note type is another, each field where it belongs, the tags as they were."""
    decks = {card.note for card in done.before.cards.values() if card.within("Spanish")}
    wanted = {key for key in decks if done.before.notes[key].model == "Basic"}
    assert wanted and done.changed_notes() == wanted
    for key in wanted:
        old, new = done.before.notes[key], done.after.notes[key]
        assert new.model == "Vocabulary"
        assert new.fields["Word"] == normalize("NFC", old.fields["Front"])
        assert new.fields["Meaning"] == normalize("NFC", old.fields["Back"])
        assert {tag.lower() for tag in new.tags} == {tag.lower() for tag in old.tags}


def duplicates(done: Done) -> None:
    """Of those that say the same the one that is known best is left, with the tags of all."""
    before, known = done.before, dict[int, int]()
    for card in before.cards.values():
        if card.within("Spanish"):
            known[card.note] = max(card["ivl"], known.get(card.note, 0))
    groups: dict[str, list[int]] = {}
    for key, text in sorted(values(before, "Back").items()):
        plain = re.sub("<[^>]*>", "", text).replace("&nbsp;", " ").strip().lower()
        if key in known and plain:
            groups.setdefault(plain, []).append(key)
    ranked = [sorted(group, key=lambda key: -known[key]) for group in groups.values()]
    extra = {key for group in ranked for key in group[1:]}
    assert extra
    for first, *rest in ranked:
        tags = {tag.lower() for key in (first, *rest) for tag in before.notes[key].tags}
        assert {tag.lower() for tag in done.after.notes[first].tags} == tags
    assert {k for k, note in done.after.notes.items() if "duplicate" in note.tags} == extra
    unsuspended = before.cards_of(lambda card, _: card.note in extra and not card.suspended)
    assert done.changed_cards() == unsuspended
    assert all(done.after.cards[key].suspended for key in unsuspended)


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    """Rows as csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def examples(folder: Path, state: State) -> None:
    """An example for every second word without one, and for a word that is nowhere."""
    lacking = _lacking(state, "Example")
    rows = [{"Word": word, "example": f"Say {word}!"} for word in [*lacking.values()][::2]]
    write_table(folder / "examples.csv", [*rows, {"Word": "nowhere", "example": "x"}])


def _lacking(state: State, field: str) -> dict[int, str]:
    """The words of the notes with nothing in a field."""
    return {
        key: note.fields["Word"]
        for key, note in state.notes.items()
        if note.fields.get(field) == "" and note.model != GAP
    }


def fill_from_table(done: Done) -> None:
    """Those of the table have their example."""
    lacking = _lacking(done.before, "Example")
    text = (done.folder / "examples.csv").read_text(encoding="utf-8")
    listed = {row["Word"]: row["example"] for row in csv.DictReader(text.splitlines())}
    wanted = {key for key, word in lacking.items() if word in listed}
    done.only_notes(wanted)
    for key in wanted:
        assert done.after.notes[key].fields["Example"] == listed[lacking[key]]


def sounds(folder: Path, state: State) -> None:
    """A sound for every tenth word without one, one for nobody."""
    for word in [*_lacking(state, "Audio").values()][::10]:
        (folder / f"{word}.mp3").write_bytes(word.encode())
    (folder / "nobody.mp3").write_bytes(b"x")


def attach_media(done: Done) -> None:
    """The notes have their sound, and only those sounds came to the collection."""
    lacking = _lacking(done.before, "Audio")
    files = {path.name for path in done.folder.glob("*.mp3")} - {"nobody.mp3"}
    wanted = {key for key, word in lacking.items() if f"{word}.mp3" in files}
    done.only_notes(wanted)
    for key in wanted:
        assert done.after.notes[key].fields["Audio"] == f"[sound:{lacking[key]}.mp3]"
    new = {name for name in done.after.rows["media"] if name not in done.before.rows["media"]}
    assert new == files


def words(folder: Path, state: State) -> None:
    """Every third front with another back, as many new ones as there are notes, one row twice."""
    fronts = [
        text
        for key, text in values(state, "Front").items()
        if state.notes[key].model == "Basic" and re.fullmatch(r"\w+( \w+)*", text)
    ]
    rows = [{"Front": text, "Back": "changed", "tags": "again"} for text in fronts[::3]]
    rows += [{"Front": f"new {n}", "Back": "b", "tags": "come"} for n in range(len(state.notes))]
    write_table(folder / "words.csv", [*rows, rows[-1]])


def import_words(done: Done) -> None:
    """New ones are there, old ones changed; the row that came twice is kept, both times."""
    made = done.after.notes.keys() - done.before.notes.keys()
    assert len(made) == len(done.before.notes) - 1
    assert all(done.after.notes[key].tags == ("come",) for key in made)
    text = (done.folder / "words.csv").read_text(encoding="utf-8")
    listed = {row["Front"] for row in csv.DictReader(text.splitlines()) if row["tags"] == "again"}
    changed = done.changed_notes() - made
    assert {done.after.notes[key].fields["Front"] for key in changed} == listed != set()
    assert {done.after.notes[key].fields["Back"] for key in changed} == {"changed"}
    rejects = (done.folder / "rejects.csv").read_text(encoding="utf-8").splitlines()
    assert len(rejects) == 3


def edited(folder: Path, state: State) -> None:
    """An export of all Basic notes, of which every fifth was edited."""
    rows = []
    for at, (key, note) in enumerate(state.notes.items()):
        if "Back" in note.fields and note.fields["Front"]:
            back = note.fields["Back"] + ("" if at % 5 else " (edited)")
            rows.append(
                {
                    "noteId": str(key),
                    "Front": note.fields["Front"],
                    "Back": back,
                    "tags": " ".join(note.tags),
                }
            )
    write_table(folder / "all.csv", rows)


def bring_back(done: Done) -> None:
    """What was edited is changed, and nothing else."""
    before, after = values(done.before, "Back"), values(done.after, "Back")
    wanted = {
        key
        for at, (key, note) in enumerate(done.before.notes.items())
        if "Back" in note.fields and note.fields["Front"] and at % 5 == 0
    }
    done.only_notes(wanted)
    assert all(after[key] == f"{before[key]} (edited)" for key in wanted)


TABLE = ("--file", "{folder}/examples.csv", "--column", "example")
CASES = {
    "rename-tags": Case(("--old", "lesson", "--new", "course"), rename_tags),
    "tag-hygiene": Case(("--merge", "--drop"), tag_hygiene),
    "field-to-tag": Case(("--field", "Back", "--under", "cap"), field_to_tag),
    "tag-to-field": Case(("--under", "lesson", "--field", "Example", "--overwrite"), tag_to_field),
    "replace": Case(("--field", "Front", "--find", "a", "--with", "A"), replace),
    "copy-field": Case(("--from", "Word", "--to", "Example"), copy_field),
    "fill-field": Case(("--field", "Example", "--with", "none yet"), fill_field),
    "retag": Case(("--search", "tag:verb", "--add", "seen x", "--remove", "old"), retag),
    "empty-field": Case(("--search", "note:Vocabulary", "--field", "Meaning"), empty_field),
    "make-clozes": Case(
        ("--sentence", "Sentence", "--word", "Word", "--into", "Text"), make_clozes
    ),
    "clean": Case(("--field", "Front"), clean),
    "change-type": Case(
        (
            "--search",
            "deck:Spanish",
            "--to",
            "Vocabulary",
            "--fields",
            "Word=Front, Meaning=Back",
        ),
        change_type,
    ),
    "duplicates": Case(("--deck", "Spanish", "--field", "Back"), duplicates),
    "fill-from-table": Case(
        (*TABLE, "--field", "Example", "--key", "Word"), fill_from_table, examples
    ),
    "attach-media": Case(
        ("--files", "{folder}/*.mp3", "--word", "Word", "--into", "Audio"), attach_media, sounds
    ),
    "import-words": Case(
        ("--file", "{folder}/words.csv", "--deck", "Spanish", "--rejects", "{folder}/rejects.csv"),
        import_words,
        words,
    ),
    "bring-back": Case(("--file", "{folder}/all.csv"), bring_back, edited),
}
