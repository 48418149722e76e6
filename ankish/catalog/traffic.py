"""What actions are on their way to Anki: what they cost, and which go as one.

Costs are those measured on Anki 26.09.3 with its window in the background, on up to 100,000
notes. Anki's window stands still while a request is carried out.
"""

from __future__ import annotations

STILL = 0.3
"""For how many seconds one request may keep Anki's window still; a third is felt."""
SPARED = 1.1
"""How many times as long the last request may take, where that saves one more."""
TICK = 0.025
"""Seconds between two looks of AnkiConnect for requests: the least that one takes."""
LOOKUP = 0.0002
"""Seconds that each action of a `multi` takes to be looked up."""

PER_ITEM: dict[str, float] = {
    "cardsInfo": 150e-6,
    "notesInfo": 21e-6,
    "setEaseFactors": 300e-6,
    "replaceTags": 100e-6,
    "deleteNotes": 300e-6,
}
"""Seconds for each card or note that an action is given."""
PER_ITEM_ELSE = 25e-6
"""The same for all other actions: 10 to 30 µs."""

MOST_ITEMS: dict[str, int] = {"notesInfo": 5000, "cardsInfo": 1000}
"""How many cards or notes an action takes at most, by the size of its answer, 1.5 MB."""
MOST_ITEMS_ELSE = 10_000
"""The same for all other actions: 150 KB of ids."""

PER_CALL: dict[str, float] = {
    "addNote": 2e-3,
    "updateNote": 2e-3,
    "updateNoteFields": 2e-3,
    "updateNoteTags": 7e-3,
    "updateNoteModel": 2e-3,
    "findCards": 5e-3,
    "findNotes": 5e-3,
    "getDeckStats": 10e-3,
    "storeMediaFile": 2e-3,
}
"""Seconds for one call. A search takes 1 ms in a small collection and 70 in one of 100,000."""
PER_CALL_ELSE = 0.3e-3
"""The same for all other actions."""

MOST_FILES = int(STILL / PER_CALL["storeMediaFile"])
"""How many files are stored in one request, however quick those were that were there already."""

UNSURE = frozenset({*PER_CALL} - {"getDeckStats"})
"""Actions that take ten times as long in a large collection, or with Anki in front: of these
only `FIRST` go in the first request, and how long it took says how many go in the next."""
FIRST = 40

LASTING = frozenset({"findCards", "findNotes", "storeMediaFile"})
"""Of these, those that take as long from one day to the next; what the others take depends on what
Anki's window shows. How long they took is remembered."""
GUESSED = 250
"""How many of them go in the first request, if by what is remembered that is quick enough."""
SLOW_TERMS = ("re:", "nc:", "w:")
"""Terms that Anki takes up to 200 ms for in a large collection, whatever other searches take."""

PER_BYTE_OF_FILE = 7e-9
"""Seconds that a byte of a file takes which Anki copies into its media folder."""

ALIGNED: dict[str, str] = {
    "cardsInfo": "cards",
    "cardsModTime": "cards",
    "areSuspended": "cards",
    "getEaseFactors": "cards",
    "notesInfo": "notes",
    "notesModTime": "notes",
}
"""Reads that answer with an item for each id, null or `{}` for one that names nothing, so that
several of them can be asked as one. (areDue and getIntervals refuse all for one such id.)"""

PLURAL: dict[str, str] = {
    "addTags": "notes",
    "removeTags": "notes",
    "replaceTags": "notes",
    "deleteNotes": "notes",
    "suspend": "cards",
    "unsuspend": "cards",
    "changeDeck": "cards",
    "forgetCards": "cards",
    "relearnCards": "cards",
    "setDueDate": "cards",
    "setEaseFactors": "cards",
    "buryCards": "cards",
    "unburyCards": "cards",
    "setFlag": "cards",
}
"""Writes over ids that come to the same whether the ids go one by one or together."""

BESIDE: dict[str, str] = {"setEaseFactors": "easeFactors"}
"""A list that goes with the ids one by one."""

AGAIN_IS_THE_SAME = frozenset(
    {"addTags", "removeTags", "deleteNotes", "suspend", "unsuspend", "changeDeck", "setFlag"}
)
"""Writes that are the same done twice to one card or note, so that its id goes once. (Twice
the same note in one addTags is refused by Anki.)"""
