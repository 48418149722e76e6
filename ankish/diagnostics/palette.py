"""Colours of messages: the sixteen of the terminal's own theme, so light and dark both work."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import Enum
from typing import TextIO

from ankish.diagnostics.model import Severity


class Style(Enum):
    """What a piece of a message is; the value is its SGR parameters (ECMA-48, 8.3.117)."""

    PLAIN = ""
    STRONG = "1"
    FRAME = "2"
    """Line numbers and the gutter."""
    ERROR = "1;31"
    WARNING = "1;35"
    """Magenta: yellow can't be read on white."""
    HINT = "1;36"
    ASIDE = "1;34"
    """Spans that matter but are not the place itself."""


Paint = Callable[[str, Style], str]

_SEVERITIES = {
    Severity.ERROR: Style.ERROR,
    Severity.WARNING: Style.WARNING,
    Severity.HINT: Style.HINT,
}


def style_of(severity: Severity) -> Style:
    """The style of a severity's word and of the marks under the place."""
    return _SEVERITIES[severity]


def painted(text: str, style: Style) -> str:
    """`text` in the colours of `style`, as ANSI escape sequences."""
    return f"\x1b[{style.value}m{text}\x1b[0m" if text and style.value else text


def unpainted(text: str, style: Style) -> str:
    """`text` as it is."""
    return text


def wants_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to `stream`: a terminal, and the user does not refuse.

    `NO_COLOR` refuses when it is not empty (https://no-color.org), `TERM=dumb` always.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return not stream.closed and stream.isatty()
