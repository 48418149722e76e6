"""States of what is in the collection, as plain data that `putState` puts back.

A state has a table of each kind, and in it records by their ids, written as texts; a tag's
and a preset's record is by name and id likewise. Times of change are left out: whoever puts
a state back has changed it then. The records of decks, presets and note types are those that
Anki's library hands out for syncing, so nothing of them is lost.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.filestate import digests
from ankish.anki.engine.lookup import database, from_json, loose_ids
from ankish.anki.engine.modellookup import CLOZE, copied
from ankish.anki.engine.registry import ActionError, own_action, plain_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.collection import Collection

State = dict[str, dict[str, Any]]

NOTE = ("guid", "mid", "tags", "flds", "flags", "data")
CARD = (
    "nid",
    "did",
    "ord",
    "type",
    "queue",
    "due",
    "ivl",
    "factor",
    "reps",
    "lapses",
    "left",
    "odue",
    "odid",
    "flags",
    "data",
)
REVIEW = ("cid", "ease", "ivl", "lastIvl", "factor", "time", "type")
"""The columns of the tables that are a state. Anki works out the others, or they say when."""

STAMPS = frozenset({"mod", "usn"})
"""What stands in the records of Anki's library and says when they were changed."""

BETWEEN = "\x1f"
"""What stands between the fields of a note, and between the parts of a deck's name."""


@plain_action
@own_action
def getState(session: Session, what: dict[str, list[Any]]) -> State:
    """The state of what is named, as far as it exists: tables, with records by id.

    `what` has lists of ids or names: `notes` (with their cards), `notesOf` cards (with all
    cards), `noteIds` (without cards), `cards`, `cardsOf` templates (each a list of note type and
    name), `inDecks` (the cards in decks and below, with their notes), `logs` (where the review
    logs of cards end), `reviews`, `reviewsOf` cards, `decks` (with those above and below),
    `decksOf` cards (with those above), `deckIds`, `presets` (with the decks that use them),
    `models`, `modelIds`, `contents` (of fields, each a list of note type and name), `lostWith`
    (what goes with fields and templates that a note type loses, each as its id and the names of
    those it keeps), `decomposed` (the notes of note types in which accents are letters of their
    own), `tags`, `media` (files, each by a digest of what it holds), `changedBy` (what actions
    would change, each as its name and its parameters: an import, a check of the media), `foreseen`
    (lists for `getState` which that gave); and `everything`: the names of tables of which all is
    wanted, notes and media as `null` records, since only which there are is told of them.
    """
    if not isinstance(what, dict):
        raise ActionError("what must be an object of lists")
    state: State = {}
    if "changedBy" in what:
        from ankish.anki.engine.foreseen import touched

        wanted = dict(what)
        asked = wanted.pop("changedBy")
        if not _is_pairs(asked):
            raise ActionError("changedBy must be a list of pairs, an action and its parameters")
        what = {**wanted, "foreseen": [touched(session, *pair) for pair in asked]}
    for name, values in what.items():
        if name not in SELECTORS or not isinstance(values, list):
            raise ActionError(f"there is no such list: {name}; there are {', '.join(SELECTORS)}")
        for table, records in SELECTORS[name](session.col, values).items():
            state.setdefault(table, {}).update(records)
    return state


def _notes(col: Collection, ids: list[Any]) -> State:
    some = _numbers(ids)
    return {**note_rows(col, f"id in {some}"), **card_rows(col, f"nid in {some}")}


def _notes_of(col: Collection, cards: list[Any]) -> State:
    among = f"(select nid from cards where id in {_numbers(cards)})"
    return {**note_rows(col, f"id in {among}"), **card_rows(col, f"nid in {among}")}


def _note_ids(col: Collection, ids: list[Any]) -> State:
    return note_rows(col, f"id in {_numbers(ids)}")


def _cards(col: Collection, ids: list[Any]) -> State:
    return card_rows(col, f"id in {_numbers(ids)}")


def _cards_of(col: Collection, templates: list[Any]) -> State:
    found: State = {"cards": {}}
    for model_name, name in templates:
        model = col.models.by_name(model_name)
        for template in model["tmpls"] if model is not None else ():
            if model is not None and template["name"] == name:
                place = "" if model["type"] == CLOZE else f"ord = {template['ord']} and "
                among = f"nid in (select id from notes where mid = {model['id']})"
                found["cards"] |= card_rows(col, place + among)["cards"]
    return found


def _in_decks(col: Collection, names: list[Any]) -> State:
    some = _numbers(deck for name in names for deck in _below(col, name))
    here = f"(did in {some} or odid in {some})"
    among = f"(select nid from cards where {here})"
    return {**card_rows(col, here), **note_rows(col, f"id in {among}")}


