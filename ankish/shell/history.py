"""The lines of earlier sessions, one file for each collection, without secrets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from prompt_toolkit.history import FileHistory

from ankish.settings import state_dir

_KEY = re.compile(r"""\bkey["']?\s*:""")
_REQUEST = re.compile(r"""\b(?:action|version)["']?\s*:""")


class History(FileHistory):
    """Keeps lines in a file that only the user can read.

    Lines that are private are not written. They can be recalled until the session ends.
    """

    def __init__(self, file: Path, secrets: Iterable[str]) -> None:
        super().__init__(str(file))
        self._file = file
        self._secrets = secrets

    def load_history_strings(self) -> Iterable[str]:
        """The lines of the file, the latest first; none if it can't be read."""
        try:
            return list(super().load_history_strings())
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        """Write a line to the file. One that can't be written is no reason to stop."""
        if is_private(string, self._secrets):
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file.touch(mode=0o600)
            super().store_string(string)
        except OSError:
            pass


def is_private(line: str, secrets: Iterable[str]) -> bool:
    """Whether a line must not be written down.

    That is one that begins with a blank, holds one of the `secrets` (the API key), calls an
    action with a secret parameter (a password), or holds a request with a key of its own.
    """
    from ankish.catalog.actions import ACTIONS

    if line.startswith(" ") or any(secret and secret in line for secret in secrets):
        return True
    guarded = {c.name for c in ACTIONS.values() if any(param.secret for param in c.params)}
    if guarded.intersection(re.findall(r"\w+", line)):
        return True
    return bool(_KEY.search(line) and _REQUEST.search(line))


def history_file(place: str) -> Path:
    """The file for what is done at a place: a URL, a collection, the sample."""
    readable = re.sub(r"[^\w.-]+", "-", place).strip("-")[-40:]
    return state_dir() / "history" / f"{readable}-{sha256(place.encode()).hexdigest()[:8]}"
