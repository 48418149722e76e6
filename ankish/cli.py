"""The command line: arguments, and which of the things ankish does they ask for."""

from __future__ import annotations

import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ankish import __version__

if TYPE_CHECKING:
    from ankish.anki.client import Client
    from ankish.diagnostics.model import AnkishError, Source
    from ankish.runtime.session import Session

FAILED = 1
"""Exit status: an action failed, or the program said `fail`."""
MISTAKES = 2
"""Exit status: the program or the command line has mistakes; nothing was sent."""
NO_CONNECTION = 3
"""Exit status: there is nothing to send actions to."""

EPILOG = """\
also: ankish check, fmt, help, serve; each has a --help of its own.

exit status: 0 done, 1 an action failed, 2 the program has mistakes (nothing was sent),
3 nothing to talk to.  Environment: ANKISH_URL, ANKISH_KEY, ANKI_BASE, NO_COLOR."""


def parser() -> ArgumentParser:
    """The command line's own grammar."""
    from argparse import RawDescriptionHelpFormatter

    made = ArgumentParser(
        prog="ankish",
        description="A shell and a language for Anki. Without a program it starts the shell.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    made.add_argument("file", nargs="?", help="a program to run; - for standard input")
    made.add_argument("arguments", nargs=REMAINDER, help="the program's own parameters")
    made.add_argument("-c", metavar="PROGRAM", dest="program", help="run this text")
    add_target(made)
    made.add_argument("--explain", action="store_true", help="print the plan; send no action of it")
    made.add_argument("--yes", action="store_true", help="allow what can't be taken back")
    made.add_argument("--json", action="store_true", help="results and messages as JSON")
    made.add_argument("--version", action="version", version=f"ankish {__version__}")
    return made


def add_target(made: ArgumentParser) -> None:
    """The options that say where actions go."""
    made.add_argument("--url", help="where AnkiConnect listens (default http://127.0.0.1:8765)")
    target = made.add_mutually_exclusive_group()
    target.add_argument("--collection", metavar="FILE", help="work on a collection file, no Anki")
    target.add_argument("--profile", metavar="NAME", help="work on a profile's collection, no Anki")
    target.add_argument("--demo", action="store_true", help="work on a sample collection, no Anki")
    made.add_argument("--base", metavar="FOLDER", help="Anki's base folder, for --profile")


TOOLS = {
    "check": "ankish.tools.check",
    "fmt": "ankish.tools.fmt",
    "help": "ankish.tools.help",
    "serve": "ankish.anki.serve.command",
}
"""The words that begin a command line of another kind, and who reads it."""


def main(argv: Sequence[str]) -> int:
    """Do what the arguments ask for; the exit status."""
    if argv and argv[0] in TOOLS:
        from importlib import import_module

        return int(import_module(TOOLS[argv[0]]).main(argv[1:]))
    arguments = parser().parse_args(argv)
    if arguments.program is not None and arguments.file is not None:
        arguments.arguments.insert(0, arguments.file)
        arguments.file = None
    interactive = arguments.program is None and arguments.file is None and sys.stdin.isatty()
    if interactive:
        return _shell(arguments)
    session = session_for(arguments, yes=arguments.yes)
    try:
        return _run(session, arguments)
    finally:
        session.close()


def _shell(arguments: Namespace) -> int:
    """Start the shell; the session is opened when its prompt is shown."""
    import re
    from pathlib import Path

    from ankish.settings import load_settings
    from ankish.shell.app import run

    settings = load_settings({"url": arguments.url, "base": arguments.base})
    place = re.sub(r"(?<=//)[^/]*@", "", settings.url)  # a password may stand there
    if arguments.demo:
        place = "the sample collection"
    elif arguments.profile is not None:
        place = f"profile {arguments.profile}"
    elif arguments.collection is not None:
        place = str(Path(arguments.collection).expanduser().resolve())
    return run(
        lambda: session_for(arguments, keep=True, yes=arguments.yes), place, [settings.key or ""]
    )


def session_for(arguments: Namespace, *, keep: bool = False, yes: bool = False) -> Session:
    """The session that the options of `add_target` ask for; it connects when it has to."""
    from ankish.runtime.session import Session
    from ankish.settings import load_settings
    from ankish.targets import Where, open_client

    where = Where(arguments.collection, arguments.profile, arguments.demo)
    given = {"url": arguments.url, "base": arguments.base}

    def connect() -> Client:
        return open_client(where, load_settings(given))

    return Session(connect, keep, sys.stdout.isatty() and not arguments.json, yes=yes)


def _run(session: Session, arguments: Namespace) -> int:
    """Run a program to its end."""
    from ankish.diagnostics.model import AnkishError
    from ankish.tools.files import tell

    try:
        source = _source(arguments)
    except AnkishError as error:
        tell(error.diagnostics, arguments.json)
        return MISTAKES
    try:
        if arguments.arguments in (["--help"], ["-h"]):
            print(_help(source))  # noqa: T201
        else:
            execute(session, source, arguments)
    except AnkishError as error:
        tell(error.diagnostics, arguments.json)
        return status(error)
    return 0


def execute(session: Session, source: Source, arguments: Namespace) -> None:
    """Run a program, or print its plan if that is asked for.

    Raises `AnkishError`.
    """
    from ankish.runtime.explain import explain_request, explanation
    from ankish.runtime.present import Presenter
    from ankish.tools.files import tell

    given = arguments.arguments
    asked = explain_request(source, arguments.explain, arguments.json)
    if asked is not None:
        print(explanation(session, asked, given))  # noqa: T201
        return
    form = "json" if arguments.json else "table" if sys.stdout.isatty() else "plain"
    presenter = Presenter(sys.stdout, sys.stderr, form)
    session.run(source, presenter, lambda problems: tell(problems, arguments.json), given)


def _help(source: Source) -> str:
    """A script's own help."""
    from ankish.analysis.script import script_help
    from ankish.syntax.parser import parse

    return script_help(parse(source).program, source)


def status(error: AnkishError) -> int:
    """The exit status for an error."""
    from ankish.diagnostics.kinds import anki, engine
    from ankish.runtime.session import ProgramError

    if isinstance(error, ProgramError):
        return MISTAKES
    code = error.diagnostics[0].code
    unreachable = code in anki.NO_CONNECTION or code in engine.NO_COLLECTION
    return NO_CONNECTION if unreachable else FAILED


def _source(arguments: Namespace) -> Source:
    from ankish.diagnostics.model import Source
    from ankish.tools.files import read, standard_input

    if arguments.program is not None:
        return Source("-c", arguments.program)
    return standard_input() if arguments.file in (None, "-") else read(arguments.file)
