"""The examples of the documentation: read from its pages, and run as a reader would."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.diagnostics.render import render
from ankish.runtime.explain import explain_request, explanation
from ankish.runtime.journal.journals import Journals
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from ankish.shell.state import PARTS
from tests.support.day import as_kept
from tests.support.lab import Lab

FENCE = re.compile(r"^```(?P<info>[^`\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
CONTINUES = "continues"


@dataclass(frozen=True)
class Block:
    """A fenced block.

    * **kind** - `ankish` (a program, as if typed in the shell), `sh` (command lines), `python`, or
      what a file with it in it is.
    * **file** - the name to store it under; then it is not run.
    * **continues** - it goes on in the session and the folder of the block before.
    * **expected** - what the text block after it shows, or None.
    * **line** - where it begins in the guide.
    """

    kind: str
    text: str
    line: int
    file: str | None = None
    continues: bool = False
    expected: str | None = None


@dataclass(frozen=True)
class Shown:
    """What a reader sees; `fine` if nothing is wrong with the example: no message, status 0."""

    text: str
    fine: bool


INSTALLS = re.compile(r"(pip install (ankish|'ankish\[\w+\]')\n)+")
"""What a block `console` may hold, which is not run: the test of the wheel installs it."""


class BadGuide(ValueError):
    """A block that no test would look at."""


def blocks(guide: str) -> list[Block]:
    """All blocks that do something. Raises `BadGuide` for a block that would go unnoticed."""
    found: list[Block] = []
    end = None
    for match in FENCE.finditer(guide):
        kind, *words = match["info"].split() or [""]
        line = guide.count("\n", 0, match.start()) + 1
        if kind == "text" and not words:
            if end is None or guide[end : match.start()].strip():
                raise BadGuide(f"line {line}: output of nothing")
            found[-1] = _with_output(found[-1], match["text"])
            end = None
            continue
        if kind == "console" and not words and INSTALLS.fullmatch(match["text"]):
            end = None
            continue
        if kind == "{toctree}":  # of the site
            continue
        made = _block(kind, words, match["text"], line)
        found.append(made)
        end = match.end() if made.file is None else None
    return found


def _block(kind: str, words: list[str], text: str, line: int) -> Block:
    names = [word.removeprefix("file=") for word in words if word.startswith("file=")]
    rest = [word for word in words if not word.startswith("file=")]
    runs = kind in ("ankish", "sh", "python") and not names
    if rest not in ([], [CONTINUES]) or len(names) > 1 or not (runs or names):
        raise BadGuide(f"line {line}: no test runs a block `{' '.join([kind, *words])}`")
    return Block(kind, text, line, names[0] if names else None, bool(rest))


def _with_output(block: Block, expected: str) -> Block:
    return Block(block.kind, block.text, block.line, None, block.continues, expected)


def examples(guide: str) -> list[list[Block]]:
    """The blocks in groups: those that continue one another."""
    groups: list[list[Block]] = []
    for block in blocks(guide):
        if block.continues:
            if not groups:
                raise BadGuide(f"line {block.line}: continues nothing")
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


class Reader:
    """Someone who tries an example: a shell on a collection, and a folder for files.

    The folder has to be the current one.
    """

    def __init__(self, lab: Lab, folder: Path) -> None:
        self.folder = folder
        self.session = Session(lambda: lab.client, keep=True, preview=True, journals=Journals(None))
        self.session.world.prefetch(PARTS)  # as the shell does beside its prompt

    def tries(self, block: Block) -> Shown:
        """What is shown, each line without blanks at its end, ids as the guide has them."""
        if block.file is not None:
            (self.folder / block.file).write_text(block.text, encoding="utf-8")
            return Shown("", True)
        if block.kind == "ankish":
            shown = self._typed(block.text)
        elif block.kind == "python":
            shown = self._command(sys.executable, "-c", block.text)
        else:
            shown = self._command("sh", "-c", block.text)
        return Shown(tidy(as_kept(shown.text)), shown.fine)

    def _typed(self, text: str) -> Shown:
        """A program in ankish's own shell, on a terminal of 80 columns; a mistake is told."""
        out = io.StringIO()
        told: list[Diagnostic] = []

        def tell(problems: tuple[Diagnostic, ...]) -> None:
            told.extend(problems)
            out.write(render(problems) + "\n")

        source = Source("shell", text.rstrip("\n"))
        try:
            asked = explain_request(source)
            if asked is not None:
                out.write(explanation(self.session, asked))
            else:
                self.session.run(source, Presenter(out, out, "table", columns=80), tell)
        except AnkishError as error:
            tell(error.diagnostics)
        return Shown(out.getvalue(), not told)

    def _command(self, *command: str) -> Shown:
        """A command, with what goes to either stream."""
        scripts = Path(sys.executable).parent
        path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return Shown(done.stdout, done.returncode == 0)


def tidy(text: str) -> str:
    """A text without blanks at the ends of its lines and without empty lines at its end."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))
