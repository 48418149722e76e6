"""Which names are similar to a mistyped one, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.catalog.actions import ACTIONS
from ankish.diagnostics.nearest import distance, nearest

DECKS = [
    "Default",
    "Geography",
    "Inbox",
    "Japanese",
    "Japanese::N3",
    "Spanish",
    "Spanish::Nouns",
    "Spanish::Verbs",
]
TAGS = ["leech", "verb", "noun", "marked", "source", "source::book", "日本語", "straße"]


@pytest.mark.parametrize(
    ("word", "names", "first"),
    [
        ("suspnd", ACTIONS, "suspend"),
        ("sspnd", ACTIONS, "suspend"),
        ("chnageDeck", ACTIONS, "changeDeck"),
        ("changedeck", ACTIONS, "changeDeck"),
        ("changeDecks", ACTIONS, "changeDeck"),
        ("addTag", ACTIONS, "addTags"),
        ("findCard", ACTIONS, "findCards"),
        ("card_info", ACTIONS, "cardsInfo"),
        ("delteNotes", ACTIONS, "deleteNotes"),
        ("setDue", ACTIONS, "setDueDate"),
        ("cardsinfo", ACTIONS, "cardsInfo"),
        ("getdeckstat", ACTIONS, "getDeckStats"),
        ("Spansih", DECKS, "Spanish"),
        ("spanish", DECKS, "Spanish"),
        ("Spanish::Vebs", DECKS, "Spanish::Verbs"),
        ("Verbs", DECKS, "Spanish::Verbs"),
        ("n3", DECKS, "Japanese::N3"),
        ("Japaneese", DECKS, "Japanese"),
        ("Geo", DECKS, "Geography"),
        ("inbx", DECKS, "Inbox"),
        ("leach", TAGS, "leech"),
        ("mraked", TAGS, "marked"),
        ("book", TAGS, "source::book"),
        ("日本話", TAGS, "日本語"),
        ("STRASSE", TAGS, "straße"),
        ("dek", ["cards", "deck"], "deck"),
        ("tag_to_replce", ["notes", "replace_with_tag", "tag_to_replace"], "tag_to_replace"),
    ],
)
def test_similar(word: str, names: list[str], first: str) -> None:
    assert nearest(word, names)[0] == first


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("", DECKS),
        ("frobnicate", ACTIONS),
        ("print", ACTIONS),
        ("xyz", DECKS),
        ("French", DECKS),
        ("Chemistry", DECKS),
        ("is", ["as", "in", "it", "us"]),
        ("cat", ["collection attempts"]),
        ("noun", ["leech", "verb", "marked"]),
        ("getTags", ["getDecks", "addNotes"]),
        ("deck", []),
    ],
)
def test_not_similar(word: str, names: list[str]) -> None:
    assert nearest(word, names) == []


def test_the_likeliest_come_first() -> None:
    names = ["addNotesNow", "addNotes", "adNote", "findNotes", "addNote"]
    assert nearest("addNote", names) == ["addNote", "addNotes", "adNote"]
    assert nearest("addNote", names, limit=1) == ["addNote"]


@pytest.mark.parametrize(
    ("a", "b", "steps"),
    [
        ("deck", "deck", 0),
        ("deck", "dek", 1),
        ("deck", "decks", 1),
        ("deck", "dcek", 1),
        ("deck", "dark", 2),
        ("suspend", "unsuspend", 2),
        ("ca", "abc", 3),
        ("", "abc", 3),
        ("deck", "template", 4),
    ],
)
def test_distance(a: str, b: str, steps: int) -> None:
    assert distance(a, b, 3) == distance(b, a, 3) == steps


def plain_distance(a: str, b: str) -> int:
    """The same distance by its definition, without a limit."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 1] + b[j - 2]:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(a), len(b)]


letters = st.text("abc", max_size=8)


@given(letters, letters, st.integers(0, 4))
def test_distance_is_the_one_of_the_definition(a: str, b: str, most: int) -> None:
    assert distance(a, b, most) == min(plain_distance(a, b), most + 1)


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=8))
def test_any_text_will_do(word: str, names: list[str]) -> None:
    found = nearest(word, names)
    assert len(found) <= 3
    assert set(found) <= set(names)


def test_one_error_is_found_among_very_many() -> None:
    names = [f"chapter::{number:06}" for number in range(20_000)]
    for wrong in ("chapter:012345", "chapter::0123456", "chapter::012354", "chapetr::012345"):
        found = nearest(wrong, names, limit=200)
        close = [name for name in names if distance(wrong, name, 1) <= 1]
        assert close and set(found[: len(close)]) == set(close)
