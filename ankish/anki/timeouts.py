"""How long an answer may take, by what is asked.

Measured on Anki 26.09.3 with up to 100,000 notes: reads take under a second, a thousand
addNotes up to 50 s, 50 updateNoteTags with the Browser open 61 s, a body of 10 MB 23 s.
Whatever another program has asked is waited for as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ankish.anki.protocol import actions_of

READ, WRITE, LONG = 30.0, 180.0, 900.0
"""Seconds for a read, a write, and what moves files or reaches the network."""
READ_PART, WRITE_PART = 0.5, 2.0
"""Seconds more for each further action of a multi."""
PAUSES = (0.0, 0.2, 1.0, 3.0)
"""Seconds before a read whose answer was lost is asked again, each time."""
CONNECT = 5.0
"""Seconds for a connection to be accepted. On loopback it takes under a millisecond."""
OVERDUE = 10.0
"""Seconds without an answer after which the user is told that Anki is waited for."""
HANDSHAKE = 10.0
"""Seconds for the first answer, which needs no work."""

_READS = """
    apiReflect areDue areSuspended cardsInfo cardsModTime cardsToNotes deckNameFromId deckNames
    deckNamesAndIds findCards findModelsById findModelsByName findNotes getActiveProfile
    getCollectionStatsHTML getDeckConfig getDecks getEaseFactors getIntervals getMediaDirPath
    getMediaFilesNames getNoteTags getNumCardsReviewedByDay getNumCardsReviewedToday getProfiles
    getReviewsOfCards getTags guiCurrentCard guiReviewActive guiSelectedNotes
    modelFieldDescriptions modelFieldFonts modelFieldNames modelFieldsOnTemplates modelNameFromId
    modelNames modelNamesAndIds modelStyling modelTemplates notesInfo notesModTime
    requestPermission retrieveMediaFile suspended version
    findDuplicateNotes getEmptyCards getFsrsParameters getState
"""
READS = frozenset(_READS.split())
"""Actions that change nothing, so that asking twice is as good as once.

getDeckStats, cardReviews and getLatestReviewID are not among them: they create a deck that
does not exist (recorded exchanges 524, 618 and 622). Nor is canAddNote and its kin: they
store the media of the note.
"""
_LONG = """
    deleteMediaFile exportPackage guiCheckDatabase guiImportFile importPackage loadProfile
    reloadCollection storeMediaFile sync
"""


def only_reads(request: Mapping[str, Any]) -> bool:
    """Whether a request, a multi with all its parts, changes nothing."""
    return all(name in READS for name in actions_of(request))


def seconds(request: Mapping[str, Any]) -> float:
    """How long the answer to a request may take, in seconds."""
    names = list(actions_of(request))
    longest = max(map(_seconds, names), default=READ)
    part = READ_PART if longest <= READ else WRITE_PART
    return longest + part * max(0, len(names) - 1)


def _seconds(name: str) -> float:
    if name == "getState":  # it may try an import on a copy; no window can be in its way
        return LONG
    if name in READS:
        return HANDSHAKE if name == "requestPermission" else READ
    return LONG if name in _LONG.split() else WRITE
