"""Which writes can change the answers of which reads, and which actions are never refused.

A collection has parts; a read looks at some of them, a write changes some. What is not in
these tables looks at all of them, or changes all.
"""

from __future__ import annotations

CARDS, FIELDS, TAGS, DECKS, PLACES, SCHEDULE, MODELS, MEDIA, TIMES = (
    "cards", "fields", "tags", "decks", "places", "schedule", "models", "media", "times",
)  # fmt: skip
"""Which notes and cards there are; what is in fields; tags; which decks there are; which card
is in which deck; due dates, states, flags and reviews; note types; files; when notes and cards
were changed."""

ALL = frozenset({CARDS, FIELDS, TAGS, DECKS, PLACES, SCHEDULE, MODELS, MEDIA, TIMES})

_TAGGED = frozenset({TAGS, TIMES})
_RESCHEDULED = frozenset({SCHEDULE, PLACES, TIMES})
"""A card that sits in a filtered deck goes back to its own when it is rescheduled."""

CHANGES: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("addTags", "removeTags", "replaceTags", "updateNoteTags", "clearUnusedTags"), _TAGGED
    ),
    **dict.fromkeys(
        ("suspend", "unsuspend", "forgetCards", "relearnCards", "setDueDate", "setEaseFactors",
         "answerCards", "buryCards", "unburyCards", "setFlag"),
        _RESCHEDULED,
    ),
    "changeDeck": frozenset({PLACES, DECKS, SCHEDULE, TIMES}),
    "createDeck": frozenset({DECKS}),
    "storeMediaFile": frozenset({MEDIA}),
    "deleteMediaFile": frozenset({MEDIA}),
}  # fmt: skip
"""What a write changes."""

_NAMES = {
    DECKS: ("deckNames", "deckNamesAndIds"),
    TAGS: ("getTags",),
    MODELS: ("modelNames", "modelNamesAndIds"),
    MEDIA: ("getMediaFilesNames",),
    CARDS: ("cardsToNotes",),
}
LOOKS_AT: dict[str, frozenset[str]] = {
    **{name: frozenset({part}) for part, names in _NAMES.items() for name in names},
    "version": frozenset(),
    "getMediaDirPath": frozenset(),
    "areSuspended": frozenset({CARDS, SCHEDULE}),
    "getEaseFactors": frozenset({CARDS, SCHEDULE}),
    "getDecks": frozenset({CARDS, PLACES, DECKS}),
    "notesInfo": frozenset({CARDS, FIELDS, TAGS, MODELS, TIMES}),
    "notesModTime": frozenset({CARDS, TIMES}),
    "cardsModTime": frozenset({CARDS, TIMES}),
}
"""What a read looks at; for searches see `SEARCHED`."""

SEARCHES = frozenset({"findCards", "findNotes"})
SEARCHED: dict[str, frozenset[str]] = {
    "deck": frozenset({PLACES, DECKS}),
    "tag": frozenset({TAGS}),
    "note": frozenset({MODELS}),
    "nid": frozenset(),
    "cid": frozenset(),
    "added": frozenset(),
    "is": frozenset({SCHEDULE}),
    "prop": frozenset({SCHEDULE}),
    "flag": frozenset({SCHEDULE}),
    "rated": frozenset({SCHEDULE}),
    "introduced": frozenset({SCHEDULE}),
    "edited": frozenset({TIMES}),
}
"""What a term of a search looks at, besides which cards there are."""

NEVER_REFUSED = frozenset(
    {
        *(name for names in _NAMES.values() for name in names),
        *("version", "getMediaDirPath", "areSuspended", "getEaseFactors", "getDecks"),
        *("notesModTime", "cardsModTime"),
        *("addTags", "removeTags", "changeDeck", "forgetCards", "relearnCards"),
    }
)
"""Actions that Anki carries out whatever ids they are given: unknown ones are passed over.

`suspend` and `unsuspend` are not among them: they are refused for a card that is gone.
"""
