"""The reference design of the language, as the tests read it: its sections and their examples."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.support.examples import ROOT

DESIGN = ROOT / "tests" / "data" / "language.md"

_SECTION = re.compile(r"^## (\d+)\. ", re.MULTILINE)
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A section: its fenced blocks, and what stands in back-ticks, in order, each once."""

    number: int
    blocks: tuple[str, ...]
    spans: tuple[str, ...]


def sections() -> dict[int, Section]:
    """The sections by their numbers."""
    parts = _SECTION.split(DESIGN.read_text(encoding="utf-8"))[1:]
    return {
        int(number): Section(
            int(number),
            tuple(match[1] for match in _FENCED.finditer(text)),
            tuple(dict.fromkeys(map(_plain, _INLINE.findall(_FENCED.sub("", text))))),
        )
        for number, text in zip(parts[::2], parts[1::2], strict=True)
    }


def _plain(found: tuple[str, str]) -> str:
    """What stands in back-ticks, as it is meant: a bar of a table is a bar."""
    return one_spaced(found[1].replace(r"\|", "|"))


def one_spaced(text: str) -> str:
    """A text whose words are one space apart."""
    return " ".join(text.split())
