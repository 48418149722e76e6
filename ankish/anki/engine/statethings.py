"""Decks, presets, note types and tags put back with the ids they had, or taken away.

Anki's library changes a thing with an id only if it is there. So a row with nothing in it is
written first for one that is gone, and then filled by the library.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.extra_state import BETWEEN, card_rows
from ankish.anki.engine.lookup import database
from ankish.anki.engine.modellookup import CLOZE, copied
from ankish.anki.engine.staterows import put_cards

if TYPE_CHECKING:
    from anki.collection import Collection

STAMPS = {"mod": 0, "usn": 0}
"""Anki's library insists on them, and then sets them itself."""
DECK_GRAVE = 2
EMPTY_DECK = "x'0a00'"
"""In SQL: a deck that is no filtered one, with nothing set."""


def put_deck(col: Collection, deck: dict[str, Any]) -> None:
    """Give a deck its name and settings."""
    db, number = database(col), deck["id"]
    if not db.scalar("select 1 from decks where id = ?", number):
        name = deck["name"].replace("::", BETWEEN)
        db.execute(
            f"insert into decks (id, name, mtime_secs, usn, common, kind)"
            f" values (?, ?, 0, -1, x'', {EMPTY_DECK})",
            number,
            name,
        )
    col._backend.add_or_update_deck_legacy(
        deck=_bytes({**deck, **STAMPS}), preserve_usn_and_mtime=False
    )
    db.execute("delete from graves where type = ? and oid = ?", DECK_GRAVE, number)


def put_preset(col: Collection, preset: dict[str, Any]) -> None:
    """Give a preset its name and settings."""
    db, number = database(col), preset["id"]
    if not db.scalar("select 1 from deck_config where id = ?", number):
        db.execute(
            "insert into deck_config (id, name, mtime_secs, usn, config) values (?, ?, 0, -1, x'')",
            number,
            preset["name"],
        )
    col._backend.add_or_update_deck_config_legacy(_bytes({**preset, **STAMPS}))


def put_model(col: Collection, model: dict[str, Any]) -> None:
    """Give a note type its name, fields, templates and settings.

    Fields and templates that are there are known by their ids, and what notes hold in them
    stays. Cards that a template makes when it comes back are not wanted: they are in the
    state themselves.
    """
    number = model["id"]
    current = col.models.get(number)
    if current is None:
        _insert_model(database(col), model)
        current = model
    changed = {**copied(model), **STAMPS}
    for key in ("flds", "tmpls"):
        for item in changed[key]:
            item["ord"] = _place(item, current[key])
    before = _cards(col, number)
    # When a type for clozes loses its second template, the library takes the second clozes for
    # that, and deletes their cards.
    risky = model["type"] == CLOZE and len(current["tmpls"]) > len(model["tmpls"])
    of_type = f"nid in (select id from notes where mid = {int(number)})"
    kept = card_rows(col, of_type)["cards"] if risky else {}
    # When fields come and go, the library adapts templates and the sort field to that, as if
    # they had been written for the fields of now. So it is told once more how they are to be.
    for version in (changed, {**model, **STAMPS}):
        col._backend.add_or_update_notetype(
            json=_bytes(version), preserve_usn_and_mtime=False, skip_checks=True
        )
    col.models._clear_cache()
    put_cards(col, kept)
    made = sorted(_cards(col, number) - before)
    if made:
        database(col).execute(
            "delete from cards where id in (select value from json_each(?))", json.dumps(made)
        )


def _insert_model(db: Any, model: dict[str, Any]) -> None:
    number = model["id"]
    db.execute("insert into notetypes values (?, ?, 0, -1, x'')", number, model["name"])
    for place, field in enumerate(model["flds"]):
        db.execute("insert into fields values (?, ?, ?, x'')", number, place, field["name"])
    for place, template in enumerate(model["tmpls"]):
        sql = "insert into templates values (?, ?, ?, 0, -1, x'')"
        db.execute(sql, number, place, template["name"])


def _place(item: dict[str, Any], current: list[dict[str, Any]]) -> int | None:
    """Where a field or template is now; None if it is not there.

    Those of note types made by an old Anki have no id, and are known by their names.
    """
    key = "id" if item.get("id") is not None else "name"
    return next((at for at, each in enumerate(current) if each.get(key) == item[key]), None)


def _cards(col: Collection, model: int) -> set[int]:
    sql = "select id from cards where nid in (select id from notes where mid = ?)"
    return set(database(col).list(sql, model))


def put_tags(col: Collection, tags: Mapping[str, bool]) -> None:
    """Have the list of tags know tags, folded in or not."""
    for tag, collapsed in tags.items():
        database(col).execute(
            "insert or replace into tags (tag, usn, collapsed) values (?, -1, ?)",
            tag,
            int(collapsed),
        )


def remove_decks(col: Collection, decks: list[Any]) -> Iterator[str]:
    """Delete decks that hold nothing, the lower ones first; the names of those that do."""
    names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    for deck in sorted(decks, key=lambda deck: names.get(deck, ""), reverse=True):
        if deck in names:
            sql = "select 1 from cards where did = ? or odid = ? limit 1"
            filled = database(col).scalar(sql, deck, deck)
            if filled or len(col.decks.deck_and_child_ids(deck)) > 1:
                yield names[deck]
            else:
                col.decks.remove([deck])


def remove_presets(col: Collection, presets: list[Any]) -> Iterator[str]:
    """Delete presets that no deck uses; the names of those that one does."""
    used = {deck.get("conf") for deck in col.decks.all()}
    for preset in presets:
        row = database(col).first("select name, usn from deck_config where id = ?", preset)
        if row is None:
            continue
        name, usn = row
        if preset in used:
            yield name
        elif usn == -1:  # the sync server has not heard of it, so it need not be told
            database(col).execute("delete from deck_config where id = ?", preset)
        else:
            col.decks.remove_config(preset)


def remove_models(col: Collection, models: list[Any]) -> Iterator[str]:
    """Delete note types without notes; the names of those that have some."""
    for model in models:
        found = col.models.get(model)
        if found is None:
            continue
        if col.models.use_count(found):
            yield found["name"]
        elif found["usn"] == -1:
            for table, key in (("notetypes", "id"), ("fields", "ntid"), ("templates", "ntid")):
                database(col).execute(f"delete from {table} where {key} = ?", model)
        else:
            col.models.remove(model)


def remove_tags(col: Collection, tags: list[Any]) -> Iterator[str]:
    """Take tags off the list that no note has; those that one has, or has a tag below."""
    sql = "select 1 from notes where instr(tags, ?) or instr(tags, ?) limit 1"
    for tag in tags:
        if database(col).scalar(sql, f" {tag} ", f" {tag}::"):
            yield tag
        else:
            database(col).execute("delete from tags where tag = ?", tag)


def _bytes(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode()
