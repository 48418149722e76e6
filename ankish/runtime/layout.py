"""Tables as text: columns that fit the width, or rows one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

GAP = 2
"""Blanks between two columns."""

MINIMUM = 8
"""No column is made narrower than this; where that is too wide, rows are expanded."""


BOLD, GREY = "1", "90"
"""How headings and rules look, as the numbers that a terminal takes."""

RULES = ("-", "─")
"""What a rule is made of: in plain text, and where there are colours."""


def painted(text: str, look: str, colour: bool) -> str:
    """A text in a look, where there are colours."""
    return f"\x1b[{look}m{text}\x1b[0m" if colour else text


def width(cell: Any) -> int:
    """How many columns of a terminal a cell takes."""
    if not isinstance(cell, str) or cell.isascii():
        return len(str(cell))
    from wcwidth import wcswidth

    return max(wcswidth(cell), 0)


def fits(names: Sequence[str], cells: Iterable[Sequence[Any]], room: int) -> bool:
    """Whether rows can stand as a table in so many columns without cutting what is short."""
    widths = [min(max(each), MINIMUM) for each in _columns(names, cells)]
    return sum(widths) + GAP * (len(names) - 1) <= room


def table(
    names: Sequence[str], cells: Sequence[Sequence[Any]], room: int, colour: bool = False
) -> str:
    """A table with a heading: numbers to the right, the widest columns cut where they must be."""
    columns = _columns(names, cells)
    widths = fair(columns, room - GAP * (len(names) - 1))
    right = [_numbers(row[at] for row in cells) for at in range(len(names))]
    heading = painted(_row(names, widths, right), BOLD, colour)
    rule = painted((" " * GAP).join(RULES[colour] * each for each in widths), GREY, colour)
    return "\n".join([heading, rule, *(_row(row, widths, right) for row in cells)])


def expanded(
    names: Sequence[str], cells: Sequence[Sequence[Any]], room: int, colour: bool = False
) -> str:
    """Rows one below the other, a line for each cell that holds something."""
    widest = max(width(name) for name in names)
    margin = " " * (widest + GAP)
    lines: list[str] = []
    for number, row in enumerate(cells, 1):
        rule = RULES[colour]
        lines.append(painted(f"{rule * 2} {number} ".ljust(min(room, 40), rule), GREY, colour))
        for name, cell in zip(names, row, strict=True):
            pieces = list(wrapped(str(cell), room - len(margin)))
            head = painted(name, BOLD, colour) + " " * (widest - width(name) + GAP)
            lines += [f"{margin if at else head}{piece}" for at, piece in enumerate(pieces)]
    return "\n".join(lines)


def wrapped(text: str, room: int) -> Iterator[str]:
    """A text in lines of at most `room` columns, broken at blanks where there are some."""
    room = max(room, MINIMUM)
    while width(text) > room:
        end = len(cut(text, room)) - 1
        blank = text.rfind(" ", end // 2, end + 1)
        end = blank if blank > 0 else max(end, 1)
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    if text:
        yield text


def cut(cell: Any, room: int) -> Any:
    """A cell that fits, an ellipsis in place of what doesn't."""
    if not isinstance(cell, str) or width(cell) <= room:
        return cell
    if cell.isascii():
        return f"{cell[: max(room - 1, 0)]}…"
    cell = cell[:room]  # a character takes at least one column, but for those that combine
    while cell and width(cell) > room - 1:
        cell = cell[:-1]
    return f"{cell}…"


def fair(columns: list[list[int]], room: int) -> list[int]:
    """The widths of columns that share a room: the widest ones give way, the others stay."""
    widths = [max(column) for column in columns]
    limit = max(widths)
    while sum(min(each, limit) for each in widths) > room and limit > MINIMUM:
        limit -= 1
    return [min(each, limit) for each in widths]


def _columns(names: Sequence[str], cells: Iterable[Sequence[Any]]) -> list[list[int]]:
    """The widths of the cells of each column, its heading first."""
    rows = list(cells)
    return [[width(name), *(width(row[at]) for row in rows)] for at, name in enumerate(names)]


def _row(row: Sequence[Any], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = []
    for cell, room, number in zip(row, widths, right, strict=True):
        text = str(cut(cell, room))
        blanks = " " * (room - width(text))
        parts.append(blanks + text if number else text + blanks)
    return (" " * GAP).join(parts).rstrip()


def _numbers(column: Iterable[Any]) -> bool:
    """Whether a column holds numbers, besides what is empty."""
    return all(not isinstance(cell, str) or not cell for cell in column)
