"""The reference design, section 3: what is made into what, known before anything is sent, on both
backends; and what is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ankish.catalog.actions import ACTIONS
from tests.support.lab import Lab

CONVERSIONS: dict[str, tuple[str, list[str], Callable[[Lab], bool]]] = {
    "query to cards": (
        "find deck:Inbox | suspend",
        ["findCards", "suspend"],
        lambda lab: lab.ids("deck:Inbox is:suspended") == lab.ids("deck:Inbox") != set(),
    ),
    "query to notes": (
        "find deck:Inbox | addTags seen",
        ["findNotes", "addTags"],
        lambda lab: lab.ids("tag:seen") == lab.ids("deck:Inbox") != set(),
    ),
    "whichever the next command needs": (
        "let found = find tag:old\n$found | suspend\n$found | addTags seen",
        ["findNotes", "findCards", "suspend", "addTags"],
        lambda lab: lab.ids("tag:old") == lab.ids("tag:seen is:suspended") != set(),
    ),
    "cards to notes": (
        "let found = find card:Recall deck:Japanese::N3 | cards\n$found | addTags seen",
        ["findCards", "cardsToNotes", "addTags"],
        lambda lab: lab.ids("tag:seen card:Recall") == lab.ids("card:Recall deck:Japanese::N3"),
    ),
    "notes to cards": (
        "find card:Recall deck:Japanese::N3 | notes | cards | suspend",
        ["findNotes", "findCards", "suspend"],
        lambda lab: bool(lab.ids("card:Recognition deck:Japanese::N3 is:suspended")),
    ),
    "to a table": (
        "find tag:leech | where lapses % 2 == 1 | select noteId, cardId | first 5 | suspend",
        ["findCards", "cardsInfo", "suspend"],
        lambda lab: bool(lab.ids("tag:leech is:suspended")),
    ),
    "a table with cardId": (
        "[{cardId: CARD}] | suspend",
        ["suspend"],
        lambda lab: {first_ids(lab)["CARD"]} == lab.ids("is:suspended deck:Inbox"),
    ),
    "a table with noteId": (
        "[{noteId: NOTE}] | addTags seen",
        ["addTags"],
        lambda lab: [first_ids(lab)["NOTE"]] == lab.ask("findNotes", query="tag:seen"),
    ),
    "an int": (
        "suspend CARD",
        ["suspend"],
        lambda lab: {first_ids(lab)["CARD"]} == lab.ids("is:suspended deck:Inbox"),
    ),
    "a list of ints": (
        "[NOTE] | addTags seen",
        ["addTags"],
        lambda lab: [first_ids(lab)["NOTE"]] == lab.ask("findNotes", query="tag:seen"),
    ),
}
"""Programs, with CARD and NOTE for ids; the actions of their plans; whether they have done it."""


def first_ids(lab: Lab) -> dict[str, int]:
    """A card and a note of the inbox."""
    return {
        "CARD": min(lab.ids("deck:Inbox")),
        "NOTE": min(lab.ask("findNotes", query="deck:Inbox")),
    }


def actions_of(plan: str) -> list[str]:
    """The actions that a plan shows, in order."""
    words = re.findall(r"^  (?:\$\d+ = )?(\w+) ", plan, re.MULTILINE)
    return [word for word in words if word in ACTIONS]


@pytest.mark.parametrize("name", CONVERSIONS)
def test_a_conversion_is_a_step_of_the_plan_and_done(lab: Lab, name: str) -> None:
    program, steps, effect = CONVERSIONS[name]
    for word, known in first_ids(lab).items():
        program = program.replace(word, str(known))
    assert actions_of(lab.explained(f"explain {program}")) == steps
    lab.results(program)
    assert effect(lab)


NO_CONVERSIONS = {
    '"abc" | suspend': "type::input",
    "1.5 | suspend": "type::input",
    "true | suspend": "type::input",
    "null | suspend": "type::input",
    '["a"] | suspend': "type::input",
    "[{a: 1}] | suspend": "type::input",
    "{a: 1} | addTags b": "type::input",
    "deckNames | suspend": "type::input",
    "find deck:Inbox | notes | suspend": "type::input",
    "find deck:Inbox | first many": "type::argument",
    "suspend cards=abc": "type::argument",
}


@pytest.mark.parametrize("program", NO_CONVERSIONS)
def test_anything_else_is_an_error_before_the_first_request(lab: Lab, program: str) -> None:
    before = lab.client.stats.requests
    assert lab.codes(program) == [NO_CONVERSIONS[program]]
    assert lab.client.stats.requests == before


TYPES: dict[str, tuple[str | None, str, str]] = {
    "bool": ("true", "Nowhere", "type::argument"),
    "int": ("3", "1.5", "type::argument"),
    "float": ("1.5", "Nowhere", "type::argument"),
    "text": ("Nowhere", "[1]", "type::argument"),
    "list<int>": ("[1, 2]", "['a']", "type::argument"),
    "record": ("{a: 1}", "Nowhere", "type::argument"),
    "query": ("deck:Inbox", "is:deu", "search::is"),
    "cards": ("(find deck:Inbox)", "Nowhere", "type::argument"),
    "notes": ("(find deck:Inbox)", "Nowhere", "type::argument"),
    "deck": ("Inbox", "Nowhere", "name::deck"),
    "model": ("Basic", "Nowhere", "name::model"),
    "field": ("Front", "[1]", "type::argument"),
    "tag": ("leech", "[1]", "type::argument"),
    "template": ("Recall", "[1]", "type::argument"),
    "profile": (None, "Nowhere", "name::profile"),
    "media": ("a.mp3", "[1]", "type::argument"),
    "path": ("a.csv", "[1]", "type::argument"),
    "table": ("[{a: 1}]", "Nowhere", "type::argument"),
}
"""Each type, what it takes (a collection file has no profiles), what not, and what is said then."""


@pytest.mark.parametrize("name", TYPES)
def test_a_type_takes_its_values_and_no_others(reading: Lab, name: str) -> None:
    good, bad, code = TYPES[name]
    macro = f"macro taken(x: {name}) {{ print $x }}\ntaken "
    if good is not None:
        assert reading.codes(macro + good) == []
    assert reading.codes(macro + bad) == [code]
