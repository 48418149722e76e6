"""Loads the grammars, which ship as package data, through a cache that heals itself.

Building a parser takes lark 300 ms, importing lark another 13. What a start needs of it are its
tables, and they are kept in a file of the user's cache folder, under a name that changes with all
that they depend on. It is JSON: unlike lark's own cache, a pickle, it can't have code run.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ankish import __version__
from ankish.settings import cache_dir, checksum, keep
from ankish.syntax.tables import Tables, tables

OPTIONS: dict[str, dict[str, Any]] = {
    # New lines are found also where the parser wants none: `syntax.reading` drops those inside
    # brackets. The grammar can't say so, since what stands inside brackets is made of the same
    # rules as what stands outside.
    "ankish": {"everywhere": ["_NL"], "keep_all_tokens": True},
    "search": {},
}
"""How the tables of each grammar are made, beyond what it says itself; see `tablemaker.parser`."""

KEPT = 4
"""How many files of a grammar are kept, for versions and checkouts that are used side by side."""

FORM = 1
"""The form of the files, and of how they are made; another one is not read."""


def load(name: str) -> Tables:
    """The tables of `grammar/NAME.lark`."""
    text, options = grammar_text(name), OPTIONS[name]
    file = cache_file(name, text, options)
    try:
        return tables(json.loads(file.read_bytes()))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass  # whatever is wrong with the file, it is written anew
    from ankish.syntax.tablemaker import make

    made = make(text, **options)
    keep(file, json.dumps(made.plain(), separators=(",", ":")).encode())
    _thin_out(name)
    return made


def _thin_out(name: str) -> None:
    """Remove what other versions have kept, but for the latest ones: they may be in use as well."""
    try:
        files = sorted(cache_dir().glob(f"{name}-*.json"), key=lambda file: file.stat().st_mtime)
        for file in files[:-KEPT]:
            file.unlink()
    except OSError:
        pass  # somebody else does it as well


def grammar_text(name: str) -> str:
    """The text of a grammar, from the installed package or the checkout.

    `importlib.resources` would find it too, but costs 2 ms to import.
    """
    package = Path(__file__).parents[1]
    installed = package / "grammar"
    folder = installed if installed.is_dir() else package.parent / "grammar"
    return (folder / f"{name}.lark").read_text(encoding="utf-8")


def cache_file(name: str, text: str, options: dict[str, Any]) -> Path:
    """Where the tables of this grammar are kept."""
    depends = (FORM, __version__, sys.version_info[:2], text, options)
    return cache_dir() / f"{name}-{checksum(repr(depends))}.json"
