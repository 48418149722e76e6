"""The short look after a write says what the long one would, and no more than is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.protocol import Request
from ankish.runtime.inverse.model import Backend
from ankish.runtime.inverse.table import lookup
from ankish.runtime.journal import records as r
from ankish.runtime.journal.merge import same
from tests.support.journal import Desk, http_desk


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    """The sample collection behind AnkiConnect's manners."""
    with http_desk(tmp_path / "journal") as made:
        yield made


def written(anki: Desk) -> list[r.Write]:
    """The writes of the latest run."""
    with_store = anki.store()
    [run] = with_store.runs(1)
    found = [write for sent in with_store.sent(run) for write in sent.writes]
    with_store.close()
    return found


def as_now(anki: Desk, write: r.Write) -> list[Any]:
    """What the long look says of a write."""
    inverse = lookup(write.action, Backend.ANKICONNECT)
    assert inverse is not None and write.before is not None
    reads = inverse.again(write.params, write.before)
    return [anki.ask(read.action, **read.params) for read in reads]


def ordered(answers: list[Any] | None) -> list[Any]:
    """Answers without the order of ids, which means nothing."""
    return [
        {deck: sorted(cards) for deck, cards in each.items()}
        if isinstance(each, dict)
        else sorted(each)
        for each in answers or []
    ]


def add_many(anki: Desk) -> None:
    """So many notes that their ids are rather not in a search; others have the tag too."""
    notes = [
        {
            "deckName": "Default",
            "modelName": "Basic",
            "fields": {"Front": f"many {n}", "Back": "b"},
            "tags": ["other"] if n < 700 else ["other", "aside"],
        }
        for n in range(800)
    ]
    anki.ask("addNotes", notes=notes)


PROGRAMS = (
    "find tag:leech | addTags fresh",
    "find tag:leech | addTags leech",
    'find tag:leech | addTags "fresh a::b"',
    "find tag:leech | removeTags leech",
    "find tag:leech | removeTags nowhere",
    "find 'tag:other -tag:aside' | addTags aside",
    "find tag:other | removeTags aside",
    "find tag:other | replaceTags aside apart",
    'find tag:leech | changeDeck "Spanish"',
    'find deck:Spanish | changeDeck "New::Below" --create',
    'find deck:Spanish | changeDeck "spanish::verbs" --create',
    'find deck:Spanish | changeDeck "a_b*c (\\"d\\")" --create',
)


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_kept_of_after_is_what_the_long_look_says(anki: Desk, program: str) -> None:
    add_many(anki)
    before = anki.content()
    anki.result(program)
    [write] = written(anki)
    assert ordered(write.after) == ordered(as_now(anki, write))
    assert write.verdict is not None and write.verdict.state == "done"
    anki.result("undo")
    assert anki.content() == before


@pytest.mark.parametrize("kind", ["addTags", "removeTags", "changeDeck"])
def test_ids_that_do_not_exist_are_found_by_the_long_look(anki: Desk, kind: str) -> None:
    add_many(anki)
    notes, cards = anki.ask("findNotes", query="tag:other"), anki.ask("findCards", query="is:due")
    gone = 1700000000000
    if kind == "changeDeck":
        anki.run(f"changeDeck {[*cards, gone]} Spanish")
    else:
        anki.run(f"{kind} {[*notes, gone]} aside")
    [problem] = anki.problems
    assert problem.code == "journal::stopped-short"
    assert str(gone) in f"{problem.message} {problem.notes}"
    [write] = written(anki)
    assert write.verdict is not None and write.verdict.missing == (gone,)
    assert same(ordered(write.after), ordered(as_now(anki, write)))


def test_cards_of_a_filtered_deck_are_not_where_they_seem(anki: Desk) -> None:
    """`deck:` finds a card of a filtered deck by its home as well."""
    anki.ask("createFilteredDeck", deck="Cram", query="deck:Spanish", limit=50)
    home = anki.ask("findCards", query="deck:Spanish deck:filtered")
    assert home
    anki.run("find 'deck:Spanish deck:filtered' | changeDeck Spanish")
    [write] = written(anki)
    assert ordered(write.after) == ordered(as_now(anki, write))


def test_a_tag_that_anki_did_not_add_is_told(anki: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a note that is open in Anki's browser loses an edit."""
    spared = anki.ask("findNotes", query="tag:leech")[0]
    send = type(anki.client).multi

    def multi(self: Any, requests: Any) -> Any:
        return send(
            self, [without(each) if each.action == "addTags" else each for each in requests]
        )

    def without(adding: Request) -> Request:
        left = [note for note in adding.params["notes"] if note != spared]
        return Request("addTags", {**adding.params, "notes": left})

    monkeypatch.setattr(type(anki.client), "multi", multi)
    anki.run("find tag:leech | addTags fresh")
    [problem] = anki.problems
    assert problem.code == "journal::stopped-short"
    assert str(spared) in f"{problem.message} {problem.notes}"
