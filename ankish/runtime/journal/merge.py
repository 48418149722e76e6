"""Answers compared leaf by leaf: what a write has changed, and what others have since.

Three answers to the same read are looked at together: from BEFORE the write, from AFTER it,
and from NOW. A leaf that the write has changed and that is NOW as it was AFTER is put back.
One that is NOW as BEFORE is back already. Any other was changed by somebody else: it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ankish.data import dataclass, field, replace
from ankish.runtime.chunks import Outgoing
from ankish.syntax.search.escape import unescaped

STAMPS = frozenset({"mod", "usn"})
"""Keys that say when something was changed: nobody changes them as such."""

RENDERED = frozenset({"question", "answer", "css", "nextReviews"})
"""Keys of a card's record that say how it looks, which follows from other things."""

OF_NOTES = RENDERED | {"fields"}
"""The same, and the keys that say what the note of the card holds."""

TOGETHER = frozenset(
    "type queue due interval ivl factor reps lapses left did odid odue data".split()
)
"""Keys of a card's record that only make sense together: they say when it is shown, and where."""
SCHEDULE = "schedule"
"""What they are called together."""

WHOLE = frozenset({"models", "reviews"})
"""Tables of a state with records that are put back as a whole, or not at all."""

SETS = frozenset("findNotes findCards getTags deckNames modelNames getMediaFilesNames".split())
"""Reads that answer with a list of which the order means nothing."""


SEARCHES = frozenset({"findNotes", "findCards"})
"""Reads that answer with what a search finds."""
_TAG = re.compile(r'"?tag:re:\^(.*?)\$"?(?: |$)')
"""A search for the notes with a tag."""


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Any = _Absent()
"""What stands for a key or an item that is not there."""

