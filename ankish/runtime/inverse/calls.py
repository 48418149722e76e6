"""What the inverses have in common: how calls, searches and verdicts are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ankish.runtime.inverse.model import DONE, NOT_DONE, PARTLY, UNSURE, Call, Verdict
from ankish.syntax.search.escape import quoted, regex_of


def call(action: str, **params: Any) -> Call:
    """An action and its parameters."""
    return Call(action, params)


def with_ids(key: str, ids: Iterable[int]) -> str:
    """A search for notes (`nid`) or cards (`cid`) by their ids; one that finds none for none."""
    return f"{key}:{','.join(map(str, ids)) or 0}"


def within(term: str, search: str) -> str:
    """A search for what a term finds among what another search finds."""
    return f"{term} ({search})" if search.strip() else term


def with_tag(tag: str) -> str:
    """A search for notes that have just this tag, in any case, and not only one below it."""
    return quoted("tag", f"re:^{regex_of(tag)}$")


def literal(name: str) -> str:
    """A name as it is written in a search, where it means nothing but itself."""
    return "".join(f"\\{c}" if c in '\\"*_:' else c for c in name)


def whole_name(key: str, name: str) -> str:
    """A search for a deck, note type or template by its whole name."""
    return quoted(key, literal(name))


def tag_names(tags: str | Iterable[str]) -> list[str]:
    """The tags that a text or list names, as Anki keeps them, each once."""
    text = tags if isinstance(tags, str) else " ".join(map(str, tags))
    names = ("::".join(part or "blank" for part in tag.split("::")) for tag in text.split())
    return list(dict.fromkeys(names))


def and_above(names: Iterable[str]) -> list[str]:
    """Tags or decks, and all those above them."""
    parts = [name.split("::") for name in names]
    return list(
        dict.fromkeys("::".join(each[:n]) for each in parts for n in range(1, len(each) + 1))
    )


def judged(
    noun: str,
    asked: Iterable[Any],
    exists: Callable[[Any], bool],
    holds: Callable[[Any], bool] | None,
    why: str = "",
) -> Verdict:
    """The verdict on items of which each exists or not, and for which it is so now or not.

    `holds` is None if nobody could be asked after the write, or if that can't be seen.
    """
    items = list(dict.fromkeys(asked))
    there = {item: None for item in items if exists(item)}
    ignored = [item for item in there if holds is not None and not holds(item)]
    done = len(there) - len(ignored)
    state = DONE if done == len(items) else PARTLY if done else NOT_DONE
    missing = tuple(item for item in items if item not in there)
    return Verdict(state, len(items), done, noun, missing, tuple(ignored), why if ignored else "")


def taken_away(noun: str, name: str, before: Sequence[Any], after: Sequence[Any] | None) -> Verdict:
    """The verdict on what was to be taken out of the names that the first read gives."""
    were, are = first(before), first(after)
    if were is None or are is None:
        return Verdict(UNSURE, noun=noun)
    return judged(noun, [name], were.__contains__, lambda _: name not in are)


def cards_to_revive(cards: Sequence[int] | None) -> list[Call]:
    """The reads of what cards that will be deleted take along: their state and their reviews."""
    if not cards:
        return []
    return [call("cardsInfo", cards=cards), call("getReviewsOfCards", cards=cards)]


def same_text(one: object, other: object) -> bool:
    """Whether two texts are the same to Anki, which drops NUL and makes accents one letter."""
    return _normal(one) == _normal(other)


def _normal(text: object) -> str:
    return unicodedata.normalize("NFC", str(text).replace("\0", ""))


def first(answers: Sequence[Any] | None, at: int = 0) -> Any:
    """One of some answers; None if there are none."""
    return answers[at] if answers is not None and len(answers) > at else None
