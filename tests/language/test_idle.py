"""Warnings about what a program does in vain."""

from __future__ import annotations

import pytest

from tests.support.lab import Lab


@pytest.mark.parametrize(
    ("program", "codes"),
    [
        ("if 1 == 2 { version }", ["flow::constant"]),
        ("if not true { version }", ["flow::constant"]),
        ("find deck:Spanish | where 2 in [1, 2] | count", ["flow::constant"]),
        ("let x = 1; if $x == 1 { version }", []),
        ("find deck:Spanish | where lapses > 99 or 1 == 1 | count", []),
        ("macro m() { find deck:Spanish | count; find is:due | count }; m", ["flow::lost"]),
        ("macro m() { let x = 3; 1 + $x; version }; m; m", ["flow::lost"]),
        ("macro m() { print 1; find tag:none | addTags a | count; version }; m", []),
        ("macro m() { [1] | each { print $it }; if 1 < (version) { version } }; m", []),
        ("find deck:Spanish | count; version", []),
        ("let x = 3; version", ["name::unused"]),
        ("for x in [1] { version }", []),
    ],
)
def test_what_is_done_in_vain(reading: Lab, program: str, codes: list[str]) -> None:
    reading.warnings.clear()
    reading.results(program)
    said = [warning.code for warning in reading.warnings if "search" not in warning.code]
    assert said == codes
