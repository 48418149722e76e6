"""What an error is: plain data, from the place in a text to the whole message.

Nothing here knows how a message is shown (`render`) or which messages exist
(`kinds`).
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum

from ankish.data import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters (code points) of a source."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The smallest span that covers this one and `other`."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def shift(self, by: int) -> Span:
        """The same range, `by` characters further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True)
class Source:
    """A program's text and the name it goes by: a file, `-c`, a line of the shell."""

    name: str
    text: str
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        starts += [at + 1 for at, char in enumerate(self.text) if char == "\n"]
        object.__setattr__(self, "_starts", starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._starts)


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the program before it is sent."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Label:
    """A span that matters to a message, with a word on why."""

    span: Span
    text: str = ""
    primary: bool = True


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the text that would mend the problem: put `text` in place of `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message: what is wrong, where, and what would be right.

    `code` is stable (`name::parameter`); `help CODE` explains it. `message` states
    the problem and never the fix. A diagnostic without labels has no place in a
    text (nothing answers on the port, say).
    """

    code: str
    severity: Severity
    message: str
    labels: tuple[Label, ...] = ()
    helps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    source: Source | None = None

    def within(self, source: Source) -> Diagnostic:
        """The same message, placed in `source` if it has no place in another one."""
        return self if self.source is not None else replace(self, source=source)

    @property
    def span(self) -> Span | None:
        """The first primary span, or None."""
        return next((label.span for label in self.labels if label.primary), None)


def called(problem: Diagnostic, call: Span) -> Diagnostic:
    """A message about what stands in a macro, as one about the call: that is the user's own.

    The place in the macro is still marked, as a place beside it.
    """
    if problem.span in (None, call):
        return problem
    first, *others = sorted(problem.labels, key=lambda label: not label.primary)
    inside = (replace(label, primary=False) for label in others)
    labels = (Label(call, first.text), Label(first.span, "", primary=False), *inside)
    return replace(problem, labels=labels, fix=None)


class AnkishError(Exception):
    """Carries diagnostics up to whoever shows them.

    Every failure that ankish knows of is one of these; `diagnostics` is never empty.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(f"{d.code}: {d.message}" for d in diagnostics))
        self.diagnostics = diagnostics
