"""The search language, held against Anki's own library on a real collection."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ankish.diagnostics.model import Severity
from ankish.syntax.search import Piece, check_search, format_search, parse_search
from ankish.syntax.search.written import WHITE_SPACE
from tests.search.collection import Anki
from tests.search.strategies import fragments, mutated, searches
from tests.search.support import errors, parsed, problems

many = settings(max_examples=1500, suppress_health_check=list(HealthCheck))


def in_regex(search: str) -> bool:
    """Whether a search has a mistake inside a regex; Anki sees these only when it meets a note."""
    return any(code.startswith("regex::") for code in errors(search))


def agrees(anki: Anki, search: str) -> None:
    """We take what Anki takes, and refuse what it refuses.

    Some numbers Anki takes and SQLite refuses; but not beside a `dupe:` that finds nothing,
    since SQLite then does not look at them. We refuse them always.
    """
    ours = [code for code in errors(search) if not code.startswith("regex::")]
    theirs = anki.refusal(search)
    if theirs is None and "dupe:" in search.lower():
        ours = [code for code in ours if code not in ("search::number", "search::ids")]
    assert bool(ours) == (theirs is not None), (search, ours, theirs)


@many
@given(search=searches)
def test_what_has_the_grammars_shape(anki: Anki, search: str) -> None:
    agrees(anki, search)


@many
@given(search=mutated())
def test_what_is_nearly_a_search(anki: Anki, search: str) -> None:
    agrees(anki, search)


@many
@given(search=fragments)
@example("prop:repsor<=0")
@example("-or")
@example('-or"x"')
@example("--(a)")
@example("a\\")
@example("a\\ b")
@example('"a":b')
@example('re:"("')
def test_any_pieces(anki: Anki, search: str) -> None:
    agrees(anki, search)


@settings(max_examples=500)
@given(search=st.text())
def test_any_text(anki: Anki, search: str) -> None:
    agrees(anki, search)


@many
@given(search=st.one_of(searches, fragments))
def test_the_canonical_form_means_the_same_to_anki(anki: Anki, search: str) -> None:
    if errors(search) or anki.refusal(search) is not None:
        return
    formatted = format_search(parsed(search))
    assert format_search(parsed(formatted)) == formatted
    assert bare(anki.canonical(formatted)) == bare(anki.canonical(search))
    if "re:" not in search:
        assert anki.cards(formatted) == anki.cards(search)


def bare(canonical: str) -> str:
    """Without brackets; Anki's writing keeps those that change nothing."""
    return canonical.replace("(", "").replace(")", "")


@settings(max_examples=1500)
@given(
    parts=st.lists(
        st.sampled_from(
            r"a b ( ) [ ] [^ - * + ? { } {2} {2, } | ^ . \d \b \( \] (?: (?i) (?= (?P<x> \1 \q"
            r" \p{L} \x{41} && [:alpha:] , 1 (?x) < \\ \b{start} {,3} (?<! (?-".split()
        ),
        min_size=1,
        max_size=7,
    )
)
def test_no_regex_is_refused_that_anki_takes(anki: Anki, parts: list[str]) -> None:
    regex = "".join(parts)
    if in_regex(f'"re:{regex}"'):
        assert not anki.compiles(regex)


@pytest.mark.parametrize(
    "regex",
    ["(", ")", "[", "a[b", "*", "a|*", "(+)", "a{", "a{x}", "(?=a)", "(?<!a)", "(a)\\1", "\\q"],
)
def test_a_regex_that_is_refused(anki: Anki, regex: str) -> None:
    assert in_regex(f'"re:{regex}"')
    assert not anki.compiles(regex)


def test_white_space_is_a_blank_even_in_quotes(anki: Anki) -> None:
    for char in map(chr, range(1, 0x3100)):
        if char not in '"\\':
            blank = char == " " or char in WHITE_SPACE
            assert (anki.canonical(f'"p{char}q"') == '"p q"') == blank, hex(ord(char))


def test_what_may_be_escaped(anki: Anki) -> None:
    for char in map(chr, range(0x20, 0x250)):
        agrees(anki, f"a\\{char}b")
        agrees(anki, f'"a\\{char}b"')


def test_900_terms_in_a_row(anki: Anki) -> None:
    for term in ("a", "-deck:x", "prop:r>0.5", "front:a", "rated:1:1", "nc:a", "tag:x"):
        for joiner in (" ", " or "):
            fits = joiner.join([term] * 900)
            assert not errors(fits)
            assert anki.refusal(fits) is None
            assert errors(f"{fits}{joiner}{term}") == ["search::too-many"]
    assert anki.refusal(" ".join(["a"] * 1000)) is not None


def test_brackets_nested_deep(anki: Anki) -> None:
    fits = "(" * 100 + "a" + ")" * 100
    assert not errors(fits)
    assert anki.refusal(fits) is None
    assert errors(f"({fits})") == ["search::too-deep"]


def test_a_minus_before_sc_finds_too_few(anki: Anki) -> None:
    """A mistake of Anki's that a warning tells of: when it is gone, the warning can go."""
    assert anki.cards("-(sc:Paris)") == anki.cards("") - anki.cards("sc:Paris")
    assert anki.cards("-sc:Paris") < anki.cards("-(sc:Paris)")
    assert [each.code for each in problems("-sc:Paris")] == ["search::negated-cloze"]
    assert not problems("-(sc:Paris)")


@settings(max_examples=1000)
@given(search=st.one_of(mutated(), st.text()))
def test_every_message_has_a_place_inside_the_search(search: str) -> None:
    tree, found = parse_search([Piece(search, 10)])
    found += check_search(tree) if tree is not None else []
    for each in found:
        assert each.span is not None
        assert 10 <= each.span.start <= each.span.end <= 10 + len(search)
        assert each.severity is Severity.WARNING or each.message
