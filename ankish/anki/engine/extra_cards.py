"""What AnkiConnect lacks for cards: burying, flags, the order of new cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankish.anki.engine.limits import HIGHEST_POSITION, in_range
from ankish.anki.engine.lookup import cards_where, database, existing_cards
from ankish.anki.engine.registry import ActionError, own_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import CardId

HIGHEST_FLAG = 7
NEW = 0
"""The type of a card that has not been learnt yet."""


@own_action
def buryCards(session: Session, cards: list[CardId]) -> int:
    """Hide cards until tomorrow; how many were not hidden already.

    Suspended cards stay suspended. An id that does not exist is an error.
    """
    return session.col.sched.bury_cards(existing_cards(session.col, cards)).count


@own_action
def burySiblings(session: Session, cards: list[CardId]) -> int:
    """Hide the other cards of the notes of cards until tomorrow; how many, as in `buryCards`."""
    from anki.utils import ids2str

    ids = existing_cards(session.col, cards)
    notes = f"select nid from cards where id in {ids2str(ids)}"
    found = database(session.col).list(f"select id from cards where nid in ({notes})")
    return session.col.sched.bury_cards(sorted(set(found) - set(ids))).count


@own_action
def unburyCards(session: Session, cards: list[CardId]) -> int:
    """Show buried cards again; how many of them were buried. An unknown id is an error."""
    from anki.consts import QUEUE_TYPE_MANUALLY_BURIED, QUEUE_TYPE_SIBLING_BURIED

    ids = existing_cards(session.col, cards)
    hidden = f"queue in ({QUEUE_TYPE_MANUALLY_BURIED}, {QUEUE_TYPE_SIBLING_BURIED})"
    # Picked out here, since Anki's library would unsuspend the suspended among them.
    buried = sorted(cards_where(session.col, hidden, ids))
    session.col.sched.unbury_cards(buried)  # type: ignore[arg-type]
    return len(buried)


@own_action
def setFlag(session: Session, cards: list[CardId], flag: int) -> int:
    """Give cards a flag, 1 (red) to 7 (purple), or take it away, 0; how many have changed.

    An id that does not exist is an error.
    """
    ids = existing_cards(session.col, cards)
    return session.col.set_user_flag_for_cards(in_range(flag, 0, HIGHEST_FLAG), ids).count


@own_action
def repositionNewCards(
    session: Session,
    cards: list[CardId],
    start: int = 1,
    step: int = 1,
    shuffle: bool = False,
    shift: bool = False,
) -> int:
    """Put new cards in the order given, or a random one; how many have changed.

    The first note's cards get the position `start`, each further note's `step` more; with
    `shift` the cards that were behind them move back. Cards that are not new are passed
    over, and an id that does not exist is an error.
    """
    given = existing_cards(session.col, cards)
    new = cards_where(session.col, f"type = {NEW}", given)
    # Picked out here, since Anki's library would leave gaps for the others.
    ids = [card for card in given if card in new]
    behind = _last_position(session) if shift else 0
    far = max(in_range(start, 0, HIGHEST_POSITION), behind)
    if far + in_range(step, 0, HIGHEST_POSITION) * len(ids) > HIGHEST_POSITION:
        raise ActionError(f"the position of a new card can't be above {HIGHEST_POSITION}")
    return session.col.sched.reposition_new_cards(
        ids, starting_from=start, step_size=step, randomize=shuffle, shift_existing=shift
    ).count


def _last_position(session: Session) -> int:
    return database(session.col).scalar("select max(due) from cards where type = ?", NEW) or 0
