"""What may be otherwise after an action was taken back: what the catalog says in words, again.

A mark is `table.column`, or `table made` and `table gone` for whole rows. Notes, cards, decks,
presets and note types that have come back under other ids are counted as those they were: by
what `renamed` says, and the last three by their names.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from tests.inverse.snapshot import Snapshot

Renamed = list[tuple[str, Any, Any]]

NEW_TAGS = {"tags made"}
SPELLING = {"notes.tags"}
FILTERED = {"cards.did", "cards.odid", "cards.odue", "cards.due"}
ANSWERED = {"revlog made", "cards.data", "cards.queue", "decks.common", *FILTERED}
BROWSER = {"templates.config", "notetypes.config"}
REVIVED = {"notes.guid", "revlog made", "revlog.cid", "cards.data", *FILTERED, *SPELLING}

EACH: set[str] = set()
"""What each of several leaves is said of each."""

THROUGH_ANKICONNECT: dict[str, set[str]] = {
    "setSpecificValueOfCard": {"cards.odue", "cards.odid", "cards.data"},
    "suspend": {"cards.queue"},
    "unsuspend": {"cards.queue"},
    "setDueDate": {"revlog made", "cards.data", *FILTERED},
    "forgetCards": {"revlog made", "cards.data", *FILTERED},
    "relearnCards": {"cards.data"},
    "answerCards": {*ANSWERED, *NEW_TAGS, "notes.tags"},
    "guiAnswerCard": ANSWERED,
    "addNote": NEW_TAGS,
    "addNotes": NEW_TAGS,
    "updateNoteFields": {"cards made"},
    "updateNote": {"cards made", *NEW_TAGS},
    "updateNoteModel": {"cards made", "cards gone", *NEW_TAGS, *REVIVED},
    "deleteNotes": {*REVIVED, "cards gone"},
    "removeEmptyNotes": {
        "notetypes.id",
        "notetypes.config",
        "fields.config",
        "templates.config",
    },
    "changeDeck": {"decks made", *FILTERED},
    "deleteDecks": {*REVIVED, "decks.common", "decks.kind", "decks gone", "cards gone"},
    "saveDeckConfig": {"deck_config.config", "deck_config.name"},
    "removeDeckConfigId": {"deck_config gone", "decks.kind"},
    "updateModelTemplates": {"templates.config"},
    "findAndReplaceInModels": {"templates.config"},
    "modelTemplateAdd": {"templates made", "notetypes.config"},
    "modelTemplateRemove": {"templates.config", *REVIVED, "cards gone", "cards made"},
    "modelFieldAdd": BROWSER,
    "modelFieldRename": BROWSER,
    "modelFieldReposition": BROWSER,
    "modelFieldRemove": {"fields.config", "notes.sfld", *BROWSER},
    "importPackage": {
        "notes.flds",
        "notes.tags",
        "notes.sfld",
        "notes.csum",
        "cards made",
        "revlog made",
        "decks.common",
        "decks.kind",
        *BROWSER,
        "notetypes made",
        "fields made",
        "templates made",
        "deck_config made",
        "media made",
        *NEW_TAGS,
    },
    "addTags": NEW_TAGS,
    "removeTags": SPELLING,
    "updateNoteTags": NEW_TAGS,
    "replaceTags": {*NEW_TAGS, *SPELLING},
    "replaceTagsInAllNotes": {*NEW_TAGS, *SPELLING},
    "clearUnusedTags": {"tags.collapsed"},
    "multi": EACH,
}
IN_THE_ENGINE: dict[str, set[str]] = {
    "multi": EACH,
}

IDS = {
    "notes": {"id": "note", "mid": "model"},
    "cards": {"id": "card", "nid": "note", "did": "deck", "odid": "deck"},
    "revlog": {"cid": "card"},
    "decks": {"id": "deck"},
    "deck_config": {"id": "preset"},
    "notetypes": {"id": "model"},
    "fields": {"ntid": "model"},
    "templates": {"ntid": "model"},
}
"""Which columns hold an id, and of what."""

BY_NAME = {"deck": "decks", "preset": "deck_config", "model": "notetypes"}


def unexpected(
    action: str, embedded: bool, said: str, before: Snapshot, after: Snapshot, renamed: Renamed
) -> list[str]:
    """What is otherwise, and is not among what may be."""
    allowed = (IN_THE_ENGINE if embedded else THROUGH_ANKICONNECT).get(action, set())
    assert bool(allowed) == bool(said), f"{action}: {said!r} is no word for {allowed}"
    found = marks(before, as_before(before, after, renamed))
    return [line for mark, line in found if mark not in allowed]


def as_before(before: Snapshot, after: Snapshot, renamed: Renamed) -> Snapshot:
    """A snapshot with the ids that things had before."""
    old = {(kind, new): was for kind, was, new in renamed}
    for kind, table in BY_NAME.items():
        ids = {row["name"]: row["id"] for row in before[table].values()}
        known = {row["id"] for row in before[table].values()}
        for row in after[table].values():
            if row["id"] not in known and row["name"] in ids:
                old[kind, row["id"]] = ids[row["name"]]
    found: Snapshot = {}
    for table, rows in after.items():
        columns = IDS.get(table, {})
        found[table] = {}
        for key, row in rows.items():
            new = {
                name: old.get((columns[name], value), value) if name in columns else value
                for name, value in row.items()
            }
            identity = key if table == "media" else tuple(new[name] for name in _keys(row, key))
            found[table][identity] = new
    return found


def _keys(row: dict[str, Any], key: tuple[Any, ...]) -> list[str]:
    """The names of the columns that the key of a row consists of: the first ones."""
    return list(row)[: len(key)]


def _joined(name: str, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a value is only otherwise because Anki has written the note again."""
    text = unicodedata.normalize("NFC", one["flds"])
    if name == "csum":
        return text == other["flds"] != one["flds"]
    if name == "sfld":
        return unicodedata.normalize("NFC", str(one[name])) == str(other[name])
    if name == "tags":
        return sorted(one[name].casefold().split()) == sorted(other[name].casefold().split())
    return name == "flds" and text == other["flds"]


def marks(before: Snapshot, after: Snapshot) -> list[tuple[str, str]]:
    """What is otherwise: mark, and a line for people."""
    found = []
    for table, rows in before.items():
        others = after[table]
        for key in [*rows, *(key for key in others if key not in rows)]:
            one, other = rows.get(key), others.get(key)
            if one is None or other is None:
                what = f"{table} {'made' if one is None else 'gone'}"
                found.append((what, f"{what} {key}: {one or other}"))
                continue
            for name, value in one.items():
                if other[name] != value and not (table == "notes" and _joined(name, one, other)):
                    line = f"{table} {key} {name}: {value!r} -> {other[name]!r}"
                    found.append((f"{table}.{name}", line))
    return found
