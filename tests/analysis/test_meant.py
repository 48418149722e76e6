"""What bare words of a search may have meant."""

from __future__ import annotations

import pytest

from ankish.analysis.meant import meant
from ankish.anki.world import World
from ankish.data import replace
from tests.support.collection import snapshot

WORLD = replace(
    snapshot(),
    tag_names=("leech", "source::web", "odd&name", "x::"),
    deck_ids={"Default": 1, "Spanish": 2, "Spanish::Verbs": 3, "My deck": 4, "Wasp nests": 5},
)


@pytest.mark.parametrize(
    ("line", "search"),
    [
        ("find leeches in spanish", "find tag:leech deck:Spanish"),
        ('find "leech"', "find tag:leech"),
        ("find SPANISH | suspend", "find deck:Spanish"),
        ("find verb", ""),
        ("find verbs", "find deck:Spanish::Verbs"),
        ("notes web", "notes tag:source::web"),
        ("find leech is:due", ""),
        ("find spanish or leech", ""),
        ("find -tag:x spanish", ""),
        ("find $x spanish", ""),
        ("find s", ""),
        ('find "deck"', ""),
        ("find tag:leech", ""),
        ("find -leech", ""),
        ("find something", ""),
        ("find 'odd&name'", ""),
        ("print leech", ""),
        ("find leech; find spanish", ""),
        ("let x = find leech", ""),
        ("[1, 2]", ""),
        ("", ""),
    ],
)
def test_meant(line: str, search: str) -> None:
    assert meant(line, WORLD) == search


def test_a_name_of_several_words_is_quoted() -> None:
    world = replace(WORLD, deck_ids={"All::My deck": 1})
    assert meant('find "my deck"', world) == "", "each word is one of its own"
    assert (
        meant("find deck", replace(WORLD, deck_ids={"My own::deck": 1}))
        == 'find deck:"My own::deck"'
    )


def test_a_world_that_is_not_known() -> None:
    assert meant("find leech", World()) == ""
