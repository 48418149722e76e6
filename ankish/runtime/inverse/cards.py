"""Taking back through AnkiConnect: what is set of cards, and can be read of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ankish.runtime.inverse.calls import call, first, judged, within
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

Params = dict[str, Any]

SHOWN_AS = {
    "nid": "note",
    "ord": "ord",
    "type": "type",
    "queue": "queue",
    "due": "due",
    "ivl": "interval",
    "factor": "factor",
    "reps": "reps",
    "lapses": "lapses",
    "left": "left",
    "flags": "flags",
}
"""The columns that cardsInfo shows, and what it calls them. The deck it tells by name."""

SCHEDULE = ("type", "queue", "due", "ivl", "factor", "reps", "lapses", "left")
"""The columns that say when a card is shown. They only make sense together."""


def by_id(params: Params, answers: Answers | None, at: int = 0) -> dict[Any, Any]:
    """The answer to a read of one value for each card, by card; empty if there is none."""
    values = first(answers, at)
    return dict(zip(params["cards"], values, strict=True)) if values is not None else {}


def set_columns(card: int, columns: dict[str, int]) -> Call:
    """Set columns of a card, whichever they are."""
    return call(
        "setSpecificValueOfCard",
        card=card,
        keys=list(columns),
        newValues=list(columns.values()),
        warning_check=True,
    )


def differing(target: dict[str, Any], now: dict[str, Any]) -> dict[str, int]:
    """The columns of a card that are not as they should be; both as cardsInfo shows them."""
    return {
        column: target[key]
        for column, key in SHOWN_AS.items()
        if key in target and target[key] != now.get(key)
    }


class Ease(Inverse):
    """Of `setEaseFactors`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("getEaseFactors", cards=params["cards"])]

    def expected(self, params: Params, before: Answers) -> list[Any] | None:
        """See `Inverse`."""
        wanted = dict(zip(params["cards"], params["easeFactors"], strict=False))
        were = by_id(params, before)
        return [[None if ease is None else wanted[card] for card, ease in were.items()]]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        now = by_id(params, after)
        back = {c: e for c, e in by_id(params, before).items() if e not in (None, now.get(c))}
        if not back:
            return []
        return [call("setEaseFactors", cards=list(back), easeFactors=list(back.values()))]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        were, are = by_id(params, before), by_id(params, after)
        wanted = dict(zip(params["cards"], params["easeFactors"], strict=False))
        holds = (lambda card: are[card] == wanted[card]) if are else None
        if not were or (holds is None and result is None):
            return Verdict(UNSURE)
        return judged("card", params["cards"], lambda card: were[card] is not None, holds)


class Suspension(Inverse):
    """Of `suspend` and `unsuspend`."""

    repeatable = True

    def __init__(self, suspend: bool) -> None:
        self.suspend = suspend

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("areSuspended", cards=params["cards"])]

    def sought(self, params: Params, search: str, decks: Sequence[str]) -> list[Call] | None:
        """See `Inverse`."""
        return [call("findCards", query=within("is:suspended", search))]

    def seen(self, params: Params, found: Sequence[int], done: Done) -> list[Any] | None:
        """See `Inverse`."""
        there, suspended = set(found), set(done[0][1])
        return [[card in suspended if card in there else None for card in params["cards"]]]

    def expected(self, params: Params, before: Answers) -> list[Any] | None:
        """See `Inverse`."""
        wanted = self._wanted(params)
        return [[None if was is None else wanted for was in first(before) or ()]]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        now = by_id(params, after)
        back = {c: was for c, was in by_id(params, before).items() if was not in (None, now.get(c))}
        return [
            call(action, cards=cards)
            for action, wanted in (("suspend", True), ("unsuspend", False))
            if (cards := [card for card, was in back.items() if was is wanted])
        ]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        were, are = by_id(params, before), by_id(params, after)
        if not were or not are:
            return Verdict(UNSURE)
        wanted = self._wanted(params)
        return judged(
            "card",
            params["cards"],
            lambda card: were[card] is not None,
            lambda card: are[card] is wanted,
        )

    def _wanted(self, params: Params) -> bool:
        return bool(params.get("suspend", self.suspend))


