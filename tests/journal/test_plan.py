"""The dry run shows what would be written and writes nothing; `apply` does that or nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ankish.analysis.days import today
from ankish.diagnostics.model import Source
from ankish.runtime.rehearsal.rehearse import rehearse
from ankish.runtime.rehearsal.shown import difference, shown
from tests.support.journal import Desk
from tests.support.serving import Serving, serving


def test_nothing_is_written(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = desk.content()
    program = (
        "plan find tag:leech | addTags hello | suspend\ncreateDeck New\n"
        "find tag:old | changeDeck New\nfind tag:old | deleteNotes\n"
        "find is:due | select Front | save due.csv"
    )
    found = desk.result(program)
    assert [write["action"] for write in found["writes"]][:4] == [
        "addTags",
        "suspend",
        "createDeck",
        "changeDeck",
    ]
    assert found["files"] == ["due.csv"]
    assert not Path("due.csv").exists()
    assert desk.content() == before
    assert desk.codes("undo") == ["journal::nothing"]


def test_on_a_copy_the_difference_is_the_real_one(desk: Desk) -> None:
    if not desk.client.embedded:
        assert desk.result("plan find tag:leech | suspend")["exact"] is False
        return
    leeches = desk.ask("findNotes", query="tag:leech")
    had = set(desk.ask("findNotes", query="tag:leech tag:verb"))
    found = desk.result("plan find tag:leech | addTags verb")
    assert found["exact"] is True
    [write] = found["writes"]
    assert write["items"] == len(leeches)
    assert {change["item"] for change in write["changes"]} == set(leeches) - had
    assert {(change["before"], change["after"]) for change in write["changes"]} == {(None, "verb")}


SHOWN = {
    'find "deck:Spanish is:due" | first | suspend': "(review|learning|relearning) → suspended",
    "find deck:Spanish is:suspended | first | unsuspend": "suspended → (new|review|relearning)",
    "find is:review -is:learn -is:suspended | first | forgetCards": (
        r"review → new, due \d{4}-\d\d-\d\d → position \d+, interval \d+ days? → none, "
        "ease [0-9.]+ % → none"
    ),
    "find is:new -is:suspended | first | setDueDate 3": "new → review, position .* → due {day}, .*",
    "find is:review -is:learn | first | setDueDate 3": "due .* → due {day}",
    "find deck:Spanish::Nouns is:new | first | changeDeck Geography": "deck .* → Geography",
    "find flag:0 | first | setFlag 1": "flag: none → red",
    "find is:new | first | setEaseFactors [2000]": "ease none → 200 %",
}
"""Programs, and what is shown of the card that would change."""


@pytest.mark.parametrize("program", SHOWN)
def test_cards_are_told_of_in_words_of_anki(desk: Desk, program: str) -> None:
    if not desk.client.embedded:
        return
    day = (today() + timedelta(days=3)).isoformat()
    found = rehearse(desk.session(), Source("", program), lambda _: None)
    _, line, *_ = shown(found).splitlines()
    assert re.fullmatch(rf"  \d+:? {SHOWN[program].replace('{day}', day)}", line), line


def test_what_comes_and_goes_is_told_by_its_name(desk: Desk) -> None:
    if not desk.client.embedded:
        return
    program = "createDeck Mine\nfind deck:Geography | first | deleteNotes"
    text = shown(rehearse(desk.session(), Source("", program), lambda _: None))
    assert "  + deck Mine\n" in text
    assert re.search(r"  - \d+ note: .*\n  - \d+ (review|new) card in Geography, due", text), text
    assert '{"' not in text


def test_through_ankiconnect_answers_are_in_words(desk: Desk) -> None:
    if desk.client.embedded:
        return
    program = (
        "find is:due -is:suspended deck:Spanish::Verbs | first | suspend | changeDeck Geography"
    )
    text = shown(rehearse(desk.session(), Source("", program), lambda _: None))
    assert ": not suspended → suspended\n" in text
    assert ": Spanish::Verbs → Geography\n" in text


def test_what_goes_wrong_is_told(desk: Desk) -> None:
    desk.run('plan find tag:old | addTags a\nfail "no"')
    assert [problem.code for problem in desk.problems] == ["value::fail"]


def test_what_cannot_be_taken_back_is_told(desk: Desk) -> None:
    [write] = desk.result("plan sync")["writes"]
    assert write["undo"] is None and write["irreversible"]


def test_texts_are_compared() -> None:
    assert difference("the cat sat", "the dog sat", colour=False) == "the [-cat-]{+dog+} sat"
    assert "\x1b[31mcat\x1b[0m" in difference("the cat sat", "the dog sat", colour=True)
    assert "\x1b" not in difference("a\x1b[31mb", "a\x1b[31mc", colour=False)


class Shell:
    """The program as a process, on a server's collection."""

    def __init__(self, server: Serving, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "ANKISH_HOME": str(folder), "ANKISH_URL": server.url}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What it prints, and its exit status."""
        command = [sys.executable, "-m", "ankish", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True
        )


def test_apply_does_what_was_planned_or_nothing(tmp_path: Path) -> None:
    with serving("--demo") as server:
        shell = Shell(server, tmp_path)
        Path(tmp_path, "tidy.ank").write_text(
            'param word: text = "seen"\nfind tag:old | addTags $word\nfind tag:leech | suspend\n'
        )
        assert shell.run("plan", "tidy.ank", "-o", "tidy.plan").returncode == 0
        assert server.ask("findNotes", query="tag:seen") == []
        note = server.ask("findNotes", query="tag:leech -tag:old")[0]
        card = server.ask("findCards", query=f"nid:{note}")[0]
        server.ask("unsuspend", cards=[card])
        server.ask("deleteNotes", notes=[note])
        refused = shell.run("apply", "tidy.plan")
        assert refused.returncode == 1 and "changed since" in refused.stderr, refused
        assert server.ask("findNotes", query="tag:seen") == []
        assert shell.run("plan", "tidy.ank", "-o", "tidy.plan").returncode == 0
        applied = shell.run("apply", "tidy.plan")
        assert applied.returncode == 0, applied.stderr
        assert server.ask("findNotes", query="tag:seen") == server.ask("findNotes", query="tag:old")
        assert shell.run("undo").returncode == 0
        assert server.ask("findNotes", query="tag:seen") == []
        Path(tmp_path, "tidy.plan").write_text("{}")
        broken = shell.run("apply", "tidy.plan")
        assert broken.returncode == 1 and "it is no plan" in broken.stderr


def test_dry_run_of_the_command_line(tmp_path: Path) -> None:
    with serving("--demo") as server:
        shell = Shell(server, tmp_path)
        done = shell.run("--dry-run", "--json", "-c", "find tag:old | addTags seen")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["writes"][0]["action"] == "addTags"
        text = shell.run("--dry-run", "-c", "find tag:old | addTags seen").stdout
        assert text.startswith("addTags: ") and "nothing was changed" in text
        assert server.ask("findNotes", query="tag:seen") == []
