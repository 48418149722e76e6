"""What every program can call besides the catalog: short verbs, macros and scripts, as commands.

Each file is read once, and again when it has changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ankish.analysis.places import macro_commands
from ankish.analysis.script import script_doc
from ankish.analysis.testing import as_called
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command, Example
from ankish.data import replace
from ankish.diagnostics.model import Source
from ankish.runtime.libraries import prelude_file
from ankish.runtime.mymacros import my_macros
from ankish.runtime.shipped import scripts
from ankish.syntax.parser import parse

Commands = dict[str, Command]

EXAMPLE = re.compile(r"^\s+ankish (?:--yes )?(.*)$", re.MULTILINE)
"""A call of a script in its documentation."""


def callable_commands(earlier: Sequence[Source] = (), *, library: bool = True) -> Commands:
    """All of them by name. `earlier` are macros of earlier lines, which go before the others.

    Without the `library` there are no scripts: to read them takes a fifth of a second once.
    """
    found = _of(prelude_file(), "")
    for name, file in scripts().items() if library else ():
        found |= _of(file, name)
    for file in my_macros().values():
        found |= _of(file, "")
    for source in earlier:
        found |= macro_commands([parse(source).program], source.text, found)
    return found


def helpful(topic: str | None) -> Commands:
    """The commands that the help on a topic needs: scripts are read only if it may be one."""
    if topic in COMMANDS:
        return dict(COMMANDS)
    return {**COMMANDS, **callable_commands()}


def _of(file: Path, script: str) -> Commands:
    """What a file makes callable; nothing if it can't be read."""
    try:
        return dict(_read(file, script, file.stat().st_mtime_ns))
    except (OSError, UnicodeDecodeError):
        return {}


@cache
def _read(file: Path, script: str, changed: int) -> Commands:
    """The macros of a file, or the script that it is; `changed` is when it was last."""
    source = Source(file.name, file.read_text(encoding="utf-8-sig"))
    program = parse(source).program
    if not script:
        return macro_commands([program], source.text)
    doc = script_doc(program, source)
    called = replace(program, statements=(as_called(script, program, doc),))
    command = macro_commands([called], source.text)[script]
    examples = tuple(map(Example, EXAMPLE.findall(doc)))
    return {script: replace(command, family="script", examples=examples)}
