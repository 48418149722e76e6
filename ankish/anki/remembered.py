"""The names of the note types that were there when they were last asked for: a guess.

What is inside the note types can only be asked for by their names, and those have to be asked for
first, 25 ms earlier. They hardly ever change, so both are asked together, for the names of last
time. Where these turn out to be others, what is inside is asked for again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress

from ankish.settings import cache_dir, file_name


class Remembered:
    """The names for one place: a URL. They are kept in a file that only the user can read."""

    def __init__(self, place: str) -> None:
        self._file = cache_dir() / f"models-{file_name(place)}.json"
        self._names: tuple[str, ...] | None = None

    def names(self) -> tuple[str, ...]:
        """The names of last time; none if there was none, or what was kept can't be read."""
        if self._names is None:
            try:
                kept = json.loads(self._file.read_bytes())
                self._names = tuple(name for name in kept if isinstance(name, str))
            except (OSError, ValueError, TypeError, RecursionError):
                self._names = ()
        return self._names

    def keep(self, names: Sequence[str]) -> None:
        """Keep names for the next time; it is no harm if that can't be done."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        temporary = self._file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary.touch(mode=0o600)
            temporary.write_text(json.dumps(names), encoding="utf-8")
            temporary.replace(self._file)

    def forget(self) -> None:
        """Have no guess the next time."""
        self._names = ()
        with suppress(OSError):
            self._file.unlink()
