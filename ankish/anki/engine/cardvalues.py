"""Setting the columns of a card directly, kept from breaking the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine import limits
from ankish.anki.engine.change import one_change
from ankish.anki.engine.lastreview import settle
from ankish.anki.engine.limits import HIGHEST_POSITION, HIGHEST_REVIEW_DAY, in_range
from ankish.anki.engine.lookup import database, get_card
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import Card, CardId
    from anki.collection import Collection

RISKY = frozenset(limits.CARD) - {"due", "factor", "flags"} | {"mod", "usn"}
"""The columns that are set only with `warning_check`."""

NEW, REVIEW = 0, 2


@action
def setSpecificValueOfCard(
    session: Session,
    card: CardId,
    keys: list[str],
    newValues: list[Any],
    warning_check: bool = False,
) -> list[Any] | bool:
    """Set columns of a card: `[true]`, or `[[false, why]]` with nothing stored.

    False if the parameters don't fit together, or a risky column is set without
    `warning_check`. A column that does not exist is passed over (recorded exchange 497).
    What Anki's database check would take for damage, and mend by deleting, is refused.
    """
    if isinstance(card, list) or not isinstance(keys, list) or not isinstance(newValues, list):
        return False
    if len(keys) != len(newValues):
        return False
    if not warning_check and any(key in RISKY for key in keys):
        return False
    try:
        found = get_card(session.col, card)
        before = get_card(session.col, card)
        for key, value in zip(keys, newValues, strict=True):
            if key in limits.CARD:
                setattr(found, key, in_range(value, *limits.CARD[key]))
        _check(session.col, found, before)
        if found.type == before.type:
            session.col.update_card(found)
        else:
            with one_change(session):
                session.col.update_card(found)
                settle(session.col, [found.id])
    except Exception as error:
        return [(False, str(error))]
    return [True]


def _check(col: Collection, card: Card, before: Card) -> None:
    """Refuse, with `ActionError`, what Anki's database check would call damage."""
    if (card.id, card.nid) != (before.id, before.nid):
        raise ActionError("a card can't be given another id or another note")
    if card.ord != before.ord:
        _check_template(col, card)
    if (card.did, card.odid, card.odue) != (before.did, before.odid, before.odue):
        _check_decks(col, card)
    if card.type == NEW and card.due > HIGHEST_POSITION:
        raise ActionError(f"the position of a new card can't be above {HIGHEST_POSITION}")
    if REVIEW in (card.type, card.queue) and card.due > HIGHEST_REVIEW_DAY:
        raise ActionError(f"the day of a review can't be above {HIGHEST_REVIEW_DAY}")


def _check_template(col: Collection, card: Card) -> None:
    from anki.consts import MODEL_STD

    notetype = card.note_type()
    if notetype["type"] == MODEL_STD and card.ord >= len(notetype["tmpls"]):
        raise ActionError(f"{notetype['name']} has no template {card.ord}")
    sql = "select 1 from cards where nid = ? and ord = ? and id != ?"
    if database(col).scalar(sql, card.nid, card.ord, card.id):
        raise ActionError(f"the note has a card {card.ord} already")


def _check_decks(col: Collection, card: Card) -> None:
    deck = col.decks.get(card.did, default=False)
    if deck is None:
        raise ActionError(f"deck was not found: {card.did}")
    if deck["dyn"]:
        home = col.decks.get(card.odid, default=False)
        if home is None or home["dyn"]:
            raise ActionError("a card in a filtered deck needs a home deck")
    elif card.odid or card.odue:
        raise ActionError("only a card in a filtered deck has a home deck")
