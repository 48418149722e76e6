"""What the user has typed of late: that comes first among what fits equally well."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping

LINES = 300
"""How many lines are remembered."""

_WORD = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'|[^\s|=(){}\[\],;"']+""")
_TERM = re.compile(r"-?([\w-]+:)(.+)", re.DOTALL)


class Habits:
    """Counts the words of the latest lines.

    **used** is replaced whole at every line, so that it can be read from any thread.
    """

    def __init__(self) -> None:
        self.used: Mapping[str, int] = {}
        self._lines: deque[frozenset[str]] = deque(maxlen=LINES)

    def learn(self, line: str) -> None:
        """Take in a line that was entered."""
        self._lines.append(frozenset(_words(line)))
        self.used = Counter(word for words in self._lines for word in words)


def _words(text: str) -> Iterator[str]:
    """The words of a line, those in quotes whole; of a search's terms, both sides too."""
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0] in "\"'":
            yield word[1:-1]
            yield from _words(word[1:-1])
            continue
        yield word
        if term := _TERM.fullmatch(word):
            yield from term.groups()
