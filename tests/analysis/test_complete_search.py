"""What is completed in a search finds what it names, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ankish.analysis.complete import complete
from ankish.anki.world import World, load_world
from tests.support.lab import Lab, embedded_lab

DECKS = (
    "My deck",
    "Plain",
    'My "best" deck (2)',
    "C_1*",
    "CX1 and more",
    "50% off $5 ${x}",
    "it's",
    "a=b",
    "back\\slash",
    "2024",
    "-minus",
    "日本 語",
    "or",
    "#hash",
    "a|b;c",
)

TAGS = ("under_score", "underXscore", "sub::tag", "it's", "a(b)", "star*", "日本", 'odd"one')

OPENINGS = (
    "find {0}",
    "findCards query={0}",
    'find "{0}',
    "find '{0}",
    "find is:new {0}",
    'find "is:new ({0}',
    "find '\"{0}",
)
"""What stands before the value; the deck or tag of each is written where `{0}` is."""


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """A collection with a note in each of the decks, and one with each of the tags."""
    with embedded_lab() as made:
        for number, deck in enumerate(DECKS):
            made.ask("createDeck", deck=deck)
            add(made, deck, f"deck {number}", [])
        for number, tag in enumerate(TAGS):
            add(made, "Plain", f"tag {number}", [tag])
        yield made


def add(lab: Lab, deck: str, front: str, tags: list[str]) -> None:
    fields = {"Front": front, "Back": "x"}
    note = {"deckName": deck, "modelName": "Basic", "fields": fields, "tags": tags}
    assert lab.ask("addNote", note=note)


@pytest.fixture(scope="module")
def world(lab: Lab) -> World:
    return load_world(lab.client)


def inserted(text: str, name: str, world: World) -> str | None:
    """A line with what is offered for a name, its quotes and brackets closed."""
    found = complete(text, len(text), world)
    texts = {c.display: c.text for c in found.candidates if c.kind in ("deck", "tag")}
    if name not in texts:
        return None
    line = text[: found.start] + texts[name]
    line += ")" * ("(deck" in text or "(tag" in text)
    if text.startswith(("find '", 'find "')):
        line += text[5]
    return line


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("deck", DECKS)
def test_decks(lab: Lab, world: World, deck: str, opening: str) -> None:
    line = inserted(opening.format("deck:"), deck, world)
    if line is None:
        assert "'" in deck, "only what holds the quote that is open can't be inserted"
        return
    found = lab.result(f"{line} | select deck | uniq")
    assert found == [{"deck": deck}], line


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("tag", TAGS)
def test_tags(lab: Lab, world: World, tag: str, opening: str) -> None:
    line = inserted(opening.format("tag:"), tag, world)
    if line is None:
        assert "'" in tag
        return
    found = lab.result(f"{line} | select Front")
    assert found == [{"Front": f"tag {TAGS.index(tag)}"}], line
