"""Note types, their fields and templates by name, and saving a changed note type.

Anki's library hands out the note types it keeps in memory. Here they are copies: what an
action changes and then can't save leaves no trace.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from contextlib import contextmanager
from operator import index
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.registry import ActionError

if TYPE_CHECKING:
    from anki.collection import Collection

Model = dict[str, Any]
"""A note type as Anki keeps it: `name`, `flds`, `tmpls`, `css`, …"""

CLOZE = 1
"""The `type` of a note type that makes its cards from cloze deletions; others have 0."""


def get_model(col: Collection, name: Any) -> Model:
    """A copy of the note type of that name, whatever its case; `ActionError` if there is none."""
    return copied(read_model(col, name))


def read_model(col: Collection, name: Any) -> Model:
    """The same, but not a copy: Anki's library has it in use, so it is only to be read."""
    model = col.models.by_name(name)
    if model is None:
        raise ActionError(f"model was not found: {name}")
    return model


def copied(model: Model) -> Model:
    """A copy that shares nothing with the original; a third of the time that `deepcopy` takes."""
    copy: Model = marshal.loads(marshal.dumps(model))
    return copy


def get_field(model: Model, name: Any) -> Model:
    """The note type's field of exactly that name; `ActionError` if there is none."""
    return _named(model, "flds", "field", name)


def get_template(model: Model, name: Any) -> Model:
    """The note type's template of exactly that name; `ActionError` if there is none."""
    return _named(model, "tmpls", "template", name)


def move(items: list[Model], item: Model, place: Any) -> None:
    """Move an item of a list to a place counted from 0; negative ones count from the end.

    `TypeError` if `place` is no whole number: before the list is changed.
    """
    place = index(place)
    items.remove(item)
    items.insert(place, item)


@contextmanager
def changing(col: Collection, name: Any) -> Iterator[Model]:
    """A copy of the note type of that name, which is saved when the block ends without an error.

    See `get_model` and `save`.
    """
    model = get_model(col, name)
    yield model
    save(col, model)


def save(col: Collection, model: Model) -> None:
    """Save a changed note type; Anki's own error if it is not sound."""
    col.models.update_dict(model)


def _named(model: Model, key: str, what: str, name: Any) -> Model:
    for item in model[key]:
        if item["name"] == name:
            found: Model = item
            return found
    raise ActionError(f"{what} was not found in {model['name']}: {name}")
