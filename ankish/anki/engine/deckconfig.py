"""Option presets of decks, which AnkiConnect calls deck configurations.

Deck names are compared with their case here (recorded exchange 546).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ankish.anki.engine.decks import deckNamesAndIds
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.decks import DeckConfigDict, DeckConfigId, DeckId

DEFAULT_PRESET = 1


@action
def getDeckConfig(session: Session, deck: str) -> dict[str, Any] | Literal[False]:
    """The preset of a deck; false if there is no such deck.

    A filtered deck has none: it is the deck itself that is given.
    """
    found = _deck(session, deck)
    if found is None:
        return False
    return session.col.decks.config_dict_for_deck_id(found)


@action
def saveDeckConfig(session: Session, config: dict[str, Any]) -> bool:
    """Save a preset as a whole; false if there is none of its id.

    An option that it leaves out goes back to Anki's default (recorded exchange 564).
    """
    number = int(config["id"])
    if _preset(session, number) is None:
        return False
    # Anki's library insists on both, and then sets them itself.
    session.col.decks.update_config({"mod": 0, "usn": 0, **config, "id": number})
    return True


@action
def setDeckConfigId(session: Session, decks: list[str], configId: int | str) -> bool:
    """Give decks a preset; false, and nothing is changed, if a deck does not exist.

    A preset that does not exist is taken for the default one (recorded exchange 556).
    """
    number = int(configId)
    ids = [_deck(session, deck) for deck in decks]
    for deck in ids:
        if deck is None:
            return False
    manager = session.col.decks
    for deck in ids:
        found = manager.get(deck) if deck else None
        if found is not None:
            manager.set_config_id_for_deck_dict(found, number)  # type: ignore[arg-type]
    return True


@action
def cloneDeckConfigId(
    session: Session, name: str, cloneFrom: int | str = DEFAULT_PRESET
) -> DeckConfigId | Literal[False]:
    """Make a preset named `name` as a copy of another; its id, or false if that does not exist."""
    original = _preset(session, int(cloneFrom))
    if original is None:
        return False
    return session.col.decks.add_config_returning_id(name, original)


@action
def removeDeckConfigId(session: Session, configId: int | str) -> bool:
    """Remove a preset; decks that have it go over to the default one.

    False if it does not exist. Anki asks for a full sync afterwards.
    """
    number = int(configId)
    if number == DEFAULT_PRESET:
        # Asked first, since Anki's library marks the schema as changed before it refuses.
        raise ActionError("can't delete default conf")
    if _preset(session, number) is None:
        return False
    session.col.decks.remove_config(number)  # type: ignore[arg-type]
    return True


def _deck(session: Session, name: object) -> DeckId | None:
    ids = deckNamesAndIds(session)
    return ids.get(name) if isinstance(name, str) else None  # type: ignore[return-value]


def _preset(session: Session, number: int) -> DeckConfigDict | None:
    # Asked of the list: for an unknown id alone, Anki's library gives the default preset.
    return next((one for one in session.col.decks.all_config() if one["id"] == number), None)
