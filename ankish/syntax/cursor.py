"""What stands around the cursor in a text that is still being written.

A `Cursor` says which brackets and quotes are open, and of each what stands in it so far:
the command, its arguments, the stages before it, the keys of a record. It knows no names;
`analysis` makes candidates and hints of it.
"""

from __future__ import annotations

import re

from ankish.data import dataclass
from ankish.syntax.frames import Frame, MacroName, Variable, frames_of
from ankish.syntax.tokens import OPEN_QUOTED, OPEN_RAW, Seen, tokens_of

REACH = 20_000
"""Of a longer text only the statements that begin within so many characters are looked at."""

STATEMENT = re.compile(r"^(?=[^\s#|)\]};,])", re.MULTILINE)
_WORD = re.compile(r"[\w$-]\Z")


@dataclass(frozen=True, slots=True)
class Cursor:
    """What is known about a place in a text.

    * **text** - the text up to the cursor, with blanks for statements that are too far away.
    * **start** - where the word begins that ends at the cursor; in a string, its inside.
    * **frames** - the open brackets, the program first; of the place before the word.
    * **accepts** - the terminals of the grammar that could stand in the word's place.
    * **target** - with a cursor after `target.`, what the key is looked up in.
    * **glued** - where the bare word begins that an open `"` belongs to: `deck:"My d`.
    """

    text: str
    start: int
    frames: tuple[Frame, ...]
    accepts: frozenset[str]
    target: str | None = None
    glued: int | None = None

    @property
    def prefix(self) -> str:
        """The part of the word before the cursor, as written."""
        return self.text[self.start :]

    @property
    def stage(self) -> Frame:
        """The innermost bracket in which pipelines stand."""
        return next(frame for frame in reversed(self.frames) if frame.is_stage)

    @property
    def string(self) -> Frame | None:
        """The string that the cursor is in."""
        return self.frames[-1] if self.frames[-1].kind == "string" else None

    @property
    def in_row(self) -> bool:
        """Whether a bare name would be a column."""
        return self.stage.verb is not None

    @property
    def before(self) -> str | None:
        """The stages before the one at hand; None if it is the first."""
        stage = self.stage
        return None if stage.pipe is None else self.text[stage.pipeline : stage.pipe]

    def variables(self) -> list[Variable]:
        """The variables that can be used here, the innermost last."""
        return [variable for frame in self.frames for variable in frame.variables]

    def macros(self) -> list[MacroName]:
        """The macros that can be called here."""
        return [macro for frame in self.frames for macro in frame.macros]


def at_cursor(text: str, at: int) -> Cursor | None:
    """What stands around offset `at`; None inside of a comment, where nothing is completed."""
    text = _near(text[:at])
    reader = tokens_of(text)
    if any(comment.end == len(text) for comment in reader.comments()):
        return None
    seen = reader.seen
    if seen and seen[-1].kind in (OPEN_RAW, OPEN_QUOTED) and seen[-1].end == len(text):
        return _in_open(text, seen[-1])
    frames = frames_of(text, seen)
    if frames[-1].kind == "string":
        return _in_string(text, seen, frames)
    start, target = _word(text, seen)
    if start < len(text):
        reader = tokens_of(text[: start if target is None else start - 1])
        frames = frames_of(text, reader.seen)
    return Cursor(text, start, tuple(frames), reader.accepts(), target)


def _near(text: str) -> str:
    """The text, with blanks in place of statements that are too far from its end."""
    if len(text) <= REACH:
        return text
    begin = STATEMENT.search(text, len(text) - REACH)
    cut = begin.start() if begin else len(text) - REACH
    return " " * cut + text[cut:]


def _in_open(text: str, opened: Seen) -> Cursor:
    """Inside a raw string or back-ticks without an end."""
    reader = tokens_of(text[: opened.start])
    frames = frames_of(text, reader.seen)
    if opened.kind == OPEN_QUOTED:
        return Cursor(text, opened.start, tuple(frames), reader.accepts())
    quote = "'''" if opened.text.startswith("'''") else "'"
    frame = Frame("string", opened.start, quote)
    return Cursor(text, frame.inner, (*frames, frame), reader.accepts())


def _in_string(text: str, seen: list[Seen], frames: list[Frame]) -> Cursor:
    string = frames[-1]
    glued = None
    for token in seen:
        if token.kind == "WORD" and token.end == string.start:
            glued = token.start
    return Cursor(text, string.inner, tuple(frames), frozenset(), glued=glued)


def _word(text: str, seen: list[Seen]) -> tuple[int, str | None]:
    """Where the word before the cursor begins, and what it is a key of."""
    at = len(text)
    touching: list[Seen] = []
    for token in reversed(seen):
        if token.end != at:
            break
        touching.append(token)
        at = token.start
    if not touching:
        return len(text), None
    last = touching[0]
    if [each.kind for each in touching[:2]] == ["MINUS", "MINUS"]:
        return touching[1].start, None  # a switch begins
    if last.kind == "PATH" or last.text == ".":
        base = next((t for t in touching[1:] if t.kind != "PATH"), None)
        if base is not None and base.kind in ("VARIABLE", "NAME", "QUOTED"):
            return last.start + 1, text[base.start : last.start]
    if last.kind in ("WORD", "QUOTED") or (last.kind != "MINUS" and _WORD.search(last.text)):
        return last.start, None
    return len(text), None
