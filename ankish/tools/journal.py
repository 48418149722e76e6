"""`ankish undo`, `redo`, `log` and `resume`: what was done, taking it back, going on."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from ankish.cli import add_target, perform

ABOUT = {
    "undo": "take back the latest run, the latest N, or the run RUN (r12)",
    "redo": "do again what undo took back",
    "log": "list the runs that changed the collection, or what the run RUN (r12) did",
    "resume": "go on with the latest run that was stopped, or with the run RUN (r12)",
}


def parser(word: str) -> ArgumentParser:
    """The command line of a word."""
    made = ArgumentParser(prog=f"ankish {word}", description=ABOUT[word])
    what = "RUN" if word == "resume" else "RUN|N"
    made.add_argument("what", nargs="?", metavar=what, help="which; the latest if left out")
    if word in ("undo", "redo"):
        made.add_argument("--force", action="store_true", help="overwrite later changes")
    if word == "log":
        made.add_argument("--diff", action="store_true", help="each value before and after")
    add_target(made)
    made.add_argument("--json", action="store_true", help="results and messages as JSON")
    made.add_argument("--yes", action="store_true", help="allow what would be asked about first")
    return made


def _run(word: str, argv: Sequence[str]) -> int:
    arguments = parser(word).parse_args(argv)
    options = [f"--{name}" for name in ("force", "diff") if getattr(arguments, name, False)]
    text = " ".join([word, *([arguments.what] if arguments.what else []), *options])
    return perform(text, arguments)


def undo(argv: Sequence[str]) -> int:
    """Do what `ankish undo` asks for; the exit status."""
    return _run("undo", argv)


def redo(argv: Sequence[str]) -> int:
    """Do what `ankish redo` asks for; the exit status."""
    return _run("redo", argv)


def log(argv: Sequence[str]) -> int:
    """Do what `ankish log` asks for; the exit status."""
    return _run("log", argv)


def resume(argv: Sequence[str]) -> int:
    """Do what `ankish resume` asks for; the exit status."""
    return _run("resume", argv)
