"""Completion: what is offered at a cursor (⌶), in order, and that it can be inserted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ankish.analysis import core
from ankish.analysis.complete import Completion, complete
from ankish.anki.world import World
from ankish.catalog.commands import COMMANDS
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.catalog.types import INT
from ankish.diagnostics.model import Source, Span
from ankish.syntax.parser import parse
from ankish.syntax.tokens import GARBAGE, OPEN_QUOTED, OPEN_RAW, Reader, tokens_of
from tests.support.collection import DECKS, nothing_known, snapshot
from tests.support.completions import CASES, LINES, MORE
from tests.support.work import work

WORLD = snapshot()


def at(text: str, world: World = WORLD) -> Completion:
    """The completion at the ⌶ of a text."""
    cursor = text.index("⌶")
    return complete(text.replace("⌶", ""), cursor, world, (), SHELL_WORDS)


def inserted(text: str, world: World = WORLD) -> list[str]:
    return [candidate.text for candidate in at(text, world).candidates]


def shown(text: str) -> list[str]:
    return [candidate.display for candidate in at(text).candidates]


@pytest.mark.parametrize("text", CASES)
def test_offered(text: str) -> None:
    expected = CASES[text]
    found = inserted(text)
    if expected[-1:] == [MORE]:
        assert found[: len(expected) - 1] == expected[:-1], found[:20]
    else:
        assert found == expected


def test_after_a_pipe_what_fits_comes_first() -> None:
    searched = shown("find x | ⌶")
    assert searched[:3] == ["where", "sort", "select"]
    decks = shown("deckNames | ⌶")
    assert decks.index("getDeckStats") < decks.index("suspend")
    assert at("deckNames | suspen⌶").candidates[0].doc == "needs cards"
    assert "takes no input" in [c.doc for c in at("find x | deckN⌶").candidates]


def test_variables_of_earlier_lines() -> None:
    earlier = core.Binding("mature", core.Flow(INT), Span(0, 0))
    found = complete("print $m", 8, WORLD, (earlier,))
    assert [(c.text, c.doc) for c in found.candidates] == [("$mature", "a whole number")]


def test_only_what_was_typed_is_replaced() -> None:
    found = at("find x | changeDeck Sp⌶anish")
    assert (found.start, found.end) == (20, 22)


def test_descriptions() -> None:
    (candidate,) = at("find is:susp⌶").candidates
    assert (candidate.display, candidate.kind) == ("suspended", "search")
    assert "suspended" in candidate.doc
    first = at("suspen⌶").candidates[0]
    assert first.doc == COMMANDS["suspend"].doc


@pytest.mark.parametrize("text", CASES)
def test_a_world_that_is_not_known_offers_less_and_does_not_fail(text: str) -> None:
    assert set(inserted(text, nothing_known())) <= {*inserted(text), *_without_limit(text)}


def _without_limit(text: str) -> set[str]:
    """What a world without names can offer only since nothing else takes its place."""
    return set(COMMANDS) | {"find"} if len(inserted(text)) >= 100 else set()


# ---- whatever is inserted fits


def first_trouble(text: str) -> int:
    """Where the first piece stands that can't be read, or the length of the text."""
    bad = (GARBAGE, OPEN_RAW, OPEN_QUOTED)
    return next((seen.start for seen in Reader(text).seen if seen.kind in bad), len(text))


def check_insertion(text: str, cursor: int, world: World) -> None:
    """Every candidate can be inserted, and the text reads as far as it did."""
    found = complete(text, cursor, world, (), SHELL_WORDS)
    before = text[: found.start]
    assert found.end == cursor
    reached = min(first_trouble(text[:cursor]), found.start)
    for candidate in found.candidates:
        with_it = before + candidate.text
        assert first_trouble(with_it) >= reached, candidate


@pytest.mark.parametrize("text", CASES)
def test_candidates_can_be_inserted(text: str) -> None:
    cursor = text.index("⌶")
    check_insertion(text.replace("⌶", ""), cursor, WORLD)


