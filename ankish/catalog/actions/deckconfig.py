"""Deck options: the presets that decks are studied by."""

from __future__ import annotations

from ankish.catalog.actions.shapes import DECK_CONFIG
from ankish.catalog.actions.table import DESTRUCTIVE, READ, WRITE, Family, opt, req
from ankish.catalog.model import Command
from ankish.catalog.types import BOOL, DECK, INT, TEXT, list_of

options = Family("deck options")

ACTIONS: tuple[Command, ...] = (
    options(
        "getDeckConfig",
        READ,
        "Show the preset of a deck",
        req("deck", DECK, "the deck, spelled in its own case"),
        subject="deck",
        result=DECK_CONFIG,
        false_means="there is no deck of this name in this case",
        quirk="a filtered deck has no preset and gives the deck itself",
        examples=("getDeckConfig Spanish",),
    ),
    options(
        "saveDeckConfig",
        WRITE,
        "Overwrite a preset",
        req("config", DECK_CONFIG, "the whole preset, as getDeckConfig gives it"),
        subject="config",
        result=BOOL,
        undo="saveDeckConfig with the preset as it was before",
        differs="a preset that no deck uses can't be looked at, and stays as it is",
        false_means="there is no preset with this id",
        quirk="keys that Anki does not know are stored all the same",
        examples=("getDeckConfig Spanish | saveDeckConfig",),
    ),
    options(
        "setDeckConfigId",
        WRITE,
        "Let decks use another preset",
        req("decks", list_of(DECK), "the decks, spelled in their own case"),
        req("configId", INT, "the preset's id"),
        subject="decks",
        result=BOOL,
        undo="setDeckConfigId with the earlier preset of each deck",
        false_means="one of the decks does not exist in this case",
        quirk="an id that no preset has gives true as well",
        examples=("setDeckConfigId [Spanish, Japanese] 1",),
    ),
    options(
        "cloneDeckConfigId",
        WRITE,
        "Make a preset as a copy of another one",
        req("name", TEXT, "the new preset's name"),
        opt("cloneFrom", INT, "the id of the preset to copy", 1),
        subject="name",
        result=INT,
        undo="removeDeckConfigId",
        false_means="there is no preset with the id cloneFrom",
        examples=("cloneDeckConfigId Intensive",),
    ),
    options(
        "removeDeckConfigId",
        DESTRUCTIVE,
        "Delete a preset",
        req("configId", INT, "the preset's id; Default (1) can't be deleted"),
        subject="configId",
        result=BOOL,
        undo="cloneDeckConfigId, saveDeckConfig and setDeckConfigId make it again",
        differs="it has another id, and one that no deck has used does not come back",
        false_means="there is no preset with this id",
        full_sync=True,
        examples=("let preset = cloneDeckConfigId Trial; removeDeckConfigId $preset",),
    ),
)
