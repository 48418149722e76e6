"""When a card was reviewed last: Anki keeps it with the card as well as in the review log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ankish.anki.engine.lookup import database

if TYPE_CHECKING:
    from anki.cards import Card, CardId
    from anki.collection import Collection

REVIEW = "ease > 0 and not (type = 3 and factor = 0)"
"""In SQL: a line of the log that is an answer, and not one without effect on the due date."""
RESET = "ease = 0 and factor = 0"
"""In SQL: a line that says that the card was made new again; what was before does not count."""


def settle(col: Collection, cards: Iterable[int]) -> None:
    """After a change of the log: have the cards that it speaks of tell the same.

    Anki's database check does so too, and calls it a problem. It arises when several cards
    are answered in a millisecond: the log dates them one after the other, and so some of
    them a second later than the cards do (measured on Anki 26.09.3).
    """
    changed: list[Card] = []
    for card_id, latest in _from_log(col, cards).items():
        card = col.get_card(card_id)
        if card.last_review_time != latest:
            card.last_review_time = latest
            changed.append(card)
    if changed:
        step = col.undo_status().last_step
        col.update_cards(changed)
        if step:  # it is a part of the change before, and undone with it
            col.merge_undo_entries(step)


def _from_log(col: Collection, cards: Iterable[int]) -> dict[CardId, int | None]:
    """The second of the last review of those cards that exist and have a log; None without one."""
    from anki.utils import ids2str

    rows = database(col).all(
        f"select cid, max(case when {REVIEW} then id end), max(case when {RESET} then id end)"
        f" from revlog where cid in {ids2str(cards)} and cid in (select id from cards)"
        " group by cid"
    )
    return {
        card: latest // 1000 if latest and latest > (reset or 0) else None
        for card, latest, reset in rows
    }
