"""What a user is told about a mistake: place, words, help and code, letter by letter."""

from __future__ import annotations

import pytest

from ankish.diagnostics.explain import explain
from tests.support.lab import Lab

MISTAKES = {
    "unknown-action": "find deck:Inbox\nfind deck:Inbox | suspnd",
    "unknown-parameter": 'find deck:Inbox | changeDeck dek="Japanese"',
    "unknown-deck": "find deck:Inbox | changeDeck Spnish",
    "unknown-model": "addNote {deckName: Spanish, modelName: Bsic, fields: {Front: a}}",
    "unknown-field": "addNote {deckName: Spanish, modelName: Basic, fields: {Frnt: a}}",
    "unknown-key": "addNote {deckName: Spanish, modelName: Basic, field: {Front: a}}",
    "unknown-column": "find deck:Spanish | where lapss > 4",
    "unknown-variable": "let due = find is:due | count\nprint $deu",
    "unknown-function": 'let a = trm("x")\nprint $a',
    "type-mismatch": "deckNames | addTags seen",
    "type-widening": "find deck:Spanish | notes | suspend",
    "type-argument": "find deck:Spanish | first many",
    "type-operands": "find deck:Spanish | where Front > 3",
    "type-condition": "find deck:Spanish | where lapses",
    "missing-parameter": "find deck:Inbox | changeDeck",
    "missing-subject": "suspend",
    "out-of-range": "find deck:Inbox | setFlag 9",
    "given-twice": "find deck:Inbox | changeDeck deck=Spanish deck=Geography",
    "too-many": "find deck:Inbox | changeDeck Spanish Verbs",
    "open-string": 'find "deck:Inbox | suspend\nfind deck:Spanish',
    "open-bracket": "let cards = [1, 2\nfind deck:Spanish | count",
    "stray-pipe": "find deck:Inbox | | suspend",
    "wrong-word-in-a-search": 'find "deck:Inbox is:susspended" | count',
    "wrong-property-in-a-search": "find prop:ivll>3 | count",
    "deck-in-a-search": "find deck:Spansh | count",
    "bare-word": "let due = 3\nif due > 2 { print 1 }",
    "unused-variable": "let due = 3",
    "several": "find deck:Inbox | suspnd\nfind deck:Inbox | where lapses >\nlet x = (1 +",
    "shell-word": "macros",
    "not-atomic": "atomic { find tag:old | removeTags old\nsync }",
    "not-alone": "find tag:old | removeTags old; undo",
    "computed-deck": 'let d = "Spnish" + ""\nfind deck:Inbox | changeDeck $d',
    "not-an-id": "let ids = (call deckNames)\n$ids | suspend",
    "refused": "find deck:Inbox | setDueDate 99999999999",
    "no-day": "find deck:Inbox | setDueDate 3-",
}


@pytest.mark.parametrize("name", MISTAKES)
def test_message(reading: Lab, golden, name: str) -> None:  # type: ignore[no-untyped-def]
    reading.warnings.clear()
    try:
        said = reading.complaint(MISTAKES[name])
    except AssertionError:
        from ankish.diagnostics.render import render

        assert reading.warnings, f"no message about {MISTAKES[name]}"
        said = render(reading.warnings)
    golden(f"mistakes/{name}", said)


def test_every_code_is_explained(reading: Lab) -> None:
    for program in MISTAKES.values():
        for code in reading.codes(program):
            assert len(explain(code)) > 40, code


def test_nothing_is_sent_by_a_program_with_mistakes(reading: Lab) -> None:
    before = reading.ids("is:suspended"), reading.ask("deckNames")
    for name, program in MISTAKES.items():
        if name not in ("refused",):
            reading.codes(program)
    assert (reading.ids("is:suspended"), reading.ask("deckNames")) == before


def test_the_order_of_errors_is_that_of_their_places(reading: Lab) -> None:
    assert reading.codes(MISTAKES["several"]) == [
        "name::command",
        "syntax::unfinished",
        "syntax::open-bracket",
    ]
