"""Scripts about the whole collection, its note types and its files, and those that report."""

from __future__ import annotations

import csv
import re
import zipfile
from unicodedata import normalize

from ankish.anki.engine.sample.learner import TODAY
from tests.scripts.case import Case
from tests.scripts.notes import values
from tests.scripts.state import Done


def add_field(done: Done) -> None:
    """The note type has one more field, at its place; the notes keep what they have."""
    assert done.after.fields["Vocabulary"] == ["Word", "Rank", "Meaning", "Example", "Audio"]
    for key, note in done.before.notes.items():
        rank = {"Rank": ""} if note.model == "Vocabulary" else {}
        assert done.after.notes[key].fields == {**note.fields, **rank}


def restyle(done: Done) -> None:
    """What was found in the styling is replaced, in each note type."""
    styles = [
        {key: bytes(row["config"]) for key, row in each.rows["notetypes"].items()}
        for each in (done.before, done.after)
    ]
    with_it = [{key for key, css in each.items() if b"arial" in css} for each in styles]
    assert with_it[0] and not with_it[1]
    assert all(b"Noto Sans" in styles[1][key] for key in with_it[0])
    assert done.changed_notes() == done.changed_cards() == set()


def backup(done: Done) -> None:
    """A package for each deck, and all cards are in them."""
    done.nothing()
    packages = sorted(done.folder.glob("*.apkg"))
    held = {card.deck.partition("::")[0] for card in done.before.cards.values()}
    assert {re.sub(r"-\d{4}-\d\d-\d\d$", "", each.stem) for each in packages} >= {
        deck.lower() for deck in held
    }
    assert all(zipfile.is_zipfile(each) for each in packages)


def export_notes(done: Done) -> None:
    """All notes with the fields are in the file, as they are."""
    done.nothing()
    with (done.folder / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = {int(row["noteId"]): row for row in csv.DictReader(file)}
    fronts = values(done.before, "Front")
    assert {key: normalize("NFC", row["Front"]) for key, row in rows.items()} == fronts


def lint(done: Done) -> None:
    """The notes that are not well made are named, each kind in its table, and no others."""
    done.nothing()
    tables = [{int(row["noteId"]) for row in each} for each in done.shown if _is_table(each)]
    fronts = values(done.before, "Front")
    blank = {key for key, text in fronts.items() if text == "<br>"}
    tags = re.compile(r"<(/?)(b|div)>")
    opened = {key for key, text in fronts.items() if len(tags.findall(text)) % 2}
    clozes = {
        key
        for key, note in done.before.notes.items()
        if note.model == "Cloze"
        and len(re.findall(r"\{\{c\d+::", note.fields["Text"])) != note.fields["Text"].count("}}")
    }
    assert tables == [blank, opened, clozes]
    assert blank and opened and clozes


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def media_report(done: Done) -> None:
    """The files that no note names are gone, the others are there."""
    text = "".join(" ".join(note.fields.values()) for note in done.before.notes.values())
    before, after = set(done.before.rows["media"]), set(done.after.rows["media"])
    spare = {name for name in before if name not in text and not name.startswith("_")}
    assert spare and before - after == spare
    assert done.changed_notes() == done.changed_cards() == set()


def weekly(done: Done) -> None:
    """The number of cards that were answered is told."""
    done.nothing()
    count = next(each[0] for each in done.shown if "cards were answered;" in each)
    assert 0 < count <= len(done.before.cards)


def bars(done: Done) -> dict[str, float]:
    """The bars of the one chart that was drawn; nothing may have changed."""
    done.nothing()
    [chart] = [each for each in done.shown if isinstance(each, dict) and "points" in each]
    return {point["label"]: point["value"] for point in chart["points"]}


def ease(done: Done) -> None:
    """All cards that have an ease are in one of the bars."""
    wanted = done.before.cards_of(lambda card, _: not card.new and card["factor"] > 0)
    assert sum(bars(done).values()) == len(wanted) > 0


def intervals(done: Done) -> None:
    """All cards that have an interval are in one of the bars, the short ones in theirs."""
    found = bars(done)
    assert sum(found.values()) == len(done.before.cards_of(lambda card, _: card["ivl"] > 0))
    assert found["1 day"] == len(done.before.cards_of(lambda card, _: card["ivl"] == 1)) > 0


def forecast(done: Done) -> None:
    """What comes due tomorrow is in its bar."""
    found = bars(done)
    due = done.before.cards_of(lambda card, _: card["queue"] in (2, 3) and card["due"] == TODAY + 1)
    assert found["tomorrow"] == len(due) > 0
    assert len(found) == 5


def reviews(done: Done) -> None:
    """There is a bar for each day, and the latest reviews are in them."""
    found = bars(done)
    assert len(found) == 20
    assert sum(found.values()) > 0


CASES = {
    "add-field": Case(("--model", "Vocabulary", "--field", "Rank", "--place", "1"), add_field),
    "restyle": Case(("--find", "arial", "--with", "Noto Sans"), restyle),
    "backup": Case(("--folder", "{folder}"), backup, undone=False),
    "export-notes": Case(
        ("--search", "deck:*", "--file", "{folder}/all.csv"), export_notes, undone=False
    ),
    "lint": Case(
        (), lint, before='find deck:Geography | notes | first 3 | set Front = "<br>"', undone=False
    ),
    "media-report": Case(("--delete",), media_report, before='storeMediaFile spare.txt "eA=="'),
    "ease": Case((), ease, undone=False),
    "forecast": Case(("--days", "5"), forecast, undone=False),
    "intervals": Case((), intervals, undone=False),
    "reviews": Case(("--days", "20"), reviews, undone=False),
    "weekly": Case(("--days", "30"), weekly, undone=False),
}
