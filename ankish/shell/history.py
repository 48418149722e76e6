"""The lines of earlier sessions, one file for each collection, without secrets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import FileHistory

from ankish.runtime.private import is_private
from ankish.settings import file_name, state_dir

RECENT = 300
"""How many lines tell what the user is used to."""


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

    def stored(self) -> list[str]:
        """The latest lines of the file, the latest first."""
        return [*self.load_history_strings()][:RECENT]

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


def history_file(place: str) -> Path:
    """The file for what is done at a place: a URL, a collection, the sample."""
    return state_dir() / "history" / file_name(place)
