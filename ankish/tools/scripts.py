"""`ankish scripts`: the scripts that `ankish NAME` runs."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from ankish.analysis.script import as_written, declared, script_doc
from ankish.diagnostics.model import AnkishError
from ankish.runtime.shipped import known_script, scripts
from ankish.syntax.parser import parse
from ankish.tools.files import read, tell

NO_SCRIPT = 2


def main(argv: Sequence[str]) -> int:
    """List the scripts, or print the text of one. 2 if there is none of that name."""
    made = ArgumentParser(
        prog="ankish scripts",
        description="List the scripts that `ankish NAME` runs, with what they do.",
    )
    made.add_argument("name", nargs="?", help="print this one's text")
    made.add_argument("--json", action="store_true", help="a JSON object for each script")
    arguments = made.parse_args(argv)
    try:
        if arguments.name is None:
            _list(arguments.json)
        else:
            sys.stdout.write(read(str(known_script(arguments.name))).text)
    except AnkishError as error:
        tell(error.diagnostics, arguments.json)
        return NO_SCRIPT
    return 0


def _list(as_json: bool) -> None:
    abouts = []
    for name, file in scripts().items():
        source = read(str(file))
        program = parse(source).program
        doc = script_doc(program, source)
        params = [
            {
                "name": param.name,
                "type": param.type.name,
                "doc": param.doc.replace("\n", " "),
                "required": param.default is None,
                "default": as_written(param, source) or None,
            }
            for param in declared(program)
        ]
        abouts.append({"name": name, "doc": doc, "params": params, "file": str(file)})
    room = max((len(each["name"]) for each in abouts), default=0)
    for each in abouts:
        first = str(each["doc"]).partition("\n")[0]
        print(json.dumps(each) if as_json else f"{each['name']:{room}}  {first}")  # noqa: T201
