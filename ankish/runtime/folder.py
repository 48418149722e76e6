"""`glob`: the files that a pattern names."""

from __future__ import annotations

import glob
from datetime import datetime
from pathlib import Path
from typing import Any

from ankish.diagnostics.kinds import file as kinds
from ankish.diagnostics.model import Span


def find(pattern: str, span: Span) -> list[dict[str, Any]]:
    """The files, not folders, by their paths in order; `**` stands for folders in folders.

    Hidden ones have to be named with their point, as in shells.
    """
    expanded = str(Path(pattern).expanduser()) if pattern.startswith("~") else pattern
    try:
        paths = sorted(glob.glob(expanded, recursive=True))  # noqa: PTH207
        return [_row(Path(path)) for path in paths if Path(path).is_file()]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        folder = Path.cwd()
        raise kinds.UNREADABLE.error(span, path=pattern, reason=reason, folder=folder) from None


def _row(path: Path) -> dict[str, Any]:
    about = path.stat()
    changed = datetime.fromtimestamp(int(about.st_mtime)).isoformat()
    return {
        "path": path.as_posix(),
        "name": path.name,
        "stem": path.stem,
        "size": about.st_size,
        "modified": changed,
    }
