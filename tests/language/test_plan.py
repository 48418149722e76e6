"""The plan that `explain` shows, and the requests that are really sent."""

from __future__ import annotations

import json

import pytest

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from tests.support.engine import sample_engine
from tests.support.lab import Lab
from tests.support.manners import Manners

PLANS = {
    "one-query-two-forms": "find deck:Spanish | addTags a | suspend",
    "columns": "find deck:Spanish | where lapses > 4 and interval < 21 | sort -lapses"
    " | first 10 | select Front, lapses, interval",
    "note-columns": "find deck:Spanish | where Front =~ 'ñ' | select cardId, Front, tags",
    "each": 'deckNames | each { {deck: $it, due: (find "deck:${it} is:due" | count)} }',
    "independent-reads": "let a = find is:due | count\nlet b = find is:new | count\n"
    'print "${a} due, ${b} new"',
    "branches": "let due = find is:due | count\n"
    'if $due > 200 { find is:due | suspend } else { print "Easy day" }',
    "set": "find deck:Spanish | set Front = trim(Front)",
    "macro": 'macro graduate(deck: deck) { find "deck:${deck}" | changeDeck "${deck}::M" --create }'
    "\ngraduate Spanish",
    "irreversible": 'find tag:old | notes | deleteNotes\nexportPackage Spanish "spanish.apkg"',
}


@pytest.mark.parametrize("name", PLANS)
def test_explain(reading: Lab, golden, name: str) -> None:  # type: ignore[no-untyped-def]
    golden(f"plan/{name}", reading.explained(f"explain {PLANS[name]}"))


def test_explain_sends_no_action_of_the_program(lab: Lab) -> None:
    before = lab.ids("is:suspended")
    lab.explained("explain find deck:Spanish | suspend")
    assert lab.ids("is:suspended") == before


def test_explain_json_is_requests(reading: Lab) -> None:
    first, second = json.loads(
        reading.explained("explain --json find deck:Spanish | addTags a | suspend")
    )
    tags, suspend = second["params"]["actions"]
    assert first["action"] == "multi"
    asked = [(part["action"], part["params"]) for part in first["params"]["actions"]]
    assert asked == [
        ("findNotes", {"query": "deck:Spanish"}),
        ("findCards", {"query": "deck:Spanish"}),
    ]
    notes, cards = (part["$gives"] for part in first["params"]["actions"])
    assert tags == {
        "action": "addTags", "version": 6, "params": {"notes": {"$ref": notes}, "tags": "a"}
    }  # fmt: skip
    assert suspend["params"] == {"cards": {"$ref": cards}}


def test_what_explain_says_is_what_is_sent() -> None:
    with Manners(sample_engine(), tick=0) as server:
        lab = Lab(Client(HttpTransport(server.url)))
        lab.results("find deck:Spanish | addTags a | suspend")
        lab.client.close()
    sent = [
        [each["action"] for each in json.loads(body)["params"]["actions"]] for body in server.bodies
    ]
    # The names in the search are looked up in the first of them, so that a misspelt deck is noticed.
    assert sent == [
        ["version", "deckNamesAndIds", "findNotes", "findCards"],
        ["addTags", "suspend"],
    ]


def test_a_program_without_names_to_check_asks_for_none() -> None:
    with Manners(sample_engine(), tick=0) as server:
        lab = Lab(Client(HttpTransport(server.url)))
        lab.results("version")
        lab.client.close()
    assert [json.loads(body)["action"] for body in server.bodies] == ["version"]
