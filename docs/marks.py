"""Markdown: what the reference is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable


def anchor(title: str) -> str:
    """What a heading is called in a link, by GitHub's rules."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def paragraphs(parts: Iterable[str]) -> str:
    """Parts with empty lines between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def prose(text: str) -> str:
    """Plain text in Markdown; what stands between back-ticks stays as it is."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(p if p.startswith("`") else re.sub(r"([*<\[\]])", r"\\\1", p) for p in pieces)


def span(code: str) -> str:
    """Code within a line; empty for none."""
    marks = "``" if "`" in code else "`"
    blank = " " if "`" in code else ""
    return f"{marks}{blank}{code}{blank}{marks}" if code else ""


def code(*lines: str) -> str:
    """Lines of code as a block; empty for none."""
    return "\n".join(["```", *lines, "```"]) if lines else ""


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; its cells are Markdown."""
    header = list(header)
    lines = [header, ["---"] * len(header), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")
