"""Everything about a card, both sides rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.registry import action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.collection import Collection
    from anki.notes import Note


@action
def cardsInfo(session: Session, cards: list[CardId]) -> list[dict[str, Any]]:
    """All about each card; `{}` for one that does not exist or whose note or template is gone."""
    col = session.col
    decks = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    return [_info(col, card, decks) for card in cards]


def _info(col: Collection, card_id: CardId, decks: dict[int, str]) -> dict[str, Any]:
    from anki.errors import NotFoundError

    try:
        card = col.get_card(card_id)
        note = card.note()
        notetype = card.note_type()
        rendered = card.render_output()
        intervals = next_intervals(col, card_id)
    except NotFoundError:
        return {}
    return {
        "cardId": card.id,
        "fields": fields_of(note),
        "fieldOrder": card.ord,
        "question": rendered.question_and_style(),
        "answer": rendered.answer_and_style(),
        "modelName": notetype["name"],
        "ord": card.ord,
        "deckName": decks.get(card.did, decks[1]),
        "css": notetype["css"],
        "factor": card.factor,
        "interval": card.ivl,
        "note": card.nid,
        "type": card.type,
        "queue": card.queue,
        "due": card.due,
        "reps": card.reps,
        "lapses": card.lapses,
        "left": card.left,
        "mod": card.mod,
        "nextReviews": intervals,
        "flags": card.flags,
    }


def fields_of(note: Note) -> dict[str, dict[str, Any]]:
    """The fields of a note as answers have them."""
    return {
        name: {"value": value, "order": order} for order, (name, value) in enumerate(note.items())
    }


def next_intervals(col: Collection, card_id: CardId) -> list[str]:
    """What Anki writes above the four answer buttons."""
    from anki.scheduler.v3 import Scheduler

    if not isinstance(col.sched, Scheduler):
        return []  # a collection still on the scheduler that Anki no longer has
    states = col._backend.get_scheduling_states(card_id)
    return list(col.sched.describe_next_states(states))
