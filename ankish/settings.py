"""How ankish is set up, and where it keeps its files.

A setting is taken from the command line, else from the environment, else from the
configuration file `config.toml`, else it has its default.
"""

from __future__ import annotations

import os
from binascii import crc32
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ankish.data import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_URL = "http://127.0.0.1:8765"
"""Where AnkiConnect listens unless its settings say otherwise."""

HOME = "ANKISH_HOME"
"""The environment's name for a folder that holds everything ankish keeps."""


@dataclass(frozen=True)
class Settings:
    """What the user has chosen.

    `DECLARED` says what each of them is for.
    """

    url: str = DEFAULT_URL
    key: str | None = field(default=None, repr=False)
    base: str | None = None
    theme: str = "terminal"
    keys: str = "emacs"
    preview: bool = True
    suggestions: bool = True
    counts: bool = True
    timing: bool = True
    tips: bool = True
    pager: str = "auto"
    expand: str = "auto"
    html: str = "text"
    images: str = "auto"
    ask_from: int = 1000
    journal_days: int = 180
    journal_megabytes: int = 500


@dataclass(frozen=True)
class Setting:
    """What a setting is for.

    * **doc** - one line, as it stands in the configuration file.
    * **choices** - the texts that it takes; empty for any text. A setting whose default is
      true or false takes these two, and one whose default is a number numbers from 0 on.
    * **example** - what stands in a new configuration file where there is no default.
    """

    doc: str
    choices: tuple[str, ...] = ()
    example: str = ""


DECLARED: dict[str, Setting] = {
    "url": Setting("where AnkiConnect listens"),
    "key": Setting("AnkiConnect's API key, if its settings have one", example="…"),
    "base": Setting("Anki's base folder, which holds its profiles", example="~/Anki2"),
    "theme": Setting(
        "colours: the terminal's own sixteen, or made for a dark or a light background",
        ("terminal", "dark", "light"),
    ),
    "keys": Setting("the keys of the line editor", ("emacs", "vi")),
    "preview": Setting("whether a finished line says what it would do, counted by reads"),
    "suggestions": Setting("whether a line from the history is suggested in grey"),
    "counts": Setting("whether the menu tells how many cards a deck has and how many are due"),
    "timing": Setting("whether requests and time taken are told after each line"),
    "tips": Setting("whether the shell begins with a tip"),
    "pager": Setting(
        "what shows a result that is longer than the screen: auto (less, or one of ankish's "
        "own), off, or a command"
    ),
    "expand": Setting(
        "whether rows are shown one below the other: auto where they don't fit, on, off",
        ("auto", "on", "off"),
    ),
    "html": Setting("fields in tables: as text, or raw with their HTML", ("text", "raw")),
    "images": Setting(
        "pictures on cards: auto by what the terminal is known for, by a protocol, or off",
        ("auto", "kitty", "iterm2", "sixel", "off"),
    ),
    "ask_from": Setting(
        "from how many notes or cards on a change is asked about first, or needs --yes in a "
        "script; 0 for never"
    ),
    "journal_days": Setting("for how many days what takes changes back is kept"),
    "journal_megabytes": Setting("how large the journal of a collection may grow, in megabytes"),
}
"""All settings, in the order of the configuration file."""

ENVIRONMENT = {"url": "ANKISH_URL", "key": "ANKISH_KEY", "base": "ANKI_BASE"}
"""The settings that the environment can hold, by name. ANKI_BASE is Anki's own."""


def load_settings(given: Mapping[str, str | None] | None = None) -> Settings:
    """The settings in force; `given` are those of the command line, None where left out.

    A variable that is empty counts as left out. The configuration file is read if there is one.
    Raises `AnkishError` (family `config`) when it can't be read or understood.
    """
    values: dict[str, Any] = _from_file() | _from_environment()
    values |= {name: value for name, value in (given or {}).items() if value is not None}
    return Settings(**values)


def cache_dir() -> Path:
    """The folder for what can be made again at any time. It may not exist yet."""
    return _folder("cache")


def keep(file: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all, for the user alone to read; it is no harm if
    that can't be done.
    """
    temporary = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.touch(mode=0o600)
        temporary.write_bytes(content)
        temporary.replace(file)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def state_dir() -> Path:
    """The folder for history, journal and logs. It may not exist yet."""
    return _folder("state")


def data_dir() -> Path:
    """The folder for what the user has made: recorded macros. It may not exist yet."""
    return _folder("data")


def config_dir() -> Path:
    """The folder of the configuration file. It may not exist yet."""
    return _folder("config")


def file_name(place: str) -> str:
    """A name for the files about a place, such as a URL or a collection: readable, and its own."""
    import re

    readable = re.sub(r"[^\w.-]+", "-", place).strip("-")[-40:]
    return f"{readable}-{checksum(place)}"


def checksum(text: str) -> str:
    """Eight characters that tell texts apart which nobody made alike on purpose.

    `hashlib` would bring OpenSSL with it, which takes 3 ms to load.
    """
    return f"{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _folder(kind: str) -> Path:
    from pathlib import Path

    if home := os.environ.get(HOME):
        return Path(home).expanduser() / kind
    import platformdirs

    dirs = platformdirs.PlatformDirs("ankish", appauthor=False)
    return Path(getattr(dirs, f"user_{kind}_dir"))


def _from_environment() -> dict[str, str]:
    found = {name: os.environ.get(variable) for name, variable in ENVIRONMENT.items()}
    return {name: value for name, value in found.items() if value}


def config_file() -> Path:
    """The configuration file. It may not exist."""
    return config_dir() / "config.toml"


def _from_file() -> dict[str, Any]:
    file = config_file()
    try:
        if not file.exists():
            return {}
    except OSError:  # a folder that may not be looked into: reading says so
        pass
    from ankish.configfile import read

    return read(file, wanted())


def wanted() -> dict[str, type | tuple[str, ...]]:
    """What each setting takes: `bool`, `int`, `str`, or one of some texts."""
    return {name: setting.choices or _kind(name) for name, setting in DECLARED.items()}


def _kind(name: str) -> type:
    default = getattr(Settings(), name)
    return type(default) if isinstance(default, bool | int) else str