Path = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A leaf that a write has changed.

    * **path** - where it is: item, then keys. The item is an id, or what the read was about.
    * **before**, **after**, **now** - its values, `ABSENT` where it is not there.
    """

    path: Path
    before: Any
    after: Any
    now: Any

    @property
    def by_others(self) -> bool:
        """Whether somebody else has changed it since."""
        return not same(self.now, self.after) and not same(self.now, self.before)


@dataclass(slots=True)
class Merged:
    """What three answers come to: **target** - NOW with what is put back; the changes."""

    target: Any = None
    changes: list[Change] = field(default_factory=list)


def merge(call: Outgoing, before: Any, after: Any, now: Any, force: bool = False) -> Merged:
    """The target for answers to `call`; with `force`, what others have changed goes too."""
    merged = Merged()
    if call.action == "getDecks" and None not in (before, after, now):
        # By deck it is told which cards are in it; each card is in one.
        three = _by_card(before), _by_card(after), _by_card(now)
        merged.target = _by_deck(_records(merged, (), call, three, force))
    else:
        merged.target = _merge(merged, item_of(call), call, (before, after, now), force)
    if call.action == "getState":
        if not force:
            _spare_whole_notes(merged)
        merged.changes = [replace(c, path=_of_state(c.path)) for c in merged.changes]
    return merged


def differences(call: Outgoing, before: Any, after: Any) -> list[Change]:
    """What is different after a write."""
    return merge(call, before, after, after).changes


def item_of(call: Outgoing) -> Path:
    """What a read is about: the one name or id that it is given, if it is one."""
    given = [v for v in call.params.values() if isinstance(v, str | int)]
    return (given[0],) if len(given) == 1 else ()


def _merge(
    merged: Merged, path: Path, call: Outgoing, three: tuple[Any, Any, Any], force: bool
) -> Any:
    before, after, now = three
    if all(isinstance(each, dict) for each in three) and not _is_whole(path, call, three):
        return _records(merged, path, call, three, force)
    if all(isinstance(each, list) for each in three):
        top = path == item_of(call)
        if _tags(path) or (top and call.action in SETS):
            return _sets(merged, path, call, three)
        if len(before) == len(after) == len(now):
            names = _names(call, len(now)) if top else list(range(len(now)))
            inner = path[: 0 if top else None]
            return [
                _merge(merged, (*inner, name), call, each, force)
                for name, each in zip(names, zip(before, after, now, strict=True), strict=True)
            ]
    return _leaf(merged, path, three, force)


def _records(
    merged: Merged, path: Path, call: Outgoing, three: tuple[Any, Any, Any], force: bool
) -> dict[str, Any]:
    target: dict[str, Any] = {}
    volatile = STAMPS | RENDERED if any("cardId" in each for each in three) else STAMPS
    together = TOGETHER if all("queue" in each for each in three) else frozenset()
    if together:
        was, left, is_now = ({k: each[k] for k in each if k in together} for each in three)
        target |= _leaf(merged, (*path, SCHEDULE), (was, left, is_now), force)
    for key in dict.fromkeys(key for each in three for key in each):
        leaves: tuple[Any, Any, Any] = tuple(each.get(key, ABSENT) for each in three)
        if key in together:
            continue
        if key in volatile:
            value = leaves[2] if leaves[2] is not ABSENT else leaves[0]
        else:
            value = _merge(merged, (*path, key), call, leaves, force)
        if value is not ABSENT:
            target[key] = value
    return target


def _spare_whole_notes(merged: Merged) -> None:
    """Leave a note that the write has made with all its cards, where somebody else has changed one
    of them: the one does not stay without the others.
    """
    made = [
        (str(each.path[1] if each.path[0] == "notes" else each.after["nid"]), each)
        for each in merged.changes
        if len(each.path) == 2 and each.path[0] in ("notes", "cards") and each.before is ABSENT
    ]
    changed = {note for note, each in made if each.by_others}
    spared = {each.path: each for note, each in made if note in changed and not each.by_others}
    for (table, item), each in spared.items():
        if each.now is not ABSENT:
            merged.target.setdefault(table, {})[item] = each.now
    merged.changes = [each for each in merged.changes if each.path not in spared]


def _is_whole(path: Path, call: Outgoing, three: tuple[Any, Any, Any]) -> bool:
    """Whether records of a state are one leaf: note types, and notes that had another type."""
    if call.action != "getState" or len(path) != 2:
        return False
    return path[0] in WHOLE or len({each.get("mid") for each in three}) > 1


def _leaf(merged: Merged, path: Path, three: tuple[Any, Any, Any], force: bool) -> Any:
    before, after, now = three
    if same(before, after):
        return now
    change = Change(path, before, after, now)
    merged.changes.append(change)
    return now if change.by_others and not force else before


def _by_card(decks: dict[str, list[int]]) -> dict[Any, str]:
    return {card: deck for deck, cards in decks.items() for card in cards}


def _by_deck(cards: dict[Any, str]) -> dict[str, list[Any]]:
    decks: dict[str, list[Any]] = {}
    for card, deck in cards.items():
        decks.setdefault(deck, []).append(card)
    return decks


def _sets(merged: Merged, path: Path, call: Outgoing, three: tuple[Any, Any, Any]) -> list[Any]:
    """Items of lists whose order means nothing; each is a leaf that is there or not."""
    before, after, now = (dict.fromkeys(map(_key, each)) for each in three)
    values = {_key(item): item for each in three for item in each}
    target = dict(now)
    for key in values:
        if (key in before) == (key in after):
            continue
        item = values[key]
        place, shown = _place(path, call, item)
        states = (shown if key in each else ABSENT for each in (before, after, now))
        merged.changes.append(Change(place, *states))
        if key in before:
            target[key] = None
        else:
            target.pop(key, None)
    if set(target) == set(before):
        return list(three[0])
    # Anki keeps the tags of a note in this order.
    keys = sorted(target, key=lambda tag: str(tag).casefold()) if _tags(path) else target
    return [values[key] for key in keys]


def _place(path: Path, call: Outgoing, item: Any) -> tuple[Path, Any]:
    """Where an item of a set is, and how it is shown. What is found is what a search is about."""
    if call.action not in SEARCHES or not path:
        return (*path, item), item
    if (tag := _TAG.match(str(path[0]))) is not None:
        name = unescaped(tag[1])
        return (item, "tags", name), name
    return (item, str(path[0])), item


def _of_state(path: Path) -> Path:
    """Where something of a state is: what it is about first, and what of it then."""
    table, *rest = path
    if not rest or not str(rest[0]).isdigit():
        return path
    about = int(rest[0])
    if table in ("notes", "cards"):
        return (about, *rest[1:])
    return (about, table) if table == "logs" else (f"{table[:-1]} {about}", *rest[1:])


def _key(item: Any) -> Any:
    return item if isinstance(item, str | int | float | None) else repr(item)


def _tags(path: Path) -> bool:
    return bool(path) and path[-1] == "tags"


def _names(call: Outgoing, count: int) -> list[Any]:
    """What the items of an answer are: the ids that were asked about, if there are as many."""
    for value in call.params.values():
        if isinstance(value, list) and len(value) == count:
            return list(value)
    return list(range(count))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, but for what is volatile."""
    return one is other or bool(steady(one) == steady(other))


def steady(value: Any) -> Any:
    """A value without what says when it was changed, and how it looks."""
    if isinstance(value, dict):
        volatile = STAMPS | RENDERED if "cardId" in value else STAMPS
        return {key: steady(each) for key, each in value.items() if key not in volatile}
    return [steady(each) for each in value] if isinstance(value, list) else value


def lean(answers: list[Any] | None) -> list[Any] | None:
    """Answers without what cards look like and what their notes hold: no write that looks at cards
    changes it, and it is four fifths of what there is to write down.
    """
    if answers is None:
        return None
    return [
        [
            {key: value for key, value in each.items() if key not in OF_NOTES}
            if isinstance(each, dict) and "cardId" in each
            else each
            for each in answer
        ]
        if isinstance(answer, list) and any(isinstance(each, dict) for each in answer[:1])
        else answer
        for answer in answers
    ]


def by_others(changes: list[Change]) -> Iterator[Change]:
    """Those of some changes that somebody else has changed again."""
    return (change for change in changes if change.by_others)
