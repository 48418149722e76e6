"""`ankish schema save`: the names in a collection, kept for checking without it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from ankish.anki.schema import PARTS, read, written
from ankish.anki.world import World
from ankish.diagnostics.kinds import program as kinds
from ankish.diagnostics.model import AnkishError
from ankish.settings import state_dir
from ankish.tools.files import tell


def main(argv: Sequence[str]) -> int:
    """Save what exists; the exit status, as that of a program."""
    from ankish.cli import add_target, session_for, status

    parser = ArgumentParser(
        prog="ankish schema",
        description="Keep the names in a collection, for `ankish check --schema`.",
    )
    parser.add_argument("do", choices=["save"], help="save them in a file")
    parser.add_argument("file", nargs="?", help="the file; one of ankish's own if left out")
    add_target(parser)
    options = parser.parse_intermixed_args(argv)
    session = session_for(options)
    try:
        world = session.world.prefetch(PARTS)
        place = Path(options.file) if options.file else schema_file(options)
        _save(place, written(world))
    except AnkishError as error:
        tell(error.diagnostics)
        return status(error)
    finally:
        session.close()
    decks, types, tags = len(world.deck_ids), len(world.details), len(world.tag_names)
    print(f"{place}: {decks} decks, {types} note types, {tags} tags")  # noqa: T201
    return 0


def _save(place: Path, text: str) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise kinds.SCHEMA.error(file=place, reason=error.strerror) from None


def schema_file(options: Namespace) -> Path:
    """Where the names of the place are kept that a command line asks for."""
    from ankish.cli import place_of
    from ankish.settings import file_name

    return state_dir() / "schema" / f"{file_name(place_of(options))}.json"


def load(options: Namespace) -> World | None:
    """The names that `--schema` or `--saved` means; None without. Raises `AnkishError`."""
    if options.schema is None and not options.saved:
        return None
    file = schema_file(options) if options.schema is None else Path(options.schema)
    try:
        return read(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise kinds.SCHEMA.error(file=file, reason=error.strerror) from None
    except ValueError as error:
        raise kinds.SCHEMA.error(file=file, reason=str(error)) from None
