"""The first questions of a program go with the question for the names in it."""

from __future__ import annotations

import io
import json
from contextlib import closing

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import AnkishError, Source
from ankish.runtime import early
from ankish.runtime.journal.journals import Journals
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.engine import sample_engine
from tests.support.manners import Manners


def asked(program: str, *, journal: bool = False) -> list[list[str]]:
    """The actions of each request of a program that is run in a process of its own."""
    with (
        Manners(sample_engine(), tick=0) as server,
        closing(Client(HttpTransport(server.url))) as client,
    ):
        out = io.StringIO()
        session = Session(lambda: client, yes=True, journals=Journals(None) if journal else None)
        session.run(Source("test.ank", program), Presenter(out, out, "json"), lambda told: None)
    requests = [json.loads(body) for body in server.bodies]
    return [
        [each["action"] for each in one["params"]["actions"]]
        if one["action"] == "multi"
        else [one["action"]]
        for one in requests
    ]


def test_a_search_and_its_write_are_two_requests_with_names_and_journal() -> None:
    before, written = asked("find deck:Spanish | suspend", journal=True)
    assert before[:2] == ["version", "deckNamesAndIds"]
    assert before[2:] == ["findCards", "getMediaDirPath", "findCards"]
    assert written == ["suspend", "areSuspended"]


def test_without_names_there_is_nothing_to_go_with() -> None:
    assert asked("deckNames | count") == [["version", "deckNames"]]


@pytest.mark.parametrize(
    "program",
    [
        "createDeck Bar\nfind deck:Spanish | count",
        'open "none.csv" | each { find "deck:${it.a}" }',
        "let q = lower('X')\nfind \"deck:${q}\" | count",
    ],
)
def test_what_has_to_be_computed_or_written_before_it_stays_where_it_is(program: str) -> None:
    try:
        sent = asked(program)
    except AnkishError:
        return
    assert all("findCards" not in each or "deckNamesAndIds" not in each for each in sent)


def test_an_answer_that_has_grown_old_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early, "FRESH", 0.0)
    first, second = asked("find deck:Spanish | count")
    assert first == ["version", "deckNamesAndIds", "findCards"]
    assert second == ["findCards"]
