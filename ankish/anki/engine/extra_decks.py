"""What AnkiConnect lacks for decks: renaming, and filtered decks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ankish.anki.engine.limits import in_range
from ankish.anki.engine.lookup import database
from ankish.anki.engine.registry import ActionError, own_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.decks import DeckId, FilteredDeckConfig

MOST_CARDS = 99_999
"""Anki numbers the cards of a filtered deck from -100000 on."""


@own_action
def renameDeck(session: Session, deck: str, newName: str) -> str:
    """Rename a deck, its subdecks along with it, or move it below another; its name then.

    An error if there is no such deck, or another one of the new name.
    """
    found = named_deck(session, deck)
    _check_free(session, newName, found)
    session.col.decks.rename(found, newName)
    return session.col.decks.name(found)


@own_action
def createFilteredDeck(
    session: Session,
    deck: str,
    query: str,
    limit: int = 100,
    order: str = "random",
    reschedule: bool = True,
) -> int:
    """Make a filtered deck of up to `limit` cards that a search finds; its id.

    `order` says which come first: oldestReviewedFirst, random, intervalsAscending,
    intervalsDescending, lapses, added, due, reverseAdded, retrievabilityAscending,
    retrievabilityDescending, relativeOverdueness. Without `reschedule` answers change no
    due dates. An error, with nothing made, if a deck of that name exists or nothing is found.
    """
    sched = session.col.sched
    _check_free(session, deck)
    draft = sched.get_or_create_filtered_deck(0)  # type: ignore[arg-type]
    draft.name = deck
    draft.config.reschedule = reschedule
    del draft.config.search_terms[:]
    draft.config.search_terms.add(
        search=query, limit=in_range(limit, 1, MOST_CARDS), order=_order(order)
    )
    return sched.add_or_update_filtered_deck(draft).id


@own_action
def rebuildFilteredDeck(session: Session, deck: str) -> int:
    """Send the cards of a filtered deck home, and fetch what it searches anew; how many."""
    return session.col.sched.rebuild_filtered_deck(named_deck(session, deck)).count


@own_action
def emptyFilteredDeck(session: Session, deck: str) -> int:
    """Send the cards of a filtered deck back to their own decks; how many."""
    found = named_deck(session, deck)
    sql = "select count() from cards where did = ?"
    count = int(database(session.col).scalar(sql, found))
    session.col.sched.empty_filtered_deck(found)
    return count


def named_deck(session: Session, name: str) -> DeckId:
    """The id of the deck of that name, in any case; `ActionError` if there is none."""
    found = session.col.decks.id_for_name(name)
    if found is None:
        raise ActionError(f"deck was not found: {name}")
    return found


def _check_free(session: Session, name: str, deck: int | None = None) -> None:
    """Refuse, with `ActionError`, an empty name or one that another deck than `deck` has."""
    if not name:
        raise ActionError("the name of a deck can't be empty")
    # Anki's library would take the name with a + behind it.
    if session.col.decks.id_for_name(name) not in (None, deck):
        raise ActionError(f"deck exists already: {name}")


def _order(name: str) -> FilteredDeckConfig.SearchTerm.Order.ValueType:
    from anki.decks import FilteredDeckConfig

    known = FilteredDeckConfig.SearchTerm.Order.items()
    orders: dict[str, FilteredDeckConfig.SearchTerm.Order.ValueType] = {
        _camel(constant): order for constant, order in known
    }
    if name not in orders:
        raise ActionError(f"invalid order: {name}; there are {', '.join(orders)}")
    return orders[name]


def _camel(constant: str) -> str:
    """`REVERSE_ADDED` as `reverseAdded`."""
    return re.sub("_(.)", lambda match: match[1].upper(), constant.lower())
