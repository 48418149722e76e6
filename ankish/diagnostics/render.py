"""Diagnostics as text, in one of three forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from ankish.diagnostics.model import Diagnostic, Severity
from ankish.diagnostics.palette import painted, unpainted, wants_colour
from ankish.diagnostics.text import counted

__all__ = ["FORMS", "Form", "render", "summary", "wants_colour"]

Form = Literal["fancy", "plain", "json"]
"""`fancy` for people at a terminal, `plain` with a line for each fact, `json` for programs."""

FORMS: tuple[Form, ...] = get_args(Form)


def render(
    diagnostics: Iterable[Diagnostic],
    form: Form = "fancy",
    *,
    colour: bool = False,
    width: int = 100,
) -> str:
    """The text of all `diagnostics`, without a line end; empty if there are none.

    Several are parted by a blank line and closed by their count; as JSON each is one
    line and nothing else is written. `colour` lets `fancy` use ANSI colours (ask
    `wants_colour(stream)`), `width` is how many columns its excerpts may take.
    """
    every = tuple(diagnostics)
    if form == "json":
        from ankish.diagnostics.record import as_json

        return "\n".join(as_json(diagnostic) for diagnostic in every)
    if form == "plain":
        from ankish.diagnostics.plain import plain

        blocks = [plain(diagnostic) for diagnostic in every]
    else:
        from ankish.diagnostics.fancy import fancy

        paint = painted if colour else unpainted
        blocks = [fancy(diagnostic, paint, width) for diagnostic in every]
    if len(every) > 1:
        blocks.append(summary(every))
    return "\n\n".join(blocks)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many there are: `2 errors, 1 warning`."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = [(found.count(severity), severity.value) for severity in Severity]
    return ", ".join(counted(n, noun) for n, noun in counts if n)
