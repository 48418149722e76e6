"""The words that record macros and look after them: `record`, `stop`, `macros`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ankish.diagnostics.kinds import record as kinds
from ankish.diagnostics.model import AnkishError, Source
from ankish.diagnostics.text import counted
from ankish.runtime.record import Done, as_macro
from ankish.shell.output import show
from ankish.shell.telling import note, say
from ankish.syntax.parser import parse

if TYPE_CHECKING:
    from ankish.plan.model import Show
    from ankish.runtime.present import Presenter
    from ankish.shell.state import State

RECORD = (
    "record NAME, record NAME --last 5, or record NAME { LINE }; --params makes parameters of its "
    "literals"
)
LINE = re.compile(r"(?P<name>\S+)(?P<params>\s+--params)?\s*\{(?P<line>.*)\}\s*", re.S)
"""A line to make a macro of: one that was recalled from the history."""
STOP = "stop, or stop --params"
MACROS = (
    "macros, macros show|edit|delete NAME, macros rename OLD NEW, macros export NAME FILE, "
    "macros import FILE"
)


class Noting:
    """Shows results, and keeps the ids that a search showed, or the program that was undone.

    **changes** is whether one of the results tells of a change; **many** is how many rows or
    items the latest result has, in words, if it does not say so; **nothing** is whether it is a
    search that has found nothing.
    """

    def __init__(self, presenter: Presenter) -> None:
        self.presenter = presenter
        self.changes = False
        self.many = ""
        self.nothing = False
        self.found: frozenset[int] = frozenset()
        self.taken_back: str | None = None

    def show(self, step: Show, value: Any, of: Any) -> None:
        """Show a result."""
        self.many = ""
        self.changes = self.changes or step.form in ("report", "verdicts", "undo", "redo")
        if step.form in ("table", "value") and isinstance(value, list) and len(value) > 1:
            self.many = counted(len(value), "row" if isinstance(value[0], Mapping) else "item")
        self.nothing = step.form in ("cards", "notes") and of == []
        if step.form in ("cards", "notes") and isinstance(of, list):
            self.found = frozenset(each for each in of if isinstance(each, int))
        elif step.form == "undo":
            self.taken_back = value["program"]
        self.presenter.show(step, value, of)


def noted(state: State, text: str, found: frozenset[int], taken_back: str | None) -> None:
    """Note a line that was done without a mistake, or took back another one."""
    from ankish.runtime.journal.words import journal_line

    line = journal_line(text)
    if line is None:
        state.recorder.note(text, found)
    elif line.word == "undo":
        state.recorder.undo(line.count or 1, state.commands, taken_back if line.run else None)
    elif line.word == "redo":
        state.recorder.redo(line.count or 1)


def record(state: State, rest: str) -> None:
    """Begin a macro, or make one of the last lines, or of a line that is given."""
    from ankish.runtime.mymacros import free_file

    if (given := LINE.fullmatch(rest)) is not None:
        free_file(given["name"])
        line = given["line"].strip()
        mistakes = parse(Source("line", line)).diagnostics
        if mistakes:
            raise AnkishError(*mistakes)
        _keep(state, given["name"], [Done(line)], given["params"] is not None)
        return
    words = shlex.split(rest)
    params = "--params" in words
    words = [word for word in words if word != "--params"]
    if len(words) == 3 and words[1] == "--last" and words[2].isdigit():
        free_file(words[0])
        _keep(state, words[0], state.recorder.last(int(words[2])), params)
    elif len(words) == 1 and not params:
        free_file(words[0])
        state.recorder.begin(words[0])
        note(f"recording {words[0]}; stop ends it, stop --params makes parameters of its names")
    elif not words:
        raise kinds.UNNAMED.error()
    else:
        raise kinds.USAGE.error(given=rest, usage=RECORD)


def stop(state: State, rest: str) -> None:
    """End the macro that is being recorded, and keep it."""
    if rest not in ("", "--params"):
        raise kinds.USAGE.error(given=rest, usage=STOP)
    name = state.recorder.name or ""
    _keep(state, name, state.recorder.end(), bool(rest))


def _keep(state: State, name: str, done: Sequence[Done], params: bool) -> None:
    from ankish.runtime.mymacros import free_file, keep

    path = free_file(name)
    as_macro(name, done, state.commands, doc="", params=params)  # before anything is asked
    try:
        doc = input("What does it do? ").strip()
    except EOFError:
        doc = ""
    text = as_macro(name, done, state.commands, doc=doc, params=params)
    keep(path, text)
    state.learn()
    say(text.rstrip())
    note(f"kept in {path}")
    note(f"run it with {name}; macros edit {name} changes it")


def macros(state: State, rest: str) -> None:
    """List the user's macros, or show, edit, rename, delete, export or import one."""
    from ankish.configure import open_file
    from ankish.runtime.mymacros import change

    try:
        words = shlex.split(rest)
    except ValueError:
        words = [rest]
    if words in ([], ["list"]):
        _list(state)
    elif (said := change(words, open_file)) is None:
        raise kinds.USAGE.error(given=rest, usage=MACROS)
    elif said:
        show(state, said.rstrip())
    state.learn()


def _list(state: State) -> None:
    from ankish.diagnostics.text import two_columns
    from ankish.runtime.mymacros import my_macros
    from ankish.shell.telling import reading_width

    rows = [
        (state.commands[name].signature, state.commands[name].doc)
        for name in my_macros()
        if name in state.commands
    ]
    if rows:
        say("\n".join(two_columns(rows, reading_width())))
    else:
        note("no macros yet: record NAME begins one")
