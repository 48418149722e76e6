"""Changing when cards are shown: answering, forgetting, relearning, due dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.change import one_change
from ankish.anki.engine.lastreview import settle
from ankish.anki.engine.limits import HIGHEST_REVIEW_DAY
from ankish.anki.engine.lookup import cards_where, column, database, loose_ids
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import Card, CardId

EASES = (1, 2, 3, 4)
"""Again, hard, good, easy, in the order in which Anki's library numbers them from 0."""
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
    from anki.consts import CARD_TYPE_NEW, CARD_TYPE_RELEARNING, QUEUE_TYPE_LRN

    col = session.col
    changed = [col.get_card(card) for card in _existing(session, loose_ids(cards))]
    new = [card.id for card in changed if card.type == CARD_TYPE_NEW]
    for card in changed:
        if card.odid:
            raise ActionError(f"the card is in a filtered deck: {card.id}")
        card.type, card.queue = CARD_TYPE_RELEARNING, QUEUE_TYPE_LRN
    with one_change(session, steps=2 if new else 1):
        col.update_cards(changed)
        settle(col, new)


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
    from anki.consts import CARD_TYPE_NEW

    _check_days(session, days)
    ids = [card for card in cards if type(card) is int]  # the library refuses all others below
    new = cards_where(session.col, f"type = {CARD_TYPE_NEW}", ids)
    with one_change(session, steps=2 if new else 1):
        session.col.sched.set_due_date(cards, days)
        settle(session.col, new)
    return True


def _check_days(session: Session, days: object) -> None:
    """Refuse days that Anki's library takes, but can't keep as they are."""
    match = DAYS.fullmatch(days) if isinstance(days, str) else None
    latest = HIGHEST_REVIEW_DAY - session.col.sched.today
    # Enough digits to be too late, and not so many that Python refuses to read them.
    numbers = (number.lstrip("0")[:20] or "0" for number in match.groups("")) if match else ()
    if any(int(number) > latest for number in numbers):
        raise ActionError(session.col.tr.errors_parse_number_fail())


def _answer(session: Session, card_id: CardId, ease: Any) -> bool:
    from anki.errors import NotFoundError

    try:
        card = session.col.get_card(card_id)
    except NotFoundError:
        return False
    card.start_timer()
    answer(session, card, ease)
    return True


def answer(session: Session, card: Card, ease: Any) -> None:
    """Answer a card with `ease`, 1 (again) to 4 (easy); the time since its timer is logged.

    Raises `ActionError` for another `ease` (recorded exchange 595).
    """
    from anki.errors import InvalidInput

    if ease not in EASES:
        raise ActionError("invalid ease")
    col = session.col
    sched: Any = col.sched
    states = col._backend.get_scheduling_states(card.id)
    made = sched.build_answer(card=card, states=states, rating=EASES.index(ease))
    # The log has one answer for a millisecond, and dates a second one later than the card
    # does: Anki's database check finds fault with that. Here the card has it from the log.
    made.answered_at_millis = database(col).scalar(
        "select iif(?1 in (select id from revlog), (select max(id) + 1 from revlog), ?1)",
        made.answered_at_millis,
    )
    try:
        sched.answer_card(made)
    except InvalidInput:  # the library's queue, which a review has made, has another card on top
        with one_change(session):
            col.update_card(card)  # it makes the queue anew
            step = col.undo_status().last_step
            sched.answer_card(made)
            col.merge_undo_entries(step)


def _existing(session: Session, ids: list[CardId]) -> list[CardId]:
    return list(column(session.col, "id", ids))  # type: ignore[arg-type]
