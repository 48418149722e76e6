"""The disk is full: under the collection, or under the journal. `RLIMIT_FSIZE` is as good as that."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ankish.anki.client import Client
from ankish.anki.engine.sample import build
from ankish.anki.http import HttpTransport
from tests.support.journal import Desk
from tests.support.serving import Serving, serving


@contextmanager
def full(server: Serving, collection: Path, room: int) -> Iterator[None]:
    """No file of a server grows any more, but for so many bytes."""
    files = (file for file in collection.parent.glob(f"{collection.name}*") if file.is_file())
    most = max(file.stat().st_size for file in files) + room
    pid, limit = server.process.pid, resource.RLIMIT_FSIZE
    before = resource.prlimit(pid, limit)
    resource.prlimit(pid, limit, (most, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, limit, before)


@pytest.mark.parametrize("room", [0, 20_000, 100_000])
def test_a_collection_whose_disk_is_full_is_left_whole_and_gone_on_with(
    tmp_path: Path, room: int
) -> None:
    (tmp_path / "User 1").mkdir()
    collection = build(tmp_path / "User 1")
    with serving("--collection", str(collection)) as server:
        client = Client(HttpTransport(server.url))
        desk = Desk(client, tmp_path / "journal")
        every = sorted(desk.ask("findNotes", query=""))
        old = sorted(desk.ask("findNotes", query="tag:old"))
        long = "word" * 2000
        program = f'find tag:old | addTags first\nfind deck:* | addTags "{long}"\nfind tag:old | addTags last'
        before = desk.content()
        with full(server, collection, room):
            desk.run(program)
            codes = [problem.code for problem in desk.problems]
            assert "anki::refused" in codes, desk.problems
            assert "disk" in desk.problems[0].message.lower()
            tagged = {
                tag: desk.ask("findNotes", query=f"tag:{tag}") for tag in ("first", long, "last")
            }
            assert tagged[long] == tagged["last"] == []
            assert sorted(tagged["first"]) in ([], old)
            assert ("journal::so-far" in codes) is bool(tagged["first"])
        desk.result("resume" if "journal::so-far" in codes else program)
        assert sorted(desk.ask("findNotes", query=f"tag:{long}")) == every
        assert sorted(desk.ask("findNotes", query="tag:last")) == old
        desk.result("undo")
        assert desk.content() == before
        assert desk.ask("checkDatabase") == []
        client.close()


@pytest.mark.parametrize("blocks", [300])
def test_a_journal_that_is_full_in_the_middle_stops_before_the_write_it_can_not_hold(
    tmp_path: Path, blocks: int
) -> None:
    with serving("--demo") as server:
        environment = {**os.environ, "ANKISH_HOME": str(tmp_path), "ANKISH_URL": server.url}
        ids = server.ask("findNotes", query="deck:Spanish")
        program = f'for i in [{", ".join(map(str, range(60)))}] {{ addTags {ids} "full${{i}}" }}'
        size = blocks * 1024

        def limited() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

        def ankish(*arguments: str, limit: bool = False) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "ankish", *arguments],
                env=environment,
                capture_output=True,
                text=True,
                preexec_fn=limited if limit else None,
            )

        def tags() -> list[str]:
            return [tag for tag in server.ask("getTags") if tag.startswith("full")]

        done = ankish("-c", program, limit=True)
        assert done.returncode == 1, done
        assert "Traceback" not in done.stderr
        assert "journal" in done.stderr
        assert 0 < len(tags()) < 60
        assert ankish("resume").returncode == 0
        assert len(tags()) == 60
        for number in (0, 30, 59):
            assert sorted(server.ask("findNotes", query=f"tag:full{number}")) == sorted(ids)
        undone = ankish("undo")
        assert undone.returncode == 0, undone.stderr
        assert server.ask("findNotes", query="tag:full*") == []
