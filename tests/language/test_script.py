"""A script's `param` lines are its interface: typed, documented, checked, given by name."""

from __future__ import annotations

import pytest

from ankish.analysis.script import script_help
from ankish.diagnostics.model import AnkishError, Source
from ankish.syntax.parser import parse
from tests.support.lab import Lab

SCRIPT = """\
#!/usr/bin/env ankish
## Count what is due.

## the deck to look in
param deck: deck
## only cards with an interval beyond this
param days: int = 0
param loud: bool = false
param which: query = "is:due"

let found = $which
let due = find "deck:${deck} is:due prop:ivl>=${days}" | count
if $loud { print "DUE: ${due}" } else { print $due }
$found | count
"""


def test_the_parameters_are_given_by_name(reading: Lab) -> None:
    due = len(reading.ids("deck:Spanish is:due"))
    old = len(reading.ids("deck:Spanish is:due prop:ivl>=21"))
    all_due = len(reading.ids("is:due"))
    assert reading.results(SCRIPT, "--deck", "Spanish") == [due, all_due]
    assert reading.results(SCRIPT, "--deck=Spanish", "--days", "21", "--loud") == [
        f"DUE: {old}",
        all_due,
    ]
    new = len(reading.ids("is:new"))
    assert reading.results(SCRIPT, "--deck", "Spanish", "--which", "is:new")[1] == new


WRONG = {
    (): "script::missing",
    ("--deck", "Spnish"): "name::deck",
    ("--deck", "Spanish", "--days", "many"): "type::argument",
    ("--dek", "Spanish"): "script::unknown",
    ("--deck",): "script::no-value",
    ("Spanish",): "script::stray",
    ("--deck", "Spanish", "--which", "is:deu"): "search::is",
}


@pytest.mark.parametrize("words", WRONG, ids=str)
def test_what_is_given_is_checked(reading: Lab, words: tuple[str, ...]) -> None:
    with pytest.raises(AnkishError) as raised:
        reading.results(SCRIPT, *words)
    assert [problem.code for problem in raised.value.diagnostics] == [WRONG[words]]


def test_records_and_lists_are_given_as_json(reading: Lab) -> None:
    script = "param map: record\nparam tags: list<text> = []\nprint $map.a (length($tags))"
    assert reading.results(script, "--map", '{"a": 1}', "--tags", '["x", "y"]') == [[1, 2]]
    for words in (("--map", "[1]"), ("--map", "{a"), ("--map", "3")):
        with pytest.raises(AnkishError) as raised:
            reading.results(script, *words)
        assert [problem.code for problem in raised.value.diagnostics] == ["type::argument"]


def test_help_prints_the_parameters_with_their_docs(golden) -> None:  # type: ignore[no-untyped-def]
    source = Source("due.ank", SCRIPT)
    golden("script/help", script_help(parse(source).program, source))


def test_a_param_has_no_place_in_a_block(reading: Lab) -> None:
    assert reading.codes("for y in [1] { param x: int = 1 }") == ["script::not-here"]


def test_a_switch_where_a_value_is_wanted_is_a_mistake_and_no_crash(reading: Lab) -> None:
    for line in ("[{a: 1}] | uniq --by", "[{a: 1}] | rename --from --to", "[1] | sum --column"):
        assert "type::switch" in reading.codes(line)
    assert reading.codes("macro f(days: int) { print $days }\nf --days") == ["type::switch"]
