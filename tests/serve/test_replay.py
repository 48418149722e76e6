"""The recorded exchanges, replayed over HTTP on a server that is a process of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engine import replay
from tests.engine.support import fresh_profile
from tests.support.serving import serving


@contextmanager
def served() -> Iterator[replay.Replay]:
    """A replay against `ankish serve`, on a fresh profile."""
    with tempfile.TemporaryDirectory() as folder:
        base, scratch = Path(folder, "base"), Path(folder, "tmp")
        replay.prepare(scratch)
        fresh_profile(base)
        with serving("--profile", "User 1", "--base", str(base)) as server:
            yield replay.Replay(server.answer, base, scratch)


def test_every_exchange_is_equal_or_listed(capsys: pytest.CaptureFixture[str]) -> None:
    with served() as run:
        outcomes = run.run(replay.exchanges())
    with capsys.disabled():
        print(f"\nover HTTP\n{replay.table(outcomes)}")  # noqa: T201
    unequal = {outcome.id for outcome in outcomes if not outcome.equal}
    listed = set(replay.differences())
    unlisted = [outcome for outcome in outcomes if outcome.id in unequal - listed]
    assert not unlisted, replay.shown(unlisted)
    assert listed - unequal == set()
