"""The example programs: those of the language's design, and every other that there is."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
LANGUAGE = ROOT / "tests" / "data" / "language"
FOLDERS = ("tests", "scripts", "ankish", "docs", "grammar")


def examples() -> dict[str, str]:
    """The texts of the design's examples, by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(LANGUAGE.glob("*.ank"))}


def all_programs() -> dict[str, str]:
    """The texts of all programs of the project, by their paths in it."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.ank"))]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}
