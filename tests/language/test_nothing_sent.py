"""A program with a mistake on its last line sends nothing: the server counts the requests."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import Diagnostic, Source
from ankish.runtime.present import Presenter
from ankish.runtime.session import ProgramError, Session
from tests.support.engine import sample_engine
from tests.support.manners import Manners

START = """\
find deck:Spanish | suspend
createDeck Bar
find tag:leech | changeDeck Bar
"""
LAST = {
    "print (1": "syntax::open-bracket",
    "suspnd": "name::command",
    "find is:susspended": "search::is",
    "deckNames | addTags seen": "type::input",
    "$x": "name::variable",
    "use 'none.ank'": "use::unreadable",
    "find deck:Spanish | where lapses > 'a'": "type::operands",
}


@pytest.fixture
def server() -> Iterator[Manners]:
    """The sample collection behind a socket."""
    with Manners(sample_engine(), tick=0) as made:
        yield made


def problems(
    server: Manners, program: str, *, checked: bool = False, yes: bool = True
) -> list[Diagnostic]:
    """What is said about a program that is run, or only `checked`."""
    out = io.StringIO()
    session = Session(lambda: Client(HttpTransport(server.url)), yes=yes)
    source = Source("test.ank", program)
    with pytest.raises(ProgramError) as caught:
        if checked:
            session.check(source)
        else:
            session.run(source, Presenter(out, out, "plain"), lambda warnings: None)
    session.close()
    assert out.getvalue() == ""
    return list(caught.value.diagnostics)


def questions(server: Manners) -> list[set[str]]:
    """The actions of each request."""
    asked = [json.loads(body) for body in server.bodies]
    return [
        {each["action"] for each in one["params"]["actions"]}
        if one["action"] == "multi"
        else {one["action"]}
        for one in asked
    ]


@pytest.mark.parametrize("last", LAST)
def test_no_request_is_sent(server: Manners, last: str) -> None:
    (problem,) = problems(server, START + last)
    assert problem.code == LAST[last]
    assert server.requests == 0
    assert problem.notes[-1].startswith("nothing was sent, so ")


def test_a_name_that_is_not_there_costs_one_question_for_names(server: Manners) -> None:
    (problem,) = problems(server, START + "find deck:Spanish | changeDeck Spnish")
    assert problem.code == "name::deck"
    assert questions(server) == [{"version", "deckNamesAndIds", "getTags"}]


NAMES = {
    "version",
    "apiReflect",
    "deckNamesAndIds",
    "modelNamesAndIds",
    "getTags",
    "findModelsByName",
    "modelFieldsOnTemplates",
    "modelFieldNames",
}
"""What is asked for names."""


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("createDeck Bar\nfind deck:Spanish | changeDeck Spnish", "name::deck"),
        ("getDeckStats [Bar]", "name::deck"),
        ("find deck:Spanish | changeDeck Spnish", "name::deck"),
        ("find deck:Spanish | select Frnt", "name::column"),
        ("find deck:Spanish | set Frnt = 'a'", "name::no-field"),
        (
            "find tag:leech | count\n[{a: 1}] | add deck = 'Inbox', model = 'Bsic', Front = a",
            "name::model",
        ),
        ("find deck:Spanish | suspend\ncall noSuchAction {}", "name::command"),
        ("find deck:Spanish | count\ngetEaseFactor [1]", "name::command"),
    ],
)
def test_nothing_but_names_is_asked_for_a_program_with_a_wrong_name(
    server: Manners, program: str, code: str
) -> None:
    assert code in {problem.code for problem in problems(server, program)}
    assert set().union(*questions(server)) <= NAMES


@pytest.mark.parametrize(
    "program",
    [
        "find deck:Spanish | deleteNotes",
        "find deck:Spanish | save here.txt",
        "find deck:Spanish\nask 'x?'",
    ],
)
def test_nothing_but_names_is_asked_for_a_program_that_may_not_run(
    server: Manners, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.txt").write_text("mine", encoding="utf-8")
    problems(server, program, yes=False)
    assert set().union(*questions(server)) <= NAMES


def test_all_mistakes_at_once_where_a_program_is_only_checked(server: Manners) -> None:
    found = problems(server, "find deck:Spanish | changeDeck Spnish\nsuspnd", checked=True)
    assert [problem.code for problem in found] == ["name::deck", "name::command"]
    assert questions(server) == [{"version", "apiReflect", "deckNamesAndIds"}]
