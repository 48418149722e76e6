"""The reference design, section 8: nothing is lost. Each run is a session of its own, without Anki
and over HTTP.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ankish.runtime.consent import Question
from ankish.runtime.interrupt import between_requests
from tests.support.journal import Desk, embedded_desk, http_desk
from tests.test_cli import ankish

DESKS = {"embedded": embedded_desk, "http": http_desk}
RUNS = (
    "find tag:old | addTags first",
    "find tag:leech | suspend",
    'find deck:Inbox | changeDeck "Fresh" --create',
    "find tag:old | addTags fourth",
)
TAKES_AWAY = "find is:suspended | deleteNotes"
ATOMIC = 'atomic { find tag:old | removeTags old\nfail "no" }'
STOPPED = 'for t in ["one", "two", "three"] { find tag:old | addTags $t }'


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A fresh sample collection and an empty journal."""
    with DESKS[request.param](tmp_path / "journal") as made:
        yield made


OTHERS = ("log", "resume", "--yes")
"""What the tests below say besides."""

LINES: dict[str, list[int]] = {
    "undo": [0, 1, 2],
    "undo 3": [0],
    "undo r2": [0, 2, 3],
    "undo; redo": [0, 1, 2, 3],
}
"""What is typed after the runs, and which of them have an effect then."""


@pytest.mark.parametrize("lines", LINES)
def test_a_run_is_taken_back_and_done_again(desk: Desk, lines: str) -> None:
    untouched = desk.content()
    effects = ("tag:first", "tag:leech is:suspended", "deck:Fresh", "tag:fourth")
    was = [bool(desk.ask("findCards", query=query)) for query in effects]
    for program in RUNS:
        desk.result(program)
    suspended = set(desk.ask("findCards", query="tag:leech is:suspended"))
    for line in lines.split("; "):
        desk.result(line)
    log = desk.result("log")
    assert {row["program"] for row in log} >= set(RUNS)
    now = desk.content()
    for number, query in enumerate(effects):
        found = set(desk.ask("findCards", query=query))
        if number in LINES[lines]:
            assert found, query
        elif number == 1:
            assert found < suspended
        else:
            assert bool(found) == was[number], query
    desk.run("undo 9")
    while desk.codes("undo") == []:
        pass
    assert now != untouched == desk.content()


def test_what_takes_something_away_asks_with_the_count_and_a_sample(desk: Desk) -> None:
    asked: list[Question] = []
    session = desk.session()
    session.yes = False
    session.confirm = lambda question: bool(asked.append(question))
    found = desk.ask("findNotes", query="is:suspended")
    desk.run(TAKES_AWAY, session)
    assert [problem.code for problem in desk.problems] == ["run::not-confirmed"]
    assert [(each.action, each.about) for each in asked] == [("deleteNotes", f"{len(found)} notes")]
    assert 0 < len(asked[0].sample) < len(found)
    assert desk.ask("findNotes", query="is:suspended") == found


def test_a_script_that_takes_something_away_needs_yes(desk: Desk) -> None:
    session = desk.session()
    session.yes = False
    desk.run(TAKES_AWAY, session)
    assert [problem.code for problem in desk.problems] == ["run::needs-yes"]
    # Who answers decides whether it can be taken back; no more than that is asked.
    assert desk.client.stats.actions == (0 if desk.client.embedded else 1)
    assert ankish("--demo", "-c", TAKES_AWAY).returncode == 2
    done = ankish("--demo", "--yes", "-c", f"{TAKES_AWAY}\nfind is:suspended | count")
    assert (done.returncode, done.stdout) == (0, "0\n")
    planned = ankish("--demo", "--dry-run", "-c", TAKES_AWAY)
    assert planned.returncode == 0 and "deleteNotes" in planned.stdout + planned.stderr


def test_a_run_that_ctrl_c_stopped_is_gone_on_with(desk: Desk) -> None:
    old = desk.ask("findNotes", query="tag:old")
    session = desk.session()
    with between_requests() as check:

        def before() -> None:
            if desk.ask("findNotes", query="tag:two"):
                signal.raise_signal(signal.SIGINT)
            check()

        session.before = before
        desk.run(STOPPED, session)
    assert session.journals is not None
    session.journals.close()
    assert [problem.code for problem in desk.problems] == ["shell::stopped", "journal::so-far"]
    assert desk.ask("findNotes", query="tag:two") == old
    assert desk.ask("findNotes", query="tag:three") == []
    desk.result("resume")
    assert desk.ask("findNotes", query="tag:three") == old


def test_what_is_atomic_is_taken_back_when_it_fails(desk: Desk) -> None:
    before = desk.content()
    desk.run(ATOMIC)
    assert desk.problems[0].code == "value::fail"
    assert desk.content() == before


def test_ids_that_do_not_exist_are_told(desk: Desk) -> None:
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"{n} of 500"}}
        for n in range(497)
    ]
    made = desk.ask("addNotes", notes=notes)
    shown = desk.run(f"addTags {[*made, 5, 6, 7]} checked")
    assert shown == [{"done": "addTags", "count": 497}]
    [problem] = desk.problems
    assert problem.message == "addTags: 497 of 500 notes"
    assert problem.notes[0] == "3 notes no longer exist"
