"""Changing when cards are shown: answering, forgetting, relearning, due dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.lastreview import settle
from ankish.anki.engine.limits import HIGHEST_REVIEW_DAY
from ankish.anki.engine.lookup import column, loose_ids
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import CardId

DAYS = re.compile("([0-9]+)(?:-([0-9]+))?!?")
"""How the days of a due date are written."""


@action
def forgetCards(session: Session, cards: list[CardId]) -> None:
    """Make cards new again, at their first position; reviews and counts are kept.

    Cards that don't exist are passed over.
    """
    session.col.sched.schedule_cards_as_new(cards, restore_position=True)


@action
def relearnCards(session: Session, cards: list[int]) -> None:
    """Put cards into relearning, with the due value they have; nothing is logged.

    Cards that don't exist are passed over. One in a filtered deck is an error: its due
    value is a place in the deck there, and its position would be lost.
    """
    from anki.consts import CARD_TYPE_RELEARNING, QUEUE_TYPE_LRN

    col = session.col
    changed = [col.get_card(card) for card in _existing(session, loose_ids(cards))]
    for card in changed:
        if card.odid:
            raise ActionError(f"the card is in a filtered deck: {card.id}")
        card.type, card.queue = CARD_TYPE_RELEARNING, QUEUE_TYPE_LRN
    col.update_cards(changed)
    settle(col, [card.id for card in changed])


@action
def answerCards(session: Session, answers: list[dict[str, Any]]) -> list[bool]:
    """Answer each `cardId` with its `ease`, 1 to 4; false for a card that does not exist.

    An answer that is wrong is an error, but those before it stay (recorded exchange 595).
    """
    return [_answer(session, answer["cardId"], answer["ease"]) for answer in answers]


@action
def setDueDate(session: Session, cards: list[CardId], days: str) -> bool:
    """Make cards due in `days` days: "0", "3-7", with "!" setting the interval too.

    New cards become review cards. Cards that don't exist are passed over.
    """
    _check_days(session, days)
    session.col.sched.set_due_date(cards, days)
    settle(session.col, cards)
    return True


def _check_days(session: Session, days: object) -> None:
    """Refuse days that Anki's library takes, but can't keep as they are."""
    match = DAYS.fullmatch(days) if isinstance(days, str) else None
    latest = HIGHEST_REVIEW_DAY - session.col.sched.today
    if match and any(int(number) > latest for number in match.groups(default="0")):
        raise ActionError(session.col.tr.errors_parse_number_fail())


def _answer(session: Session, card_id: CardId, ease: Any) -> bool:
    from anki.errors import NotFoundError

    try:
        card = session.col.get_card(card_id)
    except NotFoundError:
        return False
    card.start_timer()
    session.col.sched.answerCard(card, ease)
    settle(session.col, [card_id])
    return True


def _existing(session: Session, ids: list[CardId]) -> list[CardId]:
    return list(column(session.col, "id", ids))  # type: ignore[arg-type]
