"""Taking back through AnkiConnect: the templates and the styling of note types."""

from __future__ import annotations

from typing import Any

from ankish.runtime.inverse.calls import (
    call,
    cards_to_revive,
    first,
    judged,
    taken_away,
    whole_name,
)
from ankish.runtime.inverse.model import DONE, NOT_DONE, UNSURE, Answers, Call, Inverse, Verdict
from ankish.runtime.inverse.revival import Lost, Revival

Params = dict[str, Any]
Sides = dict[str, dict[str, str]]


def changed_templates(model: str, target: Sides, now: Sides) -> list[Call]:
    """Gives templates the fronts and backs they had. An empty text is no change to Anki."""
    back = {
        name: {side: text for side, text in sides.items() if text != now[name].get(side)}
        for name, sides in target.items()
        if name in now and sides != now[name]
    }
    templates = {name: sides for name, sides in back.items() if sides}
    if not templates:
        return []
    return [call("updateModelTemplates", model={"name": model, "templates": templates})]


def changed_styling(model: str, target: Any, now: Any) -> list[Call]:
    """Gives a note type the styling it had."""
    if not target or target == now:
        return []
    return [call("updateModelStyling", model={"name": model, "css": target["css"]})]


class Texts(Inverse):
    """Of `updateModelTemplates` and `updateModelStyling`."""

    repeatable = True

    def __init__(self, read: str) -> None:
        self.read = read

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call(self.read, modelName=params["model"]["name"])]

    def expected(self, params: Params, before: Answers) -> list[Any] | None:
        """See `Inverse`."""
        model, was = params["model"], first(before)
        if was is None:
            return None
        if "css" in model:
            return [{"css": model["css"]}]
        given = model["templates"]
        filled = {
            name: {side: text for side, text in (given.get(name) or {}).items() if text}
            for name in was
        }
        return [{name: {**sides, **filled[name]} for name, sides in was.items()}]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        name, target, now = params["model"]["name"], first(before), first(after)
        if self.read == "modelStyling":
            return changed_styling(name, target, now)
        empty: Sides = {template: {} for template in target or ()}
        return changed_templates(name, target or {}, now if now is not None else empty)

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        model, was, now = params["model"], first(before), first(after)
        if was is None or now is None:
            return Verdict(UNSURE, noun="note type")
        if self.read == "modelStyling":
            return judged(
                "note type", [model["name"]], lambda _: True, lambda _: now == {"css": model["css"]}
            )
        given = model["templates"]
        return judged(
            "template",
            given,
            lambda name: name in was,
            lambda name: all(now[name].get(side) == text for side, text in given[name].items()),
            "an empty text changes nothing",
        )


class Replacement(Inverse):
    """Of `findAndReplaceInModels`, for one note type or all of them."""

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        name = params["modelName"]
        return _texts(name) if name else [call("modelNames")]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        names = [] if params["modelName"] else first(answers) or []
        return [read for name in names for read in _texts(name)]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        one = params["modelName"]
        names = [one] if one else first(before) or []
        target = list(before if one else before[1:])
        now = list(after if one else after[1:]) if after is not None else [{}] * len(target)
        calls = []
        for at, name in enumerate(names):
            (sides, css), (sides_now, css_now) = (
                each[2 * at : 2 * at + 2] for each in (target, now)
            )
            calls += changed_templates(name, sides or {}, sides_now or {})
            calls += changed_styling(name, css, css_now)
        return calls

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`. What is changed twice is another text, so a lost answer is in doubt."""
        if result is not None:
            return Verdict(DONE, int(result), int(result), "note type")
        if after is None or None in after or None in before:
            return Verdict(UNSURE, noun="note type")
        return Verdict(NOT_DONE if list(before) == list(after) else DONE, noun="note type")


def _texts(model: str) -> list[Call]:
    return [call("modelTemplates", modelName=model), call("modelStyling", modelName=model)]


class Template(Inverse):
    """Of the actions on one template: the read is of all of the note type, in their order."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("modelTemplates", modelName=params["modelName"])]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        model, target, now = params["modelName"], first(before) or {}, first(after) or {}
        calls = []
        if "template" in params and params["template"]["Name"] not in target:
            name = params["template"]["Name"]
            # Of a cloze note type the removal would take the cards of all second clozes along.
            clozes = any("{{cloze:" in side for each in target.values() for side in each.values())
            if name in now and not clozes:
                calls.append(call("modelTemplateRemove", modelName=model, templateName=name))
        elif "newTemplateName" in params:
            old, new = params["oldTemplateName"], params["newTemplateName"]
            if old in target and old not in now and new in now:
                rename = {"oldTemplateName": new, "newTemplateName": old}
                calls.append(call("modelTemplateRename", modelName=model, **rename))
        elif "index" in params:
            name, order = params["templateName"], list(target)
            if name in order and order != list(now):
                place = {"templateName": name, "index": order.index(name)}
                calls.append(call("modelTemplateReposition", modelName=model, **place))
        return [*calls, *changed_templates(model, target, now)]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if first(before) is None or first(after) is None:
            return Verdict(UNSURE, noun="template")
        names, held = list(first(after)), first(after)
        if "template" in params:
            given = params["template"]
            done = held.get(given["Name"]) == {"Front": given["Front"], "Back": given["Back"]}
        elif "newTemplateName" in params:
            done = params["newTemplateName"] in names
        else:
            name = params["templateName"]
            done = name in names and names.index(name) == min(params["index"], len(names) - 1)
        return Verdict(DONE if done else NOT_DONE, 1, int(done), "template")


class TemplateRemoval(Revival):
    """Of `modelTemplateRemove`: the template is added again, and its cards get their progress.

    The reads: the templates, the cards of this one; then those of deleted cards.
    """

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        model, template = params["modelName"], params["templateName"]
        cards = f"{whole_name('note', model)} {whole_name('card', template)}"
        return [call("modelTemplates", modelName=model), call("findCards", query=cards)]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        return cards_to_revive(first(answers, 1))

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        model, name = params["modelName"], params["templateName"]
        target, now = first(before) or {}, first(after) or {}
        if name not in target or name in now:
            return []
        template = {"Name": name, **target[name]}
        place = {"templateName": name, "index": list(target).index(name)}
        return [
            call("modelTemplateAdd", modelName=model, template=template),
            call("modelTemplateReposition", modelName=model, **place),
            *super().undo(params, before, after, result),
        ]

    def lost(self, params: Params, before: Answers, after: Answers | None) -> Lost:
        """See `Revival`."""
        return Lost({}, self.cards_gone(before, after, 2), first(before, 3) or {})

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        return taken_away("template", params["templateName"], before, after)


INVERSES: dict[str, Inverse] = {
    "updateModelTemplates": Texts("modelTemplates"),
    "updateModelStyling": Texts("modelStyling"),
    "findAndReplaceInModels": Replacement(),
    "modelTemplateAdd": Template(),
    "modelTemplateRename": Template(),
    "modelTemplateReposition": Template(),
    "modelTemplateRemove": TemplateRemoval(),
}
