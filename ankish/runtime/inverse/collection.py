"""Taking back through AnkiConnect: what concerns the collection as a whole."""

from __future__ import annotations

from typing import Any

from ankish.runtime.inverse.calls import call, first
from ankish.runtime.inverse.decks import deletions, looks_into, new_decks
from ankish.runtime.inverse.model import DONE, UNSURE, Answers, Call, Done, Inverse, Verdict
from ankish.runtime.inverse.models import changed_styling

Params = dict[str, Any]

CLOZE = 1


class Nothing(Inverse):
    """Of actions that change no data."""

    repeatable = True


class Lasting(Inverse):
    """Of actions that nothing takes back."""


class Several(Inverse):
    """Of `multi`: its requests are sent as requests of their own (`runtime.several`), and each
    says for itself what takes it back.
    """

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        return []


class Import(Inverse):
    """Of `importPackage`: the notes that it added go, and the decks, if they hold nothing then."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("findNotes", query=""), call("deckNames")]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        stay = set(first(before) or ())
        notes = [note for note in first(after) or () if note not in stay]
        deleted = [call("deleteNotes", notes=notes)] if notes else []
        return [*deleted, *looks_into(new_decks(before, after, 1))]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`."""
        return deletions(before, after, 1, done)


class UnusedModels(Inverse):
    """Of `removeEmptyNotes`, which deletes the note types without notes.

    The reads: the note types by name, and then all of them whole.
    """

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("modelNames")]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        # One by one: a name that is gone afterwards would fail those of all.
        return [call("findModelsByName", modelNames=[name]) for name in first(answers) or ()]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        now = set(first(after) or ())
        calls = []
        for model in _gone(before, now):
            calls.append(
                call(
                    "createModel",
                    modelName=model["name"],
                    inOrderFields=[field["name"] for field in model["flds"]],
                    cardTemplates=[
                        {"Name": each["name"], "Front": each["qfmt"], "Back": each["afmt"]}
                        for each in model["tmpls"]
                    ],
                    css=model["css"],
                    isCloze=model["type"] == CLOZE,
                )
            )
            calls += changed_styling(model["name"], {"css": model["css"]}, None)
            for field in model["flds"]:
                about = {"modelName": model["name"], "fieldName": field["name"]}
                calls.append(call("modelFieldSetFont", **about, font=field["font"]))
                calls.append(call("modelFieldSetFontSize", **about, fontSize=field["size"]))
                if field.get("description"):
                    text = field["description"]
                    calls.append(call("modelFieldSetDescription", **about, description=text))
        return calls

    def renamed(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[tuple[str, Any, Any]]:
        """See `Inverse`."""
        new = [model["id"] for each, model in done if each.action == "createModel"]
        gone = _gone(before, set(first(after) or ()))
        return [("model", old["id"], now) for old, now in zip(gone, new, strict=False)]


def _gone(before: Answers, now: set[str]) -> list[dict[str, Any]]:
    models = (answer[0] for answer in before[1:] if answer)
    return [model for model in models if model["name"] not in now]


class Profile(Inverse):
    """Of `loadProfile`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("getActiveProfile")]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        was, now = first(before), first(after)
        return [call("loadProfile", name=was)] if was and was != now else []

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`. The answer comes before the profile has changed."""
        return Verdict(DONE if result else UNSURE, noun="profile")


class Login(Inverse):
    """Of `syncLogin`."""

    repeatable = True

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        return [call("syncLogout")]


INVERSES: dict[str, Inverse] = {
    "importPackage": Import(),
    "multi": Several(),
    "removeEmptyNotes": UnusedModels(),
    "loadProfile": Profile(),
    "syncLogin": Login(),
}
