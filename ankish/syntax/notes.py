"""Comments and blank lines between the parts of a program, for the layout of `ankish fmt`."""

from __future__ import annotations

import re
from bisect import bisect_left

from ankish.diagnostics.model import Span
from ankish.syntax.layout import Doc, Line, Note
from ankish.syntax.lexing import PARTS, first_in_line
from ankish.syntax.tree import Comment

LINE_END = re.compile(r"[^\S\n]*\n")


class Notes:
    """Hands out the comments of a text in their order, each at the gap where it stands."""

    def __init__(self, text: str, comments: tuple[Comment, ...]) -> None:
        self.text = text
        self.comments = comments
        self.starts = [comment.span.start for comment in comments]
        self.next = 0

    def gap(self, before: int, line: Doc, *, first: bool = False, blanks: bool = False) -> Doc:
        """What stands before the part that begins at an offset.

        That is `line`, or the comments that come before it, which end the line. With `blanks`
        an empty line there is kept, but not before the `first` part.
        """
        notes = self.notes(before, first=first, blanks=blanks)
        blank = blanks and self.blank(before)
        if notes:
            return [*notes, Line(hard=True, blank=blank)]
        if isinstance(line, Line) and blank and not first:
            return Line(line.flat, line.hard, blank=True)
        return line

    def notes(self, before: int, *, first: bool = False, blanks: bool = False) -> list[Doc]:
        """The comments before an offset that have not been handed out."""
        docs: list[Doc] = []
        for comment in self.take(before):
            start = comment.span.start
            if not docs and not first_in_line(self.text, start, PARTS):
                docs.append(Note(comment.text, trailing=True))
            else:
                blank = blanks and self.blank(start) and not (first and not docs)
                docs += [Line(hard=True, blank=blank), Note(comment.text, trailing=False)]
        return docs

    def take(self, before: int) -> tuple[Comment, ...]:
        """The comments before an offset that have not been handed out, which they are now."""
        start = self.next
        self.next = max(start, bisect_left(self.starts, before))
        return self.comments[start : self.next]

    def commented(self, start: int, end: int) -> bool:
        """Whether there is a comment between two offsets."""
        return bisect_left(self.starts, start) < bisect_left(self.starts, end)

    def blank(self, at: int) -> bool:
        """Whether a line without anything comes before the one that begins at an offset.

        Commas and semicolons count as nothing, since they go elsewhere.
        """
        before = at
        while before > 0 and (self.text[before - 1].isspace() or self.text[before - 1] in PARTS):
            before -= 1
        return self.text.count("\n", before, at) > 1

    def ends_line(self, at: int) -> bool:
        """Whether nothing more stands in the line of an offset."""
        return LINE_END.match(self.text, at) is not None

    def over_lines(self, span: Span) -> bool:
        """Whether a part is written over several lines."""
        return self.text.find("\n", span.start, span.end) >= 0

    def source(self, span: Span) -> str:
        """A part as it is written; the comments in it are part of it."""
        self.take(span.end)
        return self.text[span.start : span.end]
