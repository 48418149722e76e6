"""What each piece of a text is, for colouring it while it is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ankish.analysis.complete import without_word
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.model import Command
from ankish.syntax.frames import frames_of
from ankish.syntax.tokens import COMMENT, GARBAGE, OPEN_QUOTED, OPEN_RAW, Seen, tokens_of

KINDS = {
    **dict.fromkeys(
        ("DBLQUOTE", "TRIPLE", "TEXT", "LINES", "RAW", "RAW_LINES", OPEN_RAW), "string"
    ),
    **dict.fromkeys(("VARIABLE", "HOLE"), "variable"),
    **dict.fromkeys(("NUMBER", "ARG_NUMBER"), "number"),
    **dict.fromkeys(("NAMED", "SWITCH"), "parameter"),
    **dict.fromkeys(("TRUE", "FALSE", "NULL"), "constant"),
    **dict.fromkeys(("COMPARE", "PLUS", "MINUS", "TIMES", "OTHERWISE", "EQUAL"), "operator"),
    **dict.fromkeys(("VBAR", "SEMICOLON"), "pipe"),
    **dict.fromkeys(("NAME", "QUOTED", OPEN_QUOTED, "PATH"), "name"),
    "WORD": "word",
    "OPEN_END": "wrong",
    COMMENT: "comment",
    GARBAGE: "wrong",
}
"""The kind of each terminal; the others are keywords if they are letters, else brackets."""

Piece = tuple[int, int, str]
"""Start, end and kind: `command`, `unknown`, `verb`, `keyword`, `function`, `bracket`, or one of
those above."""


def pieces(text: str, commands: Mapping[str, Command]) -> list[Piece]:
    """What each piece of a text is, in order; white space is none.

    A name that nothing is called is `unknown`, one at the end only if nothing begins so.
    """
    shown = without_word(text, len(text))
    reader = tokens_of(shown)
    macros = {macro.name for frame in frames_of(shown, reader.seen) for macro in frame.macros}
    known = commands.keys() | macros
    found = [
        (seen.start, seen.end, _kind(seen, known, seen.end == len(text)))
        for seen in (*reader.seen, *reader.comments())
        if seen.text.strip()
    ]
    blanked = len(text[: len(shown) - len(shown.lstrip())].rstrip())
    if shown != text:
        found.append((len(text) - len(text.lstrip()), blanked, "command"))
    return sorted(found)


def _kind(seen: Seen, commands: Collection[str], at_end: bool) -> str:
    if seen.kind == "COMMAND":
        return _known(seen.text, commands, "command", at_end)
    if seen.kind == "CALL":
        return _known(seen.text[:-1], FUNCTIONS, "function", False)
    if seen.text in ROW_VERBS and seen.kind == seen.text.upper():
        return "verb"
    if seen.kind in KINDS:
        return KINDS[seen.kind]
    return "keyword" if seen.text.isalpha() else "bracket"


def _known(name: str, names: Collection[str], kind: str, at_end: bool) -> str:
    if name in names or (at_end and any(each.startswith(name) for each in names)):
        return kind
    return "unknown"
