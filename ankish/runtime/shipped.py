"""The scripts that ship with ankish, and those that the user has put beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ankish.settings import data_dir

PRELUDE = "prelude"
"""What every program can use; it is no script of its own."""


def folder() -> Path:
    """Where the scripts are: in the installed package, or in the checkout beside it."""
    package = Path(__file__).parents[1]
    installed = package / "scripts"
    return installed if installed.is_dir() else package.parent / "scripts"


def scripts() -> dict[str, Path]:
    """All scripts by name, in the order of the alphabet. The user's own go first: one of the same
    name takes the place of one that ships.
    """
    files = [*folder().glob("*.ank"), *(data_dir() / "scripts").glob("*.ank")]
    found = {file.stem: file for file in files if file.stem != PRELUDE}
    return dict(sorted(found.items()))


def script(name: str) -> Path | None:
    """The file of the script with this name, or None."""
    return scripts().get(name)


def known_script(name: str, words: Iterable[str] = ()) -> Path:
    """The file of the script with this name. Raises `AnkishError` if there is none.

    * **words** - what else could have been meant, if there is none.
    """
    found = scripts()
    if name not in found:
        from ankish.catalog.actions import ACTIONS
        from ankish.catalog.builtins import BUILTINS
        from ankish.catalog.shellwords import SHELL_WORDS
        from ankish.diagnostics.kinds import program as kinds
        from ankish.diagnostics.nearest import near

        command = name if name in ACTIONS or name in BUILTINS else None
        similar = None if name in words else near(name, [*found, *words])
        word = name if name in words else None
        shell = name if name in SHELL_WORDS and word is None else None
        start = "ankish --demo" if shell == "tour" else "ankish"  # which is what it is about
        raise kinds.NO_SCRIPT.error(
            name=name, command=command, word=word, near=similar, shell=shell, start=start
        )
    return found[name]
