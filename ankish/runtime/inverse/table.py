"""Which inverse belongs to which action. What is said of it stands in the catalog."""

from __future__ import annotations

from copy import copy
from functools import cache
from importlib import import_module
from typing import Any

from ankish.catalog.actions import ACTIONS
from ankish.catalog.actions.table import NOTHING_TO_UNDO
from ankish.catalog.model import Command, Side
from ankish.runtime.inverse.model import Backend, Inverse

FAMILIES = tuple("tags cards decks notes additions media fields models presets collection".split())
"""The modules with inverses, in the order in which they are looked into. A program needs one or two
of them: importing all takes as long as two requests that find Anki waiting.
"""

SCOPED = frozenset(
    {
        "clearUnusedTags",
        "deleteDecks",
        "deleteEmptyCards",
        "emptyFilteredDeck",
        "importPackage",
        "modelTemplateRemove",
        "rebuildFilteredDeck",
        "removeEmptyNotes",
        "replaceTagsInAllNotes",
    }
)
"""Actions on whatever is in a deck, has a tag, is empty or unused."""


@cache
def lookup(action: str, backend: Backend) -> Inverse | None:
    """The inverse of an action; None for one of which nothing is known."""
    command = ACTIONS.get(action)
    embedded = backend is not Backend.ANKICONNECT
    if command is None or not command.effect.changes:
        return None
    if command.side is Side.ENGINE and not embedded:
        return None
    return _told(command, embedded)


def _told(command: Command, embedded: bool) -> Inverse:
    """An inverse with what the catalog says of it."""
    said = command.back(embedded)
    if said.how is None or said.how == NOTHING_TO_UNDO:
        from ankish.runtime.inverse import collection

        found: Inverse = collection.Lasting() if said.how is None else collection.Nothing()
    else:
        known = _known(command.name, embedded)
        found = copy(known) if known is not None else Inverse()
    found.exact, found.none = said.differs or "", said.why or ""
    found.scope = command.name in SCOPED
    return found


def _known(action: str, embedded: bool) -> Inverse | None:
    """What one of the modules says of an action."""
    if embedded:
        from ankish.runtime.inverse import embedded as engine

        if action in engine.EMBEDDED:
            return engine.EMBEDDED[action]
    for family in FAMILIES:
        inverses: dict[str, Inverse] = import_module(f"ankish.runtime.inverse.{family}").INVERSES
        if action in inverses:
            return inverses[action]
    return None


@cache
def _table(backend: Backend) -> dict[str, Inverse]:
    found = ((action, lookup(action, backend)) for action in ACTIONS)
    return {action: inverse for action, inverse in found if inverse is not None}


def __getattr__(name: str) -> Any:
    """`INVERSES`: all by action, through AnkiConnect; `EMBEDDED`: in the embedded engine."""
    tables = {"INVERSES": Backend.ANKICONNECT, "EMBEDDED": Backend.EMBEDDED}
    if name in tables:
        return _table(tables[name])
    raise AttributeError(name)
