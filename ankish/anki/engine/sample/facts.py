"""What the sample collection holds, counted from the plan that it is built from.

The tests ask Anki the same searches and hold the answers against these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

from ankish.anki.engine.sample.cards import (
    LEARNING,
    NEW,
    REVIEW,
    SCHED_BURIED,
    SUSPENDED,
    USER_BURIED,
    Card,
)
from ankish.anki.engine.sample.learner import TODAY
from ankish.anki.engine.sample.media import KEPT, MISSING, media_files, references
from ankish.anki.engine.sample.notes import Note
from ankish.anki.engine.sample.plan import make_plan
from ankish.data import dataclass

Test = Callable[[Note, Card], bool]


def _deck(name: str) -> Test:
    return lambda note, card: f"{card.deck}::".startswith(f"{name}::")


def _tag(name: str) -> Test:
    return lambda note, card: any(
        f"{tag}::".casefold().startswith(f"{name}::".casefold()) for tag in note.tags
    )


def _suspended(note: Note, card: Card) -> bool:
    return card.queue == SUSPENDED


def _due(note: Note, card: Card) -> bool:
    return card.queue == LEARNING or (card.queue == REVIEW and card.due <= TODAY)


def _all(*tests: Test) -> Test:
    return lambda note, card: all(test(note, card) for test in tests)


SEARCHES: dict[str, Test] = {
    "tag:leech": _tag("leech"),
    "tag:leech is:suspended": _all(_tag("leech"), _suspended),
    "tag:leech -is:suspended": _all(_tag("leech"), lambda n, c: not _suspended(n, c)),
    "is:suspended": _suspended,
    "is:buried": lambda note, card: card.queue in (SCHED_BURIED, USER_BURIED),
    "is:due": _due,
    "is:new": lambda note, card: card.type == NEW,
    "is:learn": lambda note, card: card.in_steps,
    "-flag:0": lambda note, card: card.flag > 0,
    "prop:lapses>4": lambda note, card: card.lapses > 4,
    "prop:lapses>=8": lambda note, card: card.lapses >= 8,
    "prop:ivl>=21": lambda note, card: card.interval >= 21,
    "prop:ivl>=90": lambda note, card: card.interval >= 90,
    "deck:Spanish": _deck("Spanish"),
    "deck:Spanish is:due": _all(_deck("Spanish"), _due),
    "deck:Spanish prop:ivl>=60": _all(_deck("Spanish"), lambda n, c: c.interval >= 60),
    "deck:Spanish prop:lapses>4 prop:ivl<21": _all(
        _deck("Spanish"), lambda n, c: c.lapses > 4 and c.interval < 21
    ),
    "deck:Japanese::N3": _deck("Japanese::N3"),
    "deck:Inbox added:7": _all(_deck("Inbox"), lambda n, c: n.made < 7),
    "tag:old": _tag("old"),
    "tag:marked": _tag("marked"),
    "tag:todo": _tag("todo"),
}
"""Searches, and which cards each of them finds."""


@dataclass(frozen=True)
class SampleFacts:
    """Counts that documentation and tests may rely on.

    `searches` maps a search to the number of cards it finds; `decks` a deck to the cards
    in it alone, `models` a note type and `tags` a tag, by its exact spelling, to notes;
    `problems` what is wrong on purpose to the number of notes that have it. `reviews`
    is the number of lines of the review log. The media are names: all files, those that
    nothing uses, those that a note names and that do not exist.
    """

    notes: int
    cards: int
    reviews: int
    searches: Mapping[str, int]
    decks: Mapping[str, int]
    models: Mapping[str, int]
    tags: Mapping[str, int]
    problems: Mapping[str, int]
    media: frozenset[str]
    unused_media: frozenset[str]
    missing_media: frozenset[str]


@cache
def facts() -> SampleFacts:
    """Count the sample. Opens no collection."""
    plan = make_plan()
    pairs = [(plan.notes[card.note], card) for card in plan.cards]
    media = frozenset(media_files(list(plan.notes)))
    named = {name for note in plan.notes for name in references(note)}
    return SampleFacts(
        notes=len(plan.notes),
        cards=len(plan.cards),
        reviews=len(plan.reviews),
        searches={
            search: sum(test(note, card) for note, card in pairs)
            for search, test in SEARCHES.items()
        },
        decks=Counter(card.deck for card in plan.cards),
        models=Counter(note.model for note in plan.notes),
        tags=Counter(tag for note in plan.notes for tag in note.tags),
        problems=Counter(note.problem for note in plan.notes if note.problem),
        media=media,
        unused_media=media - named - {KEPT},
        missing_media=MISSING,
    )
