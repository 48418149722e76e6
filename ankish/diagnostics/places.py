"""Labels met with their source: lines and columns in place of offsets."""

from __future__ import annotations

from ankish.data import dataclass
from ankish.diagnostics.model import Diagnostic, Label, Source, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A label in its source: the first and last line it is on, counted from 1.

    `start` and `end` are offsets in those lines, counted from 0; `end` is past the last
    character, and `start + 1` at least when both are on one line.
    """

    label: Label
    first: int
    last: int
    start: int
    end: int


def within(span: Span, source: Source) -> Span:
    """The part of `span` that the text has; empty at its nearest end if there is none."""
    length = len(source.text)
    start = min(max(span.start, 0), length)
    return Span(start, min(max(span.end, start), length))


def place(label: Label, source: Source) -> Place:
    """Where `label` stands; a line end counts as one character behind its line."""
    span = within(label.span, source)
    first, start = source.position(span.start)
    last, end = source.position(max(span.start, span.end - 1))
    return Place(
        label,
        first,
        last,
        min(start - 1, len(source.line(first))),
        min(end, len(source.line(last)) + 1),
    )


def main_place(diagnostic: Diagnostic) -> tuple[int, int] | None:
    """Line and column that a message is about, from 1; None if it has no place."""
    span = diagnostic.span or next((label.span for label in diagnostic.labels), None)
    if span is None or diagnostic.source is None:
        return None
    return diagnostic.source.position(within(span, diagnostic.source).start)
