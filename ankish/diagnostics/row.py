"""One printed line, put together column by column."""

from __future__ import annotations

from itertools import groupby

from ankish.diagnostics.palette import Paint, Style


class Row:
    """Text in columns; what is put later stands over what was there.

    Text with wide characters may only be put last and furthest right, since a cell
    is taken for a column.
    """

    def __init__(self) -> None:
        self._cells: list[tuple[str, Style]] = []

    def put(self, column: int, text: str, style: Style = Style.PLAIN) -> None:
        """Write `text` from `column` on."""
        cells = self._cells
        cells += [(" ", Style.PLAIN)] * (column + len(text) - len(cells))
        cells[column : column + len(text)] = [(char, style) for char in text]

    def fill(self, start: int, end: int, char: str, style: Style) -> None:
        """Write `char` in every column from `start` to before `end` that is free."""
        for column in range(start, end):
            if column >= len(self._cells) or self._cells[column][0] == " ":
                self.put(column, char, style)

    def print(self, paint: Paint) -> str:
        """The line as text, without blanks at its end."""
        runs = groupby(self._cells, key=lambda cell: cell[1])
        text = "".join(paint("".join(char for char, _ in run), style) for style, run in runs)
        return text.rstrip(" ")
