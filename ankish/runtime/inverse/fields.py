"""Taking back through AnkiConnect: the fields of note types."""

from __future__ import annotations

from typing import Any

from ankish.runtime.inverse.calls import call, first, literal, taken_away, whole_name
from ankish.runtime.inverse.model import (
    DONE,
    NOT_DONE,
    UNSURE,
    Answers,
    Call,
    Done,
    Inverse,
    Verdict,
)
from ankish.runtime.inverse.models import changed_templates
from ankish.runtime.inverse.notes import texts
from ankish.syntax.search.keywords import KEYWORDS

Params = dict[str, Any]


class FieldOrder(Inverse):
    """Of `modelFieldAdd`, `modelFieldRename` and `modelFieldReposition`.

    The read is of the fields in their order. One that was added is only taken away again
    while it is empty in all notes.
    """

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("modelFieldNames", modelName=params["modelName"])]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        model, target, now = params["modelName"], first(before), first(after)
        if not target or now is None or target == now:
            return []
        if "newFieldName" in params:
            return _renames(model, target, list(now))
        name = params["fieldName"]
        if name in target:
            place = {"fieldName": name, "index": target.index(name)}
            return [call("modelFieldReposition", modelName=model, **place)]
        return [call("findNotes", query=filled(model, each)) for each in now if each not in target]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Any
    ) -> list[Call]:
        """See `Inverse`."""
        model, target, now = params["modelName"], first(before) or [], first(after) or []
        if "newFieldName" in params or len(done) > 1:
            return []
        new = [name for name in now if name not in target]
        empty = {
            each.params["query"] for each, notes in done if each.action == "findNotes" and not notes
        }
        return [
            call("modelFieldRemove", modelName=model, fieldName=name)
            for name in new
            if filled(model, name) in empty
        ]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        names = first(after)
        if names is None or first(before) is None:
            return Verdict(UNSURE, noun="field")
        if "newFieldName" in params:
            # It may be called otherwise than asked for: X+ if there is an X.
            done = params["oldFieldName"] not in names or params["newFieldName"] in names
        elif "index" in params and params["index"] is not None:
            name = params["fieldName"]
            done = name in names and names.index(name) == min(params["index"], len(names) - 1)
        else:
            done = len(names) > len(first(before)) or params["fieldName"] in names
        return Verdict(DONE if done else NOT_DONE, 1, int(done), "field")


def _renames(model: str, target: list[str], now: list[str]) -> list[Call]:
    """Gives fields their names again, each when nobody else has it: Anki puts a + behind it else.

    There are two to rename if the new name was that of another field, which is called X+ then.
    """
    calls: list[Call] = []
    while len(now) == len(target):
        free = [at for at, name in enumerate(target) if now[at] != name and name not in now]
        if not free:
            break
        rename = {"oldFieldName": now[free[0]], "newFieldName": target[free[0]]}
        calls.append(call("modelFieldRename", modelName=model, **rename))
        now[free[0]] = target[free[0]]
    return calls


def filled(model: str, field: str) -> str:
    """A search for the notes that have something in a field.

    A field whose name is a keyword of the search language can't be named in it, but a name that
    begins with any character can: it may find notes that have something in another field too.
    """
    key = literal(field)
    if field.casefold() in KEYWORDS:
        key = f"_{key[1:]}"
    return f'{whole_name("note", model)} "{key}:_*"'


class FieldRemoval(Inverse):
    """Of `modelFieldRemove`.

    The reads: fields, templates, fonts, descriptions; the notes that have something in it; then
    what that is. Anki takes the field out of the templates as well.
    """

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        model = params["modelName"]
        return [
            call("modelFieldNames", modelName=model),
            call("modelTemplates", modelName=model),
            call("modelFieldFonts", modelName=model),
            call("modelFieldDescriptions", modelName=model),
            call("findNotes", query=filled(model, params["fieldName"])),
        ]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        notes = first(answers, 4)
        return [call("notesInfo", notes=notes)] if notes else []

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        model, name = params["modelName"], params["fieldName"]
        names, templates, fonts, descriptions = before[:4]
        now = first(after) or []
        if name not in (names or ()) or name in now:
            return []
        place = names.index(name)
        about = {"modelName": model, "fieldName": name}
        looks = (fonts or {}).get(name) or {}
        calls = [call("modelFieldAdd", **about, index=place)]
        calls += [call("modelFieldSetFont", **about, font=looks["font"])] if looks else []
        calls += [call("modelFieldSetFontSize", **about, fontSize=looks["size"])] if looks else []
        if descriptions and descriptions[place]:
            calls.append(call("modelFieldSetDescription", **about, description=descriptions[place]))
        return [*calls, *changed_templates(model, templates or {}, first(after, 1) or {})]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`: what it held, once it is there. `redo` empties it before it removes it."""
        if any(each.action == "updateNoteFields" for each, _ in done):
            return []
        name = params["fieldName"]
        held = [
            (info["noteId"], text)
            for info in first(before, 5) or ()
            if info and (text := texts(info["fields"]).get(name))
        ]
        return [
            call("updateNoteFields", note={"id": note, "fields": {name: text}})
            for note, text in held
        ]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        return taken_away("field", params["fieldName"], before, after)


class FieldLook(Inverse):
    """Of `modelFieldSetFont`, `modelFieldSetFontSize` and `modelFieldSetDescription`.

    * **key** - the parameter: `font`, `fontSize` or `description`.
    """

    repeatable = True

    def __init__(self, action: str, key: str) -> None:
        self.action = action
        self.key = key

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        model = params["modelName"]
        if self.key == "description":
            names = call("modelFieldNames", modelName=model)
            return [names, call("modelFieldDescriptions", modelName=model)]
        return [call("modelFieldFonts", modelName=model)]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        was, now = self._value(params, before), self._value(params, after)
        if was is None or was == now:
            return []
        about = {"modelName": params["modelName"], "fieldName": params["fieldName"]}
        return [call(self.action, **about, **{self.key: was})]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        now = self._value(params, after)
        if now is None:
            return Verdict(UNSURE, noun="field")
        done = now == params[self.key]
        return Verdict(DONE if done else NOT_DONE, 1, int(done), "field")

    def _value(self, params: Params, answers: Answers | None) -> Any:
        name = params["fieldName"]
        if self.key == "description":
            names, values = first(answers), first(answers, 1)
            return dict(zip(names or (), values or (), strict=False)).get(name)
        looks = (first(answers) or {}).get(name) or {}
        return looks.get("font" if self.key == "font" else "size")


INVERSES: dict[str, Inverse] = {
    "modelFieldAdd": FieldOrder(),
    "modelFieldRename": FieldOrder(),
    "modelFieldReposition": FieldOrder(),
    "modelFieldRemove": FieldRemoval(),
    "modelFieldSetFont": FieldLook("modelFieldSetFont", "font"),
    "modelFieldSetFontSize": FieldLook("modelFieldSetFontSize", "fontSize"),
    "modelFieldSetDescription": FieldLook("modelFieldSetDescription", "description"),
}
