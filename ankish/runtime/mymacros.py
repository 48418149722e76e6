"""The user's own macros: recorded or written, each a plain file in the data folder.

Every program can call them, as it can the short verbs of the prelude.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from ankish.diagnostics.kinds import record as kinds
from ankish.diagnostics.nearest import near
from ankish.settings import data_dir

NAME = re.compile(r"[^\W\d]\w*(?:-\w+)*")
"""What a macro can be called, as the grammar has it."""


def folder() -> Path:
    """Where they are. It may not exist yet."""
    return data_dir() / "macros"


def my_macros() -> dict[str, Path]:
    """Their files by name, in the order of the alphabet."""
    return {path.stem: path for path in sorted(folder().glob("*.ank"))}


def file_of(name: str) -> Path:
    """The file of a macro. Raises `AnkishError` if there is none of that name."""
    found = my_macros()
    if name not in found:
        raise kinds.NO_MACRO.error(name=name, near=near(name, found))
    return found[name]


def free_file(name: str) -> Path:
    """The file that a new macro of this name gets. Raises `AnkishError` if it can't have it."""
    from ankish.catalog.builtins import ROW_VERBS
    from ankish.catalog.commands import COMMANDS
    from ankish.catalog.shellwords import SHELL_WORDS
    from ankish.syntax.habits import STATEMENTS

    taken = name in COMMANDS or name in ROW_VERBS or name in SHELL_WORDS or name in STATEMENTS
    if not NAME.fullmatch(name) or taken:
        raise kinds.BAD_NAME.error(name=name, why="is taken" if taken else "is no name")
    if name in my_macros():
        raise kinds.EXISTS.error(name=name)
    return folder() / f"{name}.ank"


def keep(path: Path, text: str) -> None:
    """Write a macro's file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_suffix(".part")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


def export(name: str, file: str) -> None:
    """Copy a macro's file. Raises `AnkishError` if that can't be done, or a file is there."""
    path, place = file_of(name), Path(file).expanduser()
    if place.is_dir():
        place /= path.name
    try:
        with place.open("x", encoding="utf-8", newline="\n") as copy:
            copy.write(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise kinds.NOT_EXPORTED.error(file=str(place), reason=error.strerror) from None


def import_file(file: str) -> list[str]:
    """Take in the macros of a file, each as a file of its own; their names.

    Raises `AnkishError` if it can't be read, holds no macro, or one whose name is not free.
    """
    from ankish.diagnostics.model import AnkishError, Source
    from ankish.syntax import tree as t
    from ankish.syntax.parser import parse

    try:
        text = Path(file).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise kinds.NOT_IMPORTED.error(file=file, reason=reason) from None
    parsed = parse(Source(file, text))
    if parsed.diagnostics:
        raise AnkishError(*parsed.diagnostics)
    nodes = parsed.program.statements
    macros = [node for node in nodes if isinstance(node, t.Macro)]
    if not macros or len(macros) < len(nodes):
        reason = "it has to hold macros, and nothing else"
        raise kinds.NOT_IMPORTED.error(file=file, reason=reason)
    places = {node.name: free_file(node.name) for node in macros}
    end = 0
    for node in macros:
        keep(places[node.name], text[end : node.span.end].strip() + "\n")
        end = node.span.end
    return list(places)


def rename(old: str, new: str) -> None:
    """Give a macro another name, in its file as well. Raises `AnkishError`."""
    before, after = file_of(old), free_file(new)
    text = before.read_text(encoding="utf-8")
    keep(after, re.sub(rf"^macro {re.escape(old)}\(", f"macro {new}(", text, count=1, flags=re.M))
    before.unlink()


def change(words: Sequence[str], edit: Callable[[Path], object]) -> str | None:
    """Do what words such as `rename OLD NEW` ask for; what there is to say.

    `edit` opens a file for the user. None if the words are not understood. Raises `AnkishError`.
    """
    match list(words):
        case ["show", name]:
            return file_of(name).read_text(encoding="utf-8")
        case ["edit", name]:
            edit(file_of(name))
        case ["delete", name]:
            file_of(name).unlink()
        case ["rename", old, new]:
            rename(old, new)
        case ["export", name, file]:
            export(name, file)
        case ["import", file]:
            return "".join(f"{name}\n" for name in import_file(file))
        case _:
            return None
    return ""
