"""The wrong programs of `grammar/errors.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

FILE = Path(__file__).parents[2] / "grammar" / "errors.toml"


@dataclass(frozen=True)
class Wrong:
    """A wrong program: its text, the code of its mistake, and the place that is marked."""

    code: str
    text: str
    start: int
    end: int


def wrong_programs() -> list[Wrong]:
    """All of them, in the order of the file."""
    kinds: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [_wrong(f"syntax::{kind}", text) for kind, texts in kinds.items() for text in texts]


def _wrong(code: str, marked: str) -> Wrong:
    before, _, rest = marked.partition("⟦")
    place, _, after = rest.partition("⟧")
    return Wrong(code, before + place + after, len(before), len(before) + len(place))
