"""How long is waited for what, and what may be asked twice."""

from __future__ import annotations

from typing import Any

import pytest

from ankish.anki import timeouts
from ankish.anki.protocol import actions_of
from ankish.catalog.actions import ACTIONS
from ankish.catalog.model import Effect

CREATES = {"getDeckStats", "cardReviews", "getLatestReviewID"}
"""Reads that create decks."""
STORES = {"canAddNote", "canAddNotes", "canAddNoteWithErrorDetail", "canAddNotesWithErrorDetail"}
"""Reads that store media."""
WINDOW = {"guiCurrentCard", "guiReviewActive", "guiSelectedNotes"}
"""They need Anki's window but only look at it."""


def multi(*names: str) -> dict[str, Any]:
    return {"action": "multi", "params": {"actions": [{"action": name} for name in names]}}


def test_what_is_asked_twice_is_what_the_catalog_calls_a_read() -> None:
    reads = {each.name for each in ACTIONS.values() if each.effect is Effect.READ}
    assert reads - CREATES - STORES | WINDOW == timeouts.READS


def test_a_multi_is_a_read_only_if_all_its_parts_are() -> None:
    assert timeouts.only_reads(multi("findNotes", "notesInfo"))
    assert not timeouts.only_reads(multi("findNotes", "suspend"))
    nested = {"action": "multi", "params": {"actions": [multi("findNotes"), multi("suspend")]}}
    assert not timeouts.only_reads(nested)
    assert list(actions_of(nested)) == ["findNotes", "suspend"]


@pytest.mark.parametrize("params", [None, [], {"actions": 5}, {"actions": [5, None, "version"]}])
def test_a_multi_that_is_none_has_no_actions(params: object) -> None:
    assert list(actions_of({"action": "multi", "params": params})) == []


def test_there_is_more_time_than_anki_was_ever_seen_to_need() -> None:
    assert timeouts.seconds({"action": "findNotes"}) > 10 * 0.2
    assert timeouts.seconds({"action": "addNotes"}) > 3 * 50  # a thousand, slowest collection
    assert timeouts.seconds(multi(*["updateNoteTags"] * 50)) > 4 * 61  # with the Browser open
    assert timeouts.seconds({"action": "storeMediaFile"}) > 10 * 23  # 10 MB
    assert timeouts.seconds({"action": "requestPermission"}) <= 10
