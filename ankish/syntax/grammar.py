"""Loads the grammars, which ship as package data, through a cache that heals itself.

Building a parser takes lark 300 ms. Its own cache holds tables, from which it makes the parser
anew in 11 ms; ours holds the parser itself, which is there in 3. It is a file in the user's
cache folder, under a name that changes with all that the parser depends on. (Lark's default,
a predictable name in the shared temporary folder, would let others put a pickle there.)
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import lark
from lark import lexer
from lark.parsers.lalr_analysis import Reduce, Shift


def load(name: str, *, strict: bool = False, **options: Any) -> lark.Lark:
    """The parser of `grammar/NAME.lark`: LALR(1) with the contextual lexer.

    `options` are lark's. `strict` makes lark refuse every conflict and collision; it is
    slow and for the tests.
    """
    text = grammar_text(name)
    if strict:
        return lark.Lark(text, parser="lalr", strict=True, **options)
    file = cache_file(name, text, options)
    try:
        parser = pickle.loads(file.read_bytes())
        if isinstance(parser, lark.Lark):
            return parser
    except Exception:  # whatever is wrong with the file, it is written anew
        pass
    with _unchecked():
        parser = lark.Lark(text, parser="lalr", **options)
    del parser.grammar  # what it was made from; 0.7 ms of loading, and no one asks for it
    _keep(parser, file)
    return parser


@contextmanager
def _unchecked() -> Iterator[None]:
    """Where the library `interegular` is installed, lark compares each two terminals with it, for
    two seconds, and only warns. The tests have it done, by `strict`; a start has no need of it.
    """
    kept, lexer.has_interegular = lexer.has_interegular, False
    try:
        yield
    finally:
        lexer.has_interegular = kept


def grammar_text(name: str) -> str:
    """The text of a grammar, from the installed package or the checkout.

    `importlib.resources` would find it too, but costs 2 ms to import.
    """
    package = Path(__file__).parents[1]
    installed = package / "grammar"
    folder = installed if installed.is_dir() else package.parent / "grammar"
    return (folder / f"{name}.lark").read_text(encoding="utf-8")


def cache_file(name: str, text: str, options: dict[str, Any]) -> Path:
    """Where the parser of this grammar is kept."""
    from ankish.settings import cache_dir

    plain = {key: value for key, value in options.items() if isinstance(value, (bool, str))}
    made_from = (text, sorted(plain.items()), lark.__version__, sys.version)
    digest = sha256(repr(made_from).encode()).hexdigest()[:16]
    return cache_dir() / f"{name}-{digest}.parser"


def _keep(parser: lark.Lark, file: Path) -> None:
    """Write a parser to its file, whole or not at all; it is no harm if that can't be done."""
    content = pickled(parser)
    if _tables(pickle.loads(content)) != _tables(parser):
        return  # a lark that has more of a kind to name: then each start makes its parser
    temporary = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.write_bytes(content)
        temporary.replace(file)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def pickled(parser: lark.Lark) -> bytes:
    """A parser as it is in memory."""
    buffer = BytesIO()
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(parser)
    return buffer.getvalue()


class _Pickler(pickle.Pickler):
    """Writes by name what there is only one of: modules, and the two marks in lark's tables."""

    def reducer_override(self, value: Any) -> Any:
        """See `pickle.Pickler`."""
        if isinstance(value, ModuleType):
            return import_module, (value.__name__,)
        if value is Shift or value is Reduce:
            return value.name
        return NotImplemented


def _tables(parser: lark.Lark) -> Any:
    """All that a parser knows of its grammar, as lark itself saves it."""
    buffer = BytesIO()
    parser.save(buffer, exclude_options=["postlex"])
    return pickle.loads(buffer.getvalue())


def terminals(name: str) -> dict[str, str]:
    """The regular expressions of a grammar's terminals; words and signs are escaped."""
    return {each.name: each.pattern.to_regexp() for each in load(name).terminals}
