"""The configuration file: TOML, with every mistake shown at its place and no secret with it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ankish.diagnostics.kinds import config as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Source, Span
from ankish.diagnostics.nearest import nearest
from ankish.diagnostics.text import listed

_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_SECRET = "key"
_HIDDEN = re.compile(r"(?<=\bkey\b).*|(?<=//)[^/]*(?=@)")
"""In the value of a setting that is no secret: a key set in the same line, a URL's password."""
_TRIPLE = re.compile("(\"\"\"|''')")


Wanted = Mapping[str, "type | tuple[str, ...]"]
"""What each setting takes: `bool`, `int`, `str`, or one of some texts."""


def read(file: Path, settings: Wanted) -> dict[str, Any]:
    """The values in `file`, whose names and types must be those of `settings`.

    Raises `AnkishError` with all mistakes at once. The source that they are shown in has `•`
    for every value that might be the key.
    """
    text = _text(file)
    source = Source(str(file), _masked(text, tuple(settings)))
    values = _parsed(text, source)
    mistakes = [
        mistake.within(source)
        for name, value in values.items()
        if (mistake := _mistake(name, value, source.text, settings)) is not None
    ]
    if mistakes:
        raise AnkishError(*mistakes)
    return values


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError:
        reason = "it is not text in UTF-8"
    raise kinds.UNREADABLE.error(path=file, reason=reason)


def _parsed(text: str, source: Source) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, span = _place(str(error), source)
    except RecursionError:
        reason, span = "too deeply nested", _at(source, 1, 1)
    raise AnkishError(kinds.SYNTAX(span, reason=reason).within(source))


def _place(message: str, source: Source) -> tuple[str, Span]:
    """The reason and the place in a message of the TOML parser."""
    found = _PLACE.fullmatch(message)
    reason, line, column = found.groups() if found else (message, None, None)
    span = _at(source, int(line), int(column)) if line and column else _at(source, source.lines, 1)
    return reason[:1].lower() + reason[1:], span


def _at(source: Source, line: int, column: int) -> Span:
    """One character, or the end of a line, by line and column counted from 1."""
    start = sum(len(source.line(n)) + 1 for n in range(1, line)) + column - 1
    return Span(min(start, len(source.text)), min(start + 1, len(source.text)))


def fits(value: object, wanted: type | tuple[str, ...]) -> bool:
    """Whether a setting can have this value."""
    if isinstance(wanted, tuple):
        return value in wanted
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, wanted)


def in_words(wanted: type | tuple[str, ...]) -> str:
    """What a setting takes, for messages."""
    if isinstance(wanted, tuple):
        return " or ".join(f'"{choice}"' for choice in wanted)
    return {bool: "true or false", int: "a whole number"}.get(wanted, "a text in quotes")


def _mistake(name: str, value: object, text: str, settings: Wanted) -> Diagnostic | None:
    if name in settings and fits(value, settings[name]):
        return None
    found = re.search(rf"^\s*\[*\s*[\"']?({re.escape(name)})\b", text, re.MULTILINE)
    span = Span(*found.span(1)) if found else None
    if name in settings:
        return kinds.TYPE(span, name=name, wanted=in_words(settings[name]))
    near = nearest(name, settings)
    return kinds.UNKNOWN(
        span, name=name, near=listed(near) if near else None, settings=listed(settings, "and")
    )


def _masked(text: str, settings: tuple[str, ...]) -> str:
    """`text` with `•` for whatever might be a secret, at the same length.

    What stays are names, table headers, and the values of settings that are no secret.
    """
    public = {name for name in settings if name != _SECRET}
    lines, quotes, rest = (
        _TRIPLE.split(text, maxsplit=1) if _TRIPLE.search(text) else (text, "", "")
    )
    masked = "".join(_masked_line(line, public) for line in lines.splitlines(keepends=True))
    return masked + quotes + _dotted(rest)


def _masked_line(line: str, public: set[str]) -> str:
    name, equals, value = line.partition("=")
    if not equals:
        return line if line.lstrip().startswith("[") else _dotted(line)
    if name.strip() not in public:
        return name + equals + _dotted(value)
    return name + equals + _HIDDEN.sub(lambda found: _dotted(found[0]), value)


def _dotted(text: str) -> str:
    return re.sub(r"\S", "•", text)
