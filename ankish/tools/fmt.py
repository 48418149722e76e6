"""`ankish fmt`: programs in the one layout that ankish has."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from ankish.diagnostics.kinds import program as kinds
from ankish.diagnostics.model import AnkishError, Severity, Source
from ankish.syntax.format import format_program
from ankish.tools.files import sources, tell

MISTAKES = 2

NO_LINE_END = "\\ No newline at end of file"
"""What a difference has after a line that the file ends in, as `diff` and `patch` know it."""


def main(argv: Sequence[str]) -> int:
    """Format files in place, standard input to standard output; the exit status.

    0: done, or with --check everything is formatted; 1: --check found something that is not;
    2: a program has mistakes, and was left as it is.
    """
    parser = ArgumentParser(prog="ankish fmt", description="Put programs in their one layout.")
    parser.add_argument("files", nargs="*", default=["-"], help="files or folders; - for stdin")
    parser.add_argument("--check", action="store_true", help="only say what is not formatted")
    parser.add_argument("--diff", action="store_true", help="only show what would change")
    options = parser.parse_args(argv)
    statuses = [0]

    def refused(error: AnkishError) -> None:
        tell(error.diagnostics)
        if any(problem.severity is Severity.ERROR for problem in error.diagnostics):
            statuses.append(MISTAKES)

    for source in sources(options.files, refused):
        statuses.append(_format(source, options.check, options.diff))
    return max(statuses)


def _format(source: Source, check: bool, diff: bool) -> int:
    """Format one program; its exit status."""
    try:
        text = format_program(source)
    except AnkishError as error:
        tell(error.diagnostics)
        return MISTAKES
    if diff:
        lines = unified_diff(
            source.text.splitlines(True), text.splitlines(True), source.name, source.name
        )
        for line in lines:
            sys.stdout.write(line if line.endswith("\n") else f"{line}\n{NO_LINE_END}\n")
    if check:
        if text != source.text and not diff:
            print(f"not formatted: {source.name}")  # noqa: T201
        return int(text != source.text)
    if diff:
        return 0
    if source.name == "standard input":
        sys.stdout.write(text)
    elif text != source.text:
        try:
            Path(source.name).write_bytes(text.encode())
        except OSError as error:
            tell(kinds.NOT_WRITTEN.error(file=source.name, reason=error.strerror).diagnostics)
            return MISTAKES
    return 0
