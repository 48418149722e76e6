"""`play`: a macro or a script by its name, as typing the name alone calls it."""

from __future__ import annotations

import re

from ankish.catalog.shellwords import PLAYED
from ankish.diagnostics.kinds import shell as kinds
from ankish.diagnostics.model import Source
from ankish.diagnostics.nearest import near
from ankish.shell.state import State

NAME = re.compile(r"[\w-]+")


def played(state: State, rest: str) -> Source:
    """The program that calls what is named first in `rest`.

    Raises `AnkishError` if nothing is named, or no macro and no script has the name.
    """
    state.wait_ready()
    names = [name for name, each in state.commands.items() if each.family in PLAYED]
    named = NAME.match(rest)
    if named is None:
        raise kinds.PLAY_WHAT.error()
    if named[0] not in names:
        command = named[0] if named[0] in state.commands else None
        similar = None if command else near(named[0], names)
        raise kinds.NOT_PLAYED.error(name=named[0], near=similar, command=command)
    return Source("shell", rest)
