"""Every action that changes something, carried out at random and taken back: all is as before.

`python -m tests.inverse.many 500` does it many times more for each action.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ankish.runtime.inverse.table import EMBEDDED, INVERSES
from tests.inverse import more_requests  # noqa: F401  registers makers
from tests.inverse.differing import unexpected
from tests.inverse.journey import do, take_back
from tests.inverse.place import Place, opened, untouched, untouched_texts, world
from tests.inverse.requests import MAKERS, requests
from tests.inverse.snapshot import buried, differences, fingerprint, snapshot

ELSEWHERE = {
    "loadProfile": "another collection is none of this one",
    "syncLogin": "it needs a server: test_sync",
    "multi": "its requests are sent as requests of their own: journal/test_undo",
}
"""Actions whose effect is on no collection."""

EXAMPLES = 3

PREPARED = ("checkMedia", "guiAnswerCard")
"""Actions that something has to be so for, to have an effect."""

FOUND: list[tuple[str, dict[str, Any], bool]] = [
    ("deleteDecks", {"decks": ["Cram", "Spanish::Nouns"], "cardsToo": True}, False),
    ("renameDeck", {"deck": "Inbox", "newName": "Inbox::X"}, True),
]
"""What random parameters have found, once."""


def taken_back(place: Place, action: str, params: dict[str, Any]) -> tuple[bool, bool]:
    """Carry an action out, take it back, and compare; whether it changed anything, and whether all
    is as it was to the last.
    """
    prepare(place, action)
    before = snapshot(place.session) if action in PREPARED else untouched()
    texts = fingerprint(place.session)
    journey = do(place, action, params)
    changed = fingerprint(place.session) != texts
    take_back(place, params, journey)
    assert not buried(place.session)
    if before is untouched() and fingerprint(place.session) == untouched_texts():
        return changed, True
    after = snapshot(place.session)
    if place.embedded and not journey.inverse.exact:
        found = differences(before, after)
    else:
        said = journey.inverse.exact
        found = unexpected(action, place.embedded, said, before, after, journey.renamed)
    assert not found, "\n".join(found)
    return changed, after == untouched()


def prepare(place: Place, action: str) -> None:
    """What has to be so for an action to have an effect."""
    if action == "guiAnswerCard":
        place.ask("guiDeckReview", name="Spanish")
        place.ask("guiShowAnswer")
    if action == "checkMedia":
        # A name that Windows can't have, one that exists in the right spelling with other
        # contents, and a picture that is no file.
        for name, held in (("con.png", b"1"), ("prn.png", b"2"), ("prn_.png", b"3")):
            (place.session.media_dir / name).write_bytes(held)
        text = "<img src=con.png> <img src=prn.png> <img src='data:image/png;base64,iVBORw0KGgo='>"
        note = {"deckName": "Inbox", "modelName": "Basic", "fields": {"Front": text}}
        place.ask("addNote", note=note)


def randomly(examples: int, steady: bool) -> settings:
    """Random parameters so many times, the same ones each time if `steady`."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        database=None,
        derandomize=steady,
    )


def many(action: str, embedded: bool, examples: int) -> int:
    """Do it with random parameters, on one collection as long as it is as it was; how often it
    changed anything.
    """
    effective = []
    with ExitStack() as stack:
        places: list[Place] = []

        @randomly(examples, steady=examples == EXAMPLES)  # the suite is; `many` is not
        @given(requests(action, world()))
        def run(params: dict[str, Any]) -> None:
            if not places:
                places.append(stack.enter_context(opened(embedded)))
            try:
                changed, same = taken_back(places[0], action, params)
            except Exception as error:
                raise AssertionError(f"{action} {params}") from error
            effective.append(changed)
            if not same:
                stack.close()
                places.clear()

        run()
    return sum(effective)


def to_test(table: dict[str, Any]) -> list[str]:
    """The actions of a table that can be taken back."""
    return [action for action, each in table.items() if action in MAKERS and not each.none]


@pytest.mark.parametrize(("action", "params", "embedded"), FOUND)
def test_what_was_found_once(action: str, params: dict[str, Any], embedded: bool) -> None:
    with opened(embedded) as place:
        taken_back(place, action, params)


@pytest.mark.parametrize("action", to_test(EMBEDDED))
def test_in_the_engine(action: str) -> None:
    many(action, True, EXAMPLES)


@pytest.mark.parametrize("action", to_test(INVERSES))
def test_through_ankiconnect(action: str) -> None:
    many(action, False, EXAMPLES)