def _logs(col: Collection, cards: list[Any]) -> State:
    """The id of the last line of each card's review log, 0 if it has none."""
    some = _numbers(cards)
    ends = database(col).scalar(
        "select json_group_object(id, coalesce((select max(r.id) from revlog r"
        f" where r.cid = cards.id), 0)) from cards where id in {some}"
    )
    return {"logs": from_json(ends)}


def _reviews_of(col: Collection, cards: list[Any]) -> State:
    return {"reviews": _rows(col, "revlog", REVIEW, f"cid in {_numbers(cards)}")}


def _reviews(col: Collection, ids: list[Any]) -> State:
    return {"reviews": _rows(col, "revlog", REVIEW, f"id in {_numbers(ids)}")}


def _decks(col: Collection, names: list[Any]) -> State:
    found = {deck for name in names for deck in _below(col, name)}
    parts = [name.split("::") for name in names if isinstance(name, str)]
    above = {"::".join(each[:count]) for each in parts for count in range(1, len(each))}
    found |= {deck for name in above if (deck := col.decks.id_for_name(name)) is not None}
    return _deck_ids(col, sorted(found))


def _decks_of(col: Collection, cards: list[Any]) -> State:
    sql = f"select did from cards where id in {_numbers(cards)}"
    home = f"select odid from cards where id in {_numbers(cards)} and odid"
    found = database(col).list(f"{sql} union {home}")
    above = [parent["id"] for deck in found for parent in col.decks.parents(deck)]
    return _deck_ids(col, sorted({*found, *above}))


def _deck_ids(col: Collection, ids: list[Any]) -> State:
    known = (col.decks.get(deck, default=False) for deck in loose_ids(ids))  # type: ignore[arg-type]
    return {"decks": {str(deck["id"]): _without_stamps(deck) for deck in known if deck is not None}}


def _presets(col: Collection, ids: list[Any]) -> State:
    wanted = set(loose_ids(ids))
    using = [deck["id"] for deck in col.decks.all() if deck.get("conf") in wanted]
    presets = [preset for preset in col.decks.all_config() if preset["id"] in wanted]
    return {
        "presets": {str(preset["id"]): _without_stamps(preset) for preset in presets},
        **_deck_ids(col, using),
    }


def _models(col: Collection, names: list[Any]) -> State:
    return _models_by_id(col, _model_ids(col, names))


def _models_by_id(col: Collection, ids: list[Any]) -> State:
    known = (col.models.get(model) for model in loose_ids(ids))  # type: ignore[arg-type]
    return {
        "models": {
            str(model["id"]): _without_stamps(copied(model)) for model in known if model is not None
        }
    }


def _contents(col: Collection, fields: list[Any]) -> State:
    """What stands in fields, by note, where it is not empty; by note type and field."""
    found: dict[str, Any] = {}
    for which, name in fields:
        by_id = isinstance(which, int)
        model = col.models.get(which) if by_id else col.models.by_name(which)
        for field in model["flds"] if model is not None else ():
            if model is not None and field["name"] == name:
                place = field["ord"]
                rows = database(col).all("select id, flds from notes where mid = ?", model["id"])
                values = ((note, flds.split(BETWEEN)[place]) for note, flds in rows)
                key = f"{model['id']}/{name}"
                found[key] = {str(note): value for note, value in values if value}
    return {"contents": found}


def _lost_with(col: Collection, models: list[Any]) -> State:
    """What is lost when a note type is left with some of its fields and templates only.

    Each is given as its id, and the names of the fields and templates that it keeps.
    """
    found: State = {"cards": {}, "contents": {}}
    for number, fields, templates in models:
        model = col.models.get(number)
        if model is None:
            continue
        going = [each["ord"] for each in model["tmpls"] if each["name"] not in templates]
        if going and model["type"] != CLOZE:
            notes = f"nid in (select id from notes where mid = {model['id']})"
            ords = ", ".join(map(str, going))
            found["cards"] |= card_rows(col, f"ord in ({ords}) and {notes}")["cards"]
        lost = [[model["id"], f["name"]] for f in model["flds"] if f["name"] not in fields]
        found["contents"] |= _contents(col, lost)["contents"]
    return found


def _decomposed(col: Collection, models: list[Any]) -> State:
    """Notes in which accents are letters of their own: Anki joins them when fields come or go."""
    some = _numbers(_model_ids(col, models))
    rows = database(col).all(f"select id, flds from notes where mid in {some}")
    found = [note for note, text in rows if not unicodedata.is_normalized("NFC", text)]
    return _note_ids(col, found)


