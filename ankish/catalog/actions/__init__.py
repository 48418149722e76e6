"""Every action, by its name: AnkiConnect's own and those of the embedded engine."""

from __future__ import annotations

from ankish.catalog.actions import (
    cards,
    deckconfig,
    decks,
    engine,
    gui,
    media,
    misc,
    models,
    notes,
    reviews,
    tags,
)
from ankish.catalog.model import Command

TABLES = (
    cards,
    notes,
    tags,
    decks,
    deckconfig,
    models,
    media,
    reviews,
    misc,
    gui,
    engine,
)
"""The tables in the order in which help shows the families."""

ACTIONS: dict[str, Command] = {
    command.name: command for table in TABLES for command in table.ACTIONS
}
