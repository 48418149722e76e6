"""Notes, cards and reviews written as rows, with the ids they had."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ankish.anki.engine import limits
from ankish.anki.engine.extra_notes import need_language
from ankish.anki.engine.extra_state import BETWEEN, CARD, REVIEW, note_rows
from ankish.anki.engine.limits import in_range
from ankish.anki.engine.lookup import database, loose_ids
from ankish.anki.engine.registry import ActionError

if TYPE_CHECKING:
    from anki.collection import Collection

NOT_SYNCED = -1
"""The usn of what the sync server does not know yet."""
CARD_GRAVE, NOTE_GRAVE = 0, 1
"""The types of graves, by which a sync server learns what was deleted."""
DEFAULT_DECK = 1
QUEUES = {0: 0, 1: 1, 2: 2, 3: 1}
"""The queue of a card that is neither suspended nor buried, by its type."""


def put_notes(col: Collection, notes: Mapping[str, dict[str, Any]]) -> set[int]:
    """Write notes; the ids. Anki's library works out the sort field and the checksum."""
    if not notes:
        return set()
    rows = [_note_row(col, int(note), row) for note, row in notes.items()]
    ids = [row[0] for row in rows]
    database(col).executemany(
        "insert or replace into notes"
        " (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)"
        " values (?, ?, ?, ?, ?, ?, ?, '', 0, ?, ?)",
        rows,
    )
    _unbury(col, ids, NOTE_GRAVE)
    col.after_note_updates(ids, mark_modified=False, generate_cards=False)
    _undo_tidying(col, rows)
    return set(ids)


def _values(col: Collection, note: int, names: list[str], fields: dict[str, str]) -> list[str]:
    """What goes into the fields. One that the note type has got since keeps what it holds."""
    if len(fields) == len(names):
        return [fields[name] for name in names]
    text = database(col).scalar("select flds from notes where id = ?", note) or ""
    held = dict(zip(names, text.split(BETWEEN), strict=False))
    return [fields.get(name, held.get(name, "")) for name in names]


def _undo_tidying(col: Collection, rows: list[list[Any]]) -> None:
    """Write tags and fields as they were given.

    Anki's library has written tags the way that the list of tags has them, and accents as
    one letter, and has worked the sort field and the checksum out from that.
    """
    from anki.utils import field_checksum, strip_html_media

    need_language()
    given = {row[0]: row for row in rows}
    stored = database(col).all(
        "select id, tags, flds from notes where id in (select value from json_each(?))",
        json.dumps(list(given)),
    )
    for note, *written in stored:
        _, _, mid, _, _, tags, text, *_ = given[note]
        if written != [tags, text]:
            fields, model = text.split(BETWEEN), col.models.get(mid)
            assert model is not None
            database(col).execute(
                "update notes set tags = ?, flds = ?, sfld = ?, csum = ? where id = ?",
                tags,
                text,
                strip_html_media(fields[model["sortf"]]),
                field_checksum(fields[0]),
                note,
            )


def put_contents(col: Collection, contents: Mapping[str, Mapping[str, str]]) -> None:
    """Fill fields of notes, by note type and field; notes that are gone are passed over."""
    for key, values in contents.items():
        model, _, name = key.partition("/")
        some = ", ".join(str(int(note)) for note in values)
        notes = note_rows(col, f"mid = {int(model)} and id in ({some})")["notes"]
        for note, row in notes.items():
            if name not in row["fields"]:
                raise ActionError(f"there is no field {name}")
            row["fields"][name] = values[note]
        put_notes(col, notes)


def _note_row(col: Collection, note: int, row: dict[str, Any]) -> list[Any]:
    model = col.models.get(row["mid"])
    if model is None:
        raise ActionError(f"the type of note {note} is gone")
    names = [field["name"] for field in model["flds"]]
    stray = [name for name in row["fields"] if name not in names]
    if stray:
        raise ActionError(f"{model['name']} has no field {stray[0]}, but note {note} has")
    tags = f" {' '.join(row['tags'])} " if row["tags"] else ""
    fields = BETWEEN.join(_values(col, note, names, row["fields"]))
    now = int(time.time())
    return [
        note,
        row["guid"],
        row["mid"],
        now,
        NOT_SYNCED,
        tags,
        fields,
        row["flags"],
        row["data"],
    ]


def put_cards(col: Collection, cards: Mapping[str, dict[str, Any]]) -> set[int]:
    """Write cards; the ids of their notes."""
    if not cards:
        return set()
    decks = {deck.id for deck in col.decks.all_names_and_ids()}
    now = int(time.time())
    for row in cards.values():
        _check_ranges(row, CARD, limits.CARD)
    rows = [
        [int(card), now, NOT_SYNCED, *(placed[name] for name in CARD)]
        for card, row in cards.items()
        for placed in [_placed(row, decks)]
    ]
    places = ", ".join("?" * len(rows[0]))
    database(col).executemany(
        f"insert or replace into cards (id, mod, usn, {', '.join(CARD)}) values ({places})", rows
    )
    _unbury(col, [row[0] for row in rows], CARD_GRAVE)
    return {row["nid"] for row in cards.values()}


