"""What a benchmark found: a table, for a terminal and for Markdown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Cells as text, with a heading for each column.

    * **notes** - what has to be known to read it; what could not be measured, and why.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The table in columns of one width, then the notes."""
        widths = [max(map(len, column)) for column in zip(self.columns, *self.rows, strict=True)]
        lines = [
            "  ".join(
                cell.ljust(width) if at == 0 else cell.rjust(width)
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in (self.columns, *self.rows)
        ]
        return "\n".join([*lines, *(f"* {note}" for note in self.notes)])

    def markdown(self) -> str:
        """The table as Markdown; every column but the first is aligned to the right."""
        rule = ("---", *("---:" for _ in self.columns[1:]))
        lines = [f"| {' | '.join(row)} |" for row in (self.columns, rule, *self.rows)]
        return "\n".join([*lines, *([""] if self.notes else []), *(f"* {n}" for n in self.notes)])
