"""Mistakes in searches: each message as a user sees it, in golden files."""

from __future__ import annotations

import pytest

from ankish.diagnostics.explain import every_kind
from ankish.diagnostics.model import Fix, Severity, Source, Span
from ankish.diagnostics.render import render
from tests.conftest import Goldens
from tests.search.support import Names, problems

WORLD = Names(
    deck_names=("Default", "Spanish", "Spanish::Verbs", "日本語"),
    model_names=("Basic", "Cloze", "Basic (and reversed card)"),
    field_names=("Front", "Back", "Text", "Sentence Audio"),
    tag_names=("leech", "verb", "verb::irregular"),
)

MISTAKES = {
    "state": ["is:susspended", "is:leech", "is:Due", "is: due", "is:xyzzy"],
    "property": ["prop:ivll>3", "prop:interval>3", "prop:>3", "prop:", "prop:x", "prop:position=1"],
    "comparison": ["prop:ivl==3", "prop:ivl", "prop:ivl >= 3", "prop:due=>1", "prop:ivl≥21"],
    "number": ["prop:ivl>=x", "prop:ivl>=", "prop:rated=1", "prop:s>nan", "prop:ease>2,5"],
    "days": ["added:x", "added:-7", "edited:1.5", "rated:7:5", "rated:", "introduced:1:1"],
    "flag": ["flag:red", "flag:8", "flag:"],
    "ids": ["nid:1,,2", "cid:x", "did:Spanish", "nid:1,${},x", "mid:Basic", "dupe:x"],
    "quotes": ['deck:"My deck', 'front:""', '""', "deck:“My deck”", "deck:'My deck' x"],
    "brackets": ["(is:due", "is:due)", "a ()", "(a (b", "re:(a|b"],
    "joiners": ["or a", "a or", "(a and) b", "a or or b", "-or x"],
    "escapes": ["a\\b", "deck:a\\", "front:\\d+", "tag:\\w \\x"],
    "colon": ['"Sentence Audio":x', ":x", '"Front":x'],
    "regex": ["re:[a", '"re:a)"', '"re:(a"', "re:*a", "front:re:a{x}", "re:\\q"],
    "regex-of-others": ['"re:a(?=b)"', '"re:(a)\\1"', '"tag:re:(?<!a)b"'],
    "other-languages": ["a && b", "a || b", "NOT is:due", "not is:due", "!is:due", "deck=Spanish"],
    "other-comparisons": ["ivl>21", "lapses==3", "-sc:Paris"],
    "keywords": ["dekc:Spanish", "tags:verb", "model:Basic", "Frnt:x", "state:due", "https://a.b"],
    "no-names": ["deck: Spanish", 'tag: "a b"', "-note:", "deck:(a)"],
    "names": ["deck:Spansh", "tag:verbs", "note:Basik", "deck:Verbs", 'deck:"日本"', "tag:zzz"],
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_said(golden: Goldens, name: str) -> None:
    blocks = []
    for search in MISTAKES[name]:
        found = problems(search, WORLD)
        assert found, search
        source = Source("search", search)
        blocks.append(render([each.within(source) for each in found]))
    golden(f"search/{name}", "\n\n".join(blocks))


def test_every_message_about_how_a_search_is_written_is_shown() -> None:
    said = {each.code for group in MISTAKES.values() for s in group for each in problems(s, WORLD)}
    of_values = {"search::value", "search::empty-value", "search::inexpressible"}
    too_much = {"search::too-deep", "search::too-many"}
    every = {code for code in every_kind() if code.startswith(("search::", "regex::"))}
    of_programs = {"search::in-term"}  # where a search meets another one: test_parts
    assert every == said | of_values | too_much | of_programs


RIGHT = [
    *(
        "",
        "  ",
        "is:due",
        "deck:Spanish::*",
        "deck:span*",
        "deck:current",
        "deck:spanish",
        "tag:none",
    ),
    *(
        "tag:verb",
        "tag:*irreg*",
        "tag:re:^x",
        "note:basic",
        "note:bas*",
        "front:x",
        "fr*:x",
        "F_ont:x",
    ),
    *(
        '"sentence audio:_*"',
        "-back:",
        "don't",
        "l'eau",
        "not very",
        "a&b",
        "x=y",
    ),
    *(
        "deck:${}",
        "tag:${}::x",
        "note:${}",
        "${}:x",
        "is:${}",
        "prop:ivl>=${}",
        "nid:${},3",
        "prop:${}",
    ),
    *('"“quoted”"', "\"'quoted'\"", "prop:cds:k==x", "rated:${}:${}", '"&&"', "deck:_panish"),
]


@pytest.mark.parametrize("search", RIGHT)
def test_nothing_is_said_of_what_is_right(search: str) -> None:
    assert problems(search, WORLD) == []


@pytest.mark.parametrize("search", ["deck:Nope", "tag:nope", "note:nope", "Nope:x", "Tags:x"])
def test_of_an_unknown_world_no_names_are_checked(search: str) -> None:
    assert problems(search) == []
    assert problems(search, Names()) == []


def test_a_typo_of_a_keyword_is_told_even_then() -> None:
    (problem,) = problems("dekc:Spanish")
    assert problem.code == "search::keyword"
    assert problem.severity is Severity.WARNING
    assert problem.fix == Fix(Span(0, 4), "deck")


def test_a_field_of_such_a_name_is_no_typo() -> None:
    assert problems("tags:x", Names(field_names=("Tags",))) == []


def test_names_that_are_missing_are_warnings_and_the_rest_errors() -> None:
    found = problems("deck:Nope is:nope", WORLD)
    assert [(each.code, each.severity) for each in found] == [
        ("search::unknown", Severity.WARNING),
        ("search::is", Severity.ERROR),
    ]


def test_all_mistakes_at_once() -> None:
    found = problems("(is:susspended prop:ivll>3 or nid:x front:\\d deck:“a”")
    assert [each.code.partition("::")[2] for each in found] == [
        *("open-bracket", "escape", "is", "property", "ids", "curly-quotes")
    ]


@pytest.mark.parametrize(
    ("search", "mended"),
    [
        ("is:susspended", "is:suspended"),
        ("prop:ivl==3", "prop:ivl=3"),
        ("dekc:Spanish", "deck:Spanish"),
    ]
    + [("prop:ivll>3", "prop:ivl>3"), ("flag:red", "flag:1"), ("deck:Spansh", "deck:Spanish")],
)
def test_a_fix_mends_it(search: str, mended: str) -> None:
    (problem,) = problems(search, WORLD)
    fix = problem.fix
    assert fix is not None
    assert search[: fix.span.start] + fix.text + search[fix.span.end :] == mended
    assert problems(mended, WORLD) == []


def test_places_of_several_pieces() -> None:
    from ankish.syntax.search import Hole, Piece, check_search, parse_search

    parts = [Piece("is:susp", 100), Piece("ended2 deck:", 200), Hole(0, Span(300, 303))]
    tree, found = parse_search(parts)
    assert tree is not None and not found
    (problem,) = check_search(tree)
    assert problem.span == Span(103, 206)
    assert [part.span for term in tree.terms() for part in term.value] == [
        *(Span(103, 107), Span(200, 206), Span(300, 303))
    ]
