"""The sample's decks, their presets, and what was studied in them today."""

from __future__ import annotations

from collections import Counter

from anki.collection import Collection

from ankish.anki.engine.sample.cards import DAY
from ankish.anki.engine.sample.learner import SUSPENDS_LEECHES, TODAY
from ankish.anki.engine.sample.plan import Plan

LANGUAGES = "Languages"
"""The second preset: it suspends leeches and shows more new cards."""


def add_decks(col: Collection, plan: Plan) -> dict[str, int]:
    """Add the decks to a new collection; returns their ids by name."""
    preset = col.decks.add_config(LANGUAGES)
    preset["new"]["perDay"] = 30
    preset["lapse"]["leechAction"] = 0
    col.decks.update_config(preset)
    studied = _studied_today(plan)
    ids = {"Default": 1}
    for name in _with_parents({card.deck for card in plan.cards} - ids.keys()):
        deck = col.decks.new_deck_legacy(filtered=False)
        deck["name"], deck["collapsed"] = name, False
        deck["conf"] = preset["id"] if name.split("::")[0] == SUSPENDS_LEECHES else 1
        for key in ("newToday", "revToday", "timeToday"):
            deck[key] = [TODAY, studied[name, key]]
        ids[name] = col.decks.add_deck_legacy(deck).id
    return ids


def _studied_today(plan: Plan) -> Counter[tuple[str, str]]:
    """New cards, reviews and milliseconds of today, for each deck and those above it."""
    counts: Counter[tuple[str, str]] = Counter()
    for review in plan.reviews:
        if review.moment < TODAY * DAY:
            continue
        for name in _with_parents({plan.cards[review.card].deck}):
            counts[name, "newToday"] += review.last_interval == 0
            counts[name, "revToday"] += review.kind == 1
            counts[name, "timeToday"] += review.taken
    return counts


def _with_parents(decks: set[str]) -> list[str]:
    """The decks and all decks above them, parents first."""
    names = set()
    for deck in decks:
        parts = deck.split("::")
        names |= {"::".join(parts[: depth + 1]) for depth in range(len(parts))}
    return sorted(names)
