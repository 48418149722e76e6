"""The configuration file as the user meets it: shown, begun from a template, changed by a word."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ankish.configfile import fits, in_words, read
from ankish.data import replace
from ankish.diagnostics.kinds import config as kinds
from ankish.diagnostics.nearest import nearest
from ankish.diagnostics.text import listed, two_columns
from ankish.settings import (
    DECLARED,
    ENVIRONMENT,
    Settings,
    config_file,
    load_settings,
    wanted,
)

DEFAULT = "default"
"""Where a value comes from that nobody has set."""

HEAD = """\
# The settings of ankish. A line that begins with # is a comment: take the # away to set it.
# The command line and the environment (ANKISH_URL, ANKISH_KEY, ANKI_BASE) count before it.
"""


def template() -> str:
    """A configuration file in which nothing is set and everything is explained."""
    parts = [HEAD]
    for name, setting in DECLARED.items():
        default = getattr(Settings(), name)
        value = written(setting.example if default is None else default)
        choices = f" ({in_words(setting.choices)})" if setting.choices else ""
        parts.append(f"\n# {setting.doc}{choices}\n# {name} = {value}\n")
    return "".join(parts)


def written(value: str | bool | int) -> str:
    """A value as TOML has it."""
    if isinstance(value, bool | int):
        return str(value).lower()
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def overview(settings: Settings, width: int) -> str:
    """Every setting with its value, where that comes from, and what it is for."""
    file = config_file()
    rows = [
        (row["name"], _shown(row), row["from"] if row["from"] != DEFAULT else "", row["doc"])
        for row in setting_records(settings)
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    heads = [
        "  ".join(cell.ljust(each) for cell, each in zip(row, widths, strict=False)) for row in rows
    ]
    rows_and_docs = zip(heads, (row[3] for row in rows), strict=True)
    table = "\n".join(two_columns(rows_and_docs, width))
    there = "" if file.exists() else "; it does not exist yet"
    return f"{table}\n\n{file}{there}\n`config NAME VALUE` sets one, `config edit` opens the file"


def setting_records(settings: Settings) -> Iterator[dict[str, Any]]:
    """Each setting with its value, where that comes from, and what it is for; of the API key
    only whether there is one.
    """
    in_file = _in_file(config_file())
    for name, setting in DECLARED.items():
        value = getattr(settings, name)
        variable = ENVIRONMENT.get(name)
        if variable and os.environ.get(variable):
            origin = variable
        elif name in in_file:
            origin = "file" if in_file[name] == value else "command line"
        else:
            origin = DEFAULT if value == getattr(Settings(), name) else "command line"
        if name == "key":
            value = bool(value)
        elif isinstance(value, str):
            value = re.sub(r"(?<=//)[^/]*@", "", value)  # a password may stand there
        choices = list(setting.choices)
        yield {"name": name, "value": value, "from": origin, "choices": choices, "doc": setting.doc}


def _shown(row: dict[str, Any]) -> str:
    value = row["value"]
    if row["name"] == "key":
        return "set" if value else "-"
    if isinstance(value, bool):
        return "on" if value else "off"
    return "-" if value is None else str(value)


def _in_file(file: Path) -> dict[str, Any]:
    return read(file, wanted()) if file.exists() else {}


def change(settings: Settings, name: str, text: str) -> Settings:
    """Set a setting in the file and in `settings`; everything else in the file stays.

    Raises `AnkishError` (family `config`), and nothing is changed.
    """
    takes = wanted().get(name)
    if takes is None:
        near = nearest(name, DECLARED)
        raise kinds.UNKNOWN.error(
            name=name, near=listed(near) if near else None, settings=listed(DECLARED, "and")
        )
    value = _value(text, takes)
    if value is None:
        raise kinds.VALUE.error(name=name, wanted=in_words(takes), value=text)
    file = config_file()
    _in_file(file)  # a file with mistakes is not written to
    old = file.read_text("utf-8-sig") if file.exists() else template()
    write(file, _set(old, f"{name} = {written(value)}", name))
    changed: dict[str, Any] = {name: value}
    return replace(settings, **changed)


def _value(text: str, takes: type | tuple[str, ...]) -> str | bool | int | None:
    """What a word means for a setting; None if it can't be."""
    word = text.strip().strip("\"'")
    value = {"on": True, "true": True, "off": False, "false": False}.get(word.lower())
    found: str | bool | int | None = value if takes is bool else word
    if takes is int:
        found = int(word) if word.isascii() and word.isdecimal() else None
    return found if found is not None and fits(found, takes) else None


def _set(text: str, line: str, name: str) -> str:
    """A file with a line in it: in the place of the old one, else of the comment that shows it."""
    for pattern in (rf"^[ \t]*{name}[ \t]*=.*$", rf"^#[ \t]*{name}[ \t]*=.*$"):
        changed, count = re.subn(pattern, lambda _: line, text, count=1, flags=re.MULTILINE)
        if count:
            return changed
    end = "" if text.endswith("\n") or not text else "\n"
    return f"{text}{end}{line}\n"


def write(file: Path, text: str) -> None:
    """Write the configuration file, whole or not at all; only its user can read it.

    Raises `AnkishError` (family `config`): it can't be written, or is not what was meant.
    """
    beside = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.touch(mode=0o600)
        beside.write_text(text, "utf-8")
        read(beside, wanted())
        beside.replace(file)
    except OSError as error:
        raise kinds.UNWRITABLE.error(path=file, reason=error.strerror or str(error)) from None


def edit(settings: Settings) -> Settings:
    """Open the file in the user's editor; the settings afterwards.

    Raises `AnkishError`: the file has mistakes, or there is no editor.
    """
    file = config_file()
    if not file.exists():
        write(file, template())
    open_file(file)
    return load_settings({"url": settings.url, "base": settings.base})


def open_file(file: Path) -> None:
    """Open a file in the user's editor. Raises `AnkishError` if there is none."""
    usual = "notepad" if sys.platform == "win32" else "vi"
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual
    try:
        subprocess.run([*shlex.split(editor), str(file)], check=False)
    except (OSError, ValueError) as error:
        raise kinds.NO_EDITOR.error(editor=editor, reason=str(error), path=file) from None
