"""Note types as a whole: listing, making, restyling, deleting the unused."""

from __future__ import annotations

from typing import Any

from ankish.anki.engine.change import one_change
from ankish.anki.engine.lookup import database
from ankish.anki.engine.modellookup import (
    CLOZE,
    Model,
    changing,
    copied,
    get_model,
    read_model,
    save,
)
from ankish.anki.engine.registry import ActionError, action, plain_action
from ankish.anki.engine.session import Session


@action
def modelNames(session: Session) -> list[str]:
    """The names of the note types, sorted."""
    return [model.name for model in session.col.models.all_names_and_ids()]


@action
def modelNamesAndIds(session: Session) -> dict[str, int]:
    """The note types' ids by name."""
    return {model.name: model.id for model in session.col.models.all_names_and_ids()}


@action
def modelNameFromId(session: Session, modelId: int) -> str:
    """The name of the note type with that id."""
    return str(_by_id(session, modelId)["name"])


@plain_action
def findModelsById(session: Session, modelIds: list[int]) -> list[dict[str, Any]]:
    """Whole note types, as Anki keeps them, by id."""
    return [copied(_by_id(session, model)) for model in modelIds]


@plain_action
def findModelsByName(session: Session, modelNames: list[str]) -> list[dict[str, Any]]:
    """Whole note types, as Anki keeps them, by name."""
    return [get_model(session.col, name) for name in modelNames]


@action
def modelStyling(session: Session, modelName: str) -> dict[str, str]:
    """The CSS of a note type's cards."""
    return {"css": read_model(session.col, modelName)["css"]}


@action
def updateModelStyling(session: Session, model: dict[str, Any]) -> None:
    """Set the CSS of a note type's cards."""
    with changing(session.col, model["name"]) as changed:
        changed["css"] = model["css"]


@action
def createModel(
    session: Session,
    modelName: str,
    inOrderFields: list[str],
    cardTemplates: list[dict[str, str]],
    css: str | None = None,
    isCloze: bool = False,
) -> dict[str, Any]:
    """Make a note type; returned whole. A template without a name is called `Card N`."""
    if len(inOrderFields) == 0:
        raise ActionError("Must provide at least one field for inOrderFields")
    if len(cardTemplates) == 0:
        raise ActionError("Must provide at least one card for cardTemplates")
    models = session.col.models
    # Anki's library would name all of them; SQLite finds those that differ only in case as well.
    alike = database(session.col).list("select name from notetypes where name = ?", modelName)
    if modelName in alike:
        raise ActionError("Model name already exists")
    model = models.new(modelName)
    model["type"] = CLOZE if isCloze else 0
    if css is not None:
        model["css"] = css
    for name in inOrderFields:
        models.add_field(model, models.new_field(name))
    for number, given in enumerate(cardTemplates, start=1):
        template = models.new_template(given.get("Name", f"Card {number}"))
        template["qfmt"], template["afmt"] = given["Front"], given["Back"]
        models.add_template(model, template)
    added = models.get(models.add_dict(model).id)  # type: ignore[arg-type]
    assert added is not None
    return copied(added)


@action
def findAndReplaceInModels(
    session: Session,
    modelName: str,
    findText: str,
    replaceText: str,
    front: bool = True,
    back: bool = True,
    css: bool = True,
) -> int:
    """Replace a text in the templates and the CSS of one note type, or of all if the name is empty.

    Returns how many note types had it. If one can't be saved so, all are as before.
    """
    if not findText:
        raise ActionError("findText must not be empty")
    sides = [side for side, wanted in (("qfmt", front), ("afmt", back)) if wanted]
    names = [modelName] if modelName else modelNames(session)
    changed = []
    for name in names:
        model = get_model(session.col, name)
        places = [(template, side) for template in model["tmpls"] for side in sides]
        places += [(model, "css")] if css else []
        for holder, key in places:
            holder[key] = holder[key].replace(findText, replaceText)
        if model != read_model(session.col, name):
            changed.append(model)
    with one_change(session, steps=len(changed)):
        for model in changed:
            save(session.col, model)
    return len(changed)


@action
def removeEmptyNotes(session: Session) -> None:
    """Delete every note type that has no notes. In spite of its name it deletes no note."""
    with one_change(session):
        for model in session.col.models.all_use_counts():
            if model.use_count == 0:
                session.col.models.remove(model.id)  # type: ignore[arg-type]


def _by_id(session: Session, model: Any) -> Model:
    """The note type of that id. Anki's library has it in use, so it is only to be read."""
    found = session.col.models.get(int(model))  # type: ignore[arg-type]
    if found is None:
        raise ActionError(f"model was not found: {model}")
    return found
