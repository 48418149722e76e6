"""A card while it is learnt: what an answer does to it.

The rules of Anki's scheduler without FSRS and the rows it writes to the review log, as
observed by answering cards on Anki 26.09.3. Moments are milliseconds since the
collection was made, in days of 24 hours; `build` puts them on the calendar.
"""

from __future__ import annotations

from ankish.data import dataclass

DAY = 86_400_000

NEW, LEARNING, REVIEW, RELEARNING = range(4)
"""Card types; an answer is logged as learning 0, review 1 or relearning 2."""

SUSPENDED, USER_BURIED, SCHED_BURIED = -1, -3, -2
"""Queues of cards that are not shown."""

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4

STEPS = (60, 600)
RELEARNING_STEP = 600
"""Steps in seconds."""

LEECH_LAPSES = 8


@dataclass(frozen=True)
class Review:
    """A line of the review log. Intervals: days, or seconds when negative, as Anki has them."""

    moment: int
    card: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    taken: int
    kind: int


@dataclass
class Card:
    """A card and its scheduling.

    `note` is the index of its note, `starts` the day on which it is first studied, None
    for never. `due` is a day for a review card, a moment in seconds for one in learning,
    the position for a new one. `queue` is what Anki's column holds.
    """

    note: int
    ord: int
    deck: str
    starts: int | None
    due: int
    type: int = NEW
    queue: int = NEW
    interval: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0
    left: int = 0
    flag: int = 0
    last_review: int = 0

    @property
    def in_steps(self) -> bool:
        """Whether the card comes back the same day."""
        return self.type in (LEARNING, RELEARNING)

    @property
    def is_leech(self) -> bool:
        """Whether the number of lapses is one at which Anki acts on a leech."""
        over = self.lapses - LEECH_LAPSES
        return over >= 0 and over % (LEECH_LAPSES // 2) == 0


def answer(card: Card, index: int, ease: int, moment: int, taken: int, fuzz: float) -> Review:
    """Answer a card and return the line for the review log.

    `index` is the card's number, `taken` the thinking time in milliseconds; `fuzz`, from
    -1 to 1, shifts a long interval by up to a twentieth, as Anki does.
    """
    kind = {REVIEW: 1, RELEARNING: 2}.get(card.type, 0)
    if kind == 1:
        last = card.interval
        seconds = _answer_review(card, ease, moment // DAY, fuzz)
    else:
        last = -_current_step(card)
        seconds = _answer_step(card, ease)
    if seconds:
        card.queue, card.due = LEARNING, moment // 1000 + seconds
    else:
        card.type = card.queue = REVIEW
        card.left = 0
        card.due = moment // DAY + card.interval
    card.reps += 1
    card.last_review = moment
    interval = -seconds if seconds else card.interval
    return Review(moment, index, ease, interval, last, card.factor, taken, kind)


def _current_step(card: Card) -> int:
    """The step the card waits in, in seconds; 0 for a new one."""
    if card.type == NEW:
        return 0
    return RELEARNING_STEP if card.type == RELEARNING else STEPS[-card.left]


def _answer_step(card: Card, ease: int) -> int:
    """Answer a card that is new or in steps: the next step in seconds, 0 when it leaves them."""
    if card.type == RELEARNING:
        return RELEARNING_STEP if ease == AGAIN else 0
    if ease == AGAIN:
        card.left = len(STEPS)
    elif ease == GOOD and card.left != 1:
        card.left = 1
    else:
        card.interval, card.factor = (4 if ease == EASY else 1), 2500
        return 0
    card.type = LEARNING
    return STEPS[-card.left]


def _answer_review(card: Card, ease: int, day: int, fuzz: float) -> int:
    """Answer a card in review: the relearning step in seconds after a lapse, otherwise 0."""
    if ease == AGAIN:
        card.lapses += 1
        card.factor = max(1300, card.factor - 200)
        card.type, card.interval, card.left = RELEARNING, 1, 1
        return RELEARNING_STEP
    late = max(0, day - card.due)
    hard = max(card.interval + 1, card.interval * 1.2)
    good = max(hard + 1, (card.interval + late / 2) * card.factor / 1000)
    easy = max(good + 1, (card.interval + late) * card.factor / 1000 * 1.3)
    wanted = {HARD: hard, GOOD: good, EASY: easy}[ease]
    card.interval = max(card.interval + 1, round(wanted * (1 + 0.05 * fuzz)))
    card.factor = max(1300, card.factor + {HARD: -150, GOOD: 0, EASY: 150}[ease])
    return 0
