"""A part of a term as one text, whose characters know where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from ankish.data import dataclass
from ankish.diagnostics.model import Span
from ankish.syntax.search.tree import Part, Text
from ankish.syntax.search.written import HOLE


@dataclass(frozen=True, slots=True)
class Spelled:
    """The text of a key or a value, with `HOLE` for each bound value in it."""

    text: str
    places: tuple[Span, ...]
    whole: Span

    @classmethod
    def of(cls, parts: Iterable[Part], whole: Span) -> Spelled:
        """The parts of a term; `whole` is the place of all of it, for what is empty."""
        text: list[str] = []
        places: list[Span] = []
        for part in parts:
            if isinstance(part, Text):
                text.append(part.text.replace(HOLE, "\ufffd"))
                start = part.span.start
                places += (Span(at, at + 1) for at in range(start, start + len(part.text)))
            else:
                text.append(HOLE)
                places.append(part.span)
        return cls("".join(text), tuple(places), whole)

    def span(self, start: int, end: int | None = None) -> Span:
        """The place of the characters from `start` to `end`, or of the whole if there are none."""
        inside = self.places[start:end]
        return inside[0].to(inside[-1]) if inside else self.whole
