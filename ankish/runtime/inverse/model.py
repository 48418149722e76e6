"""How a write is looked at, verified and taken back: what each action has to say about it.

All of it is pure: the calls that are named here are sent by the journal. A write goes like
this: the reads of `image`, and of `more` if there are any (BEFORE), the write, and in the same
request the reads of `again` (AFTER). `again` answers as BEFORE did, in number and shape.

To take a write back, those of `again` are asked once more (NOW). What the write has changed and
nobody since is put back to what it was; the result of that is the TARGET: NOW, but for
what is to be put back. `undo` is given the target and NOW, in the places of `before` and
`after`, and makes the calls that lead from the one to the other. So whatever is equal in
both has to be left alone: it is either as before already, or somebody else has changed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from ankish.data import dataclass
from ankish.runtime.chunks import Outgoing

Call = Outgoing
"""An action and its parameters."""

Answers = Sequence[Any]
"""The results of the calls of `image`, in their order; None for one that was refused."""

Done = Sequence[tuple[Call, Any]]
"""Calls that were sent, with their results."""

UNKNOWN: Any = object()
"""Stands for an answer that is not known."""

DONE, PARTLY, NOT_DONE, UNSURE = "done", "partly", "not done", "unsure"


class Backend(IntEnum):
    """Who carries actions out: what takes them back, and how the journal notes it."""

    ANKICONNECT = 0
    EMBEDDED = 1
    """The engine in this process, which has the collection for itself."""
    SERVED = 2
    """The engine behind a URL, where others may be at work as well."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a write, as far as images and result tell.

    * **state** - `DONE`: all that was asked for is so now, also where nothing had to be done;
      `PARTLY`; `NOT_DONE`: nothing has happened; `UNSURE`: images and result can't tell.
    * **asked**, **done** - how many items it was for, and for how many it is so now.
    * **noun** - what the items are: `note`, `card`, `deck`, `tag`, `file`, ...
    * **missing** - the items that do not exist: ids or names.
    * **ignored** - the items that exist and for which it is not so: ids, or names of fields.
    * **why** - more about it, in words; empty if there is nothing to say. It completes
      "497 of 500: 3 notes no longer exist" and stands alone where there is no count.
    """

    state: str
    asked: int = 1
    done: int = 1
    noun: str = "item"
    missing: tuple[Any, ...] = ()
    ignored: tuple[Any, ...] = ()
    why: str = ""


class Inverse:
    """What a mutating action has to say. This one is for actions of which nothing is known.

    * **exact** - empty if `undo` puts back all of it, else what differs, in words.
    * **none** - why nothing takes it back; empty if something does.
    * **repeatable** - to send it twice is the same as to send it once, so that one of which
      nothing is known, or that was done in part, can be sent again.
    * **scope** - what it is about follows from what is there, and not from ids in its parameters:
      writes before it may bring more into it, so it can't be behind them in a request.
    * **may_fail** - actions of `undo` and `further` that Anki may refuse; `further` looks at
      what became of them.
    """

    exact: str = ""
    none: str = "nothing is known of what it changes"
    repeatable: bool = False
    scope: bool = False
    may_fail: frozenset[str] = frozenset()

    def image(self, params: dict[str, Any]) -> list[Call]:
        """Reads whose answers say, before and after the write, what it changes."""
        return []

    def sought(
        self, params: dict[str, Any], search: str, decks: Sequence[str]
    ) -> list[Call] | None:
        """Reads of the same as `image`, while its notes or cards are not known yet, but the
        search that finds them. None if there are none; then the look takes a request of its own.

        `decks` are those that there are as far as anybody knows, and may not be the latest.
        """
        return None

    def seen(self, params: dict[str, Any], found: Sequence[int], done: Done) -> list[Any] | None:
        """The answers to `image` out of those to `sought`, and what the search has found.

        `UNKNOWN` stands for those that have to be asked all the same.
        """
        return None

    def more(self, params: dict[str, Any], answers: Answers) -> list[Call]:
        """Reads that can only be named once those of `image` are answered, with `answers`.

        They cost a request of their own, and are for what is destroyed and can't be had
        otherwise: the cards of notes that are deleted. Their answers follow those of `image`
        in `before`.
        """
        return []

    def again(self, params: dict[str, Any], before: Answers) -> list[Call]:
        """The reads of after the write, and of when it is taken back: those of before it.

        An action overrides it if what it changes can't be found any more as it was before:
        the cards of a deck that is gone.
        """
        image = self.image(params)
        return [*image, *self.more(params, before[: len(image)])]

    def brief(self, params: dict[str, Any], before: Answers) -> list[Call] | None:
        """Reads that cost less than those of `again`, and are enough to know their answers if the
        write has done what it was asked for. None if there are none.
        """
        return None

    def told(self, params: dict[str, Any], before: Answers, answers: Answers) -> list[Any] | None:
        """The answers to `again` out of those to `brief`; None if these are not enough."""
        return None

    def trace(self, params: dict[str, Any], when: float) -> list[Call]:
        """Reads that find what was made if the answer is lost; `when` it was sent, in seconds.

        They are asked in that case only. Their answers follow those of `again` in what
        `verdict` and `recovered` are given as `after`.
        """
        return []

    def expected(self, params: dict[str, Any], before: Answers) -> list[Any] | None:
        """What the image would be after the write, for the dry run; None if that is not known."""
        return None

    def undo(
        self, params: dict[str, Any], before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """Calls that lead from `after` to `before`; see the module for what these are.

        `after` is None if Anki could not be asked (and then the whole of `before` is meant),
        `result` if the answer was lost.
        """
        return []

    def further(
        self, params: dict[str, Any], before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """More calls to take it back, once those of `undo` (and these) are answered: `done`.

        For what is made anew: its id has to be known before its schedule can be put back.
        It is asked until it gives nothing.
        """
        return []

    def renamed(
        self, params: dict[str, Any], before: Answers, after: Answers | None, done: Done
    ) -> list[tuple[str, Any, Any]]:
        """What has another id since it was taken back: kind (`note`, `card`, ...), old, new."""
        return []

    def staying(
        self, params: dict[str, Any], before: Answers, after: Answers | None, done: Done
    ) -> list[int]:
        """Cards that the write has made and that stay, blank, now that it is taken back."""
        return []

    def made(self, params: dict[str, Any], result: Any) -> list[Call]:
        """Reads of what the write has made, of which `image` could not know the id."""
        return []

    def altered(
        self, params: dict[str, Any], result: Any, answers: Answers, when: float
    ) -> list[tuple[Any, str]]:
        """What was made and then changed by somebody: its id, and what about it, in words.

        `answers` are those of `made`, `when` is the time of the write in seconds since 1970.
        """
        return []

    def verdict(
        self, params: dict[str, Any], before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """What became of the write. `result` is None if its answer was lost, `after` if Anki
        could not be asked.
        """
        return Verdict(UNSURE if result is None else DONE)

    def checks(self, params: dict[str, Any]) -> list[Call]:
        """Reads right behind the write that only `checked` is told of.

        They are for what `undo` is not about, and are not asked if the answer is lost.
        """
        return []

    def checked(
        self, params: dict[str, Any], result: Any, answers: Answers, found: Verdict
    ) -> Verdict:
        """A verdict, and what the answers to `checks` say about it.

        Those of searches are sets: many writes may look into the same one.
        """
        return found

    def recovered(self, params: dict[str, Any], before: Answers, after: Answers) -> Any:
        """The result that a lost answer had, as far as the images tell: the id of a new note."""
        return None
