"""Loads the grammars, which ship as package data, through a cache that heals itself.

Building the parser of a grammar takes some 300 ms; loading it from the cache 15. The
cache is a file in the user's cache folder, under a name that changes with the grammar.
(Lark's own default, a predictable name in the shared temporary folder, would let
others on the machine put a pickle there.)
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from lark import Lark


def load(name: str, *, strict: bool = False, **options: Any) -> Lark:
    """The parser of `grammar/NAME.lark`: LALR(1) with the contextual lexer.

    `options` are lark's. `strict` makes lark refuse every conflict and collision; it is
    slow and for the tests.
    """
    text = grammar_text(name)
    cache = None if strict else cache_file(name, text)
    if cache is not None:
        try:
            return Lark(text, parser="lalr", cache=str(cache), **options)
        except Exception:  # a cache that can't be read or written must not stop anybody
            cache.unlink(missing_ok=True)
    return Lark(text, parser="lalr", strict=strict, **options)


def grammar_text(name: str) -> str:
    """The text of a grammar, from the installed package or the checkout."""
    from importlib.resources import files

    try:
        return (files("ankish.grammar") / f"{name}.lark").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        beside = Path(__file__).parents[2] / "grammar" / f"{name}.lark"
        return beside.read_text(encoding="utf-8")


def cache_file(name: str, text: str) -> Path | None:
    """Where the parser of this grammar is kept; None if the folder can't be made."""
    from ankish.settings import cache_dir

    digest = sha256(text.encode()).hexdigest()[:16]
    try:
        folder = cache_dir()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder / f"{name}-{digest}.lark-cache"
