"""Each column of cards and notes, and each two of them, come from the cheapest actions that have them."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from ankish.catalog.columns import CARD_COLUMNS, NOTE_COLUMNS
from tests.support.lab import Lab

COSTS = {
    "areSuspended": 12,
    "getEaseFactors": 14,
    "getDecks": 14,
    "cardsModTime": 13,
    "notesInfo": 21,
    "cardsInfo": 150,
}
"""Microseconds for a card or a note, as measured on Anki 26.09.3 with 100,000 notes."""

SINGLE = {
    "deck": "getDecks",
    "ease": "getEaseFactors",
    "suspended": "areSuspended",
    "cardMod": "cardsModTime",
}
"""What an action for a single column has; cardsInfo has all columns of cards."""

OF_NOTES = {column.name for column in NOTE_COLUMNS} | {"Front"}
IN_CARDS_INFO = {"noteId", "model", "Front", "fields"}
"""What cardsInfo says of the note."""

COLUMNS = [column.name for column in (*CARD_COLUMNS, *NOTE_COLUMNS)] + ["Front"]


def has(action: str, column: str, cards: bool) -> bool:
    """Whether an action has a column of cards or of notes."""
    if action == "notesInfo":
        return column in OF_NOTES
    if action == "cardsInfo":
        return cards and (column not in OF_NOTES or column in IN_CARDS_INFO)
    return cards and SINGLE.get(column) == action


def cheapest(columns: tuple[str, ...], cards: bool) -> int:
    """What the columns cost at the least for each card or note."""
    wanted = [name for name in columns if name != ("cardId" if cards else "noteId")]
    sets = [each for size in range(4) for each in combinations(COSTS, size)]
    return min(
        sum(map(COSTS.__getitem__, actions))
        for actions in sets
        if all(any(has(action, name, cards) for action in actions) for name in wanted)
    )


def fetched(lab: Lab, columns: tuple[str, ...], cards: bool) -> list[str]:
    """The actions that a plan fetches columns with."""
    selected = ", ".join(columns)
    notes = "" if cards else " | notes"
    plan = lab.explained(f"explain find deck:Spanish{notes} | select {selected}")
    asked = re.findall(r"^  (?:\$\d+ = )?(\w+) ", plan, re.MULTILINE)
    return [action for action in asked if action in COSTS]


@pytest.mark.parametrize("cards", [True, False], ids=["cards", "notes"])
def test_columns_come_from_the_cheapest_actions(reading: Lab, cards: bool) -> None:
    names = COLUMNS if cards else [name for name in COLUMNS if name in OF_NOTES]
    chosen = [*((name,) for name in names), *combinations(names, 2)]
    dear = {}
    for columns in chosen:
        actions = fetched(reading, columns, cards)
        cost, least = sum(map(COSTS.__getitem__, actions)), cheapest(columns, cards)
        if cost != least:
            dear[columns] = actions
    assert (len(chosen), dear) == (len(names) * (len(names) + 1) // 2, {})
    needless = [c for c in chosen if "cardsInfo" in fetched(reading, c, cards)]
    assert all(
        not all(name in SINGLE or name in OF_NOTES or name == "cardId" for name in each)
        for each in needless
    )
