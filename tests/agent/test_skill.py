"""What `ankish skill` teaches is true, and short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ankish.agent.skill import skill_text
from ankish.catalog.actions import ACTIONS
from ankish.catalog.builtins import ROW_VERBS
from ankish.cli import TOOLS
from ankish.runtime.shipped import scripts
from tests.support.guide import Reader, blocks, tidy
from tests.support.lab import embedded_lab
from tests.test_cli import ankish


def test_its_examples_do_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = blocks(skill_text())
    assert found
    with embedded_lab() as lab:
        reader = Reader(lab, tmp_path)
        for block in found:
            assert reader.tries(block).text == tidy(block.expected or "")


def test_what_it_names_exists() -> None:
    text = skill_text()
    words = set(re.findall(r"`ankish (?:--\w+ )*([a-z][\w-]*)", text))
    assert {"undo", "log", "check", "mcp", "leeches"} <= words
    assert words <= {*TOOLS, *scripts()}
    verbs = re.search(r"Row verbs \(`([^`]*)`\)", text)
    assert verbs is not None and set(verbs[1].split()) <= set(ROW_VERBS)
    assert {"addNote", "changeDeck", "suspend"} <= set(ACTIONS)


def test_it_is_short_and_printed_as_it_is() -> None:
    assert len(skill_text().split()) < 800
    assert ankish("skill").stdout == skill_text()
