"""The user's own macros: recorded or written, each a plain file in the data folder.

Every program can call them, as it can the short verbs of the prelude.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ankish.diagnostics.kinds import record as kinds
from ankish.diagnostics.nearest import near
from ankish.settings import data_dir

if TYPE_CHECKING:
    from ankish.anki.client import Client

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
    for path, to in ((before, after), (draft_of(before), draft_of(after))):
        if path.exists():
            text = path.read_text(encoding="utf-8")
            head = rf"^macro {re.escape(old)}\("
            keep(to, re.sub(head, f"macro {new}(", text, count=1, flags=re.M))
            path.unlink()


def delete(name: str) -> None:
    """Remove a macro, and a draft of it. Raises `AnkishError` if there is none of that name."""
    path = file_of(name)
    path.unlink()
    draft_of(path).unlink(missing_ok=True)


def draft_of(path: Path) -> Path:
    """Where a macro's file is changed before it takes the place of `path`."""
    return path.parent / "drafts" / path.name


def edit(name: str, open_: Callable[[Path], object]) -> str:
    """Have a macro changed by the user; what there is to say.

    A draft is opened, and takes the macro's place when it is sound. Otherwise `AnkishError` tells
    what is wrong: the macro is as it was, and the next time the draft is gone on with.
    """
    path = file_of(name)
    draft = draft_of(path)
    if not draft.exists() or draft.stat().st_mtime < path.stat().st_mtime:
        draft.parent.mkdir(exist_ok=True, mode=0o700)
        draft.write_bytes(path.read_bytes())
    open_(draft)
    try:
        text = draft.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text.strip():
        draft.unlink(missing_ok=True)
        return f"nothing was left in the file, so {name} is as it was\n"
    _need_sound(name, text, draft)
    keep(path, text)
    draft.unlink()
    return ""


def _need_sound(name: str, text: str, draft: Path) -> None:
    """Raise `AnkishError` if a text is no program with a macro of that name."""
    from ankish.diagnostics.kinds.name import COMMAND
    from ankish.diagnostics.model import AnkishError, Severity, Source
    from ankish.runtime.session import Session
    from ankish.syntax import tree as t
    from ankish.syntax.parser import parse

    source, kept = Source(str(draft), text), kinds.DRAFT(name=name, file=str(draft))
    parsed = parse(source)
    macros = {node.name for node in parsed.program.statements if isinstance(node, t.Macro)}
    try:
        if not parsed.diagnostics and name not in macros:
            raise kinds.NOT_SOUND.error(name=name, file=str(draft))
        Session(_nobody).check(source, offline=True)
    except AnkishError as error:
        wrong = [each for each in error.diagnostics if each.severity is Severity.ERROR]
        if any(each.code != COMMAND.code or each.helps for each in wrong):
            raise AnkishError(*wrong, kept) from None
        # a command that is like none there is may be an action that only this Anki has


def _nobody() -> Client:
    raise AssertionError("nothing is asked while a macro's text is checked")


def change(words: Sequence[str], open_: Callable[[Path], object]) -> str | None:
    """Do what words such as `rename OLD NEW` ask for; what there is to say.

    `open_` opens a file for the user. None if the words are not understood. Raises `AnkishError`.
    """
    match list(words):
        case ["show", name]:
            return file_of(name).read_text(encoding="utf-8")
        case ["edit", name]:
            return edit(name, open_)
        case ["delete", name]:
            delete(name)
        case ["rename", old, new]:
            rename(old, new)
        case ["export", name, file]:
            export(name, file)
        case ["import", file]:
            return "".join(f"{name}\n" for name in import_file(file))
        case _:
            return None
    return ""
