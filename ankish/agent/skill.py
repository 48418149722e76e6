"""`ankish skill`: a short text that teaches an agent ankish."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path


def skill_text() -> str:
    """The text, in Markdown."""
    return (Path(__file__).parent / "skill.md").read_text(encoding="utf-8")


def main(argv: Sequence[str]) -> int:
    """Print the text."""
    ArgumentParser(
        prog="ankish skill",
        description="Print what an agent should know to work with ankish, in Markdown.",
    ).parse_args(argv)
    print(skill_text(), end="")  # noqa: T201
    return 0
