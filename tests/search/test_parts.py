"""A search in a search, and a term that is left out where its value is null."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import ankish


@pytest.fixture(scope="module")
def anki() -> Iterator[ankish.Connection]:
    with ankish.connect(demo=True) as connection:
        yield connection


def ids(anki: ankish.Connection, program: str, **variables: object) -> set[int]:
    return set(anki.run(program, **variables))


def test_a_search_in_a_search_stands_in_brackets(anki: ankish.Connection) -> None:
    macro = 'macro due_of(where: query) { find "is:due ${where}" }\n'
    got = ids(anki, macro + 'due_of "deck:Spanish or deck:Geography"')
    assert got == ids(anki, 'find "is:due (deck:Spanish or deck:Geography)"') != set()
    negative = 'macro rest(where: query) { find "deck:Spanish -${where}" }\nrest "tag:verb is:due"'
    assert ids(anki, negative) == ids(anki, 'find "deck:Spanish -(tag:verb is:due)"') != set()


def test_an_empty_search_in_a_search_finds_everything(anki: ankish.Connection) -> None:
    macro = 'macro due_of(where: query) { find "is:due ${where}" }\n'
    assert ids(anki, macro + 'due_of ""') == ids(anki, "find is:due")


def test_a_search_in_a_search_has_values_of_its_own(anki: ankish.Connection) -> None:
    program = 'let mine = find "deck:${deck}"\nfind "${mine} is:due"'
    got = ids(anki, program, deck="Spanish")
    assert got == ids(anki, "find deck:Spanish is:due") != set()
    assert ids(anki, program, deck="Spanish or is:due") == set()


@pytest.mark.parametrize("term", ["deck:${s}", "x${s}", "prop:ivl>${s}"])
def test_a_search_is_no_value_of_a_term(anki: ankish.Connection, term: str) -> None:
    found = anki.check(f'let s = find is:due\nfind "{term}"')
    assert [each.code for each in found] == ["search::in-term"]


def test_a_term_is_left_out_where_there_is_no_value(anki: ankish.Connection) -> None:
    program = 'find "deck:${deck?} is:due -tag:${tag?}"'
    assert ids(anki, program, deck=None, tag=None) == ids(anki, "find is:due")
    assert ids(anki, program, deck="Spanish", tag=None) == ids(anki, "find deck:Spanish is:due")
    both = ids(anki, program, deck="Spanish", tag="verb")
    assert both == ids(anki, "find deck:Spanish is:due -tag:verb") != set()


def test_in_a_text_it_is_no_text(anki: ankish.Connection) -> None:
    assert anki.run('"<${x?}>"', x=None) == "<>"
    assert anki.run('"<${x?}>"', x="a") == "<a>"


def test_without_the_mark_null_is_an_error_that_tells_of_it(anki: ankish.Connection) -> None:
    with pytest.raises(ankish.AnkishError) as raised:
        anki.run('find "deck:${deck} is:due"', deck=None)
    [problem] = raised.value.diagnostics
    assert problem.code == "search::value"
    assert any("question mark" in each for each in problem.helps)


def test_a_parameter_whose_default_is_null(anki: ankish.Connection) -> None:
    macro = 'macro due_of(deck: deck = null) { find "is:due deck:${deck?}" }\n'
    assert ids(anki, macro + "due_of") == ids(anki, "find is:due")
    assert ids(anki, macro + "due_of deck=Spanish") == ids(anki, "find is:due deck:Spanish")
    [problem] = anki.check(macro + "due_of deck=null")
    assert problem.code == "name::deck"
