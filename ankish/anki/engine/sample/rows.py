"""What the sample sets itself in Anki's tables: times, tags, scheduling, the review log.

One statement for each table, the rows bound as one JSON value. A call for each row takes
forty times as long (4000 lines of the review log: 580 ms against 14 ms, measured on
Anki 26.09.3).
"""

from __future__ import annotations

import json

from ankish.anki.engine.sample.calendar import Calendar
from ankish.anki.engine.sample.cards import DAY, Card, Review
from ankish.anki.engine.sample.learner import TODAY
from ankish.anki.engine.sample.notes import Note
from ankish.anki.engine.sample.plan import Plan

Row = list[int | str]

NOTES = """
    update notes set id = v->>1, mod = v->>2, tags = v->>3
    from (select value v from json_each(?)) where id = v->>0
"""
CARDS = """
    update cards set id = v->>2, nid = v->>3, mod = v->>4, type = v->>5, queue = v->>6,
        due = v->>7, ivl = v->>8, factor = v->>9, reps = v->>10, lapses = v->>11,
        left = v->>12, flags = v->>13, data = v->>14
    from (select value v from json_each(?)) where nid = v->>0 and ord = v->>1
"""
REVIEWS = """
    insert into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type)
    select value->>0, value->>1, -1, value->>2, value->>3, value->>4, value->>5,
        value->>6, value->>7
    from json_each(?)
"""


class Rows:
    """The rows of a plan. `added` are the ids that the notes have until they are set."""

    def __init__(self, plan: Plan, calendar: Calendar, added: list[int]) -> None:
        self._plan = plan
        self._calendar = calendar
        self._added = added
        # Ids are times of creation, as Anki gives them, in the order of the notes.
        self._note_ids = [
            calendar.milliseconds((TODAY - note.made) * DAY) + 100 * index
            for index, note in enumerate(plan.notes)
        ]

    def notes(self) -> list[Row]:
        """The rows for `NOTES`."""
        return [
            [old, new, new // 1000, _joined(note)]
            for old, new, note in zip(self._added, self._note_ids, self._plan.notes, strict=True)
        ]

    def cards(self) -> list[Row]:
        """The rows for `CARDS`."""
        return [self._card(card) for card in self._plan.cards]

    def reviews(self) -> list[Row]:
        """The rows for `REVIEWS`."""
        return [self._review(review) for review in self._plan.reviews]

    def _card_id(self, card: Card) -> int:
        """A note and its first card often have the same id in Anki; here they always do."""
        return self._note_ids[card.note] + card.ord

    def _card(self, card: Card) -> Row:
        nid = self._note_ids[card.note]
        changed, due, data = nid // 1000, card.due, "{}"
        if card.reps:
            changed = self._calendar.milliseconds(card.last_review) // 1000
            data = json.dumps({"pos": card.note + 1, "lrt": changed}, separators=(",", ":"))
        if card.in_steps:
            due = self._calendar.milliseconds(card.due * 1000) // 1000
        return [
            self._added[card.note], card.ord, self._card_id(card), nid, changed,
            card.type, card.queue, due, card.interval, card.factor, card.reps,
            card.lapses, card.left, card.flag, data,
        ]  # fmt: skip

    def _review(self, review: Review) -> Row:
        return [
            self._calendar.milliseconds(review.moment),
            self._card_id(self._plan.cards[review.card]),
            review.ease, review.interval, review.last_interval, review.factor,
            review.taken, review.kind,
        ]  # fmt: skip


def _joined(note: Note) -> str:
    """Tags as Anki stores them: a space on either side of each."""
    return f" {' '.join(note.tags)} " if note.tags else ""
