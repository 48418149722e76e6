"""The sample collection grown to a number of notes, as years of adding would have it.

Each further note is a copy of one of the sample's with a number behind its first field: the same
type, deck, tags, schedule and reviews. Every other copy has no sound, and no copy of a word an
example. One note in ten is of a type of its own, a sentence of which a word is to be hidden.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.sample import build

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.notes import Note

GAP = "Gap"
"""The note type whose clozes are still to be made: `Text`, `Sentence`, `Word`."""

SCHEDULE = "type queue due ivl factor reps lapses left flags data".split()


def grown(folder: Path, size: int) -> Path:
    """Write the collection into an empty folder; its path. Less than the sample has is the sample."""
    from anki.collection import AddNoteRequest, Collection

    path = build(folder)
    col = Collection(str(path))
    try:
        _add_gap(col)
        sources = [col.get_note(number) for number in col.find_notes("")]
        wanted = range(max(0, size - len(sources)))
        copies = [(source, n) for n, source in zip(wanted, itertools.cycle(sources), strict=False)]
        deck = col.decks.id("Inbox")
        assert deck is not None
        made: list[tuple[Note, Note | None]] = []
        requests = []
        for source, number in copies:
            gap = number % 10 == 9
            note = _gap(col, number) if gap else _copy(col, source, number)
            where = deck if gap else source.cards()[0].did
            made.append((note, None if gap else source))
            requests.append(AddNoteRequest(note, where))
        col.add_notes(requests)
        _schedule(col, [(note, source) for note, source in made if source is not None])
        _empty(col, [note for note, source in made if source is None])
    finally:
        col.close()
    return path


def _add_gap(col: Collection) -> None:
    kind = col.models.new(GAP)
    for name in ("Text", "Sentence", "Word"):
        col.models.add_field(kind, col.models.new_field(name))
    card: Any = col.models.new_template("Cloze")
    card["qfmt"] = card["afmt"] = "{{cloze:Text}}"
    col.models.add_template(kind, card)
    kind["type"] = 1
    col.models.add(kind)


def _gap(col: Collection, number: int) -> Note:
    kind = col.models.by_name(GAP)
    assert kind is not None
    note = col.new_note(kind)
    word = f"word{number}" if number % 20 == 19 else f"other{number}"
    note.fields = ["{{c1::x}}", f"This is word{number}.", word]
    return note


def _copy(col: Collection, source: Note, number: int) -> Note:
    kind = source.note_type()
    assert kind is not None
    note = col.new_note(kind)
    first, *rest = source.fields
    note.fields = [f"{first} {number}", *rest]
    if kind["name"] == "Vocabulary":
        note["Example"] = ""
        note["Audio"] = "" if number % 2 else note["Audio"]
    note.tags = list(source.tags)
    return note


def _schedule(col: Collection, pairs: list[tuple[Note, Note]]) -> None:
    """Give the cards of copies what the cards of their sources have: schedule and reviews."""
    db = col.db
    assert db is not None
    db.execute("create temporary table pair (new integer primary key, old integer)")
    db.executemany("insert into pair values (?, ?)", [(new.id, old.id) for new, old in pairs])
    db.execute(
        "create temporary table twin as select c.id as new, s.id as old from pair"
        " join cards c on c.nid = pair.new join cards s on s.nid = pair.old and s.ord = c.ord"
    )
    db.execute("create unique index temp.by_new on twin (new)")
    columns = ", ".join(SCHEDULE)
    db.execute(
        f"update cards set ({columns}) = (select {columns} from cards s join twin on s.id ="
        " twin.old where twin.new = cards.id) where id in (select new from twin)"
    )
    # A review's id is its time in milliseconds: free ones near that of the source's.
    taken = set(db.list("select id from revlog"))
    log = db.all("select r.*, twin.new from revlog r join twin on r.cid = twin.old")
    rows = []
    for row in log:
        moment = next(free for free in itertools.count(row[0] + 1) if free not in taken)
        taken.add(moment)
        rows.append((moment, row[-1], *row[2:-1]))
    db.executemany(f"insert into revlog values ({','.join('?' * 9)})", rows)


def _empty(col: Collection, notes: list[Note]) -> None:
    for note in notes:
        note["Text"] = ""
    col.update_notes(notes)
