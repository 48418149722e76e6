"""Random requests for the actions on decks, note types, media and all the rest."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.inverse.place import FILTERED, World
from tests.inverse.requests import (
    BYTES,
    CSS,
    NEW_DECKS,
    TAG,
    TEXTS,
    UNKNOWN,
    Params,
    cards_of_all_kinds,
    maker,
    one,
    some,
)

# Decks and presets.


@maker("createDeck")
def _deck(draw: st.DrawFn, world: World) -> Params:
    return {"deck": draw(NEW_DECKS)}


@maker("changeDeck")
def _moved(draw: st.DrawFn, world: World) -> Params:
    target = draw(NEW_DECKS | st.sampled_from([d for d in world.decks if d != FILTERED]))
    return {"cards": cards_of_all_kinds(draw, world), "deck": target}


@maker("deleteDecks")
def _decks(draw: st.DrawFn, world: World) -> Params:
    return {"decks": some(draw, [*world.decks, "Nope"], 2), "cardsToo": True}


@maker("renameDeck")
def _renamed(draw: st.DrawFn, world: World) -> Params:
    deck = one(draw, [deck for deck in world.decks if deck != "Default"])
    return {"deck": deck, "newName": one(draw, ["New", "New::A::B", "Inbox::X", deck.upper()])}


@maker("createFilteredDeck")
def _filtered(draw: st.DrawFn, world: World) -> Params:
    return {
        "deck": one(draw, ["Extra", "New::Extra", "Spanish::Extra"]),
        "query": one(draw, ["is:due", "is:new", "deck:Spanish", "is:learn", ""]),
        "limit": draw(st.integers(1, 40)),
        "reschedule": draw(st.booleans()),
    }


@maker("rebuildFilteredDeck", "emptyFilteredDeck")
def _cram(draw: st.DrawFn, world: World) -> Params:
    return {"deck": FILTERED}


@maker("saveDeckConfig")
def _saved(draw: st.DrawFn, world: World) -> Params:
    whole = one(draw, world.configs)
    changed = {
        **whole,
        "name": one(draw, ["Renamed", "Default", whole["name"]]),
        "new": {**whole["new"], "perDay": draw(st.integers(0, 99)), "delays": [1.0, 10.0]},
        "rev": {**whole["rev"], "perDay": draw(st.integers(0, 999)), "maxIvl": 365},
        "lapse": {**whole["lapse"], "delays": [10.0], "mult": 0.5},
    }
    return {"config": changed}


@maker("setDeckConfigId")
def _chosen(draw: st.DrawFn, world: World) -> Params:
    decks = some(draw, [deck for deck in world.decks if deck != FILTERED], 3)
    return {"decks": decks, "configId": one(draw, [*world.presets, 999])}


@maker("cloneDeckConfigId")
def _cloned(draw: st.DrawFn, world: World) -> Params:
    return {"name": "Copy", "cloneFrom": one(draw, world.presets)}


@maker("removeDeckConfigId")
def _removed(draw: st.DrawFn, world: World) -> Params:
    return {"configId": one(draw, [preset for preset in world.presets if preset != 1])}


# Note types.


def _model(draw: st.DrawFn, world: World) -> dict[str, Any]:
    return dict(one(draw, world.models.values()))


def _names(model: dict[str, Any], key: str) -> list[str]:
    return [each["name"] for each in model[key]]


@maker("createModel")
def _new_model(draw: st.DrawFn, world: World) -> Params:
    cloze = draw(st.booleans())
    front = "{{cloze:A}}" if cloze else "{{A}}"
    sides = [{"Front": front, "Back": "{{B}}"}]
    return {
        "modelName": "Made",
        "inOrderFields": ["A", "B"],
        "cardTemplates": sides,
        "css": draw(CSS),
        "isCloze": cloze,
    }


@maker("updateModelTemplates")
def _sides(draw: st.DrawFn, world: World) -> Params:
    model = _model(draw, world)
    templates = {
        name: {"Back": one(draw, ["{{FrontSide}} new", "x", ""])}
        for name in some(draw, _names(model, "tmpls"))
    }
    return {"model": {"name": model["name"], "templates": templates}}


@maker("updateModelStyling")
def _styled(draw: st.DrawFn, world: World) -> Params:
    return {"model": {"name": _model(draw, world)["name"], "css": draw(CSS)}}


@maker("findAndReplaceInModels")
def _restyled(draw: st.DrawFn, world: World) -> Params:
    return {
        "modelName": one(draw, ["", *world.models]),
        "findText": one(draw, ["arial", "FrontSide", "nothing of the kind", "<hr"]),
        "replaceText": one(draw, ["x", "Tahoma"]),
        "front": False,
        "css": draw(st.booleans()),
    }


@maker("modelTemplateAdd")
def _template(draw: st.DrawFn, world: World) -> Params:
    # A cloze note type takes no second template: see the tests of the engine's templates.
    model = one(draw, [each for each in world.models.values() if each["type"] == 0])
    field = one(draw, _names(model, "flds"))
    front = "{{" + field + "}} added"
    name = one(draw, ["Added", *_names(model, "tmpls")])
    template = {"Name": name, "Front": front, "Back": "b"}
    return {"modelName": model["name"], "template": template}


@maker("modelTemplateRename")
def _renamed_template(draw: st.DrawFn, world: World) -> Params:
    model = _model(draw, world)
    old = one(draw, _names(model, "tmpls"))
    return {"modelName": model["name"], "oldTemplateName": old, "newTemplateName": "Renamed"}


@maker("modelTemplateReposition")
def _moved_template(draw: st.DrawFn, world: World) -> Params:
    model = _model(draw, world)
    name = one(draw, _names(model, "tmpls"))
    place = draw(st.integers(0, len(model["tmpls"])))
    return {"modelName": model["name"], "templateName": name, "index": place}


@maker("modelTemplateRemove")
def _removed_template(draw: st.DrawFn, world: World) -> Params:
    models = [model for model in world.models.values() if len(model["tmpls"]) > 1]
    model = one(draw, models)
    return {"modelName": model["name"], "templateName": one(draw, _names(model, "tmpls"))}


@maker("modelFieldAdd")
def _field(draw: st.DrawFn, world: World) -> Params:
    model = _model(draw, world)
    name = one(draw, ["Added", "A b", *_names(model, "flds")])
    place = draw(st.none() | st.integers(0, len(model["flds"])))
    return {"modelName": model["name"], "fieldName": name, "index": place}


@maker("modelFieldRename")
def _renamed_field(draw: st.DrawFn, world: World) -> Params:
    model = _model(draw, world)
    names = _names(model, "flds")
    new = one(draw, ["Renamed", *names])
    return {"modelName": model["name"], "oldFieldName": one(draw, names), "newFieldName": new}


def _one_field(draw: st.DrawFn, world: World) -> Params:
    model = _model(draw, world)
    return {"modelName": model["name"], "fieldName": one(draw, _names(model, "flds"))}


@maker("modelFieldReposition")
def _moved_field(draw: st.DrawFn, world: World) -> Params:
    return {**_one_field(draw, world), "index": draw(st.integers(0, 3))}


@maker("modelFieldRemove")
def _removed_field(draw: st.DrawFn, world: World) -> Params:
    models = [model for model in world.models.values() if len(model["flds"]) > 1]
    model = one(draw, models)
    return {"modelName": model["name"], "fieldName": one(draw, _names(model, "flds"))}


@maker("modelFieldSetFont")
def _font(draw: st.DrawFn, world: World) -> Params:
    return {**_one_field(draw, world), "font": one(draw, ["Arial", "Noto Sans"])}


@maker("modelFieldSetFontSize")
def _size(draw: st.DrawFn, world: World) -> Params:
    return {**_one_field(draw, world), "fontSize": draw(st.integers(1, 99))}


@maker("modelFieldSetDescription")
def _description(draw: st.DrawFn, world: World) -> Params:
    return {**_one_field(draw, world), "description": one(draw, ["what it is", ""])}


# Media, reviews, and the rest.


@maker("storeMediaFile")
def _stored(draw: st.DrawFn, world: World) -> Params:
    return {
        "filename": one(draw, ["new.txt", "_x.txt", "UPPER.TXT", "a:b*.txt", *world.media]),
        "data": draw(BYTES),
        "deleteExisting": draw(st.booleans()),
    }


@maker("deleteMediaFile")
def _deleted_file(draw: st.DrawFn, world: World) -> Params:
    return {"filename": one(draw, ["none.txt", *world.media])}


@maker("insertReviews")
def _reviews(draw: st.DrawFn, world: World) -> Params:
    times = draw(
        st.lists(st.integers(1500000000000, 1500000009999), min_size=1, max_size=4, unique=True)
    )
    cards = [one(draw, [*world.cards, UNKNOWN]) for _ in times]
    rows = zip(times, cards, strict=True)
    return {"reviews": [[time, card, -1, 3, 4, 1, 2500, 6000, 1] for time, card in rows]}


@maker("importPackage")
def _package(draw: st.DrawFn, world: World) -> Params:
    return {"path": one(draw, world.packages)}


@maker("checkMedia", "clearUnusedTags", "removeEmptyNotes", "deleteEmptyCards", "reloadCollection")
def _nothing(draw: st.DrawFn, world: World) -> Params:
    return {}


@maker("putState")
def _state(draw: st.DrawFn, world: World) -> Params:
    """Notes as they are, but for their tags and fields, and others gone."""
    infos = [world.infos[note] for note in some(draw, world.notes, 3)]
    gone = some(draw, sorted(set(world.notes) - {info["noteId"] for info in infos}), 3)
    notes = {
        str(info["noteId"]): {
            "guid": f"guid{info['noteId']}",
            "mid": world.models[info["modelName"]]["id"],
            "tags": draw(st.lists(TAG, max_size=2, unique_by=str.casefold)),
            "fields": {name: draw(TEXTS) for name in info["fields"]},
            "flags": 0,
            "data": "",
        }
        for info in infos
    }
    return {"state": {"notes": notes, "tags": {"put": True}}, "gone": {"notes": gone}}
