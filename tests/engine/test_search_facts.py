"""What searches find and refuse, as measured on AnkiConnect: the engine adds nothing of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.support import note

Ask = Callable[..., Any]

REVERSED = "Basic (and reversed card)"
NOTES = {
    "one": note("alpha", "uno dos", tags=["p"]) | {"deckName": "a"},
    "two": note("beta alpha", tags=["p::q", "Straße"]) | {"deckName": "a::b"},
    "three": note("gamma", "<b>Alpha</b>") | {"modelName": REVERSED},
    "four": note("Élan", "x"),
    "five": note("alpha beta", "cat"),
}
"""The notes of the collection, by the names that the table below has for them."""

EVERY = "one two three four five"

FOUND = [
    # no query at all finds nothing, an empty one everything
    ("", EVERY),
    ("  ", EVERY),
    # unknown words before a colon are fields, and unknown names are found in nothing
    *((query, "") for query in ("co:lon", "has:x", "a:b:c", "colour:red")),
    *((query, "") for query in ("deck:nope", "tag:nope", "note:nope", "card:nope", "preset:nope")),
    # only straight double quotes quote, and the wide space separates
    ("'alpha beta'", ""),
    ("“alpha”", ""),
    ('"alpha beta"', "five"),
    ("alpha\u3000beta", "two five"),
    # escapes, placeholders and dashes
    *((rf"\{sign}", "") for sign in r"\"*_:()-"),
    ("%", ""),
    ("_", EVERY),
    ("*lph*", "one two three five"),
    ("-", ""),
    ("alpha -", ""),
    ("-alpha", "four"),
    ("--alpha", EVERY),
    # decks and tags with what is below them
    ("deck:a", "one two"),
    ("deck:A", "one two"),
    ("deck:a -deck:a::*", "one"),
    ("tag:p", "one two"),
    ("TAG:P", "one two"),
    ("tag:strasse", ""),
    ("tag:straße", "two"),
    # fields: whole, in part, by pattern, empty
    ("front:alpha", "one"),
    ("front:ALPHA", "one"),
    ("front:*alpha*", "one two five"),
    ("front:re:^a", "one five"),
    ("re:<b>", "three"),
    ('"re:(alpha|gamma)"', "one two three five"),
    ("back:", "two"),
    ("-back:", "one three four five"),
    ("back:_*", "one three four five"),
    # accents count, unless they are not to
    ("elan", ""),
    ("nc:elan", "four"),
    # types, templates and presets
    ("card:1", EVERY),
    ("card:2", "three"),
    ('"card:card 2"', "three"),
    ("note:basic", "one two four five"),
    ("note:basic*", EVERY),
    ("preset:default", EVERY),
]

REFUSED = {
    "is:nope": "`\u2068is:\u2069` was given an invalid argument '`\u2068nope\u2069`'.",
    "is:NEW": "`\u2068is:\u2069` was given an invalid argument '`\u2068NEW\u2069`'.",
    "prop:nope=1": "`\u2068prop:\u2069` was given an invalid argument '`\u2068nope=1\u2069`'.",
    "flag:9": "`flag:` must be followed by a valid flag number",
    "rated:x": 'expected a positive whole number in "`\u2068rated:\u2069`", but found "`\u2068x',
    "added:x": 'expected a positive whole number in "`\u2068added:\u2069`", but found "`\u2068x',
    "nid:a": "expected only digits and commas in nid:",
    "cid:1.5": "expected only digits and commas in cid:",
    "\\%": "the escape sequence `\u2068\\%\u2069` is not defined",
    "\\x": "the escape sequence `\u2068\\x\u2069` is not defined",
    "\\": "the escape sequence `\u2068\\\u2069` is not defined",
    "()": "a group `(...)` was found, but there was nothing between the brackets",
    '""': 'a pair of double quotes `""` was found, but there was nothing between them',
    '"open': 'an opening double quote `"` was found, but there was no second one',
    "or": "an `or` was found but it is not connecting two search terms",
    "alpha AND": "an `and` was found but it is not connecting two search terms",
    "re:(": "an opening bracket `(` was found, but there was no closing bracket",
}


@pytest.fixture
def ids(ask: Ask) -> dict[str, int]:
    """The ids of the notes by their names."""
    for deck in ("a", "a::b"):
        ask("createDeck", deck=deck)
    return dict(zip(NOTES, ask("addNotes", notes=list(NOTES.values())), strict=True))


def test_what_a_search_finds(ask: Ask, ids: dict[str, int]) -> None:
    names = {number: name for name, number in ids.items()}
    for query, expected in FOUND:
        found = {names[number] for number in ask("findNotes", query=query)}
        assert found == set(expected.split()), query
        cards = ask("findCards", query=query)
        assert {names[number] for number in ask("cardsToNotes", cards=cards)} == found, query


def test_what_a_search_refuses(error: Callable[..., str], ids: dict[str, int]) -> None:
    for query, reason in REFUSED.items():
        for action in ("findNotes", "findCards", "notesInfo", "guiBrowse"):
            assert error(action, query=query).startswith(f"Invalid search: \u2068{reason}"), query


def test_a_bad_pattern_is_told_with_its_place(
    error: Callable[..., str], ids: dict[str, int]
) -> None:
    expected = "<pre>regex parse error:\n    (?i)(\n        ^\nerror: unclosed group</pre>"
    assert error("findNotes", query='"re:("') == expected


def test_searches_by_ids(ask: Ask, ids: dict[str, int]) -> None:
    one, two = ids["one"], ids["two"]
    (card,) = ask("findCards", query=f"nid:{one}")
    basic = ask("modelNamesAndIds")["Basic"]
    deck = ask("deckNamesAndIds")["a::b"]
    assert set(ask("findNotes", query=f"nid:{one},{two}")) == {one, two}
    assert ask("findNotes", query=f"cid:{card}") == [one]
    assert ask("findNotes", query=f"mid:{basic} did:{deck}") == [two]
    assert ask("findNotes", query=f'"dupe:{basic},<i>alpha</i>"') == [one]


@pytest.mark.parametrize("action", ["findNotes", "findCards"])
def test_no_query_finds_nothing(ask: Ask, ids: dict[str, int], action: str) -> None:
    assert ask(action) == ask(action, query=None) == []
