"""What a value may be where, how it is written, and what is said of one that can't stand there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankish.diagnostics.model import AnkishError, Span
from ankish.syntax.search import parse_search, render, render_template
from ankish.syntax.search.escape import UNWRITABLE
from tests.search.collection import Anki
from tests.search.support import bound, parsed, written

WRITTEN = [
    ("deck:${}", "Spanish::Verbs", "deck:Spanish::Verbs"),
    ("deck:${}", "My deck", 'deck:"My deck"'),
    ('"deck:${}"', "My deck", '"deck:My deck"'),
    ('"deck:${}"', "A", '"deck:A"'),
    ('deck:"${}"', "A", 'deck:"A"'),
    ('a"${}"b', "x", 'a"x"b'),
    ('a"deck:${}"b', "x", 'a"deck:x"b'),
    ('Front:"${}"b', "", '"Front:"b'),
    ('Front:${}"b"', "", 'Front: "b"'),
    ("deck:${}::*", "A_1", "deck:A\\_1::*"),
    ("deck:${}", "filtered", "deck:Filtered"),
    ("deck:${}", "日本　語", '(deck:日本_語 -deck:"日本 語")'),
    ("-deck:${}", "日本　語", '-(deck:日本_語 -deck:"日本 語")'),
    ("tag:${}", "none", "tag:None"),
    ("tag:${}", "re:x", "tag:re\\:x"),
    ("tag:re:^${}$", "a.b", "tag:re:^a\\.b$"),
    ("note:${}", "Basic (x)", 'note:"Basic (x)"'),
    ("card:${}", 1, "card:1"),
    ("card:${}", "Card 1", 'card:"Card 1"'),
    ("Front:${}", "", "Front:"),
    ("Front:*${}*", 'say "hi"', 'Front:"*say \\"hi\\"*"'),
    ("Front:${}", "a\nb", 'Front:"re:(?s)^a\\x{a}b$"'),
    ("front:nc:${}", "re:x", "front:nc:re:x"),
    ('"${}:x"', "Sentence Audio", '"Sentence Audio:x"'),
    ("${}:x", "-F_x:", '"-F\\_x\\::x"'),
    ("${}", "or", '"or"'),
    ("${}", "-x", '"-x"'),
    ("-${}", "-x", '-"-x"'),
    ("${}", "a:b", "a\\:b"),
    ("a${}b*", "(", '"a(b*"'),
    ("${}", 3, "3"),
    ("${}", 1.5, "1.5"),
    ("(${} or b)-c", "x y", '("x y" or b)-c'),
    ("re:${}+", "ab", 're:"(?:ab)+"'),
    ("re:[${}]", "^-]", "re:[\\^\\-\\]]"),
    ("re:${}", "\\d", "re:\\\\d"),
    ("nc:${}", "a*", "nc:a\\*"),
    ("nid:${}", [1, 2, 3], "nid:1,2,3"),
    ("nid:${}", 1502298033753, "nid:1502298033753"),
    ("nid:${}", ["7", "8"], "nid:7,8"),
    ("cid:5,${}", [1], "cid:5,1"),
    ("nid:${}", [], "nid:0"),
    ("mid:${}", 4, "mid:4"),
    ("mid:${}", [4, 5], "(mid:4 or mid:5)"),
    ("prop:ivl>=${}", 21, "prop:ivl>=21"),
    ("prop:ivl>=${}", 21.0, "prop:ivl>=21"),
    ("prop:ivl>=${}", "21", "prop:ivl>=21"),
    ("prop:due=${}", -1, "prop:due=-1"),
    ("prop:${}>1", "reps", "prop:reps>1"),
    ("prop:ease<${}", 2.5, "prop:ease<2.5"),
    ("prop:cds:k=${}", "a b", 'prop:"cds:k=a b"'),
    ("rated:${}:1", 7, "rated:7:1"),
    ("flag:${}", [1, 2], "(flag:1 or flag:2)"),
    ("is:${}", "due", "is:due"),
    ("dupe:${},x", 5, "dupe:5,x"),
    ("dupe:5,${}", 'a\\"_', 'dupe:"5,a\\\\\\"_"'),
    ("preset:${}", "a_b*", "preset:a_b*"),
    ("tag:${}", ["a", "b c"], '(tag:a or tag:"b c")'),
    ("tag:${}", ["a"], "tag:a"),
    ("-tag:${}", [], "-nid:0"),
    ("deck:${} x", ("a", "b"), "(deck:a or deck:b) x"),
    ("${}", ["a", "b"], "(a or b)"),
]


@pytest.mark.parametrize(("search", "value", "expected"), WRITTEN)
def test_how_a_value_is_written(anki: Anki, search: str, value: object, expected: str) -> None:
    assert bound(search, value) == expected
    assert anki.refusal(expected) is None


REFUSED = [
    ("deck:${}", None, "search::value", "null can't stand after `deck:`"),
    ("deck:${}", True, "search::value", "true or false can't stand after `deck:`"),
    ("tag:${}", {"a": 1}, "search::value", "a record can't stand after `tag:`"),
    ("tag:${}", [["a"]], "search::value", "a list can't stand after `tag:`"),
    ("tag:${}", ["a", None], "search::value", "null can't stand after `tag:`"),
    ("${}", None, "search::value", "null can't stand in a search"),
    ("${}", "", "search::empty-value", "an empty text would find everything"),
    ("nid:${}", "1 or is:due", "search::value", 'the text "1 or is:due" can\'t stand after `nid:`'),
    ("nid:${}", [1, -2], "search::value", "a list can't stand after `nid:`"),
    ("nid:${}", 1.5, "search::value", "the number 1.5 can't stand after `nid:`"),
    ("nid:${}", "１", "search::value", 'the text "１" can\'t stand after `nid:`'),
    ("prop:ivl>${}", "1 or is:due", "search::value", None),
    ("prop:ivl>${}", [1, 2], "search::value", "a list can't stand after `prop:`"),
    ("prop:${}", "ivl>3", "search::value", None),
    ("prop:ivl${}3", ">", "search::value", None),
    ("prop:ivl>${}", 1.5, "search::number", None),
    ("prop:ivl>${}", -1, "search::number", None),
    ("prop:${}>1", "ivll", "search::property", "there is no property `ivll`"),
    ("prop:s>${}", float("nan"), "search::number", None),
    ("rated:${}", "1:2", "search::value", None),
    ("rated:7:${}", 5, "search::button", None),
    ("is:${}", "susspended", "search::is", "there is no card state `susspended`"),
    ("is:${}", "due or x", "search::value", None),
    ("flag:${}", 9, "search::flag", None),
    ("added:${}", "", "search::value", None),
    ("mid:${}", "Basic", "search::number", None),
    ("dupe:${},x", "Basic", "search::value", None),
    ("dupe:${}", "1,x", "search::value", None),
    ("dupe:1,${}", "a\tb", "search::inexpressible", None),
    ("preset:${}", 'a"b', "search::inexpressible", None),
    ("has-cd:${}", "a\\b", "search::inexpressible", None),
    ("prop:cds:k=${}", 'a"', "search::inexpressible", None),
    ("card:${}", "1", "search::inexpressible", None),
    ("w:${}", "a\u3000b", "search::inexpressible", None),
    ("note:${}", "a\nb", "search::inexpressible", None),
    ("${}:x", "Deck", "search::inexpressible", None),
    ("${}:x", "", "search::value", None),
    ("${}", "\ud800", "search::inexpressible", None),
]


@pytest.mark.parametrize(("search", "value", "code", "message"), REFUSED)
def test_a_value_that_cannot_stand_there(
    search: str, value: object, code: str, message: str | None
) -> None:
    tree = parsed(search)
    with pytest.raises(AnkishError) as caught:
        render(tree, [value], [Span(40, 50)])
    (problem,) = caught.value.diagnostics
    assert problem.code == code
    assert problem.span == Span(40, 50)
    assert message is None or problem.message == message
    with pytest.raises(AnkishError) as caught:
        render(tree, [value])
    assert caught.value.diagnostics[0].labels == (), "no place is better than a wrong one"


def test_only_one_list_in_a_term() -> None:
    with pytest.raises(AnkishError):
        bound("${}:${}", ["a"], ["b"])
    assert bound("tag:${} deck:${}", ["a", "b"], ["c"]) == "(tag:a or tag:b) deck:c"


def test_a_backslash_cannot_change_what_a_value_means() -> None:
    for search in ("deck:\\${}", "re:\\${}", 'preset:"\\${}"', "Front:re:a\\${}"):
        _, problems = parse_search(written(search))
        assert [each.code for each in problems] == ["search::escape"]


def test_without_values_a_search_stays_as_it_is() -> None:
    for search in ("", "  deck:A  OR\tb ", '"a\u3000b"  (c)', "\ue000"):
        assert bound(search) == search


def test_the_template_shows_names_in_the_holes() -> None:
    tree = parsed("deck:${} \ue000 -(${} or a)")
    assert render_template(tree, ["$d", "${x y}"]) == "deck:$d \ue000 -(${x y} or a)"


def test_many_alternatives(fresh: Callable[[], Anki]) -> None:
    anki = fresh()
    tags = [f"tag{n}" for n in range(2_345)]
    wanted = {anki.add("x", tags=[tags[n]]) for n in (0, 99, 100, 2_344)}
    anki.add("x", tags=["other"])
    assert anki.notes(bound("tag:${} Front:x", tags)) == wanted
    assert anki.notes(bound("nid:${}", [*range(100_000), *wanted])) == wanted


def test_an_empty_list_finds_nothing(anki: Anki) -> None:
    for search in ("nid:${}", "tag:${}", "mid:${}", "${}", "deck:${}"):
        assert anki.notes(bound(search, [])) == set()
        assert anki.notes(bound(f"-{search}", [])) == anki.notes("")


def test_where_anki_knows_no_escapes(fresh: Callable[[], Anki]) -> None:
    anki = fresh()
    presets = ["a_b", "axb", "a*", "none", "x (1)", "re:x", "a:b", "Ä", "-x", "or"]
    expected = {}
    for name in presets:
        deck = anki.col.decks.get(anki.deck(f"deck of {name}"))
        preset = anki.col.decks.add_config(name)
        anki.col.decks.set_config_id_for_deck_dict(deck, preset["id"])
        expected[name] = {anki.add(name, deck=deck["name"])}
    keys = ["k_x", "kyx", "k*", "a b", "k:1"]
    for name, key in zip(presets, keys, strict=False):
        card = anki.col.get_card(anki.cards(bound("Front:${}", name)).pop())
        card.custom_data = json.dumps({key: "v"})
        anki.col.update_card(card)
    for name in presets:
        assert anki.notes(bound("preset:${}", name)) == expected[name], name
    for name, key in zip(presets, keys, strict=False):
        assert anki.notes(bound("has-cd:${}", key)) == expected[name], key


FIRST_FIELDS = ['q"r', "a\\b", 'a\\"b', "a*b", "axb", "a_b", "a:b", "x,y", " lead", "re:z", "日本"]


def test_duplicates_and_texts_without_accents(fresh: Callable[[], Anki]) -> None:
    anki = fresh()
    model = anki.col.models.by_name("Basic")
    assert model is not None
    notes = {text: {anki.add(text)} for text in FIRST_FIELDS}
    for text, expected in notes.items():
        assert anki.notes(bound("dupe:${},${}", model["id"], text)) == expected
        assert anki.notes(bound("front:nc:${}", text)) == expected
        assert anki.notes(bound("nc:${}", text)) == expected
        assert anki.notes(bound("re:${}", text)) == expected


def test_a_text_in_custom_data(fresh: Callable[[], Anki]) -> None:
    anki = fresh()
    for text in ("a b", "a'b", "a*", "x"):
        anki.add(text)
        card = anki.col.get_card(anki.cards(bound("Front:${}", text)).pop())
        card.custom_data = json.dumps({"k": text})
        anki.col.update_card(card)
    for text in ("a b", "a'b", "a*", "x"):
        assert anki.cards(bound("prop:cds:k=${}", text)) == anki.cards(bound("Front:${}", text))


SHAPES = [
    *("deck:${}", "-tag:${}", '"note:${} x"', "${}:x", "Front:${}", "${}", "a${}b", "re:${}"),
    *(
        "tag:re:${}",
        "nc:${}",
        "w:${}",
        "preset:${}",
        "has-cd:${}",
        "prop:ivl>${}",
        "nid:${}",
        "is:${}",
    ),
    *(
        "rated:${}",
        "dupe:1,${}",
        "prop:cds:a=${}",
        "front:re:x${}*",
        "Front:*${}",
        "flag:${}",
        "-${}",
    ),
    *(
        'a"${}"b',
        'x-"${}"(b)',
        '"deck:${}"b',
        'deck:"${}"b',
        'a"deck:${}"',
        'Front:${}"b"',
        "(${})b",
    ),
    *(
        '"a"${}',
        '"x${}"y',
        'tag:"${}"-',
        'a:b:"${}"',
        '-"${}:"-',
        "card:${}",
        "(${}or)",
        "or${}",
        "${}or",
    ),
]
"""Where a value may stand, also with something next to it."""


@settings(max_examples=1200)
@given(
    shape=st.sampled_from(SHAPES),
    value=st.one_of(
        st.text(max_size=8),
        st.lists(
            st.sampled_from([*'"\\() :*_-', "or", "deck:", "x", "re:", " or "]), max_size=6
        ).map("".join),
        st.integers(),
        st.floats(),
    ),
)
def test_a_search_is_never_changed_by_its_values(anki: Anki, shape: str, value: object) -> None:
    """Whatever is bound, Anki takes the whole for the terms that are written, and no more."""
    template = f"deck:A {shape} or deck:B"
    try:
        search = bound(template, value)
    except AnkishError as error:
        assert error.diagnostics[0].code.startswith("search::")
        return
    assert anki.refusal(search) is None
    if UNWRITABLE.search(str(value)):
        return
    assert outline(search) == outline(template)
    canonical = anki.canonical(search)
    assert canonical.startswith("deck:A ") and canonical.endswith(" OR deck:B")


def outline(search: str) -> list[str]:
    """The kinds of a search's nodes."""
    return [getattr(node, "kind", type(node).__name__) for node in parsed(search).nodes()]
