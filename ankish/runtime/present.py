"""Results as text: for a terminal, for other programs, for a pipe."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from ankish.diagnostics.text import counted, harmless, one_line
from ankish.plan.model import Show
from ankish.runtime.evaluate import as_text

FORMS = ("table", "plain", "json")

GAP = 2
"""Blanks between two columns of a table."""


class Presenter:
    """Writes results to a stream.

    * `table` - for people at a terminal.
    * `plain` - one item a line, columns separated by tabs: for pipes.
    * `json` - one JSON value a line for each result: for programs. Its shape is documented
      in the README.
    """

    def __init__(
        self, stream: TextIO, reports: TextIO, form: str, columns: int | None = None
    ) -> None:
        self.stream = stream
        self.reports = reports
        self.form = form
        self.width = columns or shutil.get_terminal_size().columns

    def show(self, step: Show, value: Any, of: Any) -> None:
        """Show a result. `of` is the whole of which `value` is a part."""
        if step.form == "print":
            self._print(value)
        elif step.form == "report":
            self._report(step.label, step.type.name, value)
        elif self.form == "json":
            self._line(json.dumps(of if of is not None else value, ensure_ascii=False))
        elif step.form == "verdicts":
            self._verdicts(step.label, value)
        elif step.form in ("cards", "notes"):
            self._some(step.form, value, of)
        else:
            self._value(value)

    def _line(self, text: str) -> None:
        self.stream.write(text + "\n")

    def _print(self, values: list[Any]) -> None:
        if self.form == "json":
            self._line(json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False))
            return
        self._line(" ".join(harmless(self._text(value), keep="\n\t") for value in values))

    def _text(self, value: Any) -> str:
        if isinstance(value, Mapping | list) and not _scalars(value):
            return json.dumps(value, ensure_ascii=False)
        from ankish.diagnostics.model import Span

        return as_text(value, Span(0, 0))

    def _report(self, label: str, kind: str, ids: Any) -> None:
        count = len(ids) if isinstance(ids, list) else None
        if self.form == "json":
            done: dict[str, Any] = {"done": label}
            if count is not None:
                done["count"] = count
            self._line(json.dumps(done))
            return
        stream = self.stream if self.form == "table" else self.reports
        noun = kind.removesuffix("s") if kind in ("cards", "notes") else "item"
        what = "done" if count is None else counted(count, noun)
        stream.write(f"{label}: {what}\n")

    def _verdicts(self, label: str, rows: list[Mapping[str, Any]]) -> None:
        """How many rows went through; those that did not, with the reason."""
        refused = [dict(row) for row in rows if not row["ok"]]
        for row in refused:
            row.pop("ok")
            row.pop("noteId")
        if refused:
            self._table(refused)
        stream = self.stream if self.form == "table" else self.reports
        many = "" if not refused else f" of {len(rows)}"
        stream.write(f"{label}: {len(rows) - len(refused)}{many} notes\n")

    def _some(self, kind: str, rows: list[Mapping[str, Any]], of: list[int]) -> None:
        table = [_card_row(row) if kind == "cards" else _note_row(row) for row in rows if row]
        if table:
            self._table(table)
        noun = kind.removesuffix("s")
        more = f", the first {len(rows)} shown" if len(rows) < len(of) else ""
        self._line(f"{counted(len(of), noun)}{more}")

    def _value(self, value: Any) -> None:
        if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
            self._table([dict(row) for row in value])
        elif isinstance(value, list):
            for item in value:
                self._line(one_line(self._text(item)))
        elif isinstance(value, Mapping):
            self._record(value)
        else:
            self._line(self._cell(value).removesuffix("\n"))

    def _record(self, value: Mapping[str, Any]) -> None:
        nested = all(isinstance(item, Mapping) for item in value.values())
        rows = [
            {"key": key, **item} if nested else {"key": key, "value": item}
            for key, item in value.items()
        ]
        if rows:
            self._table(rows)

    def _cell(self, value: Any) -> str:
        return harmless(self._text(value), keep="\n\t")

    def _table(self, rows: list[dict[str, Any]]) -> None:
        names = list(dict.fromkeys(name for row in rows for name in row))
        if not names:
            return
        cells = [[_one_line(row.get(name)) for name in names] for row in rows]
        if self.form == "plain":
            for line in [map(one_line, names), *cells]:
                self._line("\t".join(str(cell) for cell in line))
            return
        from tabulate import tabulate

        texts = [[harmless(name) for name in names], *cells]
        widths = fair(
            [[width(line[at]) for line in texts] for at in range(len(names))],
            self.width - GAP * (len(names) - 1),
        )
        headers, *lines = [
            [cut(cell, room) for cell, room in zip(line, widths, strict=True)] for line in texts
        ]
        align = ["right" if _numbers(column) else "left" for column in zip(*cells, strict=True)]
        shown = tabulate(
            lines, headers, tablefmt="simple", disable_numparse=True, colalign=align or None
        )
        self._line(shown)


def width(cell: Any) -> int:
    """How many columns of a terminal a cell takes."""
    if not isinstance(cell, str) or cell.isascii():
        return len(str(cell))
    from wcwidth import wcswidth

    return max(wcswidth(cell), 0)


def _numbers(column: Iterable[Any]) -> bool:
    """Whether a column holds numbers, besides what is empty."""
    return all(not isinstance(cell, str) or not cell for cell in column)


def fair(columns: list[list[int]], room: int) -> list[int]:
    """The widths of columns that share a room: the widest ones give way, the others stay."""
    widths = [max(column) for column in columns]
    limit = max(widths)
    while sum(min(each, limit) for each in widths) > room and limit > MINIMUM:
        limit -= 1
    return [min(each, limit) for each in widths]


MINIMUM = 8
"""No column is made narrower than this; beyond that the lines get longer than the terminal."""


def _scalars(value: Any) -> bool:
    return isinstance(value, list) and all(not isinstance(each, Mapping | list) for each in value)


def _one_line(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return one_line(value)
    if _scalars(value):
        return one_line(", ".join(str(each) for each in value))
    return one_line(json.dumps(value, ensure_ascii=False))


def cut(cell: Any, room: int) -> Any:
    """A cell that fits, an ellipsis in place of what doesn't."""
    if not isinstance(cell, str) or width(cell) <= room:
        return cell
    while cell and width(cell) > room - 1:
        cell = cell[:-1]
    return f"{cell}…"


def plain_text(html: str) -> str:
    """A field's HTML as a line of text."""
    from markupsafe import Markup

    return Markup(html.replace("<br>", " ")).striptags()


def _first_fields(fields: Mapping[str, Mapping[str, Any]], count: int) -> Iterable[str]:
    ordered = sorted(fields.items(), key=lambda item: item[1].get("order", 0))
    return (plain_text(field["value"]) for _, field in ordered[:count])


def _card_row(info: Mapping[str, Any]) -> dict[str, Any]:
    front, *rest = [*_first_fields(info["fields"], 2), ""]
    return {
        "card": info["cardId"],
        "deck": info["deckName"],
        "front": front,
        "back": rest[0],
        "interval": info["interval"],
        "lapses": info["lapses"],
    }


def _note_row(info: Mapping[str, Any]) -> dict[str, Any]:
    front, *rest = [*_first_fields(info["fields"], 2), ""]
    return {
        "note": info["noteId"],
        "model": info["modelName"],
        "front": front,
        "back": rest[0],
        "tags": " ".join(info["tags"]),
    }
