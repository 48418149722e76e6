"""How ankish is set up, and where it keeps its files.

A setting is taken from the command line, else from the environment, else from the
configuration file `config.toml`, else it has its default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

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

    * **url** - where AnkiConnect listens.
    * **key** - AnkiConnect's API key; never shown.
    * **base** - Anki's base folder, which holds its profiles; None for the usual one.
    """

    url: str = DEFAULT_URL
    key: str | None = field(default=None, repr=False)
    base: str | None = None


ENVIRONMENT = {"url": "ANKISH_URL", "key": "ANKISH_KEY", "base": "ANKI_BASE"}
"""The environment's name for each setting. ANKI_BASE is Anki's own."""


def load_settings(given: Mapping[str, str | None] | None = None) -> Settings:
    """The settings in force; `given` are those of the command line, None where left out.

    A variable that is empty counts as left out. The configuration file is read if there is one.
    Raises `AnkishError` (family `config`) when it can't be read or understood.
    """
    values = _from_file() | _from_environment()
    values |= {name: value for name, value in (given or {}).items() if value is not None}
    return Settings(**values)


def cache_dir() -> Path:
    """The folder for what can be made again at any time. It may not exist yet."""
    return _folder("cache")


def state_dir() -> Path:
    """The folder for history, journal and logs. It may not exist yet."""
    return _folder("state")


def data_dir() -> Path:
    """The folder for what the user has made: recorded macros. It may not exist yet."""
    return _folder("data")


def config_dir() -> Path:
    """The folder of the configuration file. It may not exist yet."""
    return _folder("config")


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


def _from_file() -> dict[str, str]:
    file = config_dir() / "config.toml"
    try:
        if not file.exists():
            return {}
    except OSError:  # a folder that may not be looked into: reading says so
        pass
    from ankish.configfile import read

    return read(file, tuple(ENVIRONMENT))
