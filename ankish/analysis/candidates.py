"""Candidates: what could be inserted at the cursor, and which of them fit best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ankish.analysis.matching import fit, prepared
from ankish.data import dataclass

MOST = 100
"""How many candidates are given at the most. Nobody scrolls further; everybody types on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be inserted.

    * **text** - what is inserted, quoted where it has to be.
    * **display** - how it is called in a menu.
    * **kind** - what it is: `command`, `verb`, `keyword`, `parameter`, `switch`, `deck`, `model`,
      `field`, `column`, `tag`, `template`, `profile`, `action`, `variable`, `function`, `value`,
      `type`, `search`, `key`, `file`, `media` or `topic`.
    * **doc** - one line about it.
    """

    text: str
    display: str
    kind: str
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """Candidates, the best first; each can replace the text from `start` to `end`."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    unknown: frozenset[str] = frozenset()
    """Kinds of names that would be offered if they were known."""


Habits = Mapping[str, int]
"""How often the user has used a name of late."""

Write = Callable[[str], "str | None"]
"""How a name is written where it is to stand; None if it can't stand there."""

Doc = str | Callable[[str], str]
"""What is said of names: the same of all, or something of each."""


class Offers:
    """Collects what fits what was typed, and puts it in order.

    A better fit comes first; among equal ones what is used most, then what was added first,
    unless it is said to come `late`, and how late.
    """

    def __init__(self, typed: str, habits: Habits | None = None) -> None:
        self.typed = typed
        self.unknown: set[str] = set()
        """Kinds of names that are not known."""
        self._habits = habits or {}
        self._found: list[tuple[int, int, int, int, Candidate]] = []

    def add(
        self,
        text: str,
        kind: str,
        doc: str = "",
        *,
        name: str | None = None,
        display: str | None = None,
        typed: str | None = None,
        late: int = 0,
    ) -> None:
        """Offer one thing, if it fits. `name` is what is typed for it, unless that is `text`."""
        name = text if name is None else name
        how = fit(self.typed if typed is None else typed, name)
        if how is not None:
            candidate = Candidate(text, name if display is None else display, kind, doc)
            self._append(how, late, name, candidate)

    def add_names(self, names: Iterable[str] | None, kind: str, doc: Doc, write: Write) -> None:
        """Offer those of many names that fit. None: they are not known."""
        if names is None:
            self.unknown.add(kind)
            return
        known = prepared(tuple(names))
        used = ((fit(self.typed, name), name) for name in self._habits if name in known)
        favourites = [(how, name) for how, name in used if how is not None]
        for how, name in dict.fromkeys([*favourites, *known.matching(self.typed, MOST)]):
            text = write(name)
            if text is not None:
                said = doc if isinstance(doc, str) else doc(name)
                self._append(how, 0, name, Candidate(text, name, kind, said))

    def _append(self, how: int, late: int, name: str, candidate: Candidate) -> None:
        use = self._habits.get(name, 0)
        self._found.append((how, late, -use, len(self._found), candidate))

    def best(self) -> tuple[Candidate, ...]:
        """The candidates, the best first, each text once."""
        self._found.sort(key=lambda found: found[:4])
        unique = {candidate.text: candidate for *_, candidate in reversed(self._found)}
        ordered = dict.fromkeys(candidate.text for *_, candidate in self._found)
        return tuple(unique[text] for text in ordered)[:MOST]
