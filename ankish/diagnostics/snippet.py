"""The excerpt of a source under a message: its lines, with marks under every span.

The layout is the one that users of rustc know. Marks of one line share a row; the last
one has its text beside it, the others hang below. A span over several lines gets a
lane on the left, from its opening to its closing row.
"""

from __future__ import annotations

from collections.abc import Iterable

from ankish.data import dataclass
from ankish.diagnostics.columns import Shown, show
from ankish.diagnostics.model import Label, Source
from ankish.diagnostics.palette import Style
from ankish.diagnostics.places import Place, place
from ankish.diagnostics.row import Row
from ankish.diagnostics.text import one_line

GAP = "..."
"""Stands in the gutter where lines are left out."""

_WHOLE = 5
"""The most lines of a span that are shown without a gap."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: what stands left of the gutter (a line number or `GAP`), and the rest."""

    gutter: str
    row: Row


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place as it is drawn; `lane` is that of a span over several lines."""

    place: Place
    style: Style
    lane: int = 0

    @property
    def sign(self) -> str:
        return "^" if self.place.label.primary else "-"

    @property
    def text(self) -> str:
        return one_line(self.place.label.text)


def snippet(source: Source, labels: Iterable[Label], primary: Style, width: int) -> list[Line]:
    """The excerpt of `source` that shows `labels`, none of its lines over `width` columns.

    `primary` is the style of the primary labels' marks. The labels' texts may go beyond
    `width`.
    """
    places = sorted(
        (place(label, source) for label in labels), key=lambda p: (p.first, p.start, -p.last)
    )
    marks = _in_lanes(places, primary)
    return _Excerpt(source, marks, width).draw() if marks else []


def _in_lanes(places: list[Place], primary: Style) -> list[_Mark]:
    """The marks, each span over several lines in the leftmost lane that is free."""
    marks: list[_Mark] = []
    taken: list[int] = []  # the last line of each lane's latest span
    for at in places:
        lane = 0
        if at.first != at.last:
            lane = next((i for i, last in enumerate(taken) if last < at.first), len(taken))
            taken[lane : lane + 1] = [at.last]
        marks.append(_Mark(at, primary if at.label.primary else Style.ASIDE, lane))
    return marks


class _Excerpt:
    """Draws the lines from the first to the last."""

    def __init__(self, source: Source, marks: list[_Mark], width: int) -> None:
        self._source = source
        self._inside = [m for m in marks if m.place.first == m.place.last]
        self._across = [m for m in marks if m.place.first != m.place.last]
        self._left = 2 * (1 + max((m.lane for m in self._across), default=-1))
        self._width = max(20, width - self._left)
        self._active: list[_Mark] = []  # what has been opened and not closed yet
        self._drawn: list[Line] = []

    def draw(self) -> list[Line]:
        before = None
        for number in self._numbers():
            if before is not None and number - before > 1:
                self._add(self._row(), GAP)
            self._draw_line(number)
            before = number
        return self._drawn

    def _numbers(self) -> list[int]:
        """The lines to show; a single one between two of them is shown as well."""
        numbers = {m.place.first for m in self._inside}
        for mark in self._across:
            first, last = mark.place.first, mark.place.last
            numbers |= set(range(first, last + 1)) if last - first < _WHOLE else {first, last}
        return sorted(numbers | {n + 1 for n in numbers if n + 2 in numbers})

    def _draw_line(self, number: int) -> None:
        inside = [m for m in self._inside if m.place.first == number]
        opened = [m for m in self._across if m.place.first == number]
        closed = [m for m in self._across if m.place.last == number]
        ranges = [(m.place.start, m.place.end) for m in inside]
        ranges += [(m.place.start, m.place.start + 1) for m in opened]
        ranges += [(m.place.end - 1, m.place.end) for m in closed]
        line = self._source.line(number)
        shown = show(line, ranges, self._width)

        row = self._row()
        row.put(self._left, shown.text)
        self._add(row, str(number))
        for mark in opened:  # a span that takes its first line whole needs no row to open
            if not line[: mark.place.start].strip():
                row.put(2 * mark.lane, "/", mark.style)
                self._active.append(mark)

        if inside:
            self._draw_inside(inside, shown)
        for mark in sorted(closed, key=lambda m: -m.lane):
            end = self._draw_turn(mark, shown, mark.place.end - 1)
            self._drawn[-1].row.put(end, mark.text, mark.style)
            self._active.remove(mark)
        for mark in opened:
            if mark not in self._active:
                self._draw_turn(mark, shown, mark.place.start)
                self._active.append(mark)

    def _draw_turn(self, mark: _Mark, shown: Shown, offset: int) -> int:
        """The row that leads from a lane to the place of `offset`; where its text may begin."""
        row = self._row()
        column = self._left + shown.range(offset, offset + 1)[0]
        row.put(column, mark.sign, mark.style)
        row.fill(2 * mark.lane + 1, column, "_", mark.style)
        self._add(row)
        return column + 2

    def _draw_inside(self, marks: list[_Mark], shown: Shown) -> None:
        """The row of marks under a line, and below it the texts that hang from them."""
        spans = []
        for mark in marks:
            start, end = shown.range(mark.place.start, mark.place.end)
            spans.append((mark, self._left + start, self._left + end))
        row = self._row()
        for mark, start, end in sorted(spans, key=lambda span: span[0].place.label.primary):
            row.put(start, mark.sign * (end - start), mark.style)
        self._add(row)

        hanging = sorted((s for s in spans if s[0].text), key=lambda span: span[1:])
        if hanging and hanging[-1][2] == max(end for _, _, end in spans):
            mark, _, end = hanging.pop()
            row.put(end + 1, mark.text, mark.style)
        if hanging:
            self._add(self._hung(hanging))
        while hanging:
            mark, start, _ = hanging.pop()
            row = self._hung(hanging)
            row.put(start, mark.text, mark.style)
            self._add(row)

    def _hung(self, spans: list[tuple[_Mark, int, int]]) -> Row:
        row = self._row()
        for mark, start, _ in spans:
            row.put(start, "|", mark.style)
        return row

    def _row(self) -> Row:
        row = Row()
        for mark in self._active:
            row.put(2 * mark.lane, "|", mark.style)
        return row

    def _add(self, row: Row, gutter: str = "") -> None:
        self._drawn.append(Line(gutter, row))
