"""A learner: 90 days of sessions over the sample's cards, the same on every run."""

from __future__ import annotations

import random
from heapq import heappop, heappush

from ankish.anki.engine.sample.cards import (
    AGAIN,
    DAY,
    EASY,
    GOOD,
    HARD,
    REVIEW,
    SUSPENDED,
    Card,
    Review,
    answer,
)

TODAY = 100
"""The collection is so many days old; day 0 is the one it was made on."""

FIRST_DAY = TODAY - 90
HOLIDAY = range(TODAY - 40, TODAY - 36)
TIRED = range(TODAY - 5, TODAY)

USUAL, SHORT = 110, 14
"""The most answers in a session, and in one of the last days: they leave a backlog."""

HARD_TO_KEEP = 0.12
"""The share of cards that are forgotten every other time: they become the leeches."""

SUSPENDS_LEECHES = "Spanish"
"""The deck whose preset suspends leeches; the others' only tags them."""


class Learner:
    """Works through cards day by day; `reviews` is the log, `leeches` the notes to tag.

    Only `Random.random` is drawn from: its sequence is the same on every Python.
    """

    def __init__(self, cards: list[Card], seed: int = 2027) -> None:
        self.cards = cards
        self.reviews: list[Review] = []
        self.leeches: set[int] = set()
        self._random = random.Random(seed).random
        self._memory = [self._chance() for _ in cards]

    def study(self) -> None:
        """Every session from the first day to today."""
        for day in range(FIRST_DAY, TODAY + 1):
            if day not in HOLIDAY:
                self._session(day)

    def _chance(self) -> float:
        """How likely a card is remembered."""
        if self._random() < HARD_TO_KEEP:
            return 0.4 + 0.25 * self._random()
        return 0.86 + 0.13 * self._random()

    def _session(self, day: int) -> None:
        """One sitting. Cards in steps come back as soon as their time has come."""
        # Today's begins with the day, so that it is over whenever the sample is made.
        clock = day * DAY + (0 if day == TODAY else int(self._random() * 14 * 3_600_000))
        waiting = self._waiting(day)
        steps = [(card.due, index) for index, card in enumerate(self.cards) if card.in_steps]
        steps = sorted(step for step in steps if self.cards[step[1]].queue != SUSPENDED)
        for _ in range(SHORT if day == TODAY or day in TIRED else USUAL):
            if steps and (steps[0][0] * 1000 <= clock or not waiting):
                due, index = heappop(steps)
                clock = max(clock, due * 1000)
            elif waiting:
                index = waiting.pop()
            else:
                break
            clock = self._answer(index, clock)
            card = self.cards[index]
            if card.in_steps and card.queue != SUSPENDED:
                heappush(steps, (card.due, index))

    def _waiting(self, day: int) -> list[int]:
        """Reviews that are due and new cards, in random order."""
        waiting = [
            index
            for index, card in enumerate(self.cards)
            if (card.queue == REVIEW and card.due <= day)
            or (card.reps == 0 and card.starts is not None and card.starts <= day)
        ]
        return [index for _, index in sorted((self._random(), index) for index in waiting)]

    def _answer(self, index: int, clock: int) -> int:
        """Answer one card; returns the moment after it."""
        card = self.cards[index]
        ease = self._ease(index)
        taken = int(2000 + 7000 * self._random() + (6000 if ease == AGAIN else 0))
        moment = clock + taken
        review = answer(card, index, ease, moment, taken, 2 * self._random() - 1)
        self.reviews.append(review)
        if review.kind == 1 and ease == AGAIN and card.is_leech:
            self.leeches.add(card.note)
            if card.deck.split("::")[0] == SUSPENDS_LEECHES:
                card.queue = SUSPENDED
        return moment

    def _ease(self, index: int) -> int:
        """Which button: forgetting is rarer while a card is still in its steps."""
        roll, memory = self._random(), self._memory[index]
        reviewing = self.cards[index].type == REVIEW
        if roll > (memory if reviewing else (1 + memory) / 2):
            return AGAIN
        if not reviewing:
            return EASY if roll < 0.03 else GOOD
        if roll < 0.07:
            return HARD
        return EASY if roll < 0.16 else GOOD
