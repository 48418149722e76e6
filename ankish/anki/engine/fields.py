"""Fields of note types."""

from __future__ import annotations

from typing import Any

from ankish.anki.engine.modellookup import changing, get_field, move, read_model
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session


@action
def modelFieldNames(session: Session, modelName: str) -> list[str]:
    """The names of a note type's fields, in order."""
    return [field["name"] for field in read_model(session.col, modelName)["flds"]]


@action
def modelFieldDescriptions(session: Session, modelName: str) -> list[str]:
    """What the editor shows in each field while it is empty."""
    return [field["description"] for field in read_model(session.col, modelName)["flds"]]


@action
def modelFieldFonts(session: Session, modelName: str) -> dict[str, dict[str, Any]]:
    """The editor's font and size of each field."""
    return {
        field["name"]: {"font": field["font"], "size": field["size"]}
        for field in read_model(session.col, modelName)["flds"]
    }


@action
def modelFieldAdd(
    session: Session, modelName: str, fieldName: str, index: int | None = None
) -> None:
    """Add a field, at the end or at `index`; one that is there already is only moved."""
    with changing(session.col, modelName) as model:
        _of_kind(str, "fieldName should be a string", fieldName)
        if fieldName not in [field["name"] for field in model["flds"]]:
            models = session.col.models
            models.add_field(model, models.new_field(fieldName))
        if index is not None:
            move(model["flds"], get_field(model, fieldName), index)


@action
def modelFieldRename(
    session: Session, modelName: str, oldFieldName: str, newFieldName: str
) -> None:
    """Rename a field, also in the templates."""
    with changing(session.col, modelName) as model:
        get_field(model, oldFieldName)["name"] = newFieldName


@action
def modelFieldReposition(session: Session, modelName: str, fieldName: str, index: int) -> None:
    """Move a field to a place counted from 0."""
    with changing(session.col, modelName) as model:
        move(model["flds"], get_field(model, fieldName), index)


@action
def modelFieldRemove(session: Session, modelName: str, fieldName: str) -> None:
    """Delete a field and what stands in it, in every note of the type."""
    with changing(session.col, modelName) as model:
        model["flds"].remove(get_field(model, fieldName))


@action
def modelFieldSetFont(session: Session, modelName: str, fieldName: str, font: str) -> None:
    """Set the font that the editor shows a field in."""
    with changing(session.col, modelName) as model:
        field = get_field(model, fieldName)
        field["font"] = _of_kind(str, "font should be a string", font)


@action
def modelFieldSetFontSize(session: Session, modelName: str, fieldName: str, fontSize: int) -> None:
    """Set the font size that the editor shows a field in."""
    with changing(session.col, modelName) as model:
        field = get_field(model, fieldName)
        field["size"] = _of_kind(int, "fontSize should be an integer", fontSize)


@action
def modelFieldSetDescription(
    session: Session, modelName: str, fieldName: str, description: str
) -> bool:
    """Set what the editor shows in a field while it is empty; always True."""
    with changing(session.col, modelName) as model:
        field = get_field(model, fieldName)
        field["description"] = _of_kind(str, "description should be a string", description)
    return True


def _of_kind(kind: type, rule: str, value: object) -> object:
    """`value`, if it is of that kind; else an `ActionError` that tells the rule."""
    if not isinstance(value, kind):
        raise ActionError(f"{rule}: {value}")
    return value
