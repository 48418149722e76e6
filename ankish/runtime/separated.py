"""Tables as text: csv and tsv, the notes that Anki exports as text, Markdown tables."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Rows = list[Mapping[str, Any]]

SEPARATORS = ",;\t|"
"""What stands between cells; where two occur as often, the first of these."""

ANKI = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
"""The separators that the head of Anki's text export has names for."""

ANKI_HEAD = re.compile(
    r"#(?P<key>separator|html|tags|columns|notetype|deck|guid|if matches"
    r"|(?:notetype|deck|tags|guid) column):(?P<value>.*)",
    re.IGNORECASE,
)
ANKI_NAMES = {"notetype": "model"}
"""What columns are called here, where it is not as Anki's head calls them."""

FORMULA = tuple("=+-@\t\r")
"""A spreadsheet takes a cell that begins so for a formula."""


# ---- reading


def read(text: str, separator: str | None = None, headers: bool = True) -> list[dict[str, str]]:
    """The rows of a csv or tsv text; the separator is found out unless it is given.

    Raises `ValueError` or `csv.Error` with what is wrong.
    """
    if is_anki(text):
        return _read_anki(text)
    rows = _cells(text, separator or sniffed(text))
    if not headers:
        wide = max((len(cells) for _, cells in rows), default=0)
        return _table([f"column{number + 1}" for number in range(wide)], rows)
    header = rows[0][1] if rows else []
    if len(set(header)) < len(header):
        raise ValueError("two columns have the same name")
    return _table(header, rows[1:])


def sniffed(text: str) -> str:
    """What separates the cells of the first line, as far as it is not in quotes."""
    line = re.sub(r'"(?:[^"]|"")*("|$)', "", text).partition("\n")[0]
    return max(SEPARATORS, key=line.count)


def _cells(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The lines that hold cells, each with its number."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [(reader.line_num, cells) for cells in reader if cells]


def _table(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[dict[str, str]]:
    table = []
    for line, cells in rows:
        if len(cells) > len(header):
            raise ValueError(f"line {line} has more cells than there are columns")
        missing = [""] * (len(header) - len(cells))
        table.append(dict(zip(header, cells + missing, strict=True)))
    return table


def is_anki(text: str) -> bool:
    """Whether a text begins with the head that Anki writes."""
    return ANKI_HEAD.match(text.partition("\n")[0]) is not None


def _read_anki(text: str) -> list[dict[str, str]]:
    """Notes as Anki exports them: what its head says of columns becomes columns.

    Where the head says `html:false`, fields are made HTML, since that is what fields hold.
    """
    head: dict[str, str] = {}
    lines = text.splitlines(keepends=True)
    while lines and (found := ANKI_HEAD.match(lines[0])):
        head[found["key"].lower()] = found["value"].rstrip("\r\n")
        lines.pop(0)
    named = head.get("separator", "tab")
    separator = ANKI.get(named.strip().lower(), named[:1] or "\t")
    body = "".join(line for line in lines if not line.startswith("#"))
    rows = _cells(body, separator)
    wide = max((len(cells) for _, cells in rows), default=0)
    given = _cells(head.get("columns", ""), separator)
    names = given[0][1] if given else []
    header = [*names, *(f"column{number + 1}" for number in range(len(names), wide))]
    special = {}
    for key in ("guid", "notetype", "deck", "tags"):
        at = head.get(f"{key} column", "")
        if at.strip().isdecimal() and 0 < int(at) <= len(header):
            special[int(at) - 1] = ANKI_NAMES.get(key, key)
    header = [special.get(at, name) for at, name in enumerate(header)]
    table = _table(header, rows)
    constant = [key for key in ("notetype", "deck", "tags") if key in head]
    fixed = {ANKI_NAMES.get(key, key): head[key] for key in constant}
    plain = head.get("html", "").strip().lower() == "false"
    own = set(special.values())
    return [
        {
            **{n: _as_html(v) if plain and n not in own else v for n, v in row.items()},
            **{name: value for name, value in fixed.items() if name not in row},
        }
        for row in table
    ]


def _as_html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def read_markdown(text: str) -> list[dict[str, str]]:
    """The rows of a Markdown table, as `write_markdown` writes them."""
    lines = [line.strip(" \r") for line in text.split("\n") if line.strip().startswith("|")]
    if len(lines) < 2 or not re.fullmatch(r"\|(?:\s*:?-+:?\s*\|)+", lines[1]):
        raise ValueError("there is no table in it")
    header, _, *rows = [_markdown_cells(line) for line in lines]
    if len(set(header)) < len(header):
        raise ValueError("two columns have the same name")
    return _table(header, list(enumerate(rows, 3)))


def _markdown_cells(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", line)[1:-1]
    return [_shown(cell.strip(" ").replace("\\|", "|")) for cell in cells]


HIDDEN = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", "\x0b": "&#11;", "\x0c": "&#12;"}
"""What would end a line or a cell, and how it is written: to Markdown the same."""


def _shown(cell: str) -> str:
    for text, written in {**HIDDEN, " ": "&#32;"}.items():
        cell = cell.replace(written, text)
    return cell


# ---- writing


def cell(value: Any) -> str:
    """A value as a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)  # tags, as Anki writes them
    return json.dumps(value, ensure_ascii=False)


def columns(rows: Rows) -> list[str]:
    """The names of all columns, in the order of their first appearance."""
    return list(dict.fromkeys(name for row in rows for name in row))


def write(rows: Rows, separator: str, guarded: bool = False, names: list[str] | None = None) -> str:
    """Rows as csv or tsv. `guarded` marks what a spreadsheet would run as a formula.

    With `names` the rows go behind others that have these columns, so no header is written.
    """
    lines = []
    if names is None:
        names = columns(rows)
        # In quotes, so that reading it again does not take a sign in a name for the separator.
        odd = any(sign in name for sign in SEPARATORS for name in names)
        lines.append(_line(names, separator, always=odd))
    for row in rows:
        cells = [cell(row.get(name)) for name in names]
        lines.append(_line([_guarded(each) if guarded else each for each in cells], separator))
    return "".join(lines)


def _line(cells: list[str], separator: str, always: bool = False) -> str:
    """Cells as a line, in quotes where they need them; a line is never empty."""
    needs = re.compile(f'["\r\n{re.escape(separator)}]')
    written = [
        '"' + each.replace('"', '""') + '"' if always or needs.search(each) else each
        for each in cells
    ]
    return (separator.join(written) or '""') + "\n"


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def write_markdown(rows: Rows) -> str:
    """Rows as a Markdown table; what is not told by its columns' widths is written as `&#10;`."""
    names = columns(rows)
    lines = [names, *([cell(row.get(name)) for name in names] for row in rows)]
    cells = [[_markdown(each) for each in line] for line in lines]
    widths = [max(3, *(len(line[at]) for line in cells)) for at in range(len(names))]
    rule = ["-" * width for width in widths]
    return "".join(
        f"| {' | '.join(each.ljust(width) for each, width in zip(line, widths, strict=True))} |\n"
        for line in ([cells[0], rule, *cells[1:]] if names else [])
    )


def _markdown(text: str) -> str:
    for sign, written in HIDDEN.items():
        text = text.replace(sign, written)
    stripped = text.strip(" ")
    before, after = (len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" ")))
    if not stripped:
        return "&#32;" * len(text)
    return f"{'&#32;' * before}{stripped}{'&#32;' * after}".replace("|", "\\|")
