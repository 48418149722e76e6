"""Two processes at once on one collection: the journal is whole, each takes back its own."""

from __future__ import annotations

from pathlib import Path

from tests.support.serving import serving
from tests.support.two import both, check


def test_two_processes_at_once(tmp_path: Path) -> None:
    with serving("--demo") as server:
        held = both(server, tmp_path / "journal", 8)
        check(server, tmp_path / "journal", 8, held)
    assert all(0 < len(numbers) < 8 for numbers in held.values())
