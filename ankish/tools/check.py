"""`ankish check`: what is wrong with programs; nothing of them is sent."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from ankish.anki.world import World
from ankish.diagnostics.kinds.anki import NO_CONNECTION
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Source
from ankish.runtime.session import ProgramError, Session
from ankish.tools.files import sources, tell
from ankish.tools.schema import load

MISTAKES = 2


def main(argv: Sequence[str]) -> int:
    """Check files and folders; the exit status: 0 if none has an error, else 2.

    With a collection, or an Anki that answers, names of decks, note types, fields and tags are
    checked as well; without one it says so. With `--schema` they are checked against a file.
    """
    from ankish.cli import add_target, session_for

    parser = ArgumentParser(prog="ankish check", description="Say what is wrong with programs.")
    parser.add_argument("files", nargs="+", help="files or folders; - for standard input")
    parser.add_argument("--json", action="store_true", help="messages as JSON")
    parser.add_argument(
        "--schema", metavar="FILE", help="look names up in what `ankish schema save FILE` has kept"
    )
    parser.add_argument(
        "--saved", action="store_true", help="the same, in what was kept without a FILE"
    )
    add_target(parser)
    options = parser.parse_args(argv)
    session = session_for(options)
    found: list[Diagnostic] = []

    def say(problems: Sequence[Diagnostic]) -> None:
        tell(problems, options.json)
        found.extend(problems)

    try:
        names = load(options)
        for source in sources(options.files, lambda error: say(error.diagnostics)):
            say(problems_of(session, source, names))
    except AnkishError as error:  # the collection that was asked for can't be opened
        say(error.diagnostics)
    finally:
        session.close()
    wrong = any(problem.severity is Severity.ERROR for problem in found)
    return MISTAKES if wrong else 0


def problems_of(session: Session, source: Source, names: World | None) -> tuple[Diagnostic, ...]:
    """All that is wrong with a program, as far as that can be told; by `names`, asking nobody."""
    try:
        if names is None:
            return session.check(source).diagnostics
    except ProgramError as error:
        return error.diagnostics
    except AnkishError as error:
        if error.diagnostics[0].code not in NO_CONNECTION:
            raise
    try:
        return session.check(source, offline=True, names=names).diagnostics
    except ProgramError as error:
        return error.diagnostics
