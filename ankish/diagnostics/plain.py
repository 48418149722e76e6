"""A diagnostic with a line for each fact: for screen readers, logs and `grep`."""

from __future__ import annotations

from collections.abc import Iterator

from ankish.diagnostics.model import Diagnostic, Label, Source
from ankish.diagnostics.places import main_place, within
from ankish.diagnostics.text import one_line

_QUOTED = 40
"""The most characters of a source that are quoted."""


def plain(diagnostic: Diagnostic) -> str:
    """The place and the message on the first line; labels, helps and notes indented below."""
    return "\n".join(_lines(diagnostic))


def _lines(diagnostic: Diagnostic) -> Iterator[str]:
    head = f"{diagnostic.severity.value}[{diagnostic.code}]: {one_line(diagnostic.message)}"
    place = main_place(diagnostic)
    source = diagnostic.source
    if place is None or source is None:
        yield head
    else:
        yield f"{one_line(source.name)}:{place[0]}:{place[1]}: {head}"
        yield from (
            f"  {_label(label, source)}" for label in diagnostic.labels if one_line(label.text)
        )
    yield from (f"  help: {one_line(text)}" for text in diagnostic.helps)
    yield from (f"  note: {one_line(text)}" for text in diagnostic.notes)


def _label(label: Label, source: Source) -> str:
    span = within(label.span, source)
    line, column = source.position(span.start)
    quoted = one_line(source.text[span.start : min(span.end, span.start + _QUOTED)])
    more = "…" if span.end - span.start > _QUOTED else ""
    what = f' "{quoted}{more}"' if quoted else ""
    return f"at {line}:{column}{what}: {one_line(label.text)}"
