"""A search as it is written: pieces of text with holes for values, read as one text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ankish.data import dataclass
from ankish.diagnostics.model import Span
from ankish.syntax.search.tree import Bound, Part, Text

HOLE = "\ue000"
"""Stands for a bound value in the text that is parsed; to the grammar it is a letter."""

WHITE_SPACE = "\t\n\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What Unicode calls white space, besides the blank. Anki makes a blank of each such
character before it parses, inside quotes too (measured on Anki 26.09.3)."""

_BLANKS = dict.fromkeys(map(ord, WHITE_SPACE), " ")


def blanks(text: str) -> str:
    """The text as Anki reads it: every white space is a blank."""
    return text.translate(_BLANKS)


@dataclass(frozen=True, slots=True)
class Piece:
    """Literal text of a search, and the offset of its first character in the source."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Hole:
    """A bound value: its number among the values, and its place in the source."""

    index: int
    span: Span


class Written:
    """The parts of a search joined to one text, each of whose characters knows its place.

    `original` has the white space as it was written, `text` has blanks for it; `holes` are
    the offsets of the bound values in both, with their numbers.
    """

    def __init__(self, parts: Sequence[Piece | Hole]) -> None:
        self._parts: list[Piece | Hole] = []
        self._starts: list[int] = []
        texts: list[str] = []
        at = 0
        for part in parts:
            text = part.text if isinstance(part, Piece) else HOLE
            if text:
                self._parts.append(part)
                self._starts.append(at)
                texts.append(text)
            at += len(text)
        self.original = "".join(texts)
        self.text = blanks(self.original)
        self.holes = tuple(
            (at, part.index)
            for at, part in zip(self._starts, self._parts, strict=True)
            if isinstance(part, Hole)
        )

    def between(self, start: int, end: int) -> tuple[Part, ...]:
        """What stands from `start` to `end`: literal texts and bound values."""
        if start >= end:
            return ()
        found: list[Part] = []
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        for at, part in zip(self._starts[first:last], self._parts[first:last], strict=True):
            if isinstance(part, Hole):
                found.append(Bound(part.index, part.span))
                continue
            low, high = max(start, at), min(end, at + len(part.text))
            shift = part.offset - at
            found.append(Text(self.text[low:high], Span(low + shift, high + shift)))
        return tuple(found)

    def span(self, start: int, end: int) -> Span:
        """Where the characters from `start` to `end` stand in the source."""
        inside = self.between(start, end)
        if inside:
            return inside[0].span.to(inside[-1].span)
        if start:
            before = self.between(start - 1, start)[0].span.end
            return Span(before, before)
        after = self.between(0, 1)
        return Span(after[0].span.start, after[0].span.start) if after else Span(0, 0)
