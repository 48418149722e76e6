"""What can be called: one declaration drives checking, completion, help, plan and docs."""

from __future__ import annotations

from enum import Enum
from typing import Any

from ankish.catalog.types import NULL, Type
from ankish.data import dataclass


class Effect(Enum):
    """What calling a command does to the world (language.md 4)."""

    READ = "read"
    WRITE = "write"
    DESTRUCTIVE = "destructive"
    GUI = "gui"
    """Needs Anki's window."""
    EXTERNAL = "external"
    """Reaches files, the network or another machine."""

    @property
    def changes(self) -> bool:
        """Whether the collection may be another one afterwards."""
        return self is not Effect.READ


class Side(Enum):
    """Who carries a command out."""

    ANKI = "action"
    """An action that AnkiConnect answers."""
    ENGINE = "engine"
    """An action that only the embedded engine answers."""
    HERE = "builtin"
    """A builtin of ankish itself."""


class _Required:
    """The default of a parameter that has none."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED: Any = _Required()


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter.

    * **default** - what Anki takes when it is left out (and what is then not sent);
      `REQUIRED` if it can't be left out.
    * **rest** - takes all the positional arguments that are left, as a list.
    * **creates** - names something that need not exist yet (the deck of createDeck).
    * **empty** - what an empty text means. A name without it is never empty: some actions
      take an empty one for something else (quirk of deleteMediaFile).
    * **secret** - it must not be written down: not in the journal, the history or a recording.
    * **engine_only** - AnkiConnect has the action, but only the embedded engine this parameter.
    """

    name: str
    type: Type
    doc: str
    default: Any = REQUIRED
    rest: bool = False
    creates: bool = False
    empty: str | None = None
    secret: bool = False
    engine_only: bool = False

    @property
    def required(self) -> bool:
        """Whether it can't be left out."""
        return self.default is REQUIRED


@dataclass(frozen=True, slots=True)
class Example:
    """A line that runs on the sample collection, and what it is for."""

    line: str
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """What is said of taking a command back.

    * **how** - what takes it back; None if nothing does, and then **why**.
    * **differs** - what is otherwise than before then; None if nothing is.
    """

    how: str | None
    differs: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Command:
    """An action or a builtin.

    * **doc** - one line, in the imperative, without a full stop.
    * **params** - in the order in which positional arguments fill them.
    * **subject** - the parameter that the pipe fills, or None.
    * **result** - the type of what it gives.
    * **effect** - see `Effect`.
    * **undo** - what takes it back, in words; None with an effect that changes means
      that nothing does, and `why` says why.
    * **differs** - what is otherwise than before once it is taken back through AnkiConnect.
    * **engine_undo** - what takes it back in the embedded engine, where that is something else.
    * **engine_differs** - what is otherwise then. None: all is as before, but for the times at
      which things were changed.
    * **hands_on** - it has nothing to report and gives what it was given, so that verbs chain.
    * **creates_decks** - a deck that does not exist is made by it; refused without `--create`.
    * **quirk** - what the real AnkiConnect does that its documentation does not say.
    * **source** - where the facts come from, if not from recorded exchanges.
    * **full_sync** - it changes note types or presets in a way that AnkiWeb can't take in: the next
      sync has to send the whole collection one way.
    * **newer** - not in every AnkiConnect that is in use: the 2023 source lacks it.
    * **false_means** - `false` instead of the result is a refusal without a word, and this is
      what it says; None if false is an answer like any other.
    """

    name: str
    family: str
    doc: str
    params: tuple[Param, ...] = ()
    subject: str | None = None
    result: Type = NULL
    effect: Effect = Effect.READ
    undo: str | None = None
    why: str | None = None
    differs: str | None = None
    engine_undo: str | None = None
    engine_differs: str | None = None
    hands_on: bool = False
    creates_decks: bool = False
    quirk: str | None = None
    source: str | None = None
    full_sync: bool = False
    newer: bool = False
    side: Side = Side.ANKI
    examples: tuple[Example, ...] = ()
    false_means: str | None = None

    def back(self, embedded: bool) -> Back:
        """What can be said of taking it back, in the embedded engine or through AnkiConnect."""
        if embedded and self.side is not Side.HERE:
            how = self.engine_undo or self.undo
            return Back(how, self.engine_differs, None if how else self.why)
        return Back(self.undo, self.differs, self.why)

    @property
    def differs_by_side(self) -> bool:
        """Whether more can be said of taking it back once it is known who answers."""
        return self.undo is None or self.effect is Effect.DESTRUCTIVE

    def param(self, name: str) -> Param | None:
        """The parameter of that name, or None."""
        return next((param for param in self.params if param.name == name), None)

    @property
    def subject_param(self) -> Param | None:
        """The parameter that the pipe fills, or None."""
        return self.param(self.subject) if self.subject else None

    @property
    def signature(self) -> str:
        """How it is called: `cards | changeDeck deck`."""
        words = [
            p.name if p.required else f"[{p.name}]" for p in self.params if p.name != self.subject
        ]
        call = " ".join([self.name, *words])
        return f"{self.subject} | {call}" if self.subject else call

    @property
    def about(self) -> dict[str, Any]:
        """The signature and what it does, for the notes of messages."""
        return {"signature": self.signature, "doc": self.doc[:1].lower() + self.doc[1:]}
