"""The command line: arguments, and which of the things ankish does they ask for."""

from __future__ import annotations

import os
import sys
import time
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ankish import __version__

if TYPE_CHECKING:
    from ankish.anki.client import Client
    from ankish.diagnostics.model import AnkishError, Source
    from ankish.runtime.present import Look
    from ankish.runtime.session import Session
    from ankish.settings import Settings
    from ankish.shell.connecting import Side

FAILED = 1
"""Exit status: an action failed, or the program said `fail`."""
MISTAKES = 2
"""Exit status: the program or the command line has mistakes; nothing was sent."""
NO_CONNECTION = 3
"""Exit status: there is nothing to send actions to."""
INTERRUPTED = 130
"""Exit status: Ctrl-C stopped the program between two requests."""

EPILOG = """\
other words than a program's, each with a --help:
  undo, redo, log, resume    take runs back, and look at them
  plan, apply                keep what a program would do, and do just that
  scripts, macros, test      the scripts that ship with ankish, your macros, and their tests
  check, fmt, schema         programs: what is wrong with them, their layout, names to check with
  help, doctor, config       a command, a message's code; what answers; the settings
  serve                      a collection file, for programs that talk to AnkiConnect
  skill, mcp, lsp            for agents and editors
  completions                for bash, zsh and fish

exit status: 0 done, 1 an action failed, 2 the program has mistakes (nothing was sent),
3 nothing to talk to, 130 stopped with Ctrl-C.
Environment: ANKISH_URL, ANKISH_KEY, ANKI_BASE, NO_COLOR."""


def _columns() -> int:
    """How wide the terminal is."""
    try:
        return int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns or 80
    except (ValueError, OSError):
        return 80


def parser() -> ArgumentParser:
    """The command line's own grammar."""
    from argparse import RawDescriptionHelpFormatter

    class Formatter(RawDescriptionHelpFormatter):
        """Asks how wide the terminal is without `shutil`, which takes 1.5 ms to import: one is made
        for each option, only to see whether its help is right.
        """

        def __init__(self, prog: str) -> None:
            super().__init__(prog, width=_columns() - 2)

    made = ArgumentParser(
        prog="ankish",
        description="A shell and a language for Anki. Without a program it starts the shell.",
        epilog=EPILOG,
        formatter_class=Formatter,
        allow_abbrev=False,  # what begins like an option may be a parameter of the program
    )
    made.add_argument(
        "file", nargs="?", help="a program to run, or a script by its name; - for standard input"
    )
    made.add_argument("arguments", nargs=REMAINDER, help="the program's own parameters")
    made.add_argument("-c", metavar="PROGRAM", dest="program", help="run this text")
    add_target(made)
    made.add_argument("--explain", action="store_true", help="print the plan; send no action of it")
    made.add_argument(
        "--curl", action="store_true", help="with --explain: as a shell script with curl and jq"
    )
    made.add_argument("--yes", action="store_true", help="allow what would be asked about first")
    made.add_argument(
        "--dry-run", action="store_true", help="show what would be written; write nothing"
    )
    made.add_argument(
        "--no-journal", action="store_true", help="keep nothing that could take writes back"
    )
    add_limits(made)
    made.add_argument("--stats", action="store_true", help="tell afterwards what it has cost")
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


def add_limits(made: ArgumentParser) -> None:
    """The options that say what a program may not reach."""
    made.add_argument(
        "--no-files", action="store_true", help="the program may not read or write files"
    )
    made.add_argument("--no-network", action="store_true", help="nor make Anki use the network")


TOOLS = {
    "check": "ankish.tools.check",
    "completions": "ankish.tools.completions",
    "complete": "ankish.tools.completions:candidates",
    "config": "ankish.tools.config",
    "doctor": "ankish.tools.doctor",
    "fmt": "ankish.tools.fmt",
    "help": "ankish.tools.help",
    "schema": "ankish.tools.schema",
    "scripts": "ankish.tools.scripts",
    "serve": "ankish.anki.serve.command",
    "test": "ankish.tools.test",
    "mcp": "ankish.agent.server",
    "skill": "ankish.agent.skill",
    "lsp": "ankish.editor.server",
    "undo": "ankish.tools.journal:undo",
    "redo": "ankish.tools.journal:redo",
    "log": "ankish.tools.journal:log",
    "macros": "ankish.tools.macros",
    "resume": "ankish.tools.journal:resume",
    "plan": "ankish.tools.plan:plan",
    "apply": "ankish.tools.plan:apply",
}
"""The words that begin a command line of another kind, and who reads it: `main`, if not named."""


