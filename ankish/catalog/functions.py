"""The functions of expressions: `trim(Front)`. What they do is in `runtime/functions.py`."""

from __future__ import annotations

from typing import Any

from ankish.catalog.model import Param
from ankish.catalog.types import ANY, BOOL, FLOAT, INT, MEDIA, RECORD, TEXT, Type, int_from, list_of
from ankish.data import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function: parameters, the type of its result, a line of documentation, an example.

    With `rest` the last parameter takes all further arguments.
    """

    name: str
    params: tuple[Param, ...]
    result: Type
    doc: str
    example: str
    rest: bool = False

    @property
    def signature(self) -> str:
        """`replace(text, pattern, with, [regex])`."""
        words = [p.name if p.required else f"[{p.name}]" for p in self.params]
        return f"{self.name}({', '.join(words)}{', …' if self.rest else ''})"

    @property
    def about(self) -> dict[str, Any]:
        """The signature and what it does, for the notes of messages."""
        return {"signature": self.signature, "doc": self.doc[:1].lower() + self.doc[1:]}


def _function(
    name: str, result: Type, doc: str, example: str, *params: Param, rest: bool = False
) -> Function:
    return Function(name, params, result, doc, example, rest)


_text = Param("text", TEXT, "the text")
_number = Param("number", FLOAT, "the number")
_pattern = Param("pattern", TEXT, "the text to find, or a regular expression")
_list = Param("list", list_of(ANY), "the list")
_time = Param(
    "time", ANY, "seconds or milliseconds since 1970, such as an id, or a text in ISO 8601"
)
_file = Param("file", MEDIA, "the name of a file in the media folder")
_regex = Param("regex", BOOL, "whether `pattern` is a regular expression", default=False)

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        _function("trim", TEXT, "Remove white space at both ends", 'trim("  a ")', _text),
        _function("upper", TEXT, "Change letters to capitals", 'upper("abc")', _text),
        _function("lower", TEXT, "Change letters to small ones", 'lower("ABC")', _text),
        _function(
            "replace",
            TEXT,
            "Replace every place where a text or a regular expression matches",
            "replace(\"a  b\", ' +', ' ', regex=true)",
            _text,
            _pattern,
            Param(
                "with", TEXT, "what to put there; \\1 is the first group of a regular expression"
            ),
            _regex,
        ),
        _function(
            "match",
            TEXT,
            "Give what a regular expression finds first: its first group, or all of it; else null",
            "match(\"lesson 12\", '\\d+')",
            _text,
            Param("pattern", TEXT, "the regular expression"),
        ),
        _function(
            "scan",
            list_of(TEXT),
            "Give all that a regular expression finds, as `match` gives the first",
            "scan(\"[sound:a.mp3] [sound:b.mp3]\", '\\[sound:(.*?)\\]')",
            _text,
            Param("pattern", TEXT, "the regular expression"),
        ),
        _function(
            "split",
            list_of(TEXT),
            "Cut a text at every place where another one stands",
            'split("a,b", ",")',
            _text,
            Param("at", TEXT, "where to cut"),
        ),
        _function(
            "length",
            INT,
            "Count the characters of a text or the items of a list",
            'length("abc")',
            Param("value", ANY, "the text or the list"),
        ),
        _function(
            "int",
            INT,
            "Make a whole number of a text or a number",
            'int("12")',
            Param("value", ANY, "what to make a number of"),
        ),
        _function(
            "float",
            FLOAT,
            "Make a number of a text",
            'float("1.5")',
            Param("value", ANY, "what to make a number of"),
        ),
        _function(
            "round",
            FLOAT,
            "Round to so many digits",
            "round(2.345, 1)",
            _number,
            Param("digits", INT, "digits after the point", default=0),
        ),
        _function("abs", FLOAT, "Drop the sign", "abs(-3)", _number),
        _function("floor", INT, "Round down to a whole number", "floor(2.7)", _number),
        _function("ceil", INT, "Round up to a whole number", "ceil(2.1)", _number),
        _function(
            "max",
            ANY,
            "Give the greatest of some numbers or texts; null counts for nothing",
            "max(3, 7)",
            Param("value", ANY, "the values"),
            rest=True,
        ),
        _function(
            "min",
            ANY,
            "Give the smallest of some numbers or texts; null counts for nothing",
            "min(3, 7)",
            Param("value", ANY, "the values"),
            rest=True,
        ),
        _function(
            "contains",
            BOOL,
            "Tell whether a text stands in another one, as `has` does",
            'contains("a b", "b")',
            _text,
            Param("part", TEXT, "what to look for"),
        ),
        _function(
            "starts",
            BOOL,
            "Tell whether a text begins with another one",
            'starts("el mar", "el ")',
            _text,
            Param("part", TEXT, "what to look for"),
        ),
        _function(
            "ends",
            BOOL,
            "Tell whether a text ends with another one",
            'ends("a.mp3", ".mp3")',
            _text,
            Param("part", TEXT, "what to look for"),
        ),
        _function(
            "slice",
            ANY,
            "Give a part of a text or of a list; a negative place counts from the end",
            'slice("abcdef", 0, 3)',
            Param("value", ANY, "the text or the list"),
            Param("start", INT, "the first place, from 0"),
            Param("end", INT, "the place after the last one", default=None),
        ),
        _function(
            "range",
            list_of(INT),
            "Give the whole numbers from one to another, at most 100,000",
            "range(0, 7)",
            Param("from", INT, "the first one"),
            Param("to", INT, "the one after the last one"),
        ),
        _function(
            "join",
            TEXT,
            "Make a text of the items of a list",
            'join(["a", "b"], ", ")',
            _list,
            Param("with", TEXT, "what stands between two items", default=""),
        ),
        _function(
            "record",
            RECORD,
            "Make a record of names and their values",
            'record(["Front", "Back"], ["a", "b"])',
            Param("names", list_of(TEXT), "the names"),
            Param("values", list_of(ANY), "as many values"),
        ),
        _function(
            "get",
            ANY,
            "Look up a key that is computed; null if it is not there",
            'get({Front: "a"}, "Front")',
            Param("record", RECORD, "the record; `fields` are all fields of a note"),
            Param("key", TEXT, "the key"),
        ),
        _function(
            "normalize",
            TEXT,
            "Write each character in one way (Unicode NFC), as Anki does",
            'normalize("é")',
            _text,
        ),
        _function(
            "slug",
            TEXT,
            "Make a tag or the name of a file of a text: small letters, `-` for all else",
            'slug("El Niño (1997)")',
            _text,
        ),
        _function(
            "text",
            TEXT,
            "Make plain text of HTML: a line for each block, `&nbsp;` a space",
            'text("<b>el</b>&nbsp;mar<br>sea")',
            Param("html", TEXT, "the HTML of a field"),
        ),
        _function(
            "md",
            TEXT,
            "Make the HTML of a field from Markdown",
            'md("**el** mar")',
            Param("markdown", TEXT, "the Markdown"),
        ),
        _function(
            "html",
            TEXT,
            "Make Markdown from the HTML of a field",
            'html("<b>el</b> mar")',
            Param("html", TEXT, "the HTML"),
        ),
        _function(
            "cloze",
            TEXT,
            "Make a cloze of a word wherever it stands in a text, or of the whole text",
            'cloze("Paris is in France", "Paris")',
            _text,
            Param("word", TEXT, "the word; a text without it stays as it is", default=None),
            Param("number", int_from(1), "which cloze: 2 makes {{c2::…}}", default=1),
            Param("hint", TEXT, "what is shown in its place", default=None),
        ),
        _function("sound", TEXT, "Refer to a sound in the media folder", 'sound("a.mp3")', _file),
        _function("img", TEXT, "Refer to a picture in the media folder", 'img("a.png")', _file),
        _function("today", TEXT, "Give the day it is: 2026-11-24", "today()"),
        _function("now", TEXT, "Give the moment it is: 2026-11-24T09:30:00", "now()"),
        _function(
            "date",
            TEXT,
            "Give the day of a time, or a day so many days after it",
            'date("2026-11-24", 7)',
            _time,
            Param("days", INT, "how many days after it; before it if negative", default=0),
        ),
        _function(
            "datetime",
            TEXT,
            "Give a time as a text: day and time of day, here",
            "datetime(1502298033753)",
            _time,
        ),
        _function(
            "days",
            INT,
            "Count the days from one day to another",
            'days("2026-11-24", "2026-12-24")',
            Param("from", ANY, "the first time, as `date` takes it"),
            Param("to", ANY, "the second time"),
        ),
        _function(
            "epoch",
            INT,
            "Give a time as seconds since 1970; ids of notes and reviews are a thousand times that",
            'epoch("2026-11-24")',
            _time,
        ),
        _function(
            "format",
            TEXT,
            "Give a time as a pattern says",
            'format("2026-11-24", "%d.%m.%Y")',
            _time,
            Param("pattern", TEXT, "the pattern, as strftime has it: %Y year, %m month, %d day"),
        ),
        _function(
            "case",
            ANY,
            "Give the value after the first condition that holds, or the last value",
            'case(2 > 1, "more", "less")',
            Param(
                "condition", ANY, "a condition and its value, and so on; at the end the value else"
            ),
            rest=True,
        ),
    )
}
