"""The names that someone may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, among: Iterable[str], limit: int = 3) -> list[str]:
    """The names most like `word`, the likest first; upper and lower case are alike.

    At most `limit`, and none that differs too much to be meant.
    """
    from difflib import get_close_matches

    names: dict[str, list[str]] = {}
    for name in among:
        names.setdefault(name.casefold(), []).append(name)
    close = get_close_matches(word.casefold(), names, limit)
    return [name for folded in close for name in names[folded]][:limit]