def main(argv: Sequence[str]) -> int:
    """Do what the arguments ask for; the exit status."""
    if argv and argv[0] in TOOLS:
        from importlib import import_module

        module, _, function = TOOLS[argv[0]].partition(":")
        return int(getattr(import_module(module), function or "main")(argv[1:]))
    options = parser()
    own = _own(argv, options)
    arguments = options.parse_args(argv[:own])
    arguments.arguments += argv[own:]
    if arguments.program is not None and arguments.file is not None:
        arguments.arguments.insert(0, arguments.file)
        arguments.file = None
    if arguments.curl and not arguments.explain:
        options.error("--curl goes with --explain")
    interactive = arguments.program is None and arguments.file is None and sys.stdin.isatty()
    if interactive:
        return _shell(arguments)
    session = session_for(arguments, yes=arguments.yes)
    if sys.stdin.isatty():
        from ankish.runtime.terminal import Terminal

        session.user = Terminal()
    begun = time.perf_counter()
    try:
        return _run(session, arguments)
    finally:
        if arguments.stats:
            from ankish.tools.stats import tell_stats

            tell_stats(session.stats, time.perf_counter() - begun, arguments.json)
        session.close()


def _own(argv: Sequence[str], options: ArgumentParser) -> int:
    """How many of the arguments are ours: with `-c PROGRAM`, what is no option of ours and all
    that follows it belongs to the program.
    """
    known = options._option_string_actions  # argparse has no other way to ask
    at, program = 0, False
    while at < len(argv) and (option := known.get(argv[at].partition("=")[0])) is not None:
        program = program or option.dest == "program"
        at += 1 if option.nargs == 0 or "=" in argv[at] else 2
    return at if program else len(argv)


def _shell(arguments: Namespace) -> int:
    """Start the shell; the session is opened when its prompt is shown."""
    from ankish.shell.app import run
    from ankish.targets import end_tidily

    end_tidily()
    return run(_side(arguments), lambda text: _side(_elsewhere(arguments, text)))


def _side(arguments: Namespace) -> Side:
    """Where the options of `add_target` lead, for a shell."""
    from ankish.settings import load_settings
    from ankish.shell.connecting import Side

    settings = load_settings({"url": arguments.url, "base": arguments.base})
    place = place_of(arguments, settings)
    return Side(lambda: session_for(arguments, keep=True, yes=arguments.yes), place, settings)


def _elsewhere(arguments: Namespace, text: str) -> Namespace:
    """The arguments with which the shell would have begun where the words of `connect` lead.

    Raises `AnkishError` if they lead nowhere.
    """
    import shlex
    from contextlib import redirect_stderr
    from io import StringIO

    from ankish.diagnostics.kinds.shell import CONNECT_WHERE

    options = ArgumentParser(prog="connect", add_help=False, allow_abbrev=False)
    add_target(options)
    options.add_argument("place", nargs="?")
    options.set_defaults(base=arguments.base)
    try:
        with redirect_stderr(StringIO()):  # what argparse says there is of the command line
            given = options.parse_args(shlex.split(text))
    except (ValueError, SystemExit):
        raise CONNECT_WHERE.error(given=text) from None
    embedded = given.demo or given.collection is not None or given.profile is not None
    if sum(map(bool, (embedded, given.place, given.url))) != 1:
        raise CONNECT_WHERE.error(given=text)
    chosen = {**vars(given), "url": given.url or given.place}
    return Namespace(**{**vars(arguments), **chosen})


def place_of(arguments: Namespace, settings: Settings | None = None) -> str:
    """Where the options of `add_target` lead, in words."""
    import re
    from pathlib import Path

    from ankish.settings import load_settings

    if arguments.demo:
        return "the sample collection"
    if arguments.profile is not None:
        return f"profile {arguments.profile}"
    if arguments.collection is not None:
        return str(Path(arguments.collection).expanduser().resolve())
    settings = settings or load_settings({"url": arguments.url, "base": arguments.base})
    return re.sub(r"(?<=//)[^/]*@", "", settings.url)  # a password may stand there