@pytest.mark.parametrize("deck", DECKS)
@pytest.mark.parametrize(
    "line",
    [
        "find x | changeDeck {0}",
        "find x | changeDeck deck={0}",
        'find x | changeDeck "{0}',
        "getDeckStats [{0}",
        "addNote {{deckName: {0}",
        'addNote {{"deckName": "{0}',
        "find x | where deck == {0}",
    ],
)
def test_a_name_that_is_inserted_is_read_as_that_name(line: str, deck: str) -> None:
    """Whatever a deck is called: what is inserted for it means it."""
    bare = line.format("")
    found = complete(bare, len(bare), WORLD)
    texts = {c.display: c.text for c in found.candidates if c.kind == "deck"}
    whole = bare[: found.start] + texts[deck]
    whole += "]" * whole.count("[") + "}" * (whole.count("{") - whole.count("${"))
    parsed = parse(Source("", whole))
    assert parsed.diagnostics == ()
    assert any(
        deck in (getattr(node, "text", None), getattr(node, "plain", None))
        for node in _nodes(parsed.program)
    ), whole


def _nodes(node: object) -> list[object]:
    """A node of a syntax tree and all nodes under it."""
    if isinstance(node, (list, tuple)):
        return [each for item in node for each in _nodes(item)]
    if not hasattr(node, "__match_args__"):
        return []
    return [node, *_nodes([getattr(node, name) for name in node.__match_args__])]


@given(LINES, st.data())
@example("find x | where \x00", None)
def test_any_text_and_cursor(text: str, data: st.DataObject | None) -> None:
    cursor = len(text) if data is None else data.draw(st.integers(0, len(text)))
    check_insertion(text, cursor, WORLD)


@given(st.text(max_size=40), st.data())
def test_any_characters(text: str, data: st.DataObject) -> None:
    check_insertion(text, data.draw(st.integers(0, len(text))), WORLD)


@given(st.sampled_from(list(CASES)), st.data())
def test_cases_cut_anywhere(text: str, data: st.DataObject) -> None:
    plain = text.replace("⌶", "")
    check_insertion(plain, data.draw(st.integers(0, len(plain))), WORLD)


# ---- quick enough for every key


def big() -> World:
    """10,000 decks and 100,000 tags."""
    decks = {f"Area {n % 97}::Topic {n % 1009}::Deck {n}": n for n in range(10_000)}
    tags = tuple(f"source{n % 89}::chapter{n % 997}::tag{n}" for n in range(100_000))
    whole = snapshot()
    return World(whole.known, decks, whole.model_ids, whole.details, tags)


KEYS = [
    "find x | changeDeck ⌶",
    "find x | changeDeck T⌶",
    'find x | changeDeck "deck 99⌶',
    "find x | changeDeck zzzz⌶",
    "find tag:⌶",
    "find tag:tag9⌶",
    "find tag:zq⌶",
    'find "tag:source8::chap⌶',
    "find x | addTags c⌶",
]


CALLS = 6_000
"""Of Python functions: about 3 ms. `bench typing` has the times."""


@pytest.mark.parametrize("text", KEYS)
def test_a_key_in_a_big_collection_is_little_work(text: str) -> None:
    world = big()
    at(text, world)  # names are made ready once, when a snapshot is taken
    assert at(text, world).candidates or "z" in text
    assert work(lambda: at(text, world)) < CALLS


@pytest.mark.parametrize("text", CASES)
def test_a_key_in_a_small_one_too(text: str) -> None:
    at(text)
    assert work(lambda: at(text)) < CALLS


def test_a_long_text_is_not_read_from_its_beginning() -> None:
    def look(lines: int) -> None:
        tokens_of.cache_clear()
        text = "print 1\n" * lines + "find x | changeDeck Sp"
        found = complete(text, len(text), WORLD)
        assert [c.text for c in found.candidates] == ["Spanish", "Spanish::Verbs"]

    look(10_000)
    assert work(lambda: look(100_000)) == work(lambda: look(10_000))


def test_what_the_sample_collection_has(tmp_path: Path) -> None:
    from ankish.anki.client import Client
    from ankish.anki.engine.dispatch import Engine
    from ankish.anki.engine.sample import build
    from ankish.anki.engine.session import Session
    from ankish.anki.engine.transport import EmbeddedTransport
    from ankish.anki.world import load_world

    client = Client(EmbeddedTransport(Engine(Session.open(build(tmp_path)))))
    try:
        world = load_world(client)
    finally:
        client.close()
    assert inserted("find deck:Jap⌶", world)[:2] == ["deck:Japanese", "deck:Japanese::N3"]
    assert inserted("find note:Sentence | where `Sent⌶", world) == ["Sentence", "`Sentence Audio`"]
    assert inserted("find x | addTags le⌶", world)[:1] == ["leech"]
