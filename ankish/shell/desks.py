"""Where the cards of a review come from.

A deck is studied in the order of Anki's own queue, with its daily limits: the embedded engine has
it, and of AnkiConnect it is asked through Anki's reviewer, which then shows the same cards. The
cards of any other search are those that are due, then new ones, as Anki finds them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ankish.diagnostics.model import AnkishError
from ankish.shell.desk import ANSWER, Card, Desk, Done
from ankish.shell.state import State
from ankish.shell.telling import grey, say

NEW = 20
"""How many new cards of a search are shown at the most, as in Anki's settings for a new deck."""

NAMED = re.compile(r'(?:deck:)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^"*_]+))')
"""A search that may be just a deck."""


class Search(Desk):
    """The cards of a search that are due, then new ones."""

    def __init__(self, state: State, search: str) -> None:
        super().__init__(state)
        whole = f"({search}) " if search else ""
        due = self.ask("findCards", query=f"{whole}is:due -is:suspended -is:buried")
        new = self.ask("findCards", query=f"{whole}is:new -is:suspended -is:buried")
        self._cards = [*due, *new[:NEW]]

    def _next(self) -> Card | None:
        while self._cards:
            if (info := self.info(self._cards[0])) is not None:
                return info
            del self._cards[0]
        return None

    def left(self) -> str:
        return f"{len({*self._cards, self.again} - {None})} left"

    def past(self, card: int) -> None:
        super().past(card)
        self._cards = [each for each in self._cards if each != card]


class Queue(Desk):
    """A deck in the order of Anki's own queue."""

    def __init__(self, state: State, deck: str) -> None:
        super().__init__(state)
        self._deck = deck
        self._begin()

    def _begin(self) -> None:
        self.ask("guiDeckReview", name=self._deck)

    def _top(self) -> Mapping[str, Any] | None:
        """The card on top of the queue; None if that is empty."""
        try:
            found: Mapping[str, Any] = self.ask("guiCurrentCard")
        except AnkishError:
            if self.ask("guiReviewActive"):
                raise
            return None
        return found

    def _next(self) -> Card | None:
        top = self._top()
        if top is None:  # the review may have been left in Anki meanwhile
            self._begin()
            top = self._top()
        info = None if top is None else self.info(top["cardId"])
        return None if info is None or top is None else {**info, "nextReviews": top["nextReviews"]}

    def left(self) -> str:
        (counts,) = self.ask("getDeckStats", decks=[self._deck]).values()
        kinds = {"new": "new_count", "learning": "learn_count", "to review": "review_count"}
        return " · ".join(f"{counts[key]} {kind}" for kind, key in kinds.items())

    def past(self, card: int) -> None:
        super().past(card)
        if not self.engine:
            self._begin()  # Anki's reviewer does not look by itself whether its card still stands

    def _answer(self, card: int, ease: int) -> bool:
        """Through AnkiConnect, Anki's own reviewer answers: it has the card before it, too."""
        if self.engine:
            return super()._answer(card, ease)
        top = self._top()
        before = self.info(card)
        if top is None or before is None or top["cardId"] != card:
            say(grey("Anki shows another card meanwhile; not answered"))
            return False
        self.ask("guiShowAnswer")
        if not self.run(f"guiAnswerCard {ease}"):
            return False
        now = self.info(card)
        if now is not None and now["reps"] == before["reps"]:
            say(grey("Anki did not take the answer"))
            return False
        self._done.append(Done(card, ANSWER, lambda: self._undo_in_anki(card)))
        return True

    def _undo_in_anki(self, card: int) -> bool:
        """Have Anki undo its last change, and see that it was the answer of this card."""
        before = self.info(card)
        self.ask("guiUndo")
        after = self.info(card)
        if before is None or after is None or after["reps"] >= before["reps"]:
            say(grey("Anki has undone something else than the answer: look at Edit > Redo in Anki"))
            return False
        return True

    def take_back(self) -> bool:
        done = super().take_back()
        if not self.engine:
            self.again = None
            self._begin()
        return done


def desk(state: State, search: str) -> Desk:
    """The desk for what stands behind `review`: a deck's queue, or the cards of a search."""
    named = NAMED.fullmatch(search)
    wanted = (named["quoted"] or named["bare"] or "").casefold() if named else ""
    decks: list[str] = (
        state.worker.do(lambda: state.session.client.invoke("deckNames")) if wanted else []
    )
    found = next((deck for deck in decks if deck.casefold() == wanted), None)
    return Search(state, search) if found is None else Queue(state, found)
