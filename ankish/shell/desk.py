"""What is done with the cards of a review: each through a line, so that the journal has it."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from ankish.data import dataclass
from ankish.diagnostics.model import AnkishError, Source
from ankish.shell.state import State
from ankish.shell.telling import grey, say, tell

Card = Mapping[str, Any]
"""A card as cardsInfo gives it."""

ANSWER = "answer"


class _Latest:
    """Takes the name of the latest run from the journal's list; shows nothing of a result."""

    run = ""

    def show(self, step: object, value: Any, of: Any) -> None:
        """See `Output.show`."""
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            self.run = value[0].get("run", "")


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done with a card, in a word, and what takes it back."""

    card: int
    what: str
    undo: Callable[[], bool]


class Desk(ABC):
    """A place to study: where cards come from is up to what is made of it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.engine: bool = state.worker.do(lambda: state.session.client.engine)
        self.again: int | None = None
        """The card that comes next out of its order, since what was done with it was undone."""
        self._done: list[Done] = []

    # ---- which card

    def next(self) -> Card | None:
        """The card that is to be studied now; None if none is left."""
        if self.again is not None and (info := self.info(self.again)) is not None:
            return info
        self.again = None
        return self._next()

    @abstractmethod
    def _next(self) -> Card | None:
        """The next card in its order."""

    @abstractmethod
    def left(self) -> str:
        """How many are left, in words."""

    def past(self, card: int) -> None:
        """Go on: this card was answered or put away."""
        self.again = None

    def info(self, card: int) -> Card | None:
        """A card as it is now; None if it is gone."""
        (found,) = self.ask("cardsInfo", cards=[card]) or [None]
        return found or None

    # ---- what is done with it

    def answer(self, info: Card, ease: int) -> bool:
        """Answer a card, unless it was answered somewhere else since it was shown."""
        card = info["cardId"]
        now = self.info(card)
        if now is None or now["reps"] != info["reps"]:
            say(grey("it was answered elsewhere meanwhile; not answered again"))
            return False
        return self._answer(card, ease)

    def _answer(self, card: int, ease: int) -> bool:
        answers = json.dumps([{"cardId": card, "ease": ease}])
        return self.line(card, f"answerCards {answers}", what=ANSWER)

    def suspend(self, card: int) -> bool:
        """Take a card out of study."""
        return self.line(card, f"suspend [{card}]")

    def bury(self, card: int) -> bool:
        """Put a card away until tomorrow."""
        if not self.engine:
            say(grey("AnkiConnect has no action that buries: press - in Anki, or s suspends"))
            return False
        return self.line(card, f"[{card}] | buryCards")

    def flag(self, card: int, number: int) -> bool:
        """Give a card a flag, 1 to 7, or take it away with 0."""
        if self.engine:
            return self.line(card, f"[{card}] | setFlag {number}")
        return self.line(card, f"setSpecificValueOfCard {card} [flags] [{number}]", sure=True)

    def write(self, info: Card, fields: Mapping[str, str]) -> bool:
        """Give the note of a card other fields."""
        note = {"id": info["note"], "fields": fields}
        return self.line(info["cardId"], f"updateNoteFields {json.dumps(note)}")

    def take_back(self) -> bool:
        """Undo what was done last; the card it was done with comes next."""
        if not self._done:
            say(grey("nothing was done yet"))
            return False
        done = self._done.pop()
        if not done.undo():
            return False
        self.again = done.card
        return True

    @property
    def last(self) -> str:
        """What was done last, in a word; empty if that is nothing."""
        return self._done[-1].what if self._done else ""

    # ---- how

    def line(self, card: int, program: str, *, what: str = "", sure: bool = False) -> bool:
        """Run a line as if it had been typed; whether it went well. `u` takes it back."""
        if not self.run(program, sure=sure):
            return False
        latest = _Latest()
        self.run("log 1", latest)
        self._done.append(Done(card, what, lambda: self.run(f"undo {latest.run}")))
        return True

    def run(self, program: str, output: Any = None, *, sure: bool = False) -> bool:
        """Run a line, and tell what is wrong with it."""
        session = self.state.session

        def run() -> None:
            before, session.yes = session.yes, session.yes or sure
            try:
                nothing = output or _Latest()
                self.state.run(Source("review", program), nothing, tell, lambda done, of: None)
            finally:
                session.yes = before

        try:
            self.state.worker.do(run)
        except AnkishError as error:
            tell(error.diagnostics)
            return False
        return True

    def ask(self, action: str, **params: Any) -> Any:
        """What an action gives."""
        return self.state.worker.do(lambda: self.state.session.client.invoke(action, params))
