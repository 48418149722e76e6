"""Write pages from the declarations that checking and help use, and from the scripts.

    python docs/generate.py            # writes them
    python docs/generate.py --check    # only says whether they are up to date
    python docs/generate.py --fresh    # runs all calls of the cookbook again

The exit status with `--check` is 1 if one is not.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path

import actions
import cooking
import undoing
from entries import Entries, type_words
from marks import anchor, paragraphs, prose, span, table

from ankish.catalog.actions import ACTIONS
from ankish.catalog.builtins import BUILTINS, ROW_VERBS
from ankish.catalog.columns import CARD_COLUMNS, NOTE_COLUMNS, Column
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.diagnostics.explain import every_kind
from ankish.diagnostics.model import Severity, Source
from ankish.runtime.libraries import prelude_file
from ankish.syntax import tree as t
from ankish.syntax.parser import parse
from ankish.syntax.search import keywords

NAME = "reference.md"

INTRODUCTION = """\
# Reference

All that ankish has, one by one. The [guide](guide.md) explains how it goes together. This file is
written by `python docs/generate.py` from what ankish itself goes by, and a test fails when it is
out of date.

In `cards | setDueDate days` the pipe fills `cards`, the subject. `[name]` can be left out. A
command only reads, unless its entry names another effect.
"""

FAMILIES = {
    "gui": "They need Anki's window, so they work through AnkiConnect only.",
    "engine": "AnkiConnect has none of these. They work with `--collection`, `--profile` and "
    "`--demo`.",
}
"""What is said of a family of actions besides its name."""


def reference() -> str:
    """The whole text."""
    sections = [*_sections()]
    contents = [f"- [{title}](#{anchor(title)})" for title, _ in sections]
    parts = [INTRODUCTION, "\n".join(contents)]
    parts += [f"## {title}\n\n{text}" for title, text in sections]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _sections() -> Iterator[tuple[str, str]]:
    """The sections: title and text."""
    entries = Entries()
    yield "Builtins", paragraphs(entries.command(each) for each in BUILTINS.values())
    yield "Row verbs", _row_verbs()
    yield "Short verbs", _short_verbs()
    yield "Functions", _functions()
    yield "In the shell", _shell_words()
    yield "Columns", _columns()
    yield "Searches", _searches()
    families = dict.fromkeys(command.family for command in ACTIONS.values())
    for family in families:
        commands = [each for each in ACTIONS.values() if each.family == family]
        about = [FAMILIES[family]] if family in FAMILIES else []
        text = paragraphs([*about, *map(entries.command, commands)])
        yield f"Actions: {family}", text
    yield "Messages", _messages()


def _row_verbs() -> str:
    rows = [(f"`{name}`", prose(doc), span(example)) for name, (doc, example) in ROW_VERBS.items()]
    return "In these, bare names are columns and fields.\n\n" + table(
        ("verb", "", "for example"), rows
    )


def _short_verbs() -> str:
    text = prelude_file().read_text(encoding="utf-8")
    rows = []
    for node in parse(Source("prelude.ank", text)).program.statements:
        if isinstance(node, t.Macro):
            subject, *rest = [param.name for param in node.parameters]
            body = text[node.body.span.start + 1 : node.body.span.end - 1].strip()
            call = " ".join([f"{subject} | {node.name}", *rest])
            rows.append((span(call), prose(node.doc.rstrip(".")), span(body)))
    return "Macros of `scripts/prelude.ank`.\n\n" + table(("verb", "", "is"), rows)


def _functions() -> str:
    rows = []
    for function in FUNCTIONS.values():
        told = [param for param in function.params if param.doc != f"the {param.name}"]
        about = "; ".join(f"`{param.name}`: {prose(param.doc)}" for param in told)
        doc = f"{prose(function.doc)}. {about}".strip()
        gives, example = type_words(function.result), span(function.example)
        rows.append((span(function.signature), gives, doc, example))
    return "In expressions.\n\n" + table(("function", "gives", "", "for example"), rows)


def _shell_words() -> str:
    rows = []
    for word in SHELL_WORDS.values():
        examples = ", ".join(span(example.line) for example in word.examples)
        rows.append((span(word.signature), prose(word.doc), examples))
    return table(("word", "", "for example"), rows)


def _columns() -> str:
    return paragraphs(
        [
            "What row verbs know by name, besides the fields of notes. Each is asked for only if "
            "it is used.",
            "Of cards, which have all those of their notes too:",
            _column_table(CARD_COLUMNS),
            "Of notes:",
            _column_table(NOTE_COLUMNS),
        ]
    )


def _column_table(columns: Iterable[Column]) -> str:
    rows = [(f"`{c.name}`", type_words(c.type), prose(c.doc), span(c.action)) for c in columns]
    return table(("column", "type", "", "asked with"), rows)


def _searches() -> str:
    words = [
        (f"`{word.name}:`", prose(word.takes.value), prose(word.doc))
        for word in keywords.KEYWORDS.values()
    ]
    few = [
        (f"`{word.name}:{value}`", prose(doc))
        for word in keywords.KEYWORDS.values()
        for value, doc in word.values.items()
    ]
    properties = [
        (f"`prop:{each.name}`", prose(each.number.value), prose(each.doc))
        for each in keywords.PROPERTIES.values()
    ]
    operators = ", ".join(f"`{operator}`" for operator in keywords.OPERATORS)
    buttons = ", ".join(f"{number} {name}" for number, name in keywords.BUTTONS.items())
    return paragraphs(
        [
            f"A word alone finds {keywords.TEXT_DOC}. `FIELD:TEXT` finds "
            f"{prose(keywords.FIELD_DOC)}. Terms side by side must all hold; `or` joins "
            "alternatives, `-` negates, round brackets group. `*` stands for any characters, `_` "
            "for one.",
            table(("keyword", "takes", "finds"), words),
            "Words that may follow:",
            table(("term", "finds"), few),
            f"Properties, compared with {operators}:",
            table(("property", "with", ""), properties),
            f"Buttons of `rated:`: {buttons}.",
        ]
    )


def _messages() -> str:
    rows = []
    for code, kind in sorted(every_kind().items()):
        warning = "Warning. " if kind.severity is Severity.WARNING else ""
        rows.append((f"`{code}`", warning + prose(_first_sentence(kind.explain))))
    return "`help CODE` says more.\n\n" + table(("code", "what it means"), rows)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]


PAGES = {NAME: reference, actions.PAGE: actions.page, undoing.NAME: undoing.undoing}
"""What is written, and by what."""


def main() -> int:
    """Write the pages, or check them; the exit status."""
    made = ArgumentParser(description="Write pages from the catalog.")
    made.add_argument("--check", action="store_true", help="only say whether they are")
    made.add_argument(
        "--to", type=Path, default=Path(__file__).parent, metavar="FOLDER", help="where they are"
    )
    made.add_argument("--fresh", action="store_true", help="run all calls of the cookbook again")
    options = made.parse_args()
    kept = Path(__file__).with_name(cooking.PAGE)
    earlier = kept.read_text(encoding="utf-8") if kept.is_file() and not options.fresh else ""
    outdated = 0
    for name, make in {**PAGES, cooking.PAGE: lambda: cooking.cookbook(earlier)}.items():
        path: Path = options.to / name
        text = make()
        if not options.check:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            print(f"{path} is out of date: python docs/generate.py writes it")  # noqa: T201
            outdated = 1
    return outdated


if __name__ == "__main__":
    sys.exit(main())
