"""An agent that has read `ankish skill` and nothing else: it looks, plans, applies, mends its own
mistakes by what messages say, and takes back.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.sample import build
from tests.test_cli import ankish


class Agent:
    """Runs lines as the skill tells, with `--json`, on one collection."""

    def __init__(self, folder: Path) -> None:
        (folder / "collection").mkdir()
        self.collection = str(build(folder / "collection"))
        self.env = {"ANKISH_HOME": str(folder / "home")}

    def run(self, *words: str, program: str = "", status: int = 0) -> list[Any]:
        """The values on standard output, or the messages where it is no success."""
        line = [*words, "--collection", self.collection, "--json"]
        line += ["-c", program] if program else []
        done = ankish(*line, env=self.env)
        assert done.returncode == status, done.stderr
        return [json.loads(each) for each in (done.stderr if status else done.stdout).splitlines()]


@pytest.fixture
def agent(tmp_path: Path) -> Agent:
    return Agent(tmp_path)


def test_a_spelling_is_mended_and_taken_back(agent: Agent) -> None:
    leeches = "find deck:Spanish tag:leech"
    [before] = agent.run(program=f"{leeches} | count")
    assert before == 17
    mend = f'{leeches} Front:* | set Front = replace(Front, "la ", "La ")'
    [plan] = agent.run("--dry-run", program=mend)
    changes = [change for write in plan["writes"] for change in write["changes"]]
    assert changes and all("La " in change["after"] for change in changes)
    assert all(write["undo"] and not write["irreversible"] for write in plan["writes"])
    [done] = agent.run(program=mend)
    assert (done["done"], done["count"]) == ("set", len(changes))
    [log] = agent.run("log")
    assert log[0]["program"] == mend
    [undone] = agent.run("undo")
    assert undone["undo"] == log[0]["run"]
    [again] = agent.run("--dry-run", program=mend)
    assert again["writes"] == plan["writes"]


def test_it_mends_its_own_mistakes_by_what_it_is_told(agent: Agent) -> None:
    program = "find deck:Spansh tag:leech | suspnd"
    for _ in range(3):
        done = ankish("--collection", agent.collection, "--json", "-c", program, env=agent.env)
        problems = [json.loads(each) for each in done.stderr.splitlines()]
        fixes = [each["fix"] for each in problems if each["fix"]]
        if not fixes:
            break
        for fix in sorted(fixes, key=lambda each: -each["start"]):
            program = program[: fix["start"]] + fix["text"] + program[fix["end"] :]
    assert program == "find deck:Spanish tag:leech | suspend"


def test_what_takes_away_waits_for_a_yes(agent: Agent) -> None:
    program = "find deck:Inbox | deleteNotes"
    [problem] = agent.run(program=program, status=2)
    assert problem["code"] == "run::needs-yes" and "--dry-run" in problem["helps"][0]
    [count] = agent.run(program="find deck:Inbox | count")
    assert count == 22


def test_what_the_skill_sends_it_to_is_there() -> None:
    skill = ankish("skill").stdout
    for words in (["help"], ["help", "suspend"], ["help", "decks"], ["help", "name::deck"]):
        assert f"ankish {' '.join(words)}" in skill
        done = ankish(*words)
        assert (done.returncode, done.stderr) == (0, "") and done.stdout
