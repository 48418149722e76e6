"""The modules of actions. Importing one registers its actions, so all are imported here."""

from __future__ import annotations

from importlib import import_module

FAMILIES = (
    "protocol",
    "profiles",
    "decks",
    "deckconfig",
    "notes",
    "find",
    "tags",
    "cards",
    "cardsinfo",
    "cardvalues",
    "scheduling",
    "reviewer",
    "reviews",
    "models",
    "fields",
    "templates",
    "media",
    "packages",
    "sync",
    "gui",
    "extra_cards",
    "extra_collection",
    "extra_decks",
    "extra_notes",
    "extra_scheduling",
    "extra_state",
    "extra_putstate",
)


def load() -> None:
    """Import every family, so that `registry.ACTIONS` is complete."""
    for name in FAMILIES:
        import_module(f"ankish.anki.engine.{name}")