def _tags(col: Collection, names: list[Any]) -> State:
    """Whether tags are folded in, by the name that the collection's list has of them."""
    rows = database(col).all(
        "select tag, collapsed from tags where tag in (select value from json_each(?))",
        json.dumps([name for name in names if isinstance(name, str)]),
    )
    return {"tags": {tag: bool(collapsed) for tag, collapsed in rows}}


def _foreseen(col: Collection, wanted: list[Any]) -> State:
    """What such lists name, with the lists: they say what has to be looked at afterwards."""
    state: State = {}
    for each in wanted:
        for name, ids in each.items():
            if name not in SELECTORS or name in ("foreseen", "everything"):
                raise ActionError(f"there is no such list: {name}")
            for table, records in SELECTORS[name](col, ids).items():
                state.setdefault(table, {}).update(records)
        state.setdefault("foreseen", {}).update(each)
    return state


def _media(col: Collection, names: list[Any]) -> State:
    return {"media": digests(Path(col.media.dir()), names)}


def _everything(col: Collection, tables: list[Any]) -> State:
    state: State = {}
    for table in tables:
        if table == "notes":
            state |= {"notes": dict.fromkeys(map(str, database(col).list("select id from notes")))}
        elif table == "presets":
            state |= _presets(col, [preset["id"] for preset in col.decks.all_config()])
        elif table == "models":
            state |= _models_by_id(col, [model.id for model in col.models.all_names_and_ids()])
        elif table == "decks":
            state |= _deck_ids(col, [deck.id for deck in col.decks.all_names_and_ids()])
        elif table == "tags":
            state |= _tags(col, col.tags.all())
        elif table == "media":
            files = Path(col.media.dir()).iterdir()
            state |= {"media": {path.name: None for path in files if path.is_file()}}
        else:
            raise ActionError(f"there is no way to ask for all of: {table}")
    return state


SELECTORS: dict[str, Callable[[Collection, list[Any]], State]] = {
    "notes": _notes,
    "notesOf": _notes_of,
    "noteIds": _note_ids,
    "cards": _cards,
    "cardsOf": _cards_of,
    "inDecks": _in_decks,
    "logs": _logs,
    "reviews": _reviews,
    "reviewsOf": _reviews_of,
    "decks": _decks,
    "decksOf": _decks_of,
    "deckIds": _deck_ids,
    "presets": _presets,
    "models": _models,
    "modelIds": _models_by_id,
    "contents": _contents,
    "lostWith": _lost_with,
    "decomposed": _decomposed,
    "tags": _tags,
    "media": _media,
    "foreseen": _foreseen,
    "everything": _everything,
}
"""What can be asked for, and how it is found."""


def note_rows(col: Collection, condition: str) -> State:
    """The notes for which an SQL condition holds."""
    rows = _rows(col, "notes", NOTE, condition)
    names = {model: _field_names(col, model) for model in {row["mid"] for row in rows.values()}}
    for row in rows.values():
        row["fields"] = dict(zip(names[row["mid"]], row.pop("flds").split(BETWEEN), strict=False))
        row["tags"] = [tag for tag in row["tags"].split(" ") if tag]
    return {"notes": rows}


def _field_names(col: Collection, model_id: Any) -> list[str]:
    model = col.models.get(model_id)
    return [field["name"] for field in model["flds"]] if model is not None else []


def card_rows(col: Collection, condition: str) -> State:
    """The cards for which an SQL condition holds."""
    return {"cards": _rows(col, "cards", CARD, condition)}


def _rows(col: Collection, table: str, columns: Iterable[str], condition: str) -> dict[str, Any]:
    """Rows by id. SQLite writes them as one text, which is quicker than handing over each."""
    pairs = ", ".join(f"'{name}', {name}" for name in columns)
    text = database(col).scalar(
        f"select json_group_object(id, json_object({pairs})) from {table} where {condition}"
    )
    found: dict[str, Any] = from_json(text)
    return found


def _below(col: Collection, name: Any) -> list[int]:
    """The ids of a deck and of those below it."""
    deck = col.decks.id_for_name(name) if isinstance(name, str) else None
    return [] if deck is None else [int(each) for each in col.decks.deck_and_child_ids(deck)]


def _model_ids(col: Collection, names: list[Any]) -> list[int]:
    ids = (col.models.id_for_name(name) for name in names if isinstance(name, str))
    return [model for model in ids if model is not None]


def _numbers(ids: Iterable[Any]) -> str:
    """Ids as SQL takes them: `(1, 2)`; `ActionError` for what is none."""
    return f"({', '.join(map(str, loose_ids(ids)))})"


def _without_stamps(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [_without_stamps(each) for each in value] if _is_records(value) else value
        for key, value in record.items()
        if key not in STAMPS
    }


def _is_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(p, list) and len(p) == 2 for p in value)


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
