"""Random requests for every action that changes something, with parameters that make sense."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.inverse.place import FILTERED, World

Params = dict[str, Any]
Maker = Callable[[st.DrawFn, World], Params]

UNKNOWN = 1234567890123
TEXTS = st.sampled_from(
    [
        "",
        "neu",
        "<b>x</b>",
        "a &amp; b",
        "cafe\u0301",
        "{{c1::Paris}} {{c3::Rom}}",
        "{{c2::x}}",
        "5",
    ]
)
TAG = st.sampled_from(
    ["new", "new::below", "verb", "Verb", "LEECH", "ä", "marked", "deep::er::est"]
)
TAG_LIST = st.lists(TAG, min_size=1, max_size=3)
NEW_DECKS = st.sampled_from(["New", "New::Sub::Sub", "Spanish::Fresh", "spanish", "Inbox"])
BYTES = st.sampled_from([b"one", b"two", b"\x00\xff"]).map(lambda b: base64.b64encode(b).decode())
CSS = st.sampled_from([".card { color: red; }", "", "/* ä */"])

MAKERS: dict[str, Maker] = {}
"""By action, what makes its parameters."""


def maker(*actions: str) -> Callable[[Maker], Maker]:
    """Register what makes parameters for some actions."""

    def register(make: Maker) -> Maker:
        MAKERS.update(dict.fromkeys(actions, make))
        return make

    return register


def requests(action: str, world: World) -> st.SearchStrategy[Params]:
    """Parameters for an action."""

    @st.composite
    def params(draw: st.DrawFn) -> Params:
        return MAKERS[action](draw, world)

    return params()


def some(draw: st.DrawFn, items: Any, most: int = 6) -> list[Any]:
    """A few of some items, each once."""
    return draw(st.lists(st.sampled_from(list(items)), min_size=1, max_size=most, unique=True))


def one(draw: st.DrawFn, items: Any) -> Any:
    """One of some items."""
    return draw(st.sampled_from(list(items)))


def cards_of_all_kinds(draw: st.DrawFn, world: World) -> list[int]:
    """Cards of all kinds: those of the filtered deck, suspended and buried ones are few, and so
    are picked apart.
    """
    kinds = [world.cards, world.cards, sorted(world.filtered), sorted(world.put_away)]
    return some(draw, one(draw, kinds))


@maker("unsuspend", "unburyCards")
def _of_cards_put_away(draw: st.DrawFn, world: World) -> Params:
    return {"cards": some(draw, sorted(world.put_away), 12)}


@maker("suspend", "relearnCards", "forgetCards", "buryCards", "burySiblings")
def _of_cards(draw: st.DrawFn, world: World) -> Params:
    return {"cards": cards_of_all_kinds(draw, world)}


@maker("setEaseFactors")
def _eases(draw: st.DrawFn, world: World) -> Params:
    cards = cards_of_all_kinds(draw, world)
    eases = st.lists(st.integers(1300, 4000), min_size=len(cards), max_size=len(cards))
    return {"cards": cards, "easeFactors": draw(eases)}


COLUMNS = {
    "due": st.integers(0, 2000),
    "factor": st.integers(0, 4000),
    "flags": st.integers(0, 7),
    "ivl": st.integers(0, 400),
    "lapses": st.integers(0, 9),
    "left": st.integers(0, 2002),
    "queue": st.sampled_from([-3, -2, -1, 0, 1, 2, 3]),
    "reps": st.integers(0, 99),
    "type": st.integers(0, 3),
}


@maker("setSpecificValueOfCard")
def _values(draw: st.DrawFn, world: World) -> Params:
    keys = some(draw, COLUMNS, 4)
    values = [draw(COLUMNS[key]) for key in keys]
    card = one(draw, world.cards)
    return {"card": card, "keys": keys, "newValues": values, "warning_check": True}


@maker("setDueDate")
def _due(draw: st.DrawFn, world: World) -> Params:
    return {
        "cards": cards_of_all_kinds(draw, world),
        "days": one(draw, ["0", "1", "3-7", "5!", "9-30!"]),
    }


@maker("setFlag")
def _flag(draw: st.DrawFn, world: World) -> Params:
    return {"cards": cards_of_all_kinds(draw, world), "flag": draw(st.integers(0, 7))}


@maker("repositionNewCards")
def _positions(draw: st.DrawFn, world: World) -> Params:
    return {
        "cards": cards_of_all_kinds(draw, world),
        "start": draw(st.integers(0, 50)),
        "step": draw(st.integers(0, 3)),
        "shuffle": draw(st.booleans()),
        "shift": draw(st.booleans()),
    }


@maker("copyScheduling")
def _copied(draw: st.DrawFn, world: World) -> Params:
    at_home = sorted(set(world.cards) - world.filtered)
    source, target = one(draw, at_home), one(draw, at_home)
    return {"source": source, "target": target, "reviews": draw(st.booleans())}


@maker("answerCards")
def _answers(draw: st.DrawFn, world: World) -> Params:
    cards = cards_of_all_kinds(draw, world)
    again = cards[: draw(st.integers(0, 2))]
    return {"answers": [{"cardId": c, "ease": draw(st.integers(1, 4))} for c in [*cards, *again]]}


@maker("guiAnswerCard")
def _ease(draw: st.DrawFn, world: World) -> Params:
    return {"ease": draw(st.integers(1, 4))}


# Notes.


def _fields(draw: st.DrawFn, model: dict[str, Any]) -> dict[str, str]:
    names = [field["name"] for field in model["flds"]]
    return {name: draw(TEXTS) for name in some(draw, names)}


def _new_note(draw: st.DrawFn, world: World) -> dict[str, Any]:
    model = one(draw, world.models.values())
    fields = _fields(draw, model)
    first = model["flds"][0]["name"]
    text = "{{c1::new}} {{c2::too}}" if model["type"] == 1 else "a new note"
    note = {
        "deckName": one(draw, [deck for deck in world.decks if deck != FILTERED]),
        "modelName": model["name"],
        "fields": {**fields, first: f"{text} {draw(st.integers(0, 10**9))}"},
        "tags": draw(st.lists(TAG, max_size=2)),
        "options": {"allowDuplicate": True},
    }
    if draw(st.booleans()):
        name = one(draw, ["new.mp3", "NEW.MP3", *world.media])
        note["audio"] = {"filename": name, "data": draw(BYTES), "fields": [first]}
    if model["type"] != 1:
        clean = {n: t for n, t in note["fields"].items() if "{{c" not in t}
        note["fields"] = clean
    return note


@maker("addNote")
def _addition(draw: st.DrawFn, world: World) -> Params:
    return {"note": _new_note(draw, world)}


@maker("addNotes")
def _additions(draw: st.DrawFn, world: World) -> Params:
    return {"notes": [_new_note(draw, world) for _ in range(draw(st.integers(1, 4)))]}


def _change(draw: st.DrawFn, world: World) -> dict[str, Any]:
    info = one(draw, world.infos.values())
    note = {"id": info["noteId"], "fields": _fields(draw, world.models[info["modelName"]])}
    if draw(st.integers(0, 3)) == 0:
        name = one(draw, ["new.jpg", *world.media])
        fields = list(note["fields"])[:1]
        note["picture"] = [{"filename": name, "data": draw(BYTES), "fields": fields}]
    return note


@maker("updateNoteFields")
def _fields_of_note(draw: st.DrawFn, world: World) -> Params:
    return {"note": _change(draw, world)}


@maker("updateNote")
def _whole_note(draw: st.DrawFn, world: World) -> Params:
    return {"note": {**_change(draw, world), "tags": draw(st.lists(TAG, max_size=3))}}


@maker("updateNoteModel")
def _remodelled(draw: st.DrawFn, world: World) -> Params:
    info, model = one(draw, world.infos.values()), one(draw, world.models.values())
    note = {
        "id": info["noteId"],
        "modelName": model["name"],
        "fields": _fields(draw, model),
        "tags": draw(st.lists(TAG, max_size=2)),
    }
    return {"note": note}


@maker("deleteNotes")
def _notes(draw: st.DrawFn, world: World) -> Params:
    return {"notes": _some_notes(draw, world)}


def _some_notes(draw: st.DrawFn, world: World) -> list[int]:
    by_model: dict[str, list[int]] = {}
    for info in world.infos.values():
        by_model.setdefault(info["modelName"], []).append(info["noteId"])
    return some(draw, one(draw, [world.notes, *by_model.values()]), 8)


@maker("findAndReplaceInNotes")
def _replaced(draw: st.DrawFn, world: World) -> Params:
    pattern, replacement = one(draw, [("a", "aa"), ("e", ""), (r"(\w)$", "{{c5::$1}}")])
    return {
        "notes": _some_notes(draw, world),
        "search": pattern,
        "replacement": replacement,
        "regex": "$" in pattern,
    }


# Tags.


@maker("addTags")
def _tags(draw: st.DrawFn, world: World) -> Params:
    return {
        "notes": _some_notes(draw, world),
        "tags": " ".join(draw(TAG_LIST)),
        "add": draw(st.booleans()),
    }


@maker("removeTags")
def _no_tags(draw: st.DrawFn, world: World) -> Params:
    notes = _some_notes(draw, world)
    had = sorted({tag for note in notes for tag in world.infos[note]["tags"]} | {"new"})
    return {"notes": notes, "tags": " ".join(some(draw, had, 3))}


@maker("updateNoteTags")
def _all_tags(draw: st.DrawFn, world: World) -> Params:
    return {"note": one(draw, world.notes), "tags": draw(st.lists(TAG, max_size=3))}


@maker("replaceTags")
def _other_tag(draw: st.DrawFn, world: World) -> Params:
    notes = _some_notes(draw, world)
    old = one(draw, sorted({tag for note in notes for tag in world.infos[note]["tags"]} | {"new"}))
    new = one(draw, ["fresh", "two tags", "verb", old, old.upper(), "marked::more"])
    return {"notes": notes, "tag_to_replace": old, "replace_with_tag": new}


@maker("replaceTagsInAllNotes")
def _other_tag_everywhere(draw: st.DrawFn, world: World) -> Params:
    params = _other_tag(draw, world)
    del params["notes"]
    return params
