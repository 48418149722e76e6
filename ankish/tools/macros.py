"""`ankish macros`: the user's own macros, listed and looked after."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from ankish.analysis.helpdata import help_records
from ankish.catalog.shellwords import MACRO_WORDS
from ankish.configure import open_file
from ankish.diagnostics.kinds import record as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import safe_json
from ankish.runtime import mymacros
from ankish.runtime.callable import callable_commands
from ankish.tools.files import tell

MISTAKE = 2


def main(argv: Sequence[str]) -> int:
    """List the macros, or do something with one. 2 if there is none of that name."""
    made = ArgumentParser(
        prog="ankish macros",
        description="List your macros, which every program can call, or look after them.",
        epilog="show NAME, edit NAME, rename OLD NEW, delete NAME, export NAME FILE, import FILE",
    )
    made.add_argument("do", nargs="?", choices=["list", *MACRO_WORDS], default="list")
    made.add_argument("names", nargs="*", metavar="NAME", help="which, and where to")
    made.add_argument("--json", action="store_true", help="a JSON object for each macro")
    options = made.parse_args(argv)
    try:
        if options.do == "list" and not options.names:
            _list(options.json)
        elif (said := mymacros.change([options.do, *options.names], open_file)) is not None:
            sys.stdout.write(said)
        else:
            made.error(f"{made.epilog}")
    except AnkishError as error:
        tell(error.diagnostics, options.json)
        return MISTAKE
    return 0


def _list(as_json: bool) -> None:
    commands = callable_commands(library=False)
    for name, file in mymacros.my_macros().items():
        if name not in commands:
            tell((kinds.NOT_SOUND(name=name, file=str(file)),), as_json)
        elif as_json:
            [about] = help_records(name, {name: commands[name]})
            print(safe_json({**about, "file": str(file)}))  # noqa: T201
        else:
            print(f"{commands[name].signature}\t{commands[name].doc}")  # noqa: T201
