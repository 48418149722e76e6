"""What several families ask of the collection: ids, and columns of many cards at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.registry import ActionError

if TYPE_CHECKING:
    from anki.cards import Card, CardId
    from anki.collection import Collection
    from anki.dbproxy import DBProxy

NUMERAL = re.compile(r"\s*[+-]?[0-9]+\s*")


def database(col: Collection) -> DBProxy:
    """The open collection's database."""
    assert col.db is not None
    return col.db


def card_ids(cards: Iterable[object]) -> list[CardId]:
    """Card ids, strictly: what Anki's library refuses as one raises its own error.

    So `TypeError` has its words, as in recorded exchange 446; a list holding one bad id
    is refused before anything is done.
    """
    from anki.cards_pb2 import CardIds

    return list(CardIds(cids=list(cards)).cids)  # type: ignore[arg-type]


def loose_ids(ids: Iterable[object]) -> list[CardId]:
    """Ids as the actions that speak SQL take them: numbers, and texts that spell one.

    AnkiConnect puts whatever it is given into the SQL (recorded exchanges 339, 655);
    anything else is an `ActionError` here.
    """
    return [whole_number(value, "an id") for value in ids]  # type: ignore[misc]


def whole_number(value: object, what: str) -> int:
    """`value` as the whole number that it is or spells; `ActionError`, naming `what`, if none."""
    number = spelled_number(value)
    if number is None:
        raise ActionError(f"{what} must be a whole number, not {json.dumps(value)}")
    return number


def spelled_number(value: object) -> int | None:
    """The whole number that `value` is or, as a text, spells; None if it does not."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and NUMERAL.fullmatch(value):
        return int(value)
    return None


def column(col: Collection, name: str, ids: Iterable[int]) -> dict[int, Any]:
    """A column, or an SQL expression, of those cards that exist, by card id."""
    from anki.utils import ids2str

    rows = database(col).all(f"select id, {name} from cards where id in {ids2str(ids)}")
    return {row[0]: row[1] for row in rows}


def existing_cards(col: Collection, cards: Iterable[object]) -> list[CardId]:
    """Card ids, each once, in the order given; `ActionError` if one does not exist."""
    ids = list(dict.fromkeys(card_ids(cards)))
    known = column(col, "id", ids)
    for card in ids:
        if card not in known:
            raise not_found(card)
    return ids


def get_card(col: Collection, card: CardId) -> Card:
    """The card; `ActionError` in AnkiConnect's words if there is none (recorded exchange 454)."""
    from anki.errors import NotFoundError

    try:
        return col.get_card(card)
    except NotFoundError:
        raise not_found(card) from None


def not_found(card: object) -> ActionError:
    """The error for a card that does not exist (recorded exchange 462)."""
    return ActionError(f"Card was not found: {card}")
