"""`ankish help`: the same as in the shell."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Sequence

from ankish.analysis.help import help_text
from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import AnkishError
from ankish.tools.files import tell

NO_TOPIC = 2


def main(argv: Sequence[str]) -> int:
    """Print the help on a topic: a command, a family, a function, a code. 2 if there is none."""
    parser = ArgumentParser(prog="ankish help", description="Tell about commands and messages.")
    parser.add_argument("topic", nargs="?", help="a command, a family, a function or a code")
    topic = parser.parse_args(argv).topic
    try:
        width = min(shutil.get_terminal_size().columns, 100)
        print(help_text(topic, COMMANDS, width))  # noqa: T201
    except AnkishError as error:
        tell(error.diagnostics)
        return NO_TOPIC
    return 0
