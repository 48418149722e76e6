"""`ankish help`: the same as in the shell."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Sequence

from ankish.analysis.help import help_text
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import safe_json
from ankish.runtime.callable import helpful
from ankish.tools.files import tell

NO_TOPIC = 2


def main(argv: Sequence[str]) -> int:
    """Print the help on a topic: a command, a family, a function, a code. 2 if there is none."""
    parser = ArgumentParser(prog="ankish help", description="Tell about commands and messages.")
    parser.add_argument(
        "topic", nargs="*", help="a command, a script, a family, a function or a code"
    )
    parser.add_argument("--json", action="store_true", help="a JSON object for each thing")
    options = parser.parse_args(argv)
    topic = " ".join(options.topic)
    try:
        if options.json:
            from ankish.analysis.helpdata import help_records

            for each in help_records(topic, helpful(topic)):
                print(safe_json(each))  # noqa: T201
            return 0
        width = min(shutil.get_terminal_size().columns, 100)
        print(help_text(topic, helpful(topic), width))  # noqa: T201
    except AnkishError as error:
        tell(error.diagnostics, options.json)
        return NO_TOPIC
    return 0
