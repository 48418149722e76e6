"""Recording: what was done becomes the text of a macro."""

from __future__ import annotations

import pytest

from ankish.catalog.commands import COMMANDS
from ankish.catalog.functions import FUNCTIONS
from ankish.diagnostics.model import AnkishError
from ankish.runtime.callable import callable_commands
from ankish.runtime.record import Done, Recorder, as_macro
from tests.support.lab import embedded_lab


def recorded(*lines: str | Done, params: bool = False, doc: str = "") -> str:
    """The macro that is made of lines."""
    done = [line if isinstance(line, Done) else Done(line) for line in lines]
    return as_macro("tidy", done, COMMANDS, doc=doc, params=params)


def test_what_was_done_is_kept_and_what_was_looked_at_is_not() -> None:
    text = recorded(
        "find deck:Inbox | count",
        "let old = find deck:Inbox tag:old",
        "let unused = 3",
        "$old | addTags archive",
        "find deck:Inbox|suspend",
        doc="Put the inbox away.",
    )
    assert text == (
        "## Put the inbox away.\n"
        "macro tidy() {\n"
        "    let old = find deck:Inbox tag:old\n"
        "    $old | addTags archive\n"
        "    find deck:Inbox | suspend\n"
        "}\n"
    )


def test_literals_become_parameters_and_the_same_one_is_one() -> None:
    text = recorded(
        'find deck:Spanish prop:ivl>=90 -tag:leech | changeDeck "Spanish::Known" --create',
        "find deck:Spanish is:new | where lapses > 4 | addTags hard",
        "find is:buried | first 10 | suspend",
        params=True,
    )
    assert text == (
        "macro tidy(\n"
        '    deck: deck = "Spanish",\n'
        "    days: int = 90,\n"
        '    tag: tag = "leech",\n'
        '    deck2: text = "Spanish::Known",\n'
        "    lapses: int = 4,\n"
        '    tag2: tag = "hard",\n'
        '    search: query = "is:buried",\n'
        "    count: int = 10\n"
        ") {\n"
        '    find "deck:${deck} prop:ivl>=${days} -tag:${tag}" | changeDeck $deck2 --create\n'
        '    find "deck:${deck} is:new" | where lapses > $lapses | addTags $tag2\n'
        '    find "${search}" | first $count | suspend\n'
        "}\n"
    )


def test_texts_become_parameters_wherever_they_stand() -> None:
    text = recorded(
        'find deck:Inbox | where contains(Front, "colour") and Back != "?" '
        '| set Front = replace(Front, "colour", \'"col"\', regex=false), Back = "${upper("x")}!"',
        '[{a: "b"}] | add deck = "Inbox", model = "Basic", Front = a, Back = "see ${a}", Extra = "?"',
        params=True,
    )
    assert text.startswith(
        "macro tidy(\n"
        '    deck: deck = "Inbox",\n'
        '    part: text = "colour",\n'
        '    back: text = "?",\n'
        '    with: text = "\\"col\\"",\n'
        '    text: text = "x"\n'
        ") {"
    )
    assert "contains(Front, $part) and Back != $back" in text
    assert "replace( Front, $part, $with, regex=false )" in " ".join(text.split())
    assert '"${upper($text)}!"' in text
    assert 'deck = $deck, model = "Basic", Front = a, Back = "see ${a}", Extra = $back' in text


def test_what_functions_are_given_can_be_parameters() -> None:
    examples = [each.example for each in FUNCTIONS.values() if '"' in each.example]
    assert len(examples) > 20
    with embedded_lab() as lab:
        for example in examples:
            line = f"find deck:Inbox | first 2 | derive x = {example} | each {{ print $it.x }}"
            macro = recorded(f"{line}; find deck:Inbox | suspend", params=True)
            assert ": text = " in macro or "([" in example, example
            assert lab.results(f"{macro}\ntidy")[:-1] == lab.results(line), example


def test_ids_that_a_search_showed_are_recorded_as_the_search() -> None:
    looked = Done("find deck:Inbox tag:old", frozenset({1487000000001, 1487000000002}))
    text = recorded(looked, "[1487000000002, 1487000000001] | suspend")
    assert "(find deck:Inbox tag:old) | suspend" in text
    assert "1487000000003" in recorded(looked, "[1487000000003] | suspend")


def test_what_was_taken_back_is_left_out() -> None:
    recorder = Recorder()
    recorder.note("find is:due | suspend")
    recorder.begin("tidy")
    for line in ("find tag:a | suspend", "find tag:b | suspend", "find tag:c | suspend"):
        recorder.note(line)
    recorder.undo(2, COMMANDS)
    recorder.redo(1)
    recorder.note("find is:due | count")
    recorder.undo(1, COMMANDS, "find tag:a | suspend")
    assert [line.text for line in recorder.last(9) if line.undone] == [
        "find tag:a | suspend",
        "find tag:c | suspend",
    ]
    text = as_macro("tidy", recorder.end(), COMMANDS, doc="", params=False)
    assert text == "macro tidy() {\n    find tag:b | suspend\n}\n"
    with pytest.raises(AnkishError, match="nothing is being recorded"):
        recorder.end()
    with pytest.raises(AnkishError, match="nothing to record"):
        recorded("find is:due | count")


def test_a_recorded_macro_runs_with_its_defaults_and_with_others() -> None:
    text = recorded('find "deck:Spanish tag:leech" | addTags seen | suspend', params=True)
    with embedded_lab() as lab:
        lab.results(f"{text}\ntidy")
        leeches = lab.ids("deck:Spanish tag:leech")
        assert leeches and lab.ids("tag:seen") >= leeches
        lab.results(f'{text}\ntidy deck=Japanese tag=leech tag2="mine"')
        assert lab.ids("tag:mine") >= lab.ids("deck:Japanese tag:leech") != set()


def test_the_deck_is_the_first_parameter() -> None:
    text = recorded("find tag:leech deck:Spanish | addTags hard", params=True)
    assert text.startswith(
        'macro tidy(deck: deck = "Spanish", tag: tag = "leech", tag2: tag = "hard") {'
    )


def test_short_verbs_and_scripts_are_recorded_with_their_literals() -> None:
    commands = {**COMMANDS, **callable_commands()}

    def kept(line: str) -> str:
        return as_macro("tidy", [Done(line)], commands, doc="", params=True)

    assert 'find "deck:${deck}" | move $deck2 | tag $tag' in kept(
        "find deck:Inbox | move Geography | tag sorted"
    )
    assert "leeches --deck $deck --tag $tag" in kept("leeches --deck Spanish --tag hard")
    assert 'replace search="deck:${deck}" find=$find with=$with' in kept(
        "replace search=deck:Spanish find=hte with=the"
    )
    with pytest.raises(AnkishError, match="record::nothing"):
        kept("reviews days=3")
