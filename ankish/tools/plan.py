"""`ankish plan` and `ankish apply`: look first, then have done what was looked at, or nothing."""

from __future__ import annotations

import json
import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ankish.cli import MISTAKES, add_limits, add_target, session_for, status
from ankish.diagnostics.kinds import plan as kinds
from ankish.diagnostics.kinds import program as program_kinds
from ankish.diagnostics.model import AnkishError, Source
from ankish.runtime.present import Presenter
from ankish.runtime.private import is_private
from ankish.runtime.rehearsal.line import Asked, show_plan
from ankish.runtime.rehearsal.planned import Rehearsed
from ankish.runtime.rehearsal.rehearse import rehearse
from ankish.runtime.session import Session
from ankish.tools.files import read_or_script, tell

NO_PROGRAM = (kinds.NO_PROGRAM.code, program_kinds.NO_SCRIPT.code, program_kinds.NO_FILE.code)
"""Mistakes of the command line: it names no program."""

FORMAT = 1
"""The format of the files that `plan -o` writes."""


def plan(argv: Sequence[str]) -> int:
    """Do what `ankish plan` asks for; the exit status."""
    made = ArgumentParser(prog="ankish plan", description="show what a program would write")
    made.add_argument("-o", "--output", metavar="FILE", help="keep the plan, for `ankish apply`")
    made.add_argument("--all", action="store_true", help="every value, not a sample")
    made.add_argument("-c", metavar="PROGRAM", dest="program", help="this text, and no file")
    _shared(made)
    made.add_argument("file", nargs="?", help="the program, or a script by its name")
    made.add_argument("arguments", nargs=REMAINDER, help="the program's own parameters")
    given = [*argv]
    if "-o" in given[1:-1]:  # behind the file too, where all else is for the program
        at = given.index("-o")
        given = [*given[at : at + 2], *given[:at], *given[at + 2 :]]
    return _within(made.parse_args(given), _plan)


def apply(argv: Sequence[str]) -> int:
    """Do what `ankish apply` asks for; the exit status."""
    made = ArgumentParser(
        prog="ankish apply",
        description="run a program as it was planned; refuse if it would do something else now",
    )
    _shared(made)
    made.add_argument("plan", help="a file that `ankish plan -o` has written")
    return _within(made.parse_args(argv), _apply)


def _shared(made: ArgumentParser) -> None:
    add_target(made)
    add_limits(made)
    made.add_argument("--json", action="store_true", help="results and messages as JSON")


def _within(arguments: Namespace, do: Any) -> int:
    if arguments.demo and getattr(arguments, "output", True):
        tell([kinds.DEMO()], arguments.json)
        return MISTAKES
    session = session_for(arguments, yes=True)  # an apply was looked at, a plan writes nothing
    try:
        do(session, arguments)
    except AnkishError as error:
        tell(error.diagnostics, arguments.json)
        return MISTAKES if error.diagnostics[0].code in NO_PROGRAM else status(error)
    finally:
        session.close()
    return 0


def _presenter(arguments: Namespace) -> Presenter:
    form = "json" if arguments.json else "table" if sys.stdout.isatty() else "plain"
    return Presenter(sys.stdout, sys.stderr, form)


def _plan(session: Session, arguments: Namespace) -> None:
    source = _source(arguments)
    given = arguments.arguments
    asked = Asked(source, arguments.all)
    found = show_plan(
        session, asked, _presenter(arguments), lambda p: tell(p, arguments.json), given
    )
    if arguments.output is not None:
        _write(Path(arguments.output), session, source, given, found)


def _source(arguments: Namespace) -> Source:
    """The program to plan. Raises `AnkishError` if the command line names none."""
    if arguments.program is not None:
        arguments.arguments = [*filter(None, [arguments.file]), *arguments.arguments]
        return Source("-c", arguments.program)
    if arguments.file is None:
        raise kinds.NO_PROGRAM.error()
    return read_or_script(arguments.file)


def _write(
    path: Path, session: Session, source: Source, given: Sequence[str], found: Rehearsed
) -> None:
    if is_private(source.text, session.client.secrets):
        raise kinds.SECRET.error()
    content = {
        "ankish plan": FORMAT,
        "collection": session.client.where,
        "name": str(Path(source.name).resolve()) if Path(source.name).exists() else source.name,
        "program": source.text,
        "arguments": list(given),
        "touches": found.touched(),
        **found.data(),
    }
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise kinds.UNWRITABLE.error(path=path, reason=error.strerror) from error


def _apply(session: Session, arguments: Namespace) -> None:
    kept = _kept(Path(arguments.plan))
    source = Source(kept["name"], kept["program"])
    if kept["collection"] != session.client.where:
        raise kinds.ELSEWHERE.error(planned=kept["collection"], now=session.client.where)

    def warn(problems: Any) -> None:
        tell(problems, arguments.json)

    found = rehearse(session, source, lambda _: None, kept["arguments"])
    if found.problems:
        raise AnkishError(*found.problems)
    now, then = found.touched(), kept["touches"]
    if now != then:
        other = next((new[0] for new, old in zip(now, then, strict=False) if new != old), None)
        raise kinds.CHANGED.error(
            planned=len(then), now=len(now), action=other or "another number of writes"
        )
    session.run(source, _presenter(arguments), warn, kept["arguments"])


def _kept(path: Path) -> dict[str, Any]:
    wanted = {"ankish plan", "collection", "name", "program", "arguments", "touches"}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise kinds.UNREADABLE.error(path=path, reason=error.strerror) from error
    except ValueError:
        raise kinds.UNREADABLE.error(path=path, reason="it is no plan") from None
    if not isinstance(content, dict) or not wanted <= content.keys():
        raise kinds.UNREADABLE.error(path=path, reason="it is no plan")
    if content["ankish plan"] != FORMAT:
        raise kinds.UNREADABLE.error(path=path, reason="it is of another version of ankish")
    return content
