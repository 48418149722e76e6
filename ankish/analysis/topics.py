"""What `help` tells of more than one thing: where to begin, all commands, searches, a word."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping

from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.model import Command
from ankish.diagnostics.text import two_columns
from ankish.syntax.search.keywords import FIELD_DOC, FLAGS, KEYWORDS, PROPERTIES, TEXT_DOC, Keyword

FAMILIES = {
    "builtin": "of ankish itself",
    "verbs": "about rows; bare names in them are columns and fields",
    "functions": "in expressions",
    "shell": "of the shell",
    "script": "of the library; `ankish NAME` runs them, too",
    "engine": "without Anki only",
    "gui": "with Anki's window only",
}
"""What the heading of a family says besides its name."""

MARGIN = "  "
"""What stands before the lines of a list."""

MOST = 12
"""How many things are told of that are about a word."""

INTRODUCTION = """\
A line is a pipeline: each command takes what the one before it gives.

  find deck:Spanish is:due | count
  find "tag:leech -is:suspended" | suspend
  find deck:Spanish | where lapses > 4 | sort -lapses | select Front, lapses

Tab completes commands, decks, tags, fields and searches. Before Enter the bar tells what a line
would do, and `undo` takes back what it did."""

FURTHER = (
    ("help suspend", "all about a command, a function or a script"),
    ("help bury", "what there is about a word"),
    ("help searches", "what a search is made of: deck: tag: is: prop:"),
    ("help commands", "everything, by its name"),
    ("help cards", ""),
    ("help name::deck", "what a message means, by its code"),
    ("explain …", "before a line: each request that it would send"),
    ("tour", "five minutes by hand, with ankish --demo"),
    ("keys", "the keys of the line editor; F1 helps on the word at the cursor"),
)

SEARCHES = """\
A search is what Anki's browser takes. Its terms stand one after the other and have to hold
together; `-` before one turns it around, and `or` stands between two. Brackets want quotes around
the whole, a term with a blank in it wants them after its colon."""

SEARCHED = (
    "find deck:Spanish is:due",
    "find tag:leech -is:suspended",
    "find prop:ivl>=21 prop:lapses>=1",
    "find rated:1:1",
    'find "deck:Spanish (is:new or prop:lapses>4)"',
    'find note:"Basic (and reversed card)"',
    'find Front:*casa* or Back:"to *"',
)
"""Searches for `help searches`; the tests run them."""


def overview(commands: Mapping[str, Command], width: int) -> str:
    """Where to begin: a page."""
    families = "a family of commands: " + ", ".join(name for name, _ in families_of(commands))
    rows = [(topic, said or families) for topic, said in FURTHER]
    return "\n".join([*_filled(INTRODUCTION, width), "", *two_columns(rows, width, MARGIN)])


def every_command(commands: Mapping[str, Command], width: int) -> str:
    """All that can be called, by families."""
    lines: list[str] = []
    for family, rows in families_of(commands):
        about = f" ({FAMILIES[family]})" if family in FAMILIES else ""
        lines += [*([""] if lines else []), f"{family}{about}"]
        names = " ".join(name for name, _ in rows)
        lines += textwrap.wrap(
            names, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
        )
    return "\n".join(lines)


def searches(commands: Mapping[str, Command], width: int) -> str:
    """What a search is made of."""
    lines = _filled(SEARCHES, width)
    words = [(f"{word.name}:", _takes(word)) for word in KEYWORDS.values()]
    lines += ["", *two_columns([*words, ("word", TEXT_DOC), ("Front:", FIELD_DOC)], width, MARGIN)]
    for heading, rows in (
        ("after is:", KEYWORDS["is"].values.items()),
        ("after prop:", [(each.name, each.doc) for each in PROPERTIES.values()]),
        ("after flag:", [(number, colour) for number, colour in FLAGS.items()]),
    ):
        lines += ["", heading, *two_columns(rows, width, MARGIN)]
    return "\n".join([*lines, "", "examples:", *(f"  {line}" for line in SEARCHED)])


def _takes(word: Keyword) -> str:
    """What a keyword finds, and what it takes if that is not said by it."""
    what = word.takes.value
    return word.doc if what in word.doc else f"{word.doc} ({what})"


TOPICS: dict[str, Callable[[Mapping[str, Command], int], str]] = {
    "commands": every_command,
    "searches": searches,
}
"""What `help` can be asked about besides names, families and codes."""


def about(word: str, commands: Mapping[str, Command], width: int) -> str:
    """What there is about a word: its name or what is said of it holds it; empty if nothing is."""
    stem = word.casefold().removesuffix("s")
    if len(stem) < 2:
        return ""
    wanted = re.compile(rf"(?:\b|(?<=[a-z])(?=[A-Z]))(?i:{re.escape(stem)})")
    rows = [row for _, rows in families_of(commands) for row in rows]
    rows += [(f"{each.name}:", each.doc) for each in KEYWORDS.values()]
    rows += [(f"is:{state}", doc) for state, doc in KEYWORDS["is"].values.items()]
    rows += [(f"prop:{each.name}", each.doc) for each in PROPERTIES.values()]
    named = [row for row in rows if wanted.search(row[0])]
    found = [*named, *(row for row in rows if wanted.search(row[1]) and row not in named)]
    if not found:
        return ""
    more = len(found) - MOST
    lines = [f"`{word}` is no command; these are about it:", ""]
    lines += two_columns(found[:MOST], width, MARGIN)
    return "\n".join([*lines, *([f"{MARGIN}and {more} more"] if more > 0 else [])])


def families_of(commands: Mapping[str, Command]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The families in the order in which they are shown, each with its commands and their docs."""
    families: dict[str, list[tuple[str, str]]] = {"builtin": []}
    families["verbs"] = [(name, doc) for name, (doc, _) in ROW_VERBS.items()]
    families["functions"] = [(f.signature, f.doc) for f in FUNCTIONS.values()]
    for command in commands.values():
        families.setdefault(command.family, []).append((command.name, command.doc))
    yield from families.items()


def _filled(text: str, width: int) -> list[str]:
    """Paragraphs filled to the width; lines that are indented stay as they are."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        given = paragraph.split("\n")
        kept = given if given[0].startswith(MARGIN) else textwrap.wrap(" ".join(given), width)
        lines += [*([""] if lines else []), *kept]
    return lines
