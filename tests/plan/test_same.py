"""Whatever is done to send less, answers and end states are those of one action after another."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankish.anki.client import Client
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session as Collection
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.diagnostics.model import AnkishError
from ankish.plan.options import ALL, NONE, Options
from ankish.runtime.present import Presenter
from tests.support.lab import Lab

GONE = 123
"""The id of no card and no note."""

searches = st.sampled_from(
    ["tag:verb", "tag:noun", "deck:Geography", "deck:Spanish is:due", "is:suspended", "tag:new1", "tag:new2",
     "prop:lapses>3", "deck:Spanish::Nouns", "Front:s*", "is:due -tag:verb"]
)  # fmt: skip
tags = st.sampled_from(["new1", "new2", "verb", '"new1 new2"'])
decks = st.sampled_from(["Spanish", "Geography", '"Spanish::Nouns"'])
writes = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["addTags", "removeTags"]), tags),
    st.builds("changeDeck {}".format, decks),
    st.sampled_from(["suspend", "unsuspend", "forgetCards", 'setDueDate "3"', "relearnCards"]),
    st.just("replaceTags verb new2"),
)
reads = st.sampled_from(
    ["| count", "| notes | count", "| where lapses > 2 | count", "| select Front, deck | first 3", "| where suspended | count",
     "| sort -lapses | first 3 | select lapses, tags", "| group deck", "| cards | first 2", "| notes | first 2 | notes"]
)  # fmt: skip
writing = st.builds(
    "find {} | {}".format, searches, st.lists(writes, min_size=1, max_size=2).map(" | ".join)
)
reading = st.builds("find {} {}".format, searches, reads)
simple = st.one_of(
    writing, writing, writing, reading, reading,
    st.builds("find {} | first 9 | each {{ $it | {} }}".format, searches, writes),
    st.builds("find {} | set Back = {}".format, searches, st.sampled_from(['"x"', "upper(Back)", 'replace(Back, "a", "b")'])),
    st.builds("find {} | where lapses > {} | {}".format, searches, st.integers(0, 5), writes),
    st.builds("for t in [new1, verb, noun] {{ find \"tag:${{t}}\" | {} }}".format, writes),
    st.builds('for d in (deckNames) {{ let n = find "deck:${{d}}" | count; print "${{d}} ${{n}}" }}'.format),
    st.builds("for d in (deckNames) {{ find \"deck:${{d}}\" | {}; print $d }}".format, writes),
    st.builds("cards {} | {}".format, st.just(GONE), st.sampled_from(["suspend", "forgetCards", "unsuspend"])),
    st.just('print "${1 / length(\'\')}"'),
    st.just("if true { let a = find tag:verb; $a | count; $a | addTags new2; $a | notes | count }"),
    st.just("getTags | count"), st.just("deckNames"),
)  # fmt: skip
statements = st.one_of(
    simple,
    simple,
    st.builds("try {{ {}; {} }} catch e {{ print $e.code; {} }}".format, simple, simple, simple),
    st.builds("if (find tag:new1 | count) > 0 {{ {} }} else {{ {} }}".format, simple, simple),
)
programs = st.lists(statements, min_size=1, max_size=6).map("\n".join)


@pytest.fixture(scope="module")
def sample() -> Iterator[Path]:
    """A collection to copy."""
    with tempfile.TemporaryDirectory() as folder:
        yield build(Path(folder)).parent


def outcome(sample: Path, program: str, options: Options) -> tuple[list[Any], list[Any], int]:
    """What a program shows, or the error that ends it; what there is then; requests sent."""
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base, "copy")
        shutil.copytree(sample, folder)
        with Collection.open(folder / "collection.anki2") as collection:
            lab = Lab(Client(EmbeddedTransport(Engine(collection))))
            lab.ask("version")
            shown = _shown(lab, program, options)
            requests = lab.client.stats.requests
            return shown, _state(collection), requests


class Telling(Presenter):
    """Keeps what is shown, also of a program that fails later."""

    def __init__(self) -> None:
        self.shown: list[Any] = []

    def show(self, step: Any, value: Any, of: Any) -> None:
        self.shown.append([step.form, step.label, value if of is None else of])


def _shown(lab: Lab, program: str, options: Options) -> list[Any]:
    from ankish.diagnostics.model import Source
    from ankish.runtime.session import Session

    telling = Telling()
    session = Session(lambda: lab.client, yes=True, options=options)
    try:
        session.run(Source("test.ank", program), telling, lab.warnings.extend)
    except AnkishError as error:
        problem = error.diagnostics[0]
        telling.shown.append([problem.code, problem.span])
    return telling.shown


def _state(collection: Collection) -> list[Any]:
    """Notes, cards and decks, but for the times at which they were changed."""
    db = collection.col.db
    return [
        db.all("select id, mid, tags, flds from notes order by id"),
        db.all(
            "select id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags"
            " from cards order by id"
        ),
        db.list("select name from decks order by name"),
        db.all("select cid, ease, ivl, type from revlog order by cid, id"),
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(program=programs)
def test_the_same_with_and_without(sample: Path, program: str) -> None:
    shown, state, requests = outcome(sample, program, ALL)
    plain_shown, plain_state, plain_requests = outcome(sample, program, NONE)
    assert shown == plain_shown
    assert state == plain_state
    if "::" not in str(shown).replace("Spanish::", ""):
        assert requests <= plain_requests  # what fails may have asked for what comes later


def test_nothing_behind_a_refused_action_is_done(sample: Path) -> None:
    program = (
        f"find tag:verb | addTags before\ncards {GONE} | suspend\nfind tag:verb | addTags after"
    )
    shown, state, _ = outcome(sample, program, ALL)
    assert [step[0] for step in shown] == ["report", "anki::refused"]
    tags = " ".join(row[2] for row in state[0])
    assert "before" in tags
    assert "after" not in tags


def test_a_failure_here_stops_what_is_behind_it(sample: Path) -> None:
    program = (
        "find tag:verb | addTags before\nprint \"${1 / length('')}\"\nfind tag:verb | addTags after"
    )
    shown, state, _ = outcome(sample, program, ALL)
    tags = " ".join(row[2] for row in state[0])
    assert ("before" in tags, "after" in tags) == (True, False)
    assert [step[0] for step in shown] == ["report", "value::by-zero"]


REQUESTS = {
    # a program, and what it takes besides the names that are looked up
    "find is:due | addTags a\nfind deck:Geography | removeTags noun\nfind is:suspended | changeDeck Spanish": 2,
    "find tag:verb | count\nfind tag:verb | addTags x\nfind is:due | count": 2,
    "find tag:verb | suspend\nfind tag:noun | suspend": 3,
    "find tag:verb | each { $it | addTags x }": 2,
    "for d in (deckNames) { let n = find \"deck:${d}\" | count; print \"${d} ${n}\" }": 2,
    "for t in [verb, noun, adjective, phrase] { find \"tag:${t}\" | changeDeck Spanish }": 2,
    "find tag:verb | first 5 | each { $it | changeDeck Spanish | addTags a }": 3,
}  # fmt: skip


@pytest.mark.parametrize("program", REQUESTS)
def test_how_few_requests_it_takes(sample: Path, tmp_path: Path, program: str) -> None:
    shutil.copytree(sample, tmp_path / "copy")
    with Collection.open(tmp_path / "copy" / "collection.anki2") as collection:
        lab = Lab(Client(EmbeddedTransport(Engine(collection))))
        lab.ask("version")
        counts = [lab.client.stats.requests]
        for run in (lambda: lab.explained(f"explain {program}"), lambda: lab.results(program)):
            run()
            counts.append(lab.client.stats.requests)
    looked_up = counts[1] - counts[0]  # names, which is done before it runs as well
    assert counts[2] - counts[1] - looked_up == REQUESTS[program]


def test_a_loop_that_cant_go_together_gets_a_hint(sample: Path) -> None:
    with Collection.open(sample / "collection.anki2") as collection:
        lab = Lab(Client(EmbeddedTransport(Engine(collection))))
        loop = 'for t in [a, b, c, d] { find "tag:${t}" | removeTags $t }'
        lab.results(loop)
        [hint] = [each for each in lab.warnings if each.code == "plan::loop"]
        assert "each {" in hint.helps[0]
        assert "removeTags may change what findNotes gives" in hint.labels[0].text
        assert "hint[plan::loop]" in lab.explained(f"explain {loop}")
        lab.warnings.clear()
        lab.results('for t in [a, b, c, d] { find "tag:${t}" | changeDeck Spanish }')
        assert not [each for each in lab.warnings if each.code == "plan::loop"]
