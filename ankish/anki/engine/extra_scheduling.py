"""What AnkiConnect lacks for scheduling: copying it, and reading FSRS's parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.change import one_change
from ankish.anki.engine.extra_decks import named_deck
from ankish.anki.engine.lastreview import settle
from ankish.anki.engine.lookup import database, get_card
from ankish.anki.engine.registry import ActionError, own_action
from ankish.anki.engine.reviews import COLUMNS
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import Card, CardId
    from anki.dbproxy import DBProxy

COPIED = (
    "type",
    "queue",
    "due",
    "ivl",
    "factor",
    "reps",
    "lapses",
    "left",
    "original_position",
    "custom_data",
    "memory_state",
    "desired_retention",
    "decay",
    "last_review_time",
)


@own_action
def copyScheduling(session: Session, source: CardId, target: CardId, reviews: bool = False) -> None:
    """Give the card `target` the due date, interval, ease, counts and FSRS state of `source`.

    With `reviews` it gets a copy of its reviews too, which then count twice in statistics.
    A card in a filtered deck is an error.
    """
    original, card = _at_home(session, source), _at_home(session, target)
    if original.id == card.id:
        return
    for name in COPIED:
        setattr(card, name, getattr(original, name))
    with one_change(session):
        if reviews:
            _copy_reviews(database(session.col), original.id, card.id)
        session.col.update_card(card)
        settle(session.col, [card.id])


@own_action
def getFsrsParameters(session: Session, deck: str) -> dict[str, Any]:
    """What FSRS uses for a deck, from its preset.

    `enabled` - whether FSRS is on, for the whole collection; `parameters` - empty when Anki's
    defaults are in use; `desiredRetention` - 0 to 1; `preset` - its name.
    """
    found = session.col.decks.get(named_deck(session, deck))
    assert found is not None, "it was found by its name"
    if found["dyn"]:
        raise ActionError(f"a filtered deck has no FSRS parameters: {found['name']}")
    preset = session.col.decks.config_dict_for_deck_id(found["id"])
    return {
        "enabled": bool(session.col.get_config("fsrs", False)),
        "preset": preset["name"],
        # Anki uses the newest that there are.
        "parameters": preset["fsrsParams6"] or preset["fsrsParams5"] or preset["fsrsWeights"],
        "desiredRetention": preset["desiredRetention"],
    }


def _at_home(session: Session, card_id: CardId) -> Card:
    card = get_card(session.col, card_id)
    if card.odid:
        raise ActionError(f"the card is in a filtered deck: {card_id}")
    return card


def _copy_reviews(db: DBProxy, source: CardId, target: CardId) -> None:
    names = ", ".join(COLUMNS)
    for row in db.all(f"select {names} from revlog where cid = ? order by id", source):
        reviewed, _, _, *rest = row
        while db.scalar("select 1 from revlog where id = ?", reviewed):
            reviewed += 1  # a review is known by its millisecond
        places = ", ".join("?" * len(COLUMNS))
        # usn -1: not yet sent to the sync server
        db.execute(f"insert into revlog ({names}) values ({places})", reviewed, target, -1, *rest)
