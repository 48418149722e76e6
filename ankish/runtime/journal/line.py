"""Carries out a line about the journal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ankish.catalog.types import ANY, TABLE, Type
from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Source, Span
from ankish.plan.model import Show
from ankish.runtime.journal import log
from ankish.runtime.journal.records import Run
from ankish.runtime.journal.resume import Resuming
from ankish.runtime.journal.runs import Runs
from ankish.runtime.journal.store import Store
from ankish.runtime.journal.words import Line
from ankish.runtime.protocols import Output

Resume = Callable[[Source, Resuming], None]
"""Does a program again, with a target that answers what was asked before."""


def carry_out(line: Line, runs: Runs, output: Output, resume: Resume) -> None:
    """Do what a line asks for. Raises `AnkishError`, also for what was not taken back."""
    store = runs.store
    if line.word == "log":
        _log(line, runs, store, output)
    elif line.word == "resume":
        run = runs.named(store, line.run) if line.run else runs.stopped(store)
        target = runs.resuming(store, run)
        with _inside(run):
            resume(Source(run.name, run.text or ""), target)
    else:
        _back(line, runs, store, output)


@contextmanager
def _inside(run: Run) -> Iterator[None]:
    """In the folder that a run was started in, which its paths are relative to."""
    before = Path.cwd()
    try:
        os.chdir(run.folder)
    except OSError:
        why = f"the folder {run.folder} is gone"
        raise kinds.NOT_RESUMABLE.error(run=run.called, why=why) from None
    try:
        yield
    finally:
        os.chdir(before)


def _back(line: Line, runs: Runs, store: Store, output: Output) -> None:
    """`undo` and `redo`. What is in the way of one run does not stop the others."""
    problems: list[Diagnostic] = []
    force = "force" in line.options
    for number in range(line.count or 1):
        run = runs.named(store, line.run) if line.run else runs.latest(store, line.word)
        if run is None:
            if number == 0:
                raise kinds.NOTHING.error(what=line.word, why=runs.others(store))
            break
        new, outcome = (runs.undo if line.word == "undo" else runs.redo)(store, run, force)
        first = runs.first(store, run)
        value = {
            line.word: first.called,
            "run": new.called,
            "program": first.title,
            "values": outcome.restored,
            "left": [log.row(change) for change in outcome.others],
            "blank": outcome.blank,
        }
        _show(output, line.word, value)
        problems += outcome.problems(run.called)
    if problems:
        raise AnkishError(*problems)


def _log(line: Line, runs: Runs, store: Store, output: Output) -> None:
    if line.run is None:
        rows = log.runs(store, runs.journals, line.count)
    elif "diff" in line.options:
        rows = log.difference(store, runs.named(store, line.run))
    else:
        rows = log.writes(store, runs.named(store, line.run))
    _show(output, "log", rows, TABLE, "runs" if line.run is None else "log")


def _show(output: Output, form: str, value: Any, kind: Type = ANY, label: str = "") -> None:
    output.show(Show(form, value, kind, Span(0, 0), label or form), value, None)
