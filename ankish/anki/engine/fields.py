"""Fields of note types."""

from __future__ import annotations

from typing import Any

from ankish.anki.engine.modellookup import get_field, get_model, move, read_model, save
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
    model = get_model(session.col, modelName)
    if not isinstance(fieldName, str):
        raise ActionError(f"fieldName should be a string: {fieldName}")
    if fieldName not in [field["name"] for field in model["flds"]]:
        models = session.col.models
        models.add_field(model, models.new_field(fieldName))
    if index is not None:
        move(model["flds"], get_field(model, fieldName), index)
    save(session.col, model)


@action
def modelFieldRename(
    session: Session, modelName: str, oldFieldName: str, newFieldName: str
) -> None:
    """Rename a field, also in the templates."""
    model = get_model(session.col, modelName)
    get_field(model, oldFieldName)["name"] = newFieldName
    save(session.col, model)


@action
def modelFieldReposition(session: Session, modelName: str, fieldName: str, index: int) -> None:
    """Move a field to a place counted from 0."""
    model = get_model(session.col, modelName)
    move(model["flds"], get_field(model, fieldName), index)
    save(session.col, model)


@action
def modelFieldRemove(session: Session, modelName: str, fieldName: str) -> None:
    """Delete a field and what stands in it, in every note of the type."""
    model = get_model(session.col, modelName)
    model["flds"].remove(get_field(model, fieldName))
    save(session.col, model)


@action
def modelFieldSetFont(session: Session, modelName: str, fieldName: str, font: str) -> None:
    """Set the font that the editor shows a field in."""
    model = get_model(session.col, modelName)
    field = get_field(model, fieldName)
    if not isinstance(font, str):
        raise ActionError(f"font should be a string: {font}")
    field["font"] = font
    save(session.col, model)


@action
def modelFieldSetFontSize(session: Session, modelName: str, fieldName: str, fontSize: int) -> None:
    """Set the font size that the editor shows a field in."""
    model = get_model(session.col, modelName)
    field = get_field(model, fieldName)
    if not isinstance(fontSize, int):
        raise ActionError(f"fontSize should be an integer: {fontSize}")
    field["size"] = fontSize
    save(session.col, model)


@action
def modelFieldSetDescription(
    session: Session, modelName: str, fieldName: str, description: str
) -> bool:
    """Set what the editor shows in a field while it is empty; always True."""
    model = get_model(session.col, modelName)
    field = get_field(model, fieldName)
    if not isinstance(description, str):
        raise ActionError(f"description should be a string: {description}")
    field["description"] = description
    save(session.col, model)
    return True
