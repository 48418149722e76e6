"""Option presets of decks, which AnkiConnect calls deck configurations.

Deck names are compared with their case here (recorded exchange 546).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ankish.anki.engine.change import one_change
from ankish.anki.engine.lookup import database
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.decks import DeckConfigId, DeckDict

DEFAULT_PRESET = 1


@action
def getDeckConfig(session: Session, deck: str) -> dict[str, Any] | Literal[False]:
    """The preset of a deck; false if there is no such deck.

    A filtered deck has none: it is the deck itself that is given.
    """
    found = _deck(session, deck)
    if found is None:
        return False
    return session.col.decks.config_dict_for_deck_id(found["id"])


@action
def saveDeckConfig(session: Session, config: dict[str, Any]) -> bool:
    """Save a preset as a whole; false if there is none of its id, or Anki can't take it.

    An option that it leaves out goes back to Anki's default (recorded exchange 564), but for a
    few without which Anki takes none of it: its name, `maxTaken`, `autoplay`, `timer`, `new`,
    `rev`, `lapse`.
    """
    from anki.errors import BackendError

    number = int(config["id"])
    if not _exists(session, number):
        return False
    # Anki's library insists on both, and then sets them itself.
    try:
        session.col.decks.update_config({"mod": 0, "usn": 0, **config, "id": number})
    except BackendError:
        return False
    return True


@action
def setDeckConfigId(session: Session, decks: list[str], configId: int | str) -> bool:
    """Give decks a preset; false, and nothing is changed, if a deck does not exist.

    A preset that does not exist is taken for the default one (recorded exchange 556).
    """
    number = int(configId)
    found = [_deck(session, deck) for deck in decks]
    with one_change(session, steps=len(found)):
        for deck in found:
            if deck is None:
                return False
        for deck in found:
            session.col.decks.set_config_id_for_deck_dict(deck, number)  # type: ignore[arg-type]
    return True


@action
def cloneDeckConfigId(
    session: Session, name: str, cloneFrom: int | str = DEFAULT_PRESET
) -> DeckConfigId | Literal[False]:
    """Make a preset named `name` as a copy of another; its id, or false if that does not exist."""
    number = int(cloneFrom)
    original = session.col.decks.get_config(number)  # type: ignore[arg-type]
    # For an unknown id Anki's library gives the default preset.
    if original is None or original["id"] != number:
        return False
    return session.col.decks.add_config_returning_id(name, original)


@action
def removeDeckConfigId(session: Session, configId: int | str) -> bool:
    """Remove a preset; decks that have it go over to the default one.

    False if it does not exist. Anki asks for a full sync afterwards. A number that is spelled
    is looked for, but nothing of that name is removed.
    """
    number = int(configId)
    if isinstance(configId, str) and _exists(session, number):
        raise ActionError("'str' object cannot be interpreted as an integer")
    if number == DEFAULT_PRESET:
        # Asked first, since Anki's library marks the schema as changed before it refuses.
        raise ActionError("can't delete default conf")
    if not _exists(session, number):
        return False
    with one_change(session):
        session.col.decks.remove_config(number)  # type: ignore[arg-type]
    return True


def _deck(session: Session, name: object) -> DeckDict | None:
    """The deck of exactly that name; Anki's library finds it in any case."""
    decks = session.col.decks
    found = decks.by_name(name) if isinstance(name, str) else None
    return found if found is not None and found["name"] == name else None


def _exists(session: Session, number: int) -> bool:
    sql = "select count() from deck_config where id = ?"
    return bool(database(session.col).scalar(sql, number))
