"""The cookbook: what users of Anki do again and again, each with its script: `cookbook.md`.

What a call shows is kept in the page. `python docs/generate.py` runs the calls that are new in it,
with `--fresh` all of them; the tests run them all, and compare.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from marks import anchor, table

from ankish.analysis.script import script_doc
from ankish.diagnostics.model import Source
from ankish.runtime.callable import EXAMPLE
from ankish.runtime.shipped import scripts
from ankish.syntax.parser import parse

PAGE = "cookbook.md"

OWN = " *Needs a collection file.*"
"""What is said of a job that AnkiConnect can't do."""


@dataclass(frozen=True)
class Job:
    """Something that is done again and again.

    * **scripts** - the scripts that do it.
    * **own** - whether it needs a collection file.
    """

    title: str
    scripts: tuple[str, ...]
    own: bool = False


def _job(title: str, names: str, own: bool = False) -> Job:
    return Job(title, tuple(names.split()), own)


JOBS: dict[str, tuple[Job, ...]] = {
    "Leeches and known cards": (
        _job("Suspend, tag or move all leeches", "leeches"),
        _job("Give leeches a fresh start", "fresh-start"),
        _job("Retire mature cards", "retire"),
    ),
    "What is studied": (
        _job("Suspend or unsuspend by a list of tags", "by-tags"),
        _job("Unlock cards step by step", "unlock"),
        _job("Move all cards that match a search", "gather"),
        _job("Put new cards in order", "order-new", own=True),
        _job("Spread a backlog over days", "spread"),
        _job("Set due dates, and forget cards", "set-due start-over"),
        _job("Carry scheduling over from one card to another", "copy-schedule", own=True),
        _job("Bury siblings", "bury-siblings", own=True),
        _job("Build, refill and empty a filtered deck", "cram", own=True),
    ),
    "Tags": (
        _job("Add, remove, rename and merge tags, with all below them", "retag rename-tags"),
        _job("Tidy up tags", "tag-hygiene"),
        _job("Make a tag of a field, and a field of a tag", "field-to-tag tag-to-field"),
    ),
    "Fields": (
        _job("Find and replace with a regular expression", "replace"),
        _job(
            "Copy, fill and empty fields; build clozes",
            "copy-field fill-field empty-field make-clozes",
        ),
        _job("Strip formatting, normalise spaces and Unicode", "clean"),
        _job("Fill empty fields from a table", "fill-from-table"),
        _job("Attach sounds and pictures by file name", "attach-media"),
    ),
    "Notes and files": (
        _job("Import a table, updating what is there", "import-words"),
        _job("Export, edit elsewhere, bring back", "export-notes bring-back"),
        _job("Find duplicates, and keep the best one", "duplicates"),
        _job("Change the note type", "change-type"),
        _job("Back up every deck", "backup"),
    ),
    "Reports and repairs": (
        _job("Find media that is missing or unused", "media-report"),
        _job("Report on a week", "weekly reviews forecast intervals ease"),
        _job("Lint a deck", "lint"),
        _job("Change note types: fields, templates, styling", "add-field restyle"),
    ),
}
"""The jobs by what they are about."""

HEAD = """\
# Cookbook

What users of Anki do again and again, each with the script that does it. `ankish NAME` runs a
script, `ankish --dry-run NAME` shows what it would change and changes nothing, and `ankish undo`
takes a run back. `ankish NAME --help` tells its parameters.

Each script is a short program to read, to copy and to change: `ankish scripts NAME > mine.ank`.
What is shown here is what the call gives on the sample collection, `ankish --demo NAME …`. Each
script also tests itself, with the `test` blocks at its end: `ankish test NAME`.

This page is written by `python docs/generate.py` from the scripts; the tests run every call.
"""


def cookbook(kept: str = "") -> str:
    """The whole page. What calls show is taken from `kept`, an earlier page, where it has it."""
    shown = dict(outputs(kept))
    rows = [
        (f"[{job.title}](#{anchor(job.title)})", " ".join(f"`{name}`" for name in job.scripts))
        for jobs in JOBS.values()
        for job in jobs
    ]
    parts = [HEAD, table(("job", "scripts"), rows)]
    for theme, jobs in JOBS.items():
        parts.append(f"## {theme}")
        for job in jobs:
            parts.append(f"### {job.title}")
            if job.own:
                parts.append(OWN.strip())
            for name in job.scripts:
                parts += _recipe(name, shown)
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _recipe(name: str, shown: dict[str, str]) -> Iterator[str]:
    """A script: what it does, its calls with what they show, its text."""
    source = Source(name, scripts()[name].read_text(encoding="utf-8"))
    doc = script_doc(parse(source).program, source)
    yield "\n\n".join(each for each in doc.split("\n\n") if not each.startswith("    "))
    for call in calls(doc):
        yield f"```sh\n{call}\n```"
        yield f"```text\n{shown[call] if call in shown else _run(call)}\n```"
    yield f"```ankish\n{_body(source.text)}\n```"


def calls(doc: str) -> list[str]:
    """The calls in a script's documentation."""
    return [match[0].strip() for match in EXAMPLE.finditer(doc)]


def _body(text: str) -> str:
    """A script without its own documentation, which stands above it."""
    return re.sub(r"\A(?:##.*\n)+\n", "", text).strip()


def outputs(page: str) -> Iterator[tuple[str, str]]:
    """The calls of a page with what they show."""
    for match in re.finditer(r"^```sh\n([^\n]+)\n```\n\n```text\n(.*?)\n?```$", page, re.M | re.S):
        yield match[1], match[2].rstrip("\n")


def _run(call: str) -> str:
    root = str(Path(__file__).parents[1])
    if root not in sys.path:
        sys.path.append(root)
    from tests.support.cookbook import shown_by

    return shown_by(call)
