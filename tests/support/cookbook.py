"""The calls of the cookbook: run on the sample collection, with the files that they are about."""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ankish.diagnostics.model import Source
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from ankish.runtime.shipped import known_script
from tests.support.day import DAY, anki_day, as_kept
from tests.support.guide import tidy
from tests.support.lab import Lab, embedded_lab

WORDS = """\
Front,Back,tags
el camino,"way, path",again
el faro,lighthouse,sea
la ola,wave,sea
la ola,surf,sea
"""

EXAMPLES = """\
Word,example
空,空が青いです。
雪,雪が降ります。
"""


def shown_by(call: str) -> str:
    """What a call such as `ankish leeches --deck Spanish` shows on a terminal of 80 columns.

    Days and ids are those of `DAY`. Raises `AnkishError` if something is wrong.
    """
    yes, name, arguments = _read(call)
    out = io.StringIO()
    with embedded_lab() as lab, _pantry():
        if name == "bring-back":
            _exported(lab)
        session = Session(lambda: lab.client, preview=True, yes=yes)
        source = Source(name, known_script(name).read_text(encoding="utf-8"))
        presenter = Presenter(out, out, "table", columns=80)
        session.run(source, presenter, lambda _: None, arguments)
    return _dated(tidy(as_kept(out.getvalue())))


def _read(call: str) -> tuple[bool, str, list[str]]:
    """Whether a call has `--yes`, the script and its arguments."""
    program, *words = shlex.split(call)
    assert program == "ankish"
    yes = words[0] == "--yes"
    return yes, words[yes], words[yes + 1 :]


def _dated(text: str) -> str:
    """A text with its days as they were on `DAY`."""
    later = anki_day() - DAY

    def then(match: re.Match[str]) -> str:
        return (date.fromisoformat(match[0]) - later).isoformat()

    return re.sub(r"\b20\d\d-\d\d-\d\d\b", then, text)


@contextmanager
def _pantry() -> Iterator[None]:
    """A folder with all that calls are about is the current one."""
    with tempfile.TemporaryDirectory() as name:
        folder, before = Path(name), Path.cwd()
        (folder / "audio").mkdir()
        (folder / "audio" / "経験.mp3").write_bytes(b"a")
        (folder / "audio" / "練習.mp3").write_bytes(b"b")
        (folder / "backups").mkdir()
        for day in range(1, 9):
            (folder / "backups" / f"spanish-2020-01-0{day}.apkg").write_bytes(b"old")
        files = {
            "lecture-3.txt": "bones\nheart\n",
            "words.csv": WORDS,
            "examples.csv": EXAMPLES,
            "top-5000.txt": "人\n水\n山\n海\n空\n",
        }
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def _exported(lab: Lab) -> None:
    """`spanish.csv`: an export of which one row was edited."""
    fields = "noteId, Front, Back, tags"
    lab.results(f'find "deck:Spanish Front:*" | notes | select {fields} | save spanish.csv')
    path = Path("spanish.csv")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("to have,", "to have; to own,", 1), encoding="utf-8")
