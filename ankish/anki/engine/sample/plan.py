"""The whole sample as plain data: notes, cards with their scheduling, the review log."""

from __future__ import annotations

from functools import cache

from ankish.anki.engine.sample.cards import (
    NEW,
    REVIEW,
    SCHED_BURIED,
    SUSPENDED,
    USER_BURIED,
    Card,
    Review,
)
from ankish.anki.engine.sample.learner import TODAY, Learner
from ankish.anki.engine.sample.notes import Note, in_order, read_content
from ankish.anki.engine.sample.untidy import DUPLICATES, STUDIED, untidy_notes
from ankish.data import dataclass, replace

REVERSED = "Basic (and reversed card)"
BOOK, WEB = "source::book", "source::web"

LOCKED = "Japanese::N5"
"""Here the second card of a note is suspended until the first one is known."""

LATER_LESSONS = frozenset({"lesson::11", "lesson::12"})
"""Lessons of the anatomy course that have not been reached: their cards are suspended."""


@dataclass(frozen=True)
class Batch:
    """Notes that were added together, and how many of their cards are begun each day."""

    notes: list[Note]
    pace: float


@dataclass(frozen=True)
class Plan:
    """What `build` writes. `Card.note` and `Review.card` are indexes into these tuples."""

    notes: tuple[Note, ...]
    cards: tuple[Card, ...]
    reviews: tuple[Review, ...]


@cache
def make_plan() -> Plan:
    """The sample, studied up to today. The same on every run."""
    batches = sorted(_batches(), key=lambda batch: -batch.notes[0].made)
    notes: list[Note] = []
    cards: list[Card] = []
    for batch in batches:
        cards += _cards_of(batch, len(notes))
        notes += batch.notes
    _suspend(notes, cards)
    learner = Learner(cards)
    learner.study()
    _bury_and_flag(cards)
    for index in learner.leeches:
        note = notes[index]
        notes[index] = replace(note, tags=in_order([*note.tags, "leech"]))
    return Plan(tuple(notes), tuple(cards), tuple(learner.reviews))


def _batches() -> list[Batch]:
    verbs = read_content(
        "spanish_verbs", "Spanish::Verbs", REVERSED, tags=("verb", BOOK), lessons=True, made=90
    )
    nouns = read_content(
        "spanish_nouns", "Spanish::Nouns", REVERSED, tags=("noun", BOOK), lessons=True, made=75
    )
    phrases = read_content("spanish_phrases", "Spanish", "Basic", tags=(WEB,), made=30)
    n5 = read_content(
        "japanese_n5", "Japanese::N5", "Vocabulary", tags=(BOOK,), lessons=True, made=86
    )
    n3 = read_content("japanese_n3", "Japanese::N3", "Vocabulary", tags=(WEB,), made=21)
    sentences = read_content("japanese_sentences", "Japanese::N3", "Sentence", tags=(WEB,), made=18)
    capitals = read_content("capitals", "Geography", REVERSED, tags=(WEB,), made=60)
    rivers = read_content("geography_cloze", "Geography", "Cloze", tags=(BOOK,), made=45)
    flags = read_content("flags", "Geography", "Basic", tags=("flag", WEB), made=88)
    anatomy = read_content(
        "anatomy", "Medicine::Anatomy", "Basic", tags=(BOOK,), lessons=True, made=50
    )
    lists = read_content("anatomy_cloze", "Medicine::Anatomy", "Cloze", tags=(BOOK,), made=12)
    inbox = read_content("inbox", "Inbox", "Basic", made=-2)
    return [
        Batch(verbs, 3),
        Batch(nouns, 1.2),
        Batch(phrases, 0.5),
        Batch(n5, 1.5),
        Batch(n3, 1.5),
        Batch(sentences, 0.5),
        Batch(capitals, 1.5),
        Batch(rivers, 1),
        Batch(flags, 1),
        Batch(anatomy, 0.8),
        Batch(lists, 0),
        Batch(inbox, 0),
        Batch(untidy_notes(STUDIED, made=65), 1),
        Batch(untidy_notes(DUPLICATES, made=16), 0),
    ]


def _cards_of(batch: Batch, first: int) -> list[Card]:
    """The cards of a batch whose first note has the index `first`.

    A note's second card is begun a day after the first, as Anki buries siblings.
    """
    cards: list[Card] = []
    for index, note in enumerate(batch.notes, start=first):
        for ordinal in note.ordinals():
            starts = None
            if batch.pace:
                starts = TODAY - note.made + int(len(cards) / batch.pace) + (ordinal > 0)
            cards.append(Card(index, ordinal, note.deck, starts, due=index + 1))
    return cards


def _suspend(notes: list[Note], cards: list[Card]) -> None:
    """Suspend what waits for something: locked second cards, lessons not reached."""
    for card in cards:
        note = notes[card.note]
        locked = note.deck == LOCKED and card.ord > 0
        later = note.deck == "Medicine::Anatomy" and not LATER_LESSONS.isdisjoint(note.tags)
        if locked or later:
            card.starts, card.queue = None, SUSPENDED


def _bury_and_flag(cards: list[Card]) -> None:
    """Bury three of today's cards, two as siblings and one by hand; flag a few."""
    due = [c for c in cards if c.deck == "Geography" and c.queue == REVIEW and c.due <= TODAY]
    for card, queue in zip(due, (SCHED_BURIED, SCHED_BURIED, USER_BURIED), strict=False):
        card.queue = queue
    studied = [card for card in cards if card.type != NEW]
    for card in sorted(studied, key=lambda card: -card.lapses)[:3]:
        card.flag = 1
    for number, card in enumerate(studied[25::50]):
        card.flag = card.flag or 2 + number % 6
