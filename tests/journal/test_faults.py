"""Answers that are lost, cut, late or sent twice: what is reported is true, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ankish.anki import timeouts
from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from tests.support.engine import sample_engine
from tests.support.journal import Desk
from tests.support.manners import Manners
from tests.support.proxy import FAULTS, Proxy, trials
from tests.support.serving import serving, wait_for


def test_a_few_dozen_scripts_with_faults() -> None:
    became = trials(24, seed=3)
    assert became["done"] + became["stopped and resumed"] + became["nothing sent"] == 24
    assert all(became[fault] for fault in FAULTS)


@pytest.mark.parametrize("fault", ["reset before", "reset after", "cut"])
def test_a_write_whose_answer_is_lost_is_done_once(fault: str, tmp_path: Path) -> None:
    """The third request is the write: the first connects, the second looks."""
    left = [None, None, fault]
    with (
        Manners(sample_engine(), tick=0) as server,
        Proxy(server.port, lambda: left.pop(0) if left else None) as proxy,
    ):
        desk = Desk(Client(HttpTransport(proxy.url)), tmp_path)
        note = '{deckName: "Default", modelName: "Basic", fields: {Front: "lost", Back: "b"}}'
        [made] = desk.run(f"addNote {note}")
        assert not desk.problems
        assert desk.ask("findNotes", query="Front:lost") == [made]
        desk.client.close()


def test_nobody_answers_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anki is gone when the second write is to be sent: what was done is told, and gone on with."""
    monkeypatch.setattr(timeouts, "PAUSES", (0.0, 0.01))
    alive = True
    with (
        Manners(sample_engine(), tick=0) as server,
        Proxy(server.port, lambda: None if alive else "reset before") as proxy,
    ):
        desk = Desk(Client(HttpTransport(proxy.url)), tmp_path)
        old = desk.ask("findNotes", query="tag:old")

        def fault() -> str | None:
            tagged = b"first" in b"".join(server.bodies)
            return "reset before" if tagged and not alive else None

        proxy.fault = fault
        alive = False
        desk.run(f"addTags {old} first\naddTags {old} second")
        codes = [problem.code for problem in desk.problems]
        assert codes[0] == "anki::lost" and "journal::so-far" in codes
        alive = True
        assert desk.ask("findNotes", query="tag:second") == []
        desk.result("resume")
        assert desk.ask("findNotes", query="tag:second") == old
        assert desk.codes("resume") == ["journal::nothing"]
        desk.client.close()


def test_a_program_that_has_changed_is_not_gone_on_with(tmp_path: Path) -> None:
    with Manners(sample_engine(), tick=0) as server:
        desk = Desk(Client(HttpTransport(server.url)), tmp_path / "journal")
        numbers = tmp_path / "numbers.json"
        numbers.write_text('["a", "b", "c"]')
        old = desk.ask("findNotes", query="tag:old")
        program = (
            f'for x in (open "{numbers}") {{ addTags {old} $x\nif $x == "b" {{ fail "no" }} }}'
        )
        assert desk.codes(program)[0] == "value::fail"
        numbers.write_text('["z", "b", "c"]')
        assert desk.codes("resume")[0] == "journal::diverged"
        assert desk.ask("findNotes", query="tag:z") == []
        desk.result("undo")
        assert desk.ask("findNotes", query="tag:a") == []
        desk.client.close()


def test_a_journal_that_cannot_be_written_stops_the_write(tmp_path: Path) -> None:
    """The file system takes no more: `ulimit -f`, as a full disk would."""
    with serving("--demo") as server:
        environment = {**os.environ, "ANKISH_HOME": str(tmp_path), "ANKISH_URL": server.url}
        program = "find deck:Spanish | addTags toomuch"
        limited = f"ulimit -f 8; exec {sys.executable} -m ankish -c '{program}'"
        done = subprocess.run(
            ["bash", "-c", limited], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 1, done
        assert "journal" in done.stderr and "Traceback" not in done.stderr
        assert server.ask("findNotes", query="tag:toomuch") == []


def test_ctrl_c_stops_between_requests(tmp_path: Path) -> None:
    with serving("--demo") as server:
        environment = {**os.environ, "ANKISH_HOME": str(tmp_path), "ANKISH_URL": server.url}
        old = server.ask("findNotes", query="tag:old")
        numbers = ", ".join(map(str, range(400)))
        program = f'for i in [{numbers}] {{ addTags {old} "c${{i}}" }}'
        command = [sys.executable, "-m", "ankish"]
        process = subprocess.Popen(
            [*command, "-c", program], env=environment, stderr=subprocess.PIPE, text=True
        )
        wait_for(lambda: server.ask("findNotes", query="tag:c3"), 30)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        _, said = process.communicate(timeout=30)
        assert process.returncode == 130
        assert time.monotonic() - begun < 5
        assert "resume" in said and "Traceback" not in said
        done = subprocess.run([*command, "undo"], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert server.ask("findNotes", query="tag:c3") == []


def test_what_was_refused_is_tried_again_beside_what_was_done(desk: Desk) -> None:
    """Three writes of one request; the second was refused, and is possible meanwhile."""
    note = '{{deckName: "{}", modelName: "Basic", fields: {{Front: "retried{}", Back: "b"}}}}'
    notes = ", ".join(note.format("Made later" if at == 1 else "Inbox", at) for at in range(3))
    program = f"[{notes}] | each {{ call addNote {{note: $it}} }}; find tag:old | addTags last"
    codes = desk.codes(program)
    assert "anki::refused" in codes and "journal::so-far" in codes
    assert desk.codes("resume")[0] == "anki::refused", "it is still not possible"
    desk.ask("createDeck", deck="Made later")
    desk.result("resume")
    for at in range(3):
        assert len(desk.ask("findNotes", query=f"Front:retried{at}")) == 1, "once each"
    assert desk.ask("findNotes", query="tag:last") == desk.ask("findNotes", query="tag:old")
    desk.result("undo")
    assert desk.ask("findNotes", query="Front:retried* or tag:last") == []


def test_one_that_stops_again_and_again_is_gone_on_with_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "PAUSES", (0.0, 0.01))
    left = [0]
    with (
        Manners(sample_engine(), tick=0) as server,
        Proxy(server.port, lambda: None) as proxy,
    ):

        def fault() -> str | None:
            left[0] -= 1
            return None if left[0] >= 0 else "reset before"

        desk = Desk(Client(HttpTransport(proxy.url)), tmp_path)
        old = desk.ask("findNotes", query="tag:old")
        program = "".join(f"addTags {old} halted{at}\n" for at in range(8))
        proxy.fault = fault
        word = program
        for turn in range(20):
            left[0] = 4
            desk.run(word)
            if not desk.problems:
                break
            codes = {problem.code for problem in desk.problems}
            assert codes <= {"anki::lost", "journal::so-far"}, (turn, desk.problems)
            word = "resume"
        else:
            raise AssertionError("it never ends")
        assert turn > 1
        proxy.fault = lambda: None
        for at in range(8):
            assert desk.ask("findNotes", query=f"tag:halted{at}") == old
        desk.result("undo")
        assert desk.ask("findNotes", query="tag:halted*") == []
        desk.client.close()
