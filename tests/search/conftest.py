"""Collections to search in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.search.collection import Anki


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Anki]]:
    """Makes an empty collection, as often as it is called."""
    made: list[Anki] = []

    def make() -> Anki:
        made.append(Anki(tmp_path_factory.mktemp("anki")))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anki]:
    """A collection with a few notes, which the tests of a module share and don't change."""
    made = Anki(tmp_path_factory.mktemp("anki"))
    made.add("alpha beta", "gamma", tags=["a", "b::c"])
    made.add("or", "x and y", deck="A::B")
    made.add("{{c1::Par}}is in {{c2::France::hint}}", "e", model="Cloze", deck="A", tags=["leech"])
    made.add("a_b*c", "say (this)", deck="Verbs (irregular)", tags=["re:x"])
    made.add("c d", "", model="Basic (and reversed card)", deck="filtered", tags=["none"])
    yield made
    made.close()
