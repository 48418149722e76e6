"""When a card was reviewed last: Anki keeps it with the card as well as in the review log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ankish.anki.engine.lookup import database

if TYPE_CHECKING:
    from anki.cards import Card, CardId
    from anki.collection import Collection

REVIEW = "r.ease > 0 and not (r.type = 3 and r.factor = 0)"
"""In SQL: a line of the log that is an answer, and not one without effect on the due date."""
RESET = "r.ease = 0 and r.factor = 0 and r.type = 4"
"""In SQL: a line that says that the card was made new again; what was before does not count."""


def settle(col: Collection, cards: Iterable[int]) -> None:
    """Have cards tell the same as the log, which they don't always do after a change.

    Anki's database check mends that for cards that are not new, and calls it a problem. It
    arises when the log is written, and when a card that was made new gets a due date, for it
    still tells when it was reviewed before that (measured on Anki 26.09.3).
    """
    changed: list[Card] = []
    for card_id, latest in _differing(col, cards):
        card = col.get_card(card_id)
        card.last_review_time = latest
        changed.append(card)
    if changed:
        step = col.undo_status().last_step
        col.update_cards(changed)
        if step:  # it is a part of the change before, and undone with it
            col.merge_undo_entries(step)


def _differing(col: Collection, cards: Iterable[int]) -> list[tuple[CardId, int | None]]:
    """The cards that have a log and tell something else, and the second of their last review."""
    from anki.utils import ids2str

    # The log's lines are counted up before the cards are looked at: there are many of them.
    rows = database(col).all(
        "select c.id, iif(review < reset, null, review / 1000) as latest from ("
        f"select cid, max(iif({REVIEW}, r.id, null)) as review, max(iif({RESET}, r.id, 0)) as reset"
        f" from revlog r where cid in {ids2str(cards)} group by cid"
        ") join cards c on c.id = cid"
        " where latest is not iif(json_valid(c.data), json_extract(c.data, '$.lrt'), null)"
    )
    return [(card, latest) for card, latest in rows]
