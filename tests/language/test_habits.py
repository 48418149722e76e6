"""What people bring from other languages, where only the meaning shows it: each has its help."""

from __future__ import annotations

import pytest

from ankish.analysis.elsewhere import ELSEWHERE
from ankish.catalog.builtins import BUILTINS, ROW_VERBS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.prelude import PRELUDE
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.runtime.shipped import scripts
from tests.support.lab import Lab

HELPED = {
    "find deck:Spanish | head 3": ("name::command", "first 10"),
    "find deck:Spanish | GREP x": ("name::command", "where"),
    "ls": ("name::command", "deckNames"),
    "find deck:Spanish | sort-by interval": ("name::command", "sort -interval"),
    "find deck=Spanish": ("name::parameter", "deck:Spanish"),
    "find deck != Spanish": ("syntax::operator-argument", "-deck:Spanish"),
    "find deck:Spanish interval > 20": ("syntax::operator-argument", "prop:ivl>20"),
    'find "deck = Spanish"': ("search::foreign", "deck:Spanish"),
    'find "deck != Spanish"': ("search::foreign", "-deck:Spanish"),
    'find "interval >= 20"': ("search::foreign", "prop:ivl>=20"),
    "find deck!=Spanish": ("search::foreign", "-deck:Spanish"),
    "find interval>20": ("search::foreign", "prop:ivl>20"),
    'find "deck:Spanish | count"': ("search::foreign", "pipe"),
    'let a = 1\nprint "$a"': ("name::not-filled-in", "${a}"),
    'let a = "x"\nfind "deck:$a"': ("name::not-filled-in", "${a}"),
    "find deck:Spanish | filter suspended": ("name::command", "where suspended"),
    "find --help": ("name::parameter", "help find"),
    "--help": ("syntax::option", "help NAME"),
    "add --deck Spanish": ("syntax::option", "deck = …"),
    "add --create deck = 'New'": ("syntax::option", "behind the last name"),
    "find deck:Spanish | move Nowhere": ("name::deck", 'createDeck "Nowhere"'),
    "find deck:Spanish | move Spansh": ("name::deck", "similar name exists: Spanish"),
    "let x = 2 ** 10": ("syntax::power", "2 * 2 * 2"),
    "getDeckStats [Spanish] | table": ("type::rows", "| values"),
    "getDeckStats [Spanish] | select name, new_count": ("type::rows", "| values"),
    "getDeckStats [Spanish] | first": ("type::list", "| values"),
    "count (find deck:Inbox)": ("call::needs-input", "find deck:Inbox | count"),
    "find deck:Inbox | set deck = 'Spanish'": ("name::no-field", "changeDeck"),
    "find deck:Inbox | set tags = ['a']": ("name::no-field", "addTags"),
    "find deck:Inbox | set interval = 3": ("name::no-field", "setDueDate"),
    "find deck:Inbox | where prop:ease>250": ("syntax::term-in-condition", "find prop:ease>250"),
    "find deck:Inbox | sort": ("syntax::sort-key", "sort -interval"),
    "print split('a', '')": ("syntax::call-argument", "(split(…))"),
    "macro m() { m }": ("name::not-yet", "above"),
    "macro if() { print a }": ("name::reserved", "another name"),
    "let it = 1\nprint $it": ("name::reserved", "another name"),
    'call $x {query: "a"}': ("call::computed-action", "write its name out"),
    'find deck:Spanish | each { find "cid:${it}" }': ("type::hole", "take one value"),
    'print (case("a", 1, 2))': ("type::condition", "compare"),
}
"""Programs, the code of what is said, and a part of its help."""


@pytest.mark.parametrize("program", HELPED)
def test_a_habit_has_its_help(reading: Lab, program: str) -> None:
    code, part = HELPED[program]
    said = reading.checked(program)
    helps = [each.helps for each in said if each.code == code]
    assert helps, [each.code for each in said]
    assert any(part in text for text in helps[0]), helps


def test_what_others_have_is_no_command_here() -> None:
    known = {name.lower() for name in (*COMMANDS, *BUILTINS, *ROW_VERBS, *PRELUDE, *SHELL_WORDS)}
    assert not ELSEWHERE.keys() & (known | scripts().keys())


@pytest.mark.parametrize(
    "program",
    [
        "let i = 1; i = 2",
        "def f(x): return x",
        'find "deck:Spanish" && suspend',
        'find deck:Spanish | changeDeck deck = "Spanish"',
        "let x = if true { 1 } else { 2 }\nprint $x",
        "for x of [1] { print $x }\nprint $x",
        "let deck = 1\nfind deck:$deck | count",
        "1 < 2 < 3",
        "macro m(a) { print $a }\nm 3",
    ],
)
def test_one_mistake_is_told_once(reading: Lab, program: str) -> None:
    assert len(reading.checked(program)) == 1


def test_another_mistake_is_told_as_well(reading: Lab) -> None:
    said = reading.checked('find deck:Spanish | changeDeck deck = "X" | adTags a\nprint $nope')
    assert [each.code for each in said] == [
        "syntax::spaced-argument",
        "name::command",
        "name::variable",
    ]


@pytest.mark.parametrize(
    "program",
    [
        'addNote {"note": {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "Q"}}}',
        "findCards {query: 'deck:Spanish'}",
        'addNotes {"notes": [{"deckName": "Default", "modelName": "Basic", "fields": {"Front": "Q"}}]}',
        'createDeck {deck: "X"}',
        "suspend {cards: [1]}",
    ],
)
def test_parameters_as_requests_have_them(reading: Lab, program: str) -> None:
    assert reading.checked(program) == []


def test_a_request_of_the_documentation_is_carried_out(lab: Lab) -> None:
    request = """{
        "action": "findCards",
        "version": 6,
        "params": {
            "query": "deck:Inbox"
        }
    }"""
    assert lab.results(request) == [sorted(lab.ids("deck:Inbox"))]
    assert lab.results('{"action": "deckNames", "version": 6} | count') == [
        len(lab.ask("deckNames"))
    ]
    assert lab.codes('{"action": "suspnd", "version": 6, "params": {}}') == ["name::command"]
    assert lab.results(
        'let request = {"action": "version", "version": 6}\nprint $request.version'
    ) == [6]
    assert lab.results('{"action": "version"}') == [{"action": "version"}]


def test_parameters_as_requests_have_them_are_sent(lab: Lab) -> None:
    [note] = lab.results(
        'addNote {"note": {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "Q"}}}'
    )
    assert lab.ask("findNotes", query="deck:Default Front:Q") == [note]
    assert lab.results("findCards {query: 'deck:Spanish'} | count") == [
        len(lab.ids("deck:Spanish"))
    ]
