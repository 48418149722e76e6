"""How the tables of actions are written: one constructor for each thing in a row."""

from __future__ import annotations

from typing import Any

from ankish.catalog.model import Command, Effect, Example, Param, Side
from ankish.catalog.types import NULL, Key, Type

READ = Effect.READ
WRITE = Effect.WRITE
DESTRUCTIVE = Effect.DESTRUCTIVE
GUI = Effect.GUI
EXTERNAL = Effect.EXTERNAL

PUT_STATE = "putState with the state as it was before"
"""What takes back in the embedded engine what nothing does through AnkiConnect."""

LEAVES_NOTHING = frozenset(
    "sync exportPackage createBackup reloadCollection loadProfile guiBrowse guiSelectCard "
    "guiSelectNote guiAddCards guiEditNote guiDeckBrowser guiDeckOverview guiDeckReview".split()
)
"""Actions that leave nothing in the collection which could be taken back."""

NOTHING_TO_UNDO = "nothing has to be taken back: no data is changed"


def req(
    name: str,
    type: Type,
    doc: str,
    *,
    rest: bool = False,
    creates: bool = False,
    empty: str | None = None,
    secret: bool = False,
) -> Param:
    """A parameter that can't be left out."""
    return Param(name, type, doc, rest=rest, creates=creates, empty=empty, secret=secret)


def opt(
    name: str,
    type: Type,
    doc: str,
    default: Any = None,
    *,
    creates: bool = False,
    engine_only: bool = False,
) -> Param:
    """A parameter that can be left out; Anki then takes `default`."""
    return Param(name, type, doc, default, creates=creates, engine_only=engine_only)


def has(name: str, type: Type, doc: str = "") -> Key:
    """A key that is always in the record."""
    return Key(name, type, doc=doc)


def may(name: str, type: Type, doc: str = "") -> Key:
    """A key that may be left out of the record, or that some versions don't give."""
    return Key(name, type, False, doc)


class Family:
    """Makes the commands of one family.

    `family(name, effect, doc, *params, …)` is a row: the parameters stand in AnkiConnect's
    own order; what follows them is named as in `Command`.
    """

    def __init__(self, name: str, side: Side = Side.ANKI) -> None:
        self.name = name
        self.side = side

    def __call__(
        self,
        name: str,
        effect: Effect,
        doc: str,
        *params: Param,
        subject: str | None = None,
        result: Type = NULL,
        undo: str | None = None,
        why: str | None = None,
        differs: str | None = None,
        engine_undo: str | None = None,
        engine_differs: str | None = None,
        hands_on: bool = False,
        creates_decks: bool = False,
        quirk: str | None = None,
        source: str | None = None,
        full_sync: bool = False,
        newer: bool = False,
        false_means: str | None = None,
        examples: tuple[str, ...] = (),
    ) -> Command:
        """One command of the family."""
        return Command(
            name=name,
            family=self.name,
            doc=doc,
            params=params,
            subject=subject,
            result=result,
            effect=effect,
            undo=undo,
            why=why,
            differs=differs,
            engine_undo=engine_undo,
            engine_differs=engine_differs,
            hands_on=hands_on,
            creates_decks=creates_decks,
            quirk=quirk,
            source=source,
            full_sync=full_sync,
            newer=newer,
            side=self.side,
            examples=tuple([Example(line) for line in examples]),
            false_means=false_means,
        )
