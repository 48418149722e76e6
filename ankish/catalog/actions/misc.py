"""The API itself, profiles, packages and syncing."""

from __future__ import annotations

from ankish.catalog.actions.shapes import PERMISSION, REFLECTION, REQUEST
from ankish.catalog.actions.table import (
    DESTRUCTIVE,
    EXTERNAL,
    GUI,
    NOTHING_TO_UNDO,
    PUT_STATE,
    READ,
    WRITE,
    Family,
    opt,
    req,
)
from ankish.catalog.model import Command
from ankish.catalog.types import ACTION, ANY, BOOL, DECK, INT, PATH, PROFILE, list_of, one_of

misc = Family("misc")

ACTIONS: tuple[Command, ...] = (
    misc(
        "version",
        READ,
        "Give the version of the API",
        result=INT,
        quirk="the add-ons of 2023 and 2025 both say 6; apiReflect tells them apart",
        examples=("version",),
    ),
    misc(
        "requestPermission",
        READ,
        "Ask whether AnkiConnect may be used, and whether it wants a key",
        result=PERMISSION,
        quirk="asked from a web page that is not allowed yet it opens a question, and AnkiConnect "
        "answers nobody until that is closed; refused inside multi",
        examples=("requestPermission",),
    ),
    misc(
        "apiReflect",
        READ,
        "List the actions that the other side has",
        req("scopes", list_of(one_of("actions")), "what to list"),
        opt("actions", list_of(ACTION), "only those of these that it has"),
        result=REFLECTION,
        examples=('apiReflect ["actions"]', 'apiReflect ["actions"] ["addNote", "setDueDate"]'),
    ),
    misc(
        "multi",
        DESTRUCTIVE,
        "Send several requests as one",
        req("actions", list_of(REQUEST), "the requests, in order"),
        subject="actions",
        result=list_of(ANY),
        undo="what takes each of the requests inside it back",
        differs="what each of them leaves stays",
        engine_differs="what each of them leaves stays",
        quirk="each request needs its own version (4 if left out, which answers without the "
        "record around the result) and its own key; one that fails does not stop the others",
        examples=('multi [{"action": "deckNames", "version": 6}, {"action": "getTags"}]',),
    ),
    misc(
        "getProfiles",
        READ,
        "List the profiles",
        result=list_of(PROFILE),
        examples=("getProfiles",),
    ),
    misc(
        "getActiveProfile",
        READ,
        "Give the profile that is open",
        result=PROFILE,
        newer=True,
        examples=("getActiveProfile",),
    ),
    misc(
        "loadProfile",
        GUI,
        "Open a profile, with its collection",
        req("name", PROFILE, "the profile"),
        subject="name",
        result=BOOL,
        undo="loadProfile with the earlier profile",
        false_means="there is no profile of this name",
        quirk="answers before the collection has changed, and while Anki syncs there is none",
        examples=("getActiveProfile | loadProfile",),
    ),
    misc(
        "sync",
        EXTERNAL,
        "Synchronise with AnkiWeb",
        opt(
            "direction",
            one_of("upload", "download"),
            "the side that is to replace the other, should the changes not fit together",
            engine_only=True,
        ),
        why="what came from and went to AnkiWeb can't be called back",
        quirk="an error if Anki is not logged in",
        examples=("sync",),
    ),
    misc(
        "exportPackage",
        EXTERNAL,
        "Export a deck to a package (.apkg)",
        req("deck", DECK, "the deck"),
        req("path", PATH, "the file, on the machine that Anki runs on", creates=True),
        opt("includeSched", BOOL, "with the progress of the cards", False),
        result=BOOL,
        why="the file that it writes is outside the collection",
        false_means="there is no deck of this name",
        quirk="a relative path is relative to the folder that Anki was started in; ankish asks "
        "before a file that it can see is written over",
        examples=('exportPackage Spanish "spanish.apkg" --includeSched',),
    ),
    misc(
        "importPackage",
        EXTERNAL,
        "Import a package (.apkg)",
        req("path", PATH, "the file, on the machine that Anki runs on"),
        subject="path",
        result=BOOL,
        undo="deleteNotes and deleteDecks for what it has added",
        differs="what it has merged into notes and decks that were there stays, and so do note "
        "types, presets, tags and media files",
        engine_undo=PUT_STATE,
        quirk="a relative path is relative to the folder that Anki was started in; notes that are "
        "there already are merged and keep their ids",
        examples=('exportPackage Spanish "spanish.apkg"; importPackage "spanish.apkg"',),
    ),
    misc(
        "reloadCollection",
        WRITE,
        "Read the collection from its file again",
        undo=NOTHING_TO_UNDO,
        examples=("reloadCollection",),
    ),
)