def _check_ranges(
    row: dict[str, Any], columns: Iterable[str], ranges: dict[str, tuple[int, int]]
) -> None:
    """Refuse values that Anki's library could not read again."""
    for name in columns:
        if name in ranges:
            in_range(row[name], *ranges[name])
        elif not isinstance(row[name], str):
            raise ActionError(f"{name} must be a text")


def _placed(row: dict[str, Any], decks: set[Any]) -> dict[str, Any]:
    """A card in a deck that there is."""
    if row["odid"] and not {row["did"], row["odid"]} <= decks:
        due = row["odue"] or row["due"]
        queue = row["queue"] if row["queue"] < 0 else QUEUES.get(row["type"], 0)
        row = {**row, "did": row["odid"], "odid": 0, "odue": 0, "due": due, "queue": queue}
    return row if row["did"] in decks else {**row, "did": DEFAULT_DECK}


def remove(col: Collection, notes: list[Any], cards: list[Any]) -> set[int]:
    """Delete notes with all their cards, and cards; the ids of notes that have lost some."""
    if not notes and not cards:
        return set()
    db = database(col)
    some = json.dumps(notes)
    of_notes = db.list("select id from cards where nid in (select value from json_each(?))", some)
    doomed = json.dumps([*cards, *of_notes])
    touched = set(
        db.list(
            "select nid from cards where id in (select value from json_each(?))",
            json.dumps(cards),
        )
    )
    for table, ids, grave in (("cards", doomed, CARD_GRAVE), ("notes", some, NOTE_GRAVE)):
        among = f"from {table} where id in (select value from json_each(?))"
        db.execute(
            f"insert or replace into graves (oid, type, usn) select id, {grave}, -1 {among}", ids
        )
        db.execute(f"delete {among}", ids)
    return touched - set(notes)


def remove_bare(col: Collection, notes: Iterable[int]) -> None:
    """Delete those of the notes that have no cards, as Anki does when it deletes cards."""
    bare = database(col).list(
        "select id from notes where id in (select value from json_each(?))"
        " and id not in (select nid from cards)",
        json.dumps(sorted(notes)),
    )
    remove(col, bare, [])


def check(col: Collection, notes: Iterable[int]) -> None:
    """Refuse, with `ActionError`, notes without cards, cards without a note, and twins."""
    db, some = database(col), json.dumps(sorted(notes))
    among = "in (select value from json_each(?))"
    bare = db.scalar(
        f"select id from notes where id {among} and id not in (select nid from cards) limit 1",
        some,
    )
    if bare is not None:
        raise ActionError(f"note {bare} would be left without cards")
    stray = db.scalar(
        f"select id from cards where nid {among} and nid not in (select id from notes) limit 1",
        some,
    )
    if stray is not None:
        raise ActionError(f"the note of card {stray} is gone")
    twin = db.scalar(
        f"select nid from cards where nid {among} group by nid, ord having count() > 1 limit 1",
        some,
    )
    if twin is not None:
        raise ActionError(f"note {twin} would have two cards of one template")


def put_reviews(col: Collection, reviews: Mapping[str, dict[str, Any]], gone: list[Any]) -> None:
    """Write lines of the review log, and take others out."""
    db = database(col)
    if gone:
        db.execute(
            "delete from revlog where id in (select value from json_each(?))", json.dumps(gone)
        )
    if reviews:
        for line in reviews.values():
            _check_ranges(line, REVIEW, limits.REVIEW)
        rows = [
            [int(each), NOT_SYNCED, *(row[name] for name in REVIEW)]
            for each, row in reviews.items()
        ]
        places = ", ".join("?" * len(rows[0]))
        db.executemany(
            f"insert or replace into revlog (id, usn, {', '.join(REVIEW)}) values ({places})",
            rows,
        )


def cut_logs(col: Collection, logs: Mapping[str, int]) -> None:
    """Take out of the log what comes after the line with which a card's log is to end."""
    if logs:
        rows = [[card, end] for card, end in zip(loose_ids(logs), logs.values(), strict=True)]
        database(col).executemany("delete from revlog where cid = ? and id > ?", rows)


def _unbury(col: Collection, ids: list[int], kind: int) -> None:
    database(col).execute(
        "delete from graves where type = ? and oid in (select value from json_each(?))",
        kind,
        json.dumps(ids),
    )
