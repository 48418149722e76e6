"""Files that a program reads and writes."""

from __future__ import annotations

import codecs
import os
import tempfile
from pathlib import Path
from typing import Any

from ankish.catalog.builtins import ENDINGS
from ankish.diagnostics.kinds import file as kinds
from ankish.diagnostics.model import Span
from ankish.runtime import separated
from ankish.runtime.formats import is_table, parsed, rendered


def format_of(path: str, said: str | None, span: Span) -> str:
    """The format of a file: what the program says, else what its ending says."""
    found = said or ENDINGS.get(Path(path).suffix.lower())
    if found is None:
        raise kinds.FORMAT.error(span, path=path)
    return found


def read(
    path: str, said: str | None, span: Span, separator: str | None = None, noheaders: bool = False
) -> Any:
    """What a file holds. A text with the head of Anki's export is a table, unless `said`."""
    name = format_of(path, said, span)
    text = _text(path, span)
    if name == "text" and said is None and separated.is_anki(text):
        name = "csv"
    return parsed(text, name, path, span, separator, not noheaders)


def _text(path: str, span: Span) -> str:
    """A file's text: UTF-8, or UTF-16 if it begins with that mark, as spreadsheets write it."""
    try:
        raw = Path(path).expanduser().read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        reason, folder = _reason(error), Path.cwd()
        raise kinds.UNREADABLE.error(span, path=path, reason=reason, folder=folder) from None
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise kinds.NOT_UTF8.error(span, path=path) from None


def write(
    value: Any,
    path: str,
    said: str | None,
    span: Span,
    force: bool = False,
    append: bool = False,
    spreadsheet: bool = False,
) -> None:
    """Write a value to a file: whole or not at all.

    A file that is there is an error, unless it is to be replaced or added to. `spreadsheet`
    marks cells that a spreadsheet would run as formulas.
    """
    name = format_of(path, said, span)
    place = _place(path, span)
    free(path, span, force, append)
    if append and _exists(place):
        text = _appended(value, name, path, span, spreadsheet)
    else:
        text = rendered(value, name, span, spreadsheet)
    try:
        _replace(place, text)
    except (OSError, ValueError, RuntimeError) as error:
        raise kinds.UNWRITABLE.error(span, path=path, reason=_reason(error)) from None


def free(
    path: str, span: Span, force: bool = False, append: bool = False, spreadsheet: bool = False
) -> None:
    """Raise `AnkishError` for a file that is there and may not be written to."""
    if not force and not append and exists(path):
        raise kinds.EXISTS.error(span, path=path)


def remove(path: str, span: Span) -> None:
    """Remove a file."""
    try:
        place = Path(path).expanduser()
        if place.is_dir() and not place.is_symlink():
            raise IsADirectoryError(None, "it is a folder")
        place.unlink()
    except (OSError, ValueError, RuntimeError) as error:
        raise kinds.NOT_REMOVED.error(span, path=path, reason=_reason(error)) from None


def exists(path: str) -> bool:
    """Whether something of that name is there."""
    try:
        return _exists(Path(path).expanduser())
    except RuntimeError:
        return False


def _place(path: str, span: Span) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise kinds.UNWRITABLE.error(span, path=path, reason=_reason(error)) from None


def _exists(place: Path) -> bool:
    try:
        return place.is_file()  # of a device or a folder the system says what can't be done
    except (OSError, ValueError):
        return False


def _appended(value: Any, name: str, path: str, span: Span, spreadsheet: bool) -> str:
    """What a file holds once a value is behind it."""
    before = _text(path, span)
    if name in ("jsonl", "text"):
        added = rendered(value, name, span)
    elif name in ("csv", "tsv") and is_table(value):
        added = _more_rows(value, name, before, path, span, spreadsheet)
    elif name in ("csv", "tsv"):
        added = rendered(value, name, span)  # which says that it is no table
    else:
        raise kinds.NO_APPEND.error(span, path=path, format=name)
    return f"{before}{'' if before.endswith(chr(10)) or not before else chr(10)}{added}"


def _more_rows(
    rows: list[Any], name: str, before: str, path: str, span: Span, spreadsheet: bool
) -> str:
    """Rows for the end of a table; they have to have its columns."""
    separator = "\t" if name == "tsv" else separated.sniffed(before)
    if not before.strip():
        return separated.write(rows, "\t" if name == "tsv" else ",", spreadsheet)
    parsed(before, name, path, span)  # a file that can't be read is not made longer
    header = next(iter(separated.read(f"{before.rstrip()}\n", separator, False)), {})
    names = list(header.values())
    other = next((column for column in separated.columns(rows) if column not in names), None)
    if other is not None:
        raise kinds.OTHER_COLUMNS.error(span, path=path, name=other)
    return separated.write(rows, separator, spreadsheet, names)


def _replace(place: Path, text: str) -> None:
    """Put a text in a file's place: written beside it and moved there when it is whole."""
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


def _reason(error: Exception) -> str:
    """Why a path can't be used: what the system says, or what is wrong with the path itself."""
    return getattr(error, "strerror", None) or str(error)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
