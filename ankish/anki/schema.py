"""What exists in a collection, as a JSON file: so that programs are checked without it."""

from __future__ import annotations

import json
from typing import Any

from ankish.anki.world import DETAILS, Model, World

VERSION = 1

PARTS = frozenset({"decks", "models", DETAILS, "tags", "actions"})
"""The parts of a world that are saved."""


def written(world: World) -> str:
    """A world as JSON: names of decks, note types with fields and templates, tags, actions."""
    types = {
        name: {"fields": list(model.fields), "templates": list(model.templates)}
        for name, model in world.details.items()
    }
    actions = None if world.action_names is None else sorted(world.action_names)
    whole = {
        "ankishSchema": VERSION,
        "decks": sorted(world.deck_ids),
        "noteTypes": types,
        "tags": sorted(world.tag_names),
        "actions": actions,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> World:
    """The world that such a text holds. Raises `ValueError` if it is none."""
    whole = json.loads(text)
    if not isinstance(whole, dict) or whole.get("ankishSchema") != VERSION:
        raise ValueError("it is no schema that `ankish schema save` has written")
    types = whole.get("noteTypes")
    if not isinstance(types, dict):
        raise ValueError("it has no note types")
    details = {
        name: Model(_names(each, "fields"), _names(each, "templates"))
        for name, each in types.items()
    }
    actions = whole.get("actions")
    return World(
        known=PARTS if actions is not None else PARTS - {"actions"},
        deck_ids=dict.fromkeys(_names(whole, "decks"), 0),
        model_ids=dict.fromkeys(types, 0),
        details=details,
        tag_names=_names(whole, "tags"),
        action_names=frozenset(_names(whole, "actions")) if actions is not None else None,
    )


def _names(record: Any, key: str) -> tuple[str, ...]:
    names = record.get(key) if isinstance(record, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"its {key} are no list of names")
    return tuple(names)
