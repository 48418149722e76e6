"""The files that a path which is begun may mean."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

MOST = 300
"""Of how many entries of a folder is told."""


def matching_files(typed: str) -> Iterator[tuple[str, str]]:
    """The entries of the folder that `typed` is in, by their paths as they would be typed.

    Each comes with a line about it; folders end in a slash. Hidden ones are left out until a
    dot is typed. A folder that can't be read has none.
    """
    folder, begun = os.path.split(typed)
    try:
        with os.scandir(Path(folder).expanduser()) as entries:
            found = sorted(
                (entry.name, entry.is_dir(), 0 if entry.is_dir() else entry.stat().st_size)
                for entry in entries
                if begun.startswith(".") or not entry.name.startswith(".")
            )
    except OSError:
        return
    for name, is_folder, size in found[:MOST]:
        path = typed[: len(typed) - len(begun)] + name
        yield (f"{path}/", "folder") if is_folder else (path, _size(size))


def _size(size: int) -> str:
    """A number of bytes in words."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:,.0f} {unit}"
        size //= 1000
    raise AssertionError