class Columns(Inverse):
    """Of `setSpecificValueOfCard`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        info = [call("cardsInfo", cards=[params["card"]])]
        return [*info, call("deckNamesAndIds")] if "did" in params["keys"] else info

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        target, now = _info(before), _info(after)
        columns = {
            column: value
            for column, value in differing(target, now).items()
            if column in params["keys"]
        }
        decks = first(before, 1) or {}
        deck = target.get("deckName")
        if "did" in params["keys"] and deck != now.get("deckName") and deck in decks:
            columns["did"] = decks[deck]
        return [set_columns(params["card"], columns)] if columns else []

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        card = params["card"]
        if first(before) is not None and not _info(before):
            return Verdict(NOT_DONE, 1, 0, "card", (card,))
        if result not in (None, [True]):
            why = result[0][1] if isinstance(result, list) and isinstance(result[0], list) else ""
            return Verdict(NOT_DONE, 1, 0, "card", why=str(why))
        now = _info(after)
        if not now:
            return Verdict(UNSURE)
        wanted = dict(zip(params["keys"], params["newValues"], strict=False))
        visible = [column for column in wanted if column in SHOWN_AS]
        if result is None and not visible:
            return Verdict(UNSURE)
        return judged(
            "column",
            visible,
            lambda column: True,
            lambda column: now.get(SHOWN_AS[column]) == wanted[column],
        )


def _info(answers: Answers | None) -> dict[str, Any]:
    infos = first(answers)
    return dict(infos[0]) if infos else {}


class Schedule(Inverse):
    """Of `setDueDate`, `forgetCards`, `relearnCards` and `answerCards`.

    * **type** - the type that all cards have afterwards; None if that is not certain.
    """

    def __init__(self, type: int | None = None, repeatable: bool = False) -> None:
        self.type = type
        self.repeatable = repeatable

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("cardsInfo", cards=_cards(params))]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        targets, now = _infos(params, before), _infos(params, after)
        back = {
            card: {c: v for c, v in differing(info, now.get(card, {})).items() if c in SCHEDULE}
            for card, info in targets.items()
            if info and (after is None or now.get(card))
        }
        return [set_columns(card, columns) for card, columns in back.items() if columns]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        were, are = _infos(params, before), _infos(params, after)
        if not were or (result is None and (not are or self.type is None)):
            return Verdict(UNSURE)
        refused = set()
        if "answers" in params and isinstance(result, list):
            answered = zip(_cards(params), result, strict=False)
            refused = {card for card, done in answered if not done}
        return judged(
            "card",
            _cards(params),
            lambda card: bool(were[card]),
            lambda card: (
                card not in refused
                and (self.type is None or not are or are[card].get("type") == self.type)
            ),
        )


def _cards(params: Params) -> list[int]:
    if "answers" in params:
        return list(dict.fromkeys(answer["cardId"] for answer in params["answers"]))
    return list(params["cards"])


def _infos(params: Params, answers: Answers | None) -> dict[int, dict[str, Any]]:
    infos = first(answers)
    return dict(zip(_cards(params), infos, strict=True)) if infos is not None else {}


NEW, RELEARNING = 0, 3


class Answering(Schedule):
    """Of `guiAnswerCard`. The reads: which card it is, and how that is."""

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("guiCurrentCard")]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        card = first(answers)
        return [call("cardsInfo", cards=[card["cardId"]])] if card else []

    def again(self, params: Params, before: Answers) -> list[Call]:
        """See `Inverse`. Which card it is by then says nothing."""
        return [call("cardsInfo", cards=[before[0]["cardId"]])] * 2 if first(before) else []

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        if len(before) < 2:
            return []
        cards = {"cards": [info["cardId"] for info in before[1]]}
        return super().undo(cards, before[1:], after[1:] if after else None, result)

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if result is None:
            return Verdict(UNSURE, noun="card")
        return Verdict(DONE if result else NOT_DONE, 1, int(bool(result)), "card")


INVERSES: dict[str, Inverse] = {
    "setEaseFactors": Ease(),
    "suspend": Suspension(True),
    "unsuspend": Suspension(False),
    "setSpecificValueOfCard": Columns(),
    "setDueDate": Schedule(),
    "forgetCards": Schedule(NEW),
    "relearnCards": Schedule(RELEARNING, repeatable=True),
    "answerCards": Schedule(),
    "guiAnswerCard": Answering(),
}
