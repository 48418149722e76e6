"""Cards: what they are, whether suspended or due, their intervals and ease."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ankish.anki.engine import limits
from ankish.anki.engine.limits import in_range
from ankish.anki.engine.lookup import (
    are_integers,
    card_ids,
    cards_where,
    column,
    database,
    get_card,
    loose_ids,
    not_found,
)
from ankish.anki.engine.registry import ActionError, action, plain_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import CardId

NEW = 0
"""The type of a card that has not been learnt yet."""
SUSPENDED = -1
"""The queue of suspended cards."""
MANY = 1000
"""Above so many cards it does not pay to name them in a search."""
LEARN_AHEAD = 20 * 60
"""Seconds. A learning step up to this long counts as due, since Anki shows such cards ahead."""


@plain_action
def cardsToNotes(session: Session, cards: list[int]) -> list[int]:
    """The notes of cards, each once, in no order; cards that don't exist are passed over."""
    return list(dict.fromkeys(column(session.col, "nid", loose_ids(cards)).values()))


@plain_action
def cardsModTime(session: Session, cards: list[CardId]) -> list[dict[str, int]]:
    """When cards were changed last, in Unix seconds; `{}` for one that does not exist."""
    ids = card_ids(cards)
    times = column(session.col, "mod", ids)
    return [{"cardId": card, "mod": times[card]} if card in times else {} for card in ids]


@action
def suspended(session: Session, card: CardId) -> bool:
    """Whether a card is suspended."""
    return get_card(session.col, card).queue == SUSPENDED


@plain_action
def areSuspended(session: Session, cards: list[CardId]) -> list[bool | None]:
    """Whether cards are suspended; null for one that does not exist."""
    ids = card_ids(cards)
    queues = column(session.col, "queue", ids)
    return [queues[card] == SUSPENDED if card in queues else None for card in ids]


@action
def suspend(session: Session, cards: list[CardId], suspend: bool = True) -> bool:
    """Suspend cards, or unsuspend them; whether there was one to do it to.

    If a card does not exist nothing is done. After a card that is as wanted already, the
    next one is not looked at: two such cards still give true (recorded exchange 459).
    """
    ids = card_ids(cards)
    queues = column(session.col, "queue", ids)
    todo: list[CardId] = []
    looked_at = True
    for card in ids:
        if looked_at and card not in queues:
            raise not_found(card)
        if looked_at and (queues[card] == SUSPENDED) == suspend:
            looked_at = False
        else:
            todo.append(card)
            looked_at = True
    if suspend:
        session.col.sched.suspend_cards(todo)
    else:
        session.col.sched.unsuspend_cards(todo)
    return bool(todo)


@action
def unsuspend(session: Session, cards: list[CardId]) -> None:
    """Unsuspend cards, as `suspend` does."""
    suspend(session, cards, suspend=False)


@plain_action
def getEaseFactors(session: Session, cards: list[CardId]) -> list[int | None]:
    """The ease of cards in permille, 0 for new ones; null for one that does not exist."""
    ids = card_ids(cards)
    eases = column(session.col, "factor", ids)
    return [eases.get(card) for card in ids]


@action
def setEaseFactors(session: Session, cards: list[CardId], easeFactors: list[int]) -> list[bool]:
    """Set the ease of each card, in permille; false at the place of one that does not exist.

    All are set, or none if a value is missing or wrong.
    """
    ids = card_ids(cards)
    known = column(session.col, "id", ids)
    changed = []
    for place, card_id in enumerate(ids):
        if card_id in known:
            card = session.col.get_card(card_id)
            card.factor = in_range(easeFactors[place], *limits.CARD["factor"])
            changed.append(card)
    session.col.update_cards(changed)
    return [card_id in known for card_id in ids]


@plain_action
def areDue(session: Session, cards: list[int]) -> list[bool]:
    """Whether cards are due today; new ones are.

    A learning step of over 20 minutes is not due before its time has come. A card that
    is neither new nor reviewed is an error, as is one that does not exist.
    """
    ids = _searched_ids(session, cards)
    new = _new_cards(session, ids)
    last = _last_reviews(session, [card for card in ids if card not in new])
    due = _due(session, [card for card, (_, ivl) in last.items() if ivl >= -LEARN_AHEAD])
    now = time.time()
    for card, (reviewed, interval) in last.items():
        if interval < -LEARN_AHEAD and reviewed / 1000 - interval <= now:
            due.add(card)
    return [card in new or card in due for card in ids]


@plain_action
def getIntervals(
    session: Session, cards: list[int], complete: bool = False
) -> list[int | list[int]]:
    """The latest interval of each card, or with `complete` all that were: days, or -seconds.

    A new card has 0. The latest of a card without reviews is an error.
    """
    ids = _searched_ids(session, cards)
    new = _new_cards(session, ids)
    reviewed = [card for card in ids if card not in new]
    if complete:
        histories = _histories(session, reviewed)
        return [0 if card in new else histories.get(card, []) for card in ids]
    last = _last_reviews(session, reviewed)
    return [0 if card in new else last[card][1] for card in ids]


def _searched_ids(session: Session, cards: list[int]) -> list[CardId]:
    """Ids as a search takes them, in digits: anything else is Anki's own search error."""
    ids = list(cards)
    if not are_integers(ids) or min(ids, default=0) < 0:
        for card in ids:
            if not (text := str(card)).isdigit() or not text.isascii():
                session.col.find_cards("cid:none")  # raises SearchError, in the user's language
        ids = [int(card) for card in ids]
    return ids  # type: ignore[return-value]


def _due(session: Session, ids: list[CardId]) -> set[CardId]:
    """Those of the cards that are due by Anki's own rule."""
    if not ids:
        return set()
    # A search for all that are due is quicker than one that names very many cards.
    among = f" cid:{','.join(map(str, ids))}" if len(ids) <= MANY else ""
    return set(session.col.find_cards(f"is:due{among}")).intersection(ids)


def _new_cards(session: Session, ids: list[CardId]) -> set[int]:
    return cards_where(session.col, f"type = {NEW}", ids)


def _last_reviews(session: Session, ids: list[CardId]) -> dict[CardId, tuple[int, int]]:
    """Time in Unix milliseconds and interval of each card's last review.

    Raises `ActionError` if one has none, as AnkiConnect (recorded exchanges 575, 579).
    """
    from anki.utils import ids2str

    # SQLite takes a bare column from the row that has the maximum.
    rows = database(session.col).all(
        f"select cid, max(id), ivl from revlog where cid in {ids2str(ids)} group by cid"
    )
    found = {card: (reviewed, interval) for card, reviewed, interval in rows}
    if len(found) < len(set(ids)):
        raise ActionError("list index out of range")
    return found


def _histories(session: Session, ids: list[CardId]) -> dict[int, list[int]]:
    from anki.utils import ids2str

    found: dict[int, list[int]] = {}
    rows = database(session.col).all(
        f"select cid, ivl from revlog where cid in {ids2str(ids)} order by id"
    )
    for card, interval in rows:
        found.setdefault(card, []).append(interval)
    return found
