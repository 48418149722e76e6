"""A part of a term as one text, whose characters know where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from ankish.data import dataclass
from ankish.diagnostics.model import Span
from ankish.syntax.search.tree import Part, Text
from ankish.syntax.search.written import HOLE


@dataclass(frozen=True, slots=True)
class Spelled:
    """The text of a key or a value, with `HOLE` for each bound value in it.

    * **parts** - where in `text` each part begins, and its place.
    * **whole** - the place of all of it, for what is empty.
    """

    text: str
    parts: tuple[tuple[int, Span], ...]
    whole: Span

    @classmethod
    def of(cls, parts: Iterable[Part], whole: Span) -> Spelled:
        """The parts of a term."""
        texts: list[str] = []
        starts: list[tuple[int, Span]] = []
        length = 0
        for part in parts:
            text = part.text.replace(HOLE, "\ufffd") if isinstance(part, Text) else HOLE
            starts.append((length, part.span))
            texts.append(text)
            length += len(text)
        return cls("".join(texts), tuple(starts), whole)

    def first(self, end: int) -> Spelled:
        """Its first characters up to `end`."""
        return Spelled(self.text[:end], self.parts, self.whole)

    def span(self, start: int, end: int | None = None) -> Span:
        """The place of the characters from `start` to `end`, or of the whole if there are none."""
        inside = range(len(self.text))[start:end]
        return self._place(inside[0]).to(self._place(inside[-1])) if inside else self.whole

    def _place(self, at: int) -> Span:
        """The place of a character; a bound value is one, and has a longer place."""
        begin, span = next(part for part in reversed(self.parts) if part[0] <= at)
        if self.text[at] == HOLE:
            return span
        place = span.start + at - begin
        return Span(place, place + 1)
