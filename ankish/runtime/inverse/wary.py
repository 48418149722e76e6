"""What AnkiConnect would do without a word and nobody wants, told by a look before the write.

The reads go with those that the inverse wants, in the same request, and nothing of them is kept.
They are AnkiConnect's own, so that they serve every backend. What is dangerous whatever the
collection holds is in `analysis.guards`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ankish.analysis.guards import Fault, attachments, notes_in
from ankish.data import dataclass
from ankish.diagnostics.kinds import guard as kinds
from ankish.diagnostics.nearest import near
from ankish.runtime.inverse.calls import call, first
from ankish.runtime.inverse.model import Answers, Call, Inverse

Params = dict[str, Any]

ALL_OR_NOTHING = {"suspend": "cards", "unsuspend": "cards"}
"""Actions that are refused for all their items when one of them does not exist."""


@dataclass(frozen=True, slots=True)
class Wary:
    """The **reads** for an action, and the **faults** that their answers show."""

    reads: Callable[[Params], list[Call]]
    faults: Callable[[Params, Sequence[Any]], Iterator[Fault]]


def _target_deck(params: Params) -> list[Call]:
    return [call("getDeckConfig", deck=params["deck"])]


def _filtered(params: Params, told: Answers) -> Iterator[Fault]:
    config = first(told)
    if isinstance(config, dict) and config.get("dyn"):
        yield Fault(("deck",), kinds.FILTERED, {"deck": params["deck"]})


def _templates(params: Params) -> list[Call]:
    return [call("modelTemplates", modelName=params["modelName"])]


def _template_there(params: Params, told: Answers) -> Iterator[Fault]:
    name = params["template"].get("Name")
    if name in (first(told) or ()):
        said = {"model": params["modelName"], "name": name}
        yield Fault(("template", "Name"), kinds.TEMPLATE_THERE, said)


def _note(params: Params) -> list[Call]:
    return [call("notesInfo", notes=[params["note"]["id"]])]


def _fields(params: Params, told: Answers) -> Iterator[Fault]:
    """Fields that the note lacks. Those that are only in another case are passed over as well."""
    infos = first(told)
    if infos and infos[0]:
        yield from _unknown(params["note"], infos[0]["fields"])


def _new_model(params: Params) -> list[Call]:
    return [call("modelFieldNames", modelName=params["note"]["modelName"])]


def _new_fields(params: Params, told: Answers) -> Iterator[Fault]:
    names = first(told)
    if names is not None:
        given = {name.casefold(): name for name in params["note"].get("fields") or {}}
        known = {name.casefold() for name in names}
        fields = {name: None for key, name in given.items() if key in known}
        yield from _unknown(params["note"], {**dict.fromkeys(names), **fields})


def _unknown(note: Params, known: dict[str, Any]) -> Iterator[Fault]:
    for name in note.get("fields") or {}:
        if name not in known:
            said = {"note": note["id"], "name": name, "near": near(name, known)}
            yield Fault(("note", "fields", name), kinds.FIELD, said)


def _fields_of(params: Params) -> list[Call]:
    return [call("modelFieldNames", modelName=params["modelName"])]


def _field_there(params: Params, told: Answers) -> Iterator[Fault]:
    """A field of another name in nothing but its case. AnkiConnect only moves one of the same."""
    name = params["fieldName"]
    yield from _taken(params, ("fieldName",), [each for each in first(told) or () if each != name])


def _renamed_to_there(params: Params, told: Answers) -> Iterator[Fault]:
    old = params["oldFieldName"]
    yield from _taken(
        params, ("newFieldName",), [each for each in first(told) or () if each != old]
    )


def _taken(params: Params, way: tuple[str], names: list[str]) -> Iterator[Fault]:
    new = params[way[0]]
    for name in names:
        if isinstance(new, str) and name.casefold() == new.casefold():
            yield Fault(way, kinds.FIELD_THERE, {"model": params["modelName"], "name": name})


WARY: dict[str, Wary] = {
    "changeDeck": Wary(_target_deck, _filtered),
    "modelTemplateAdd": Wary(_templates, _template_there),
    "modelFieldAdd": Wary(_fields_of, _field_there),
    "modelFieldRename": Wary(_fields_of, _renamed_to_there),
    "updateNoteFields": Wary(_note, _fields),
    "updateNote": Wary(_note, _fields),
    "updateNoteModel": Wary(_new_model, _new_fields),
}
"""By action."""


def absent(params: Params, embedded: bool) -> Iterator[Fault]:
    """Files on this machine that come with notes and are not there.

    Where a relative path begins is known only if the engine in this process answers.
    """
    for note, way in notes_in(params):
        for key, at, item in attachments(note):
            path = item.get("path")
            if item.get("data") or not isinstance(path, str) or not path:
                continue
            known = embedded or Path(path).is_absolute()
            if known and not (Path(path).is_file() and os.access(path, os.R_OK)):
                said = {"path": path, "file": item.get("filename")}
                yield Fault((*way, key, *at, "path"), kinds.NO_FILE, said)


def without_missing(action: Call, inverse: Inverse | None, before: Answers | None) -> Call:
    """An action for those of its items that exist, where one that does not would fail it."""
    name = ALL_OR_NOTHING.get(action.action)
    if name is None or inverse is None or not before or not isinstance(action.params[name], list):
        return action
    missing = set(inverse.verdict(action.params, before, before, None).missing)
    there = [each for each in action.params[name] if each not in missing]
    return Call(action.action, {**action.params, name: there}) if missing else action
