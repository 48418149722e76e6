"""States of notes and cards: read for the journal, and put back by an undo."""

from __future__ import annotations

from typing import Any

from ankish.anki.engine.extra_state import BETWEEN, CARD, NOTE
from bench.engine.pairs import Bench, Pair

SET = [name for name in CARD if name not in ("nid", "data")]
"""What of a card's columns Anki's library lets a caller set."""


def pairs(bench: Bench) -> list[Pair]:
    """Of a thousand notes with their cards."""
    ask, notes = bench.ask, bench.some(bench.notes, 1000)
    listed = ",".join(map(str, notes))

    def read() -> dict[str, dict[str, Any]]:
        found, cards = {}, {}
        fields: dict[int, list[str]] = {}
        for row in bench.db.all(f"select id, {', '.join(NOTE)} from notes where id in ({listed})"):
            number, guid, mid, tags, text, flags, data = row
            if mid not in fields:
                fields[mid] = [field["name"] for field in bench.col.models.get(mid)["flds"]]  # type: ignore[index,arg-type]
            found[str(number)] = {
                "guid": guid,
                "mid": mid,
                "flags": flags,
                "data": data,
                "fields": dict(zip(fields[mid], text.split(BETWEEN), strict=True)),
                "tags": tags.split(),
            }
        for row in bench.db.all(f"select id, {', '.join(CARD)} from cards where nid in ({listed})"):
            cards[str(row[0])] = dict(zip(CARD, row[1:], strict=True))
        return {"notes": found, "cards": cards}

    def put(state: dict[str, dict[str, Any]]) -> None:
        col: Any = bench.col
        changed = []
        for number, row in state["notes"].items():
            note = col.get_note(int(number))
            note.fields, note.tags = list(row["fields"].values()), row["tags"]
            changed.append(note)
        cards = []
        for number, row in state["cards"].items():
            card = col.get_card(int(number))
            for name in SET:
                setattr(card, name, row[name])
            cards.append(card)
        col.update_notes(changed)
        col.update_cards(cards)

    def change() -> None:
        col: Any = bench.col
        col.tags.bulk_add(notes, "other")

    before = read()
    return [
        Pair("getState 1000", lambda: ask("getState", what={"notes": notes}), read),
        Pair(
            "putState 1000",
            lambda: ask("putState", state=before),
            lambda: put(before),
            before=change,
            reads=False,
            why="each record is checked before the first is written, for nothing else would keep "
            "a wrong one out of the collection",
        ),
    ]
