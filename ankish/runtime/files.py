"""Files and formats: csv, tsv, json, jsonl, yaml, Markdown, text."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ankish.diagnostics.kinds import file as kinds
from ankish.diagnostics.model import Span
from ankish.runtime.kinds_of import kind_of

ENDINGS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".md": "md",
    ".txt": "text",
}


def format_of(path: str, said: str | None, span: Span) -> str:
    """The format of a file: what the program says, else what its ending says."""
    found = said or ENDINGS.get(Path(path).suffix.lower())
    if found is None:
        raise kinds.FORMAT.error(span, path=path)
    return found


def read(path: str, said: str | None, span: Span) -> Any:
    """What a file holds."""
    name = format_of(path, said, span)
    try:
        raw = Path(path).expanduser().read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        reason, folder = _reason(error), Path.cwd()
        raise kinds.UNREADABLE.error(span, path=path, reason=reason, folder=folder) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise kinds.NOT_UTF8.error(span, path=path) from None
    return parsed(text, name, path, span)


def parsed(text: str, name: str, what: str, span: Span) -> Any:
    """The value that a text in a format stands for. `what` names the text in messages."""
    if name == "md":
        raise kinds.ONE_WAY.error(span, format="Markdown")
    try:
        return _READ[name](text)
    except Exception as error:  # each library has its own; all say what is wrong
        reason = str(error).splitlines()[0] if str(error) else "it ends too early"
        raise kinds.BROKEN.error(span, what=what, format=name, reason=reason) from None


def write(value: Any, path: str, said: str | None, span: Span) -> None:
    """Write a value to a file: whole or not at all."""
    text = rendered(value, format_of(path, said, span), span)
    try:
        place = Path(path).expanduser()
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            mode = place.stat().st_mode if place.exists() else 0o666 & ~_umask()
            Path(name).chmod(mode & 0o777)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, ValueError, RuntimeError) as error:
        raise kinds.UNWRITABLE.error(span, path=path, reason=_reason(error)) from None


def _reason(error: Exception) -> str:
    """Why a path can't be used: what the system says, or what is wrong with the path itself."""
    return getattr(error, "strerror", None) or str(error)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def rendered(value: Any, name: str, span: Span) -> str:
    """A value as a text in a format."""
    if name in ("csv", "tsv", "md") and not _is_table(value):
        raise kinds.NO_TABLE.error(span, format=name, given=kind_of(value))
    return _WRITE[name](value)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


# ---- reading


def _read_separated(text: str, separator: str) -> list[dict[str, str]]:
    import csv
    import io

    csv.field_size_limit(2**31 - 1)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header = next(rows, [])
    if len(set(header)) < len(header):
        raise ValueError("two columns have the same name")
    table = []
    for row in rows:
        if len(row) > len(header):
            raise ValueError(f"line {rows.line_num} has more cells than there are columns")
        if row:
            table.append(dict(zip(header, row + [""] * (len(header) - len(row)), strict=True)))
    return table


def _read_lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def _read_yaml(text: str) -> Any:
    import yaml

    # Dates and the like become texts: only what JSON knows is a value.
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


_READ: dict[str, Callable[[str], Any]] = {
    "csv": lambda text: _read_separated(text, ","),
    "tsv": lambda text: _read_separated(text, "\t"),
    "json": json.loads,
    "jsonl": _read_lines,
    "yaml": _read_yaml,
    "text": lambda text: text,
}

# ---- writing


def _columns(rows: list[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)  # tags, as Anki writes them
    return json.dumps(value, ensure_ascii=False)


def _write_separated(rows: list[Mapping[str, Any]], separator: str) -> str:
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    names = _columns(rows)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _write_yaml(value: Any) -> str:
    import yaml

    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))


def _write_markdown(rows: list[Mapping[str, Any]]) -> str:
    from tabulate import tabulate

    names = _columns(rows)
    cells = [
        [_cell(row.get(name)).replace("|", "\\|").replace("\n", "<br>") for name in names]
        for row in rows
    ]
    return tabulate(cells, headers=names, tablefmt="pipe", disable_numparse=True) + "\n"


def _write_text(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return "".join(f"{_cell(item)}\n" for item in items)


_WRITE: dict[str, Callable[[Any], str]] = {
    "csv": lambda rows: _write_separated(rows, ","),
    "tsv": lambda rows: _write_separated(rows, "\t"),
    "json": lambda value: json.dumps(value, ensure_ascii=False, indent=2) + "\n",
    "jsonl": lambda value: "".join(
        json.dumps(item, ensure_ascii=False) + "\n"
        for item in (value if isinstance(value, list) else [value])
    ),
    "yaml": _write_yaml,
    "md": _write_markdown,
    "text": _write_text,
}
