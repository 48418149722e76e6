"""`ankish config`: the settings, as in the shell."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from collections.abc import Sequence

from ankish import configure
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import safe_json
from ankish.settings import load_settings
from ankish.tools.files import tell

MISTAKES = 2


def main(argv: Sequence[str]) -> int:
    """Show the settings, set one, or open their file; 2 if something is wrong with them."""
    parser = ArgumentParser(prog="ankish config", description="Show or change the settings.")
    parser.add_argument("name", nargs="?", help="a setting, or `edit` to open the file")
    parser.add_argument("value", nargs="?", help="its value from then on")
    parser.add_argument("--json", action="store_true", help="a JSON object for each setting")
    options = parser.parse_args(argv)
    try:
        if options.name == "edit":
            configure.edit(load_settings())
        elif options.name is not None:
            configure.change(load_settings(), options.name, options.value or "")
        elif options.json:
            for setting in configure.setting_records(load_settings()):
                print(safe_json(setting))  # noqa: T201
        else:
            width = min(shutil.get_terminal_size().columns, 100)
            print(configure.overview(load_settings(), width))  # noqa: T201
    except AnkishError as error:
        tell(error.diagnostics, options.json)
        return MISTAKES
    return 0
