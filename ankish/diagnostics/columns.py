"""A line of a source as a terminal shows it, and the columns its characters stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ankish.data import dataclass
from ankish.diagnostics.text import harmless

TAB = 4
"""Columns between tab stops."""

_CONTEXTS = (56, 40, 28, 20, 14, 10, 7, 5)
"""How many characters to keep on either side of a mark in a long line; tried in order."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is printed for a line, and the first and next column of each kept offset."""

    text: str
    edges: dict[int, tuple[int, int]]
    width: int

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The columns of the characters from `start` to before `end`; one at least."""
        left = self.edges[start][0]
        return left, max(left + 1, self.edges[max(start, end - 1)][1])


def show(line: str, marks: Iterable[tuple[int, int]], width: int) -> Shown:
    """Lay out `line`: tabs widened, control characters made harmless.

    A line wider than `width` columns is cut to what surrounds both ends of each mark
    (ranges of offsets, up to `len(line)` for the place behind the line), with `…` for
    what is left out.
    """
    points = sorted({at for start, end in marks for at in (start, max(start, end - 1))}) or [0]
    for context in (2 * width, *_CONTEXTS):
        shown = _lay_out(line, _around(points, context, len(line)))
        if shown.width <= width:
            break
    return shown


def _around(points: list[int], context: int, length: int) -> list[tuple[int, int]]:
    """The ranges to keep; what would be left out must be worth its `…`."""
    kept: list[tuple[int, int]] = []
    for point in points:
        start, end = point - context, point + context + 1
        if kept and start <= kept[-1][1] + 3:
            start, _ = kept.pop()
        kept.append((start if start > 3 else 0, end if end < length - 3 else length))
    return kept


def _lay_out(line: str, kept: list[tuple[int, int]]) -> Shown:
    text: list[str] = []
    edges: dict[int, tuple[int, int]] = {}
    column = at = 0

    for start, end in kept:
        if start > at:
            text.append("…")
            column += 1
        at = start
        for cluster in _clusters(harmless(line[start:end], keep="\t")):
            piece = " " * (TAB - column % TAB) if cluster == "\t" else cluster
            after = column + columns(piece)
            edges.update((at + i, (column, after)) for i in range(len(cluster)))
            text.append(piece)
            column = after
            at += len(cluster)

    if at < len(line):
        text.append("…")
        column += 1
    edges[len(line)] = (column, column + 1)
    return Shown("".join(text), edges, column)


def columns(text: str) -> int:
    """How many columns harmless `text` takes."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def _clusters(text: str) -> Iterator[str]:
    """What the reader takes for one character each: letters with their accents, emoji."""
    if text.isascii():
        return iter(text)
    from wcwidth import iter_graphemes

    return iter_graphemes(text)
