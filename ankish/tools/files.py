"""The programs that a command line names: files, folders of them, standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ankish.diagnostics.kinds import program as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Source

if TYPE_CHECKING:
    from ankish.diagnostics.render import Form


def sources(names: Sequence[str], refused: Callable[[AnkishError], None]) -> Iterator[Source]:
    """The programs named: a folder stands for all `.ank` files in it, `-` for standard input.

    `refused` is told of each that can't be read, and of a folder without any; the others are there
    all the same.
    """
    for name in _files(names, refused):
        try:
            yield standard_input() if name == "-" else read(name)
        except AnkishError as error:
            refused(error)


def _files(names: Sequence[str], refused: Callable[[AnkishError], None]) -> Iterator[str]:
    for name in names:
        if name != "-" and Path(name).is_dir():
            found = sorted(path for path in Path(name).rglob("*.ank") if not path.is_dir())
            if not found:
                refused(kinds.NOTHING_THERE.error(folder=name))
            yield from map(str, found)
        else:
            yield name


def standard_input() -> Source:
    """The program on standard input. Raises `AnkishError`."""
    return Source("standard input", decoded(sys.stdin.buffer.read(), "standard input"))


def read(name: str) -> Source:
    """The program in a file, as it is written. Raises `AnkishError`."""
    try:
        raw = Path(name).read_bytes()
    except OSError as error:
        raise kinds.NO_FILE.error(file=name, reason=error.strerror) from None
    return Source(name, decoded(raw, name))


def read_or_script(name: str, words: Iterable[str] = ()) -> Source:
    """The program in a file; of a name without one, the script of the library.

    * **words** - what else could have been meant by the name.

    Raises `AnkishError` if there is neither.
    """
    if Path(name).exists() or not name.replace("-", "").isalnum():
        return read(name)
    from ankish.runtime.shipped import known_script

    return Source(name, read(str(known_script(name, words))).text)


def decoded(raw: bytes, name: str) -> str:
    """Bytes as text. Raises `AnkishError` where they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise kinds.NOT_UTF8.error(file=name, at=error.start) from None


def tell(problems: Sequence[Diagnostic], as_json: bool = False) -> None:
    """Show diagnostics on the error stream."""
    from ankish.diagnostics.render import render, wants_colour

    if problems:
        form: Form = "json" if as_json else "fancy"
        print(render(problems, form, colour=wants_colour(sys.stderr)), file=sys.stderr)  # noqa: T201
