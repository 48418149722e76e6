"""Which of many names fit what was typed, the best first.

A name fits if it begins with what was typed, if a word in it does (`N3` in `Japanese::N3`,
`deck` in `changeDeck`), or if it has the same letters in the same order, the first of them
at the beginning of a word (`jn3`, `cd`). Case does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

PREFIX, WORD, LETTERS = 0, 1, 2
"""How well a name fits."""

MANY = 20_000
"""Of more names than these it is not looked which have the letters: that would take too long."""

_WORD = re.compile(r"(?<=[^\W_])[\W_]+(?=[^\W_])|(?<=[a-z])(?=[A-Z])")


def fit(typed: str, name: str) -> int | None:
    """How well a name fits what was typed; None if it does not."""
    wanted, folded = typed.casefold(), name.casefold()
    if folded.startswith(wanted):
        return PREFIX
    words = [0, *(match.end() for match in _WORD.finditer(name))]
    if any(folded.startswith(wanted, at) for at in words):
        return WORD
    if any(folded.startswith(wanted[0], at) and _has_letters(folded[at:], wanted) for at in words):
        return LETTERS
    return None


def _has_letters(text: str, wanted: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in wanted)


class Names:
    """Many names, made ready to be looked through: 100,000 of them within few milliseconds.

    They are kept in the order in which they are offered: those with fewer parts (`::`)
    first, else as they were given.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names, key=lambda name: name.count("::"))
        self._set = frozenset(self.names)
        self._whole = _Lines((name, at) for at, name in enumerate(self.names))
        self._words = _Lines(
            (name[match.end() :], at)
            for at, name in enumerate(self.names)
            for match in _WORD.finditer(name)
        )

    def __contains__(self, name: str) -> bool:
        return name in self._set

    def matching(self, typed: str, most: int) -> list[tuple[int, str]]:
        """The first `most` names that fit, each with how well it does, the best first."""
        if not typed:
            return [(PREFIX, name) for name in self.names[:most]]
        wanted = typed.casefold()
        found: dict[int, int] = {}
        for how, number in self._fitting(wanted):
            found.setdefault(number, how)
            if len(found) == most:
                break
        return [(how, self.names[number]) for number, how in found.items()]

    def _fitting(self, wanted: str) -> Iterator[tuple[int, int]]:
        yield from ((PREFIX, number) for number in self._whole.beginning(wanted))
        yield from ((WORD, number) for number in self._words.beginning(wanted))
        if len(self.names) <= MANY:
            yield from ((LETTERS, number) for number in self._whole.with_letters(wanted))
            yield from ((LETTERS, number) for number in self._words.with_letters(wanted))


@lru_cache(maxsize=32)
def prepared(names: tuple[str, ...]) -> Names:
    """The names made ready, once for the same names."""
    return Names(names)


class _Lines:
    """Texts in one string, one a line, and the number that each stands for."""

    def __init__(self, lines: Iterable[tuple[str, int]]) -> None:
        pairs = [(text.replace("\n", " ").casefold(), number) for text, number in lines]
        self._text = "".join(f"\n{text}" for text, _ in pairs)
        self._starts = list(accumulate((len(text) + 1 for text, _ in pairs), initial=0))
        self._numbers = [number for _, number in pairs]

    def beginning(self, wanted: str) -> Iterator[int]:
        """The numbers of the lines that begin with a text."""
        needle, at = f"\n{wanted}", -1
        while (at := self._text.find(needle, at + 1)) >= 0:
            yield self._numbers[bisect_right(self._starts, at) - 1]

    def with_letters(self, wanted: str) -> Iterator[int]:
        """The numbers of the lines that begin with the first letter and have the others later."""
        first, *rest = (re.escape(letter) for letter in wanted)
        others = "".join(f"[^\n{letter}]*{letter}" for letter in rest)
        for match in re.finditer(f"\n{first}{others}", self._text):
            yield self._numbers[bisect_right(self._starts, match.start()) - 1]
