"""`ankish check`: what is wrong with programs; nothing of them is sent."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from ankish.diagnostics.kinds.anki import NO_CONNECTION
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Source
from ankish.runtime.session import ProgramError, Session
from ankish.tools.files import sources, tell

MISTAKES = 2


def main(argv: Sequence[str]) -> int:
    """Check files and folders; the exit status: 0 if none has an error, else 2.

    With a collection, or an Anki that answers, names of decks, note types, fields and tags are
    checked as well; without one it says so.
    """
    from ankish.cli import add_target, session_for

    parser = ArgumentParser(prog="ankish check", description="Say what is wrong with programs.")
    parser.add_argument("files", nargs="+", help="files or folders; - for standard input")
    parser.add_argument("--json", action="store_true", help="messages as JSON")
    add_target(parser)
    options = parser.parse_args(argv)
    session = session_for(options)
    status = 0
    try:
        for source in sources(options.files):
            problems = _problems(session, source)
            tell(problems, options.json)
            if any(problem.severity is Severity.ERROR for problem in problems):
                status = MISTAKES
    except AnkishError as error:
        tell(error.diagnostics, options.json)
        status = MISTAKES
    finally:
        session.close()
    return status


def _problems(session: Session, source: Source) -> tuple[Diagnostic, ...]:
    """All that is wrong with a program, as far as that can be told."""
    try:
        return session.check(source).diagnostics
    except ProgramError as error:
        return error.diagnostics
    except AnkishError as error:
        if error.diagnostics[0].code not in NO_CONNECTION:
            raise
    try:
        return session.check(source, offline=True).diagnostics
    except ProgramError as error:
        return error.diagnostics