def session_for(arguments: Namespace, *, keep: bool = False, yes: bool = False) -> Session:
    """The session that the options of `add_target` ask for; it connects when it has to."""
    from ankish.analysis.reach import limits_of
    from ankish.runtime.journal.journals import open_journals
    from ankish.runtime.session import Session
    from ankish.settings import load_settings
    from ankish.targets import Where, end_tidily, open_client

    where = Where(arguments.collection, arguments.profile, arguments.demo)
    if arguments.demo:
        end_tidily()
    given = {"url": arguments.url, "base": arguments.base}

    def connect() -> Client:
        settings = load_settings(given)
        session.set_up(settings)
        if keep or not sys.stderr.isatty():  # the shell has a line of its own
            return open_client(where, settings)
        from ankish.runtime.waiting import Watched, watched

        waiting = Watched()
        with waiting.during():
            client = open_client(where, settings)
        return watched(client, waiting)

    journals = None if getattr(arguments, "no_journal", False) else open_journals(where.demo)
    preview = sys.stdout.isatty() and not arguments.json
    session = Session(connect, keep, preview, yes=yes, journals=journals)
    given_limits = (getattr(arguments, name, False) for name in ("no_files", "no_network"))
    session.limits = limits_of(*given_limits)
    return session


def perform(text: str, arguments: Namespace) -> int:
    """Run a line for one of `TOOLS`; the exit status."""
    arguments.program, arguments.file, arguments.arguments = text, None, []
    arguments.explain = False
    session = session_for(arguments, yes=arguments.yes)
    try:
        return _run(session, arguments)
    finally:
        session.close()


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
            from ankish.runtime.interrupt import between_requests

            with between_requests() as session.before:
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
    curl = getattr(arguments, "curl", False)
    form = "curl" if curl else "json" if arguments.json else None
    asked = explain_request(source, arguments.explain, form)
    if asked is not None:
        print(explanation(session, asked, given))  # noqa: T201
        return
    form = "json" if arguments.json else "table" if sys.stdout.isatty() else "plain"
    presenter = Presenter(
        sys.stdout, sys.stderr, form, look=_look(session) if form == "table" else None
    )
    if getattr(arguments, "dry_run", False):
        from ankish.runtime.rehearsal.line import Asked, show_plan

        wanted = Asked(source, everything=False)
        show_plan(session, wanted, presenter, lambda p: tell(p, arguments.json), given)
        return
    session.run(source, presenter, lambda problems: tell(problems, arguments.json), given)


def _look(session: Session) -> Look:
    """How the user wants tables and cards at a terminal."""
    from ankish.diagnostics.palette import wants_colour
    from ankish.runtime.present import look_of
    from ankish.settings import load_settings

    return look_of(load_settings(), wants_colour(sys.stdout), session)


def _help(source: Source) -> str:
    """A script's own help."""
    from ankish.analysis.script import script_help
    from ankish.syntax.parser import parse

    return script_help(parse(source).program, source)


def status(error: AnkishError) -> int:
    """The exit status for an error."""
    from ankish.diagnostics.kinds import anki, engine, shell
    from ankish.runtime.session import ProgramError

    if isinstance(error, ProgramError):
        return MISTAKES
    code = error.diagnostics[0].code
    if code in (shell.STOPPED.code, shell.AT_ONCE.code):
        return INTERRUPTED
    unreachable = code in anki.NO_CONNECTION or code in engine.NO_COLLECTION
    return NO_CONNECTION if unreachable else FAILED


def _source(arguments: Namespace) -> Source:
    from ankish.diagnostics.model import Source
    from ankish.runtime.piped import is_piped, with_input
    from ankish.tools.files import read_or_script, standard_input

    if arguments.file is None and arguments.program is None or arguments.file == "-":
        return standard_input()
    given = arguments.program
    source = read_or_script(arguments.file, TOOLS) if given is None else Source("-c", given)
    return with_input(source, lambda: standard_input().text) if is_piped() else source
