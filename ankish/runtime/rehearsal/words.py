"""What a dry run shows of cards in the words of Anki; the journal has the numbers it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from ankish.analysis.days import today
from ankish.data import dataclass, field
from ankish.diagnostics.text import counted, one_line
from ankish.runtime.dates import SECONDS
from ankish.runtime.journal.merge import Change
from ankish.syntax.search.keywords import FLAGS

Card = dict[str, Any]

NONE = "none"
STATES = {0: "new", 1: "learning", 2: "review", 3: "relearning"}
"""What a card is, by its `type`."""
ASIDE = {-1: "suspended", -2: "buried", -3: "buried"}
"""What keeps a card from its turn, by its `queue`."""
FOLLOWS = frozenset({"logs", "newToday", "revToday", "lrnToday", "timeToday"})
"""What a change of cards brings with it: lines of the review log, what decks count of a day."""


@dataclass(slots=True)
class Known:
    """What numbers stand for: **decks** by id, and **today** as Anki counts days."""

    decks: dict[int, str] = field(default_factory=dict)
    today: int | None = None


def is_card(record: Any) -> bool:
    """Whether a record is what is known of a card."""
    return isinstance(record, dict) and "queue" in record and "due" in record


def telling(changes: Sequence[Change]) -> list[Change]:
    """The changes without what follows from others of the same write."""
    return [each for each in changes if not FOLLOWS & {*each.path}] or list(changes)


def wants_decks(changes: Iterable[Change]) -> bool:
    """Whether changes tell of decks by their ids."""
    return any(
        (bool(change.path) and str(change.path[0]).startswith("deck "))
        or any("did" in each for each in (change.before, change.after) if is_card(each))
        for change in changes
    )


def wants_today(changes: Iterable[Change]) -> bool:
    """Whether changes tell of days as Anki counts them."""
    cards = (each for c in changes for each in (c.before, c.after) if is_card(each))
    return any(map(_on_day, cards))


def differing(before: Card, after: Card, known: Known) -> str:
    """What is different about a card."""
    return ", ".join(_differing(before, after, known))


def described(card: Card, known: Known) -> str:
    """A card that comes or goes."""
    parts = [f"{state(card)} card"]
    if "did" in card:
        parts.append(f"in {deck(card['did'], known)}")
    return f"{' '.join(parts)}, {due(card, known)}"


def _differing(before: Card, after: Card, known: Known) -> Iterator[str]:
    if state(before) != state(after):
        yield f"{state(before)} → {state(after)}"
    if due(before, known) != due(after, known):
        yield f"{due(before, known)} → {due(after, known)}"
    for keys, name, words in (
        (("ivl", "interval"), "interval", _interval),
        (("factor",), "ease", _ease),
        (("did",), "deck", lambda value: deck(value, known)),
        (("odid",), "home deck", lambda value: deck(value, known)),
        (("flags",), "flag", flag),
        (("reps",), "reviews", str),
        (("lapses",), "lapses", str),
    ):
        key = next((each for each in keys if each in before and each in after), None)
        if key is not None and before[key] != after[key]:
            yield f"{name} {words(before[key])} → {words(after[key])}"


def state(card: Card) -> str:
    """What a card is, or what keeps it from its turn."""
    return ASIDE.get(card["queue"]) or STATES.get(card.get("type", 0), "of an unknown type")


def _on_day(card: Card) -> bool:
    return card.get("type") in (1, 2, 3) and 0 <= card["due"] < SECONDS


def due(card: Card, known: Known) -> str:
    """When a card is due: a place among the new ones, a day, or a time of today."""
    number = card["due"]
    if card.get("type") == 0:
        return f"position {number}"
    if not _on_day(card):
        moment = datetime.fromtimestamp(number) if number > 0 else None
        return f"due {moment:%Y-%m-%d %H:%M}" if moment else f"due {number}"
    if known.today is None:
        return f"due on day {number}"
    return f"due {today() + timedelta(days=number - known.today)}"


def deck(number: Any, known: Known) -> str:
    """The name of a deck."""
    return NONE if number == 0 else one_line(known.decks.get(number, str(number)))


def flag(number: Any) -> str:
    """The colour of a flag."""
    return FLAGS.get(str(number), str(number)) if number else NONE


def _interval(days: int) -> str:
    if days < 0:
        return counted(-days, "second")
    return counted(days, "day") if days else NONE


def _ease(permille: int) -> str:
    return f"{permille / 10:g} %" if permille else NONE


def thing(item: str, keys: Sequence[Any], value: Any, known: Known) -> str | None:
    """Something that comes or goes, by its name; None if it has none."""
    if is_card(value):
        return f"{item} {described(value, known)}"
    if item == "tags" and len(keys) == 1:
        return f"tag {one_line(str(keys[0]))}"
    if not isinstance(value, dict):
        return None
    if item.startswith("deck ") and "name" in value:
        return f"deck {one_line(value['name'])}"
    if isinstance(value.get("fields"), dict):
        first = next(iter(value["fields"].values()), "")
        return f"{item} note: {one_line(str(first))}"
    return None


def _suspended(value: Any) -> str:
    return "suspended" if value else "not suspended"


LEAVES: dict[str, Callable[[Any], str]] = {
    "suspend": _suspended,
    "unsuspend": _suspended,
    "setEaseFactors": lambda value: f"ease {_ease(value or 0)}",
    "changeDeck": lambda value: one_line(str(value)),
}
"""What AnkiConnect's answers about single cards mean, by the action that changes them."""


def place(path: Sequence[Any], known: Known) -> tuple[str, list[Any]]:
    """What a change is about: the item, a deck by its name, and the keys below it."""
    item, *keys = path or ("",)
    words = str(item)
    if words.startswith("deck ") and words[5:].isdigit():
        words = f"deck {deck(int(words[5:]), known)}"
    return words, keys
