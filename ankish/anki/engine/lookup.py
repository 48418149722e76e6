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

INTEGERS = frozenset({int})
NUMERAL = re.compile(r"\s*[+-]?[0-9]+\s*")


def database(col: Collection) -> DBProxy:
    """The open collection's database."""
    assert col.db is not None
    return col.db


def card_ids(cards: Iterable[object]) -> list[CardId]:
    """Card ids, strictly: what Anki's library refuses as one raises its own error.

    So `TypeError` has its words, as in recorded exchange 446; a list holding one bad id
    is refused before anything is done. As the library does, null is taken for 0, no card.
    """
    from anki.cards_pb2 import CardId, CardIds

    given: list[Any] = list(cards)
    try:
        return list(CardIds(cids=given).cids)
    except (TypeError, ValueError):  # the library's words are those for a single card
        return [CardId(cid=card).cid for card in given]  # type: ignore[misc]


def loose_ids(ids: Iterable[object]) -> list[CardId]:
    """Ids as the actions that speak SQL take them: numbers, and texts that spell one.

    AnkiConnect puts whatever it is given into the SQL (recorded exchanges 339, 655), so
    that 5.0 is 5 as well; anything else is an `ActionError` here.
    """
    given = list(ids)
    if not are_integers(given):
        given = [whole_number(value, "an id") for value in given]
    return given  # type: ignore[return-value]


def are_integers(values: Iterable[object]) -> bool:
    """Whether all are whole numbers, and none is a boolean; quick for 100,000 of them."""
    return INTEGERS.issuperset(map(type, values))


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
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None


def column(col: Collection, name: str, ids: Iterable[int], table: str = "cards") -> dict[int, Any]:
    """A column, or an SQL expression, of those cards (or notes) that exist, by id."""
    from anki.utils import ids2str

    # As two texts: 100,000 rows take Anki's library twice as long.
    texts = database(col).first(
        f"select json_group_array(id), json_group_array({name})"
        f" from {table} where id in {ids2str(ids)}"
    )
    known, values = map(from_json, texts or ())
    return dict(zip(known, values, strict=True))


def from_json(text: str) -> Any:
    """What SQLite has written as JSON; read by what Anki's library uses, in half of the time."""
    from anki.utils import from_json_bytes

    return from_json_bytes(text)


def cards_where(col: Collection, condition: str, ids: Iterable[int]) -> set[int]:
    """Those of the cards that exist and for which an SQL condition holds."""
    from anki.utils import ids2str

    text = database(col).scalar(
        f"select json_group_array(id) from cards where id in {ids2str(ids)} and {condition}"
    )
    return set(from_json(text))


def existing_cards(col: Collection, cards: Iterable[object]) -> list[CardId]:
    """Card ids, each once, in the order given; `ActionError` if one does not exist."""
    ids = list(dict.fromkeys(card_ids(cards)))
    # What is missing, and not what is there: then SQLite has nothing to hand over.
    missing = database(col).scalar(
        "select value from json_each(?) where value not in (select id from cards) limit 1",
        json.dumps(ids),
    )
    if missing is not None:
        raise not_found(missing)
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
