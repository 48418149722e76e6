"""Card templates of note types."""

from __future__ import annotations

import re
from typing import Any

from ankish.anki.engine.modellookup import (
    CLOZE,
    Model,
    changing,
    get_template,
    move,
    read_model,
)
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session

REPLACEMENT = re.compile(r"\{\{(?![#^/!])([^{}]*)\}\}")
"""`{{Field}}` or `{{filter:Field}}` in a template; not the conditions around it."""


@action
def modelTemplates(session: Session, modelName: str) -> dict[str, dict[str, str]]:
    """The front and back of each template, by its name."""
    return {
        template["name"]: {"Front": template["qfmt"], "Back": template["afmt"]}
        for template in read_model(session.col, modelName)["tmpls"]
    }


@action
def modelFieldsOnTemplates(session: Session, modelName: str) -> dict[str, list[list[str]]]:
    """By template: the fields on the front, and those that the back shows besides."""
    model = read_model(session.col, modelName)
    names = {field["name"] for field in model["flds"]}
    shown = {}
    for template in model["tmpls"]:
        front = _fields(template["qfmt"], names)
        back = [name for name in _fields(template["afmt"], names) if name not in front]
        shown[template["name"]] = [front, back]
    return shown


@action
def updateModelTemplates(session: Session, model: dict[str, Any]) -> None:
    """Set fronts and backs of templates; unknown names and empty texts are passed over."""
    with changing(session.col, model["name"]) as changed:
        given = model["templates"]
        for template in changed["tmpls"]:
            sides = given.get(template["name"]) or {}
            template["qfmt"] = sides.get("Front") or template["qfmt"]
            template["afmt"] = sides.get("Back") or template["afmt"]


@action
def modelTemplateAdd(session: Session, modelName: str, template: dict[str, str]) -> None:
    """Add a template, or set the front and back of the one that has its name."""
    with changing(session.col, modelName) as model:
        name, front, back = template["Name"], template["Front"], template["Back"]
        _set_template(session, model, name, front, back)


@action
def modelTemplateRename(
    session: Session, modelName: str, oldTemplateName: str, newTemplateName: str
) -> None:
    """Rename a template."""
    with changing(session.col, modelName) as model:
        get_template(model, oldTemplateName)["name"] = newTemplateName


@action
def modelTemplateReposition(
    session: Session, modelName: str, templateName: str, index: int
) -> None:
    """Move a template to a place counted from 0."""
    with changing(session.col, modelName) as model:
        move(model["tmpls"], get_template(model, templateName), index)


@action
def modelTemplateRemove(session: Session, modelName: str, templateName: str) -> None:
    """Delete a template and its cards in every note of the type."""
    with changing(session.col, modelName) as model:
        session.col.models.remove_template(model, get_template(model, templateName))


def _set_template(session: Session, model: Model, name: str, front: str, back: str) -> None:
    models = session.col.models
    if name not in [template["name"] for template in model["tmpls"]]:
        if model["type"] == CLOZE:
            # Its cards are numbered by their clozes: with the second template, once it is
            # removed, the cards of all second clozes would go.
            raise ActionError("a cloze note type has one template: " + model["name"])
        models.add_template(model, models.new_template(name))
    template = get_template(model, name)
    template["qfmt"], template["afmt"] = front, back


def _fields(side: str, names: set[str]) -> list[str]:
    """The fields that one side of a template shows, each once, in order."""
    found = [match[1].rsplit(":", 1)[-1].strip() for match in REPLACEMENT.finditer(side)]
    return list(dict.fromkeys(name for name in found if name in names))
