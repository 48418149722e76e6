"""Reviewing a deck card by card: what Anki's reviewer does, with nothing to see.

The order is that of Anki's own queue. What is kept here is the card that the client was shown,
since when, and which side of it.
"""

from __future__ import annotations

import time
from typing import Any

from ankish.anki.engine.cardsinfo import fields_of, next_intervals
from ankish.anki.engine.registry import ActionError, window_action
from ankish.anki.engine.scheduling import EASES, answer
from ankish.anki.engine.session import Review, Session


@window_action
def guiDeckReview(session: Session, name: str) -> bool:
    """Start to review a deck with its subdecks; false if there is no such deck.

    When nothing is due no review is under way afterwards, and it is true all the same.
    """
    if not guiDeckOverview(session, name):
        return False
    session.review = _next(session)
    return True


@window_action
def guiDeckOverview(session: Session, name: str) -> bool:
    """Make a deck the current one; a review ends. False if there is no such deck."""
    deck = session.col.decks.id_for_name(name)
    if deck is None:
        return False
    session.col.decks.set_current(deck)
    session.review = None
    return True


@window_action
def guiDeckBrowser(session: Session) -> None:
    """End a review."""
    session.review = None


@window_action
def guiReviewActive(session: Session) -> bool:
    """Whether a review is under way."""
    return current(session) is not None


@window_action
def guiCurrentCard(session: Session) -> dict[str, Any]:
    """The card that is to be answered, both sides rendered; an error if none is."""
    review = current(session)
    if review is None:
        raise ActionError("Gui review is not currently active.")
    card = session.col.get_card(review.card)
    rendered = card.render_output()
    return {
        "cardId": card.id,
        "fields": fields_of(card.note()),
        "fieldOrder": card.ord,
        "question": rendered.question_and_style(),
        "answer": rendered.answer_and_style(),
        "buttons": list(EASES),
        "nextReviews": next_intervals(session.col, card.id),
        "modelName": card.note_type()["name"],
        "deckName": session.col.decks.name(card.did),
        "css": card.note_type()["css"],
        "template": card.template()["name"],
    }


@window_action
def guiStartCardTimer(session: Session) -> bool:
    """Have the time for the answer begin now; false if no review is under way."""
    review = current(session)
    if review is not None:
        review.since = time.time()
    return review is not None


@window_action
def guiShowQuestion(session: Session) -> bool:
    """Turn back to the question; false if no review is under way."""
    return _turn(session, to_answer=False)


@window_action
def guiShowAnswer(session: Session) -> bool:
    """Turn to the answer, without which no ease is taken; false if no review is under way."""
    return _turn(session, to_answer=True)


@window_action
def guiAnswerCard(session: Session, ease: int) -> bool:
    """Answer the card with `ease`, 1 (again) to 4 (easy), and go on to the next one.

    False, and nothing is done, before the answer was shown and for another ease.
    """
    review = current(session)
    if review is None or not review.answer_shown or ease <= 0 or ease > max(EASES):
        return False
    card = session.col.get_card(review.card)
    card.timer_started = review.since
    answer(session, card, ease)
    return True


def current(session: Session) -> Review | None:
    """The review, of the card that is on top of Anki's queue by now; None if there is none.

    The card is another one after an answer, an undo, or a change that took it out of the
    queue. When the queue is empty the review is over.
    """
    if session.review is not None:
        now = _next(session)
        if now is None or now.card != session.review.card:
            session.review = now
    return session.review


def _next(session: Session) -> Review | None:
    sched: Any = session.col.sched
    queued = sched.get_queued_cards(fetch_limit=1).cards
    return Review(queued[0].card.id) if queued else None


def _turn(session: Session, *, to_answer: bool) -> bool:
    review = current(session)
    if review is not None:
        review.answer_shown = to_answer
    return review is not None
