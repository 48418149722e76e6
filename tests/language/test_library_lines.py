"""The line that each script shows is right in the shell too, where variables outlast a line."""

from __future__ import annotations

import re

import pytest

from ankish.diagnostics.model import AnkishError, Source
from ankish.runtime.session import Session
from ankish.runtime.shipped import folder
from tests.support.lab import Lab

EXAMPLE = re.compile(r"^## +ankish (?:--yes )?(.+)$", re.MULTILINE)
LINES = [
    line
    for file in sorted(folder().glob("*.ank"))
    for line in EXAMPLE.findall(file.read_text(encoding="utf-8"))
]


def test_most_scripts_show_a_line() -> None:
    assert len(LINES) > 40


@pytest.mark.parametrize("line", LINES)
def test_its_line(reading: Lab, line: str) -> None:
    session = Session(lambda: reading.client, keep=True)
    try:
        result = session.check(Source("shell", line))
    except AnkishError as error:
        # The sample collection has not all decks and fields that they speak of.
        names = {"name::deck", "name::field", "name::model", "name::value"}
        assert {each.code for each in error.diagnostics} <= names, error.diagnostics
    else:
        assert result.ok
