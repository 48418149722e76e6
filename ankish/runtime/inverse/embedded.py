"""What takes each action back in the embedded engine: whole states, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ankish.data import replace
from ankish.runtime.inverse import written
from ankish.runtime.inverse.calls import and_above, call, judged
from ankish.runtime.inverse.filtered import FilteredCreation, Refill
from ankish.runtime.inverse.model import Call, Inverse, Verdict
from ankish.runtime.inverse.state import Foreseen, Params, StateInverse

SUSPENDED, BURIED = -1, (-2, -3)
"""Queues of cards that are not shown."""
NEW, RELEARNING = 0, 3
"""Types of cards."""


def _of_cards(params: Params) -> tuple[str, str, list[Any]]:
    return "cards", "card", params["cards"]


def _logs_of(params: Params) -> tuple[str, str, list[Any]]:
    return "logs", "card", _answered(params) if "answers" in params else params["cards"]


def _answered(params: Params) -> list[int]:
    return [answer["cardId"] for answer in params["answers"]]


def _cards(holds: Callable[[Params, Any, Any, Any], bool]) -> StateInverse:
    """Of an action that sets columns of cards."""
    return StateInverse(
        lambda params: {"cards": params["cards"]}, asked=_of_cards, holds=holds, repeatable=True
    )


def _logged(_: Params, __: Any, end: Any, was: Any) -> bool:
    """Whether the log of a card is longer than it was."""
    return bool(end != was)


def _rescheduled(params: Params) -> dict[str, Any]:
    return {"cards": params["cards"], "logs": params["cards"]}


def _suspended(params: Params, _: Any, card: Any, __: Any) -> bool:
    return bool((card["queue"] == SUSPENDED) == params.get("suspend", True))


def _has_ease(params: Params, item: Any, card: Any, _: Any) -> bool:
    eases = dict(zip(params["cards"], params["easeFactors"], strict=False))
    return bool(card["factor"] == eases[item])


def _model(params: Params) -> dict[str, Any]:
    model = params["model"]["name"] if "model" in params else params["modelName"]
    return {"models": [model]} if model else {"everything": ["models"]}


def _model_with_texts(params: Params) -> dict[str, Any]:
    """For what has Anki write all notes of a type: it makes accents one letter then."""
    return {**_model(params), "decomposed": [params["modelName"]]}


def _template(name: str) -> Callable[[Params], dict[str, Any]]:
    """A note type with the cards of one of its templates, which a parameter names."""

    def what(params: Params) -> dict[str, Any]:
        given = params[name]
        template = given["Name"] if isinstance(given, dict) else given
        return {**_model(params), "cardsOf": [[params["modelName"], template]]}

    return what


def _field(params: Params) -> dict[str, Any]:
    return {**_model_with_texts(params), "contents": [[params["modelName"], params["fieldName"]]]}


def _new_cards(params: Params, new: list[int]) -> dict[str, Any]:
    return {"cards": list(dict.fromkeys([*params["cards"], *new]))}


def _deck_with_cards(params: Params) -> dict[str, Any]:
    decks = params["decks"] if "decks" in params else [params["deck"]]
    return {"decks": decks, "inDecks": decks}


def _copied(params: Params) -> dict[str, Any]:
    return {"cards": [params["target"]], "reviewsOf": [params["target"]]}


def _inserted(params: Params) -> dict[str, Any]:
    rows = params["reviews"]
    return {"reviews": [row[0] for row in rows], "cards": [row[1] for row in rows]}


PUT_BY = {"decks": "deckIds", "models": "modelIds", "logs": "reviewsOf"}
"""How `getState` finds by id what is in a state. A log that is cut loses its last reviews."""


def _put(params: Params) -> dict[str, Any]:
    """All that a state and what is to go name, by id."""
    gone = params.get("gone") or {}
    ids = {
        table: [*params["state"].get(table, {}), *gone.get(table, ())]
        for table in {*params["state"], *gone}
    }
    tags = [tag for row in params["state"].get("notes", {}).values() for tag in row["tags"]]
    ids.pop("foreseen", None)
    wanted: dict[str, Any] = {
        "tags": and_above([*ids.pop("tags", []), *tags]),
        "media": ids.pop("media", []),
    }
    for table, some in ids.items():
        if table == "contents":
            wanted[table] = [[int(key.split("/")[0]), key.split("/", 1)[1]] for key in some]
        else:
            wanted[PUT_BY.get(table, table)] = [int(each) for each in some]
    models = params["state"].get("models", {}).values()
    if models:
        wanted["lostWith"] = [
            [m["id"], [f["name"] for f in m["flds"]], [t["name"] for t in m["tmpls"]]]
            for m in models
        ]
    return wanted


def _whole_model(repeatable: bool = True) -> StateInverse:
    return StateInverse(_model, repeatable=repeatable)


class Answered(StateInverse):
    """Of `guiAnswerCard`: which card is shown afterwards says nothing."""

    def again(self, params: Params, before: Any) -> list[Call]:
        """See `Inverse`."""
        return [super().again(params, before)[-1]] * 2 if before and before[0] else []


class Insertion(StateInverse):
    """Of `insertReviews`: it takes cards that do not exist as well."""

    def verdict(self, params: Params, before: Any, after: Any, result: Any) -> Verdict:
        """See `Inverse`."""
        if not before or not after or before[-1] is None or after[-1] is None:
            return super().verdict(params, before, after, result)
        cards, log = before[-1]["cards"], after[-1]["reviews"]
        rows = {row[0]: str(row[1]) for row in params["reviews"]}
        found = judged("review", rows, lambda row: True, lambda row: str(row) in log)
        missing = dict.fromkeys(card for card in rows.values() if card not in cards)
        return replace(found, missing=tuple(int(card) for card in missing))


EMBEDDED: dict[str, Inverse] = {
    # Cards.
    "suspend": _cards(_suspended),
    "unsuspend": _cards(lambda p, i, card, w: card["queue"] != SUSPENDED),
    "buryCards": _cards(lambda p, i, card, w: card["queue"] < 0),
    "unburyCards": _cards(lambda p, i, card, w: card["queue"] not in BURIED),
    "setFlag": _cards(lambda p, i, card, w: card["flags"] % 8 == p["flag"]),
    "setEaseFactors": _cards(_has_ease),
    "relearnCards": _cards(lambda p, i, card, w: card["type"] == RELEARNING),
    "burySiblings": StateInverse(lambda p: {"notesOf": p["cards"]}, asked=_of_cards),
    "setSpecificValueOfCard": StateInverse(lambda p: {"cards": [p["card"]]}, repeatable=True),
    "setDueDate": StateInverse(_rescheduled, asked=_logs_of, holds=_logged),
    "forgetCards": StateInverse(
        _rescheduled, asked=_of_cards, holds=lambda p, i, card, w: card["type"] == NEW
    ),
    "repositionNewCards": StateInverse(
        _new_cards,
        reads=lambda p: [call("findCards", query="is:new" if p.get("shift") else None)],
        asked=_of_cards,
    ),
    "copyScheduling": StateInverse(_copied, makes=["reviews"]),
    "answerCards": StateInverse(
        lambda p: {
            "notesOf": _answered(p),
            "logs": _answered(p),
            "decksOf": _answered(p),
            "tags": ["leech"],
        },
        makes=["tags"],
        asked=_logs_of,
        holds=_logged,
    ),
    "guiAnswerCard": Answered(
        lambda p, card: {
            "notesOf": [card["cardId"]],
            "logs": [card["cardId"]],
            "decksOf": [card["cardId"]],
            "tags": ["leech"],
        },
        reads=lambda p: [call("guiCurrentCard")],
        makes=["tags"],
    ),
    **written.INVERSES,
    # Decks.
    "createDeck": StateInverse(lambda p: {"decks": [p["deck"]]}, makes=["decks"], repeatable=True),
    "changeDeck": StateInverse(
        lambda p: {"cards": p["cards"], "decks": [p["deck"]]},
        makes=["decks"],
        asked=_of_cards,
        repeatable=True,
    ),
    "deleteDecks": StateInverse(_deck_with_cards, moves=True, repeatable=True),
    "renameDeck": StateInverse(
        lambda p: {"decks": [p["deck"], p["newName"]]}, makes=["decks"], moves=True
    ),
    "createFilteredDeck": FilteredCreation(),
    "rebuildFilteredDeck": Refill(_deck_with_cards, moves=True),
    "emptyFilteredDeck": StateInverse(_deck_with_cards, moves=True, repeatable=True),
    # Deck options.
    "saveDeckConfig": StateInverse(
        lambda p: {"presets": [int(p["config"]["id"])]}, repeatable=True
    ),
    "setDeckConfigId": StateInverse(lambda p: {"decks": p["decks"]}, repeatable=True),
    "cloneDeckConfigId": StateInverse(lambda p: {"everything": ["presets"]}, makes=["presets"]),
    "removeDeckConfigId": StateInverse(
        lambda p: {"presets": [int(p["configId"])]}, moves=True, repeatable=True
    ),
    # Note types.
    "createModel": StateInverse(lambda p: {"models": [p["modelName"]]}, makes=["models"]),
    "updateModelTemplates": _whole_model(),
    "updateModelStyling": _whole_model(),
    "findAndReplaceInModels": _whole_model(repeatable=False),
    "modelTemplateAdd": StateInverse(_template("template"), repeatable=True),
    "modelTemplateRename": _whole_model(repeatable=False),
    "modelTemplateReposition": _whole_model(),
    "modelTemplateRemove": StateInverse(_template("templateName"), moves=True),
    "modelFieldAdd": StateInverse(_field, repeatable=True),
    "modelFieldRename": StateInverse(_model_with_texts),
    "modelFieldReposition": StateInverse(_model_with_texts, repeatable=True),
    "modelFieldRemove": StateInverse(_field),
    "modelFieldSetFont": _whole_model(),
    "modelFieldSetFontSize": _whole_model(),
    "modelFieldSetDescription": _whole_model(),
    # Reviews, and all the rest.
    "insertReviews": Insertion(_inserted, makes=["reviews"]),
    "importPackage": Foreseen(
        lambda p: {
            "everything": ["notes", "decks", "presets", "models", "tags", "media"],
            "changedBy": [["importPackage", p]],
        },
        makes=["notes", "cards", "reviews", "decks", "presets", "models", "tags", "media"],
        repeatable=True,
    ),
    "checkMedia": Foreseen(
        lambda p: {"everything": ["media"], "changedBy": [["checkMedia", p]]},
        makes=["media"],
        repeatable=True,
    ),
    "putState": StateInverse(
        _put,
        moves=True,
        makes=["notes", "cards", "reviews", "decks", "presets", "models", "tags", "media"],
        repeatable=True,
    ),
}
"""By action; what is not here is taken back as through AnkiConnect."""
