"""The table of features names tests that exist, and leaves no claim without one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "features.md").read_text("utf-8").splitlines()
    if re.match(r"\| .* \| [●◐○] \|", line)
]


def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_there_are_rows() -> None:
    assert len(ROWS) > 25


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_claim_has_a_test_that_exists(row: list[str]) -> None:
    _, mark, _, proof = row
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", proof)
    assert bool(named) == (mark != "○")
    for file, test in named:
        assert test in functions_of(file), f"{file} has no {test}"
