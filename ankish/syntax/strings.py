"""From a string as it is written to the text that it means.

Written text is carried as a `Raw`: its characters and where each stands in the source,
so that a mistake in a search can be shown at its place whatever was cut or escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ankish.data import dataclass
from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.syntax.tree import Piece

SIMPLE = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "$": "$", "/": "/"}
"""What follows a backslash, and what it means. `\\r`, `\\/` and `\\uXXXX` are JSON's, so that
a JSON value is a value. Any other backslash stays: searches, regexes and LaTeX use it."""

ESCAPE = r'\\(?:(?P<simple>[ntr"\\$/])|u\{(?P<braced>[^}]*)\}|u(?P<json>[0-9a-fA-F]{4}))'
RETURN = re.compile("\r(?=\n)")
SURROGATES = "[\ud800-\udbff][\udc00-\udfff]"


@dataclass(frozen=True, slots=True)
class Raw:
    """Characters and their offsets in the source; `places` has one more for the end."""

    text: str
    places: Sequence[int]

    @classmethod
    def at(cls, text: str, start: int) -> Raw:
        """Text that stands in the source as it is, from `start` on."""
        return cls(text, range(start, start + len(text) + 1))

    def cut(self, start: int, end: int) -> Raw:
        """A part of it."""
        return Raw(self.text[start:end], self.places[start : end + 1])

    def piece(self) -> Piece:
        """The same as a piece of a string in the syntax tree."""
        span = Span(self.places[0], self.places[-1])
        linear = isinstance(self.places, range)
        return Piece(self.text, span, None if linear else tuple(self.places))


def unescaped(raw: Raw, problems: list[Diagnostic]) -> Raw:
    """The text with its escapes resolved; escapes that mean nothing go to `problems`."""
    if "\\" not in raw.text:
        return raw
    text: list[str] = []
    places: list[int] = []
    at = 0
    for match in re.finditer(ESCAPE, raw.text):
        text += raw.text[at : match.start()]
        places += raw.places[at : match.start()]
        at = match.end()
        char = _meant(match)
        if char is None:
            span = Span(raw.places[match.start()], raw.places[at])
            problems.append(kinds.BAD_CODE_POINT(span, digits=match["braced"]))
            continue
        text.append(char)
        places.append(raw.places[match.start()])
    text += raw.text[at:]
    places += raw.places[at:]
    return _with_pairs_joined("".join(text), places)


def _meant(match: re.Match[str]) -> str | None:
    """The character an escape stands for, or None if there is none."""
    if match["simple"]:
        return SIMPLE[match["simple"]]
    if match["json"]:
        return chr(int(match["json"], 16))
    digits = match["braced"]
    code = int(digits, 16) if re.fullmatch("[0-9a-fA-F]{1,6}", digits) else -1
    sound = 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if sound else None


def _with_pairs_joined(text: str, places: list[int]) -> Raw:
    """JSON writes characters beyond U+FFFF as two escapes; half of one means nothing."""
    joined: list[str] = []
    joined_places: list[int] = []
    at = 0
    for match in re.finditer(SURROGATES, text):
        high, low = (ord(char) for char in match[0])
        joined += text[at : match.start()]
        joined.append(chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)))
        joined_places += places[at : match.start() + 1]
        at = match.end()
    joined += text[at:]
    joined_places += places[at:]
    return Raw(re.sub("[\ud800-\udfff]", "\ufffd", "".join(joined)), joined_places)


def dedented(pieces: list[Raw]) -> list[Raw]:
    """The text of a string over several lines, as pieces between its `${}` holes.

    Taken away: the first line if it is empty, what follows the last line end if it is
    only white space, and the white space that all other lines have in common. Lines end
    with a line feed, however the file's lines end.
    """
    pieces = [_without(piece, RETURN, goes_on=False) for piece in pieces]
    first = pieces[0]
    opening = re.match(r"[ \t]*\n", first.text)
    if opening is None:
        return pieces
    margin = _margin([piece.text for piece in pieces], opening.end())
    pieces = [first.cut(opening.end(), len(first.text)), *pieces[1:]]
    ending = re.search(r"\n[ \t]*\Z", pieces[-1].text)
    if ending is not None:
        pieces[-1] = pieces[-1].cut(0, ending.start())
    line_start = re.compile(f"^{margin}", re.MULTILINE) if margin else None
    if line_start is None:
        return pieces
    return [_without(piece, line_start, number > 0) for number, piece in enumerate(pieces)]


def _margin(texts: list[str], first_line_end: int) -> str:
    """The white space that every line after the first begins with, the last one included."""
    whole = "\0".join(texts)[first_line_end:]
    lines = whole.split("\n")
    starts = [re.match(r"[ \t]*", line)[0] for line in lines[:-1] if line.strip()]  # type: ignore[index]
    starts.append(re.match(r"[ \t]*", lines[-1])[0])  # type: ignore[index]
    shortest = min(starts, key=len)
    while any(not start.startswith(shortest) for start in starts):
        shortest = shortest[:-1]
    return shortest


def _without(raw: Raw, taken: re.Pattern[str], goes_on: bool) -> Raw:
    """`raw` less each match; the start of a piece after a hole is no line's start."""
    if not taken.search(raw.text):
        return raw
    text: list[str] = []
    places: list[int] = []
    at = 0
    for match in taken.finditer(raw.text, 1 if goes_on else 0):
        text += raw.text[at : match.start()]
        places += raw.places[at : match.start()]
        at = match.end()
    text += raw.text[at:]
    places += raw.places[at:]
    return Raw("".join(text), places)
