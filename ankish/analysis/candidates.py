"""Candidates: what could be inserted at the cursor, and which of them fit best."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
      `type`, `search`, `key` or `topic`.
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


Write = Callable[[str], "str | None"]
"""How a name is written where it is to stand; None if it can't stand there."""


class Offers:
    """Collects what fits what was typed, and puts it in order.

    A better fit comes first; among equal ones what was added first, unless it is said to
    come `late`, and how late.
    """

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self._found: list[tuple[int, int, int, Candidate]] = []

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
            self._found.append((how, late, len(self._found), candidate))

    def add_names(self, names: Iterable[str] | None, kind: str, doc: str, write: Write) -> None:
        """Offer those of many names that fit. None: they are not known."""
        if names is None:
            return
        for how, name in prepared(tuple(names)).matching(self.typed, MOST):
            text = write(name)
            if text is not None:
                candidate = Candidate(text, name, kind, doc)
                self._found.append((how, 0, len(self._found), candidate))

    def best(self) -> tuple[Candidate, ...]:
        """The candidates, the best first, each text once."""
        self._found.sort(key=lambda found: found[:3])
        unique = {candidate.text: candidate for *_, candidate in reversed(self._found)}
        ordered = dict.fromkeys(candidate.text for *_, candidate in self._found)
        return tuple(unique[text] for text in ordered)[:MOST]
