"""A diagnostic for people at a terminal: header, excerpt with carets, help (language.md 10)."""

from __future__ import annotations

from collections.abc import Iterator

from ankish.diagnostics.model import Diagnostic
from ankish.diagnostics.palette import Paint, Style, style_of
from ankish.diagnostics.places import main_place
from ankish.diagnostics.snippet import GAP, Line, snippet
from ankish.diagnostics.text import harmless


def fancy(diagnostic: Diagnostic, paint: Paint, width: int) -> str:
    """The diagnostic as a block of lines; excerpts are cut to `width` columns."""
    return "\n".join(_lines(diagnostic, paint, width))


def _lines(diagnostic: Diagnostic, paint: Paint, width: int) -> Iterator[str]:
    style = style_of(diagnostic.severity)
    head = f"{diagnostic.severity.value}[{diagnostic.code}]"
    yield paint(head, style) + paint(f": {_indented(diagnostic.message, 2)}", Style.STRONG)

    gutter = 1
    place = main_place(diagnostic)
    if place is not None and diagnostic.source is not None:
        left = len(f"{diagnostic.source.lines} | ")
        drawn = snippet(diagnostic.source, diagnostic.labels, style, width - left)
        gutter = max(len(line.gutter) for line in drawn if line.gutter != GAP)
        name = harmless(diagnostic.source.name)
        yield " " * gutter + paint("-->", Style.FRAME) + f" {name}:{place[0]}:{place[1]}"
        yield " " * gutter + paint(" |", Style.FRAME)
        yield from (_framed(line, gutter, paint) for line in drawn)

    for word, texts in (("help", diagnostic.helps), ("note", diagnostic.notes)):
        for text in texts:
            margin = f"{' ' * gutter} = "
            indented = _indented(text, len(margin) + len(word) + 2)
            yield paint(margin, Style.FRAME) + paint(word, Style.STRONG) + f": {indented}"


def _framed(line: Line, gutter: int, paint: Paint) -> str:
    rest = line.row.print(paint)
    if line.gutter == GAP:
        left = paint(GAP, Style.FRAME) + " " * (gutter + 3 - len(GAP))
    else:
        left = paint(f"{line.gutter:<{gutter}} |", Style.FRAME) + " "
    return (left + rest).rstrip(" ")


def _indented(text: str, by: int) -> str:
    """Harmless text whose further lines begin below its first one."""
    return harmless(text, keep="\n").replace("\n", "\n" + " " * by)
