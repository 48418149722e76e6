"""What is only known when a program runs is held against what a parameter takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ankish.diagnostics.model import AnkishError, Diagnostic
from ankish.runtime.target import ClientTarget
from tests.support.lab import Lab


def failure(lab: Lab, data: Any, program: str) -> Diagnostic:
    """What stops a program that has `data` in `$d`."""
    text = f"let d = '{json.dumps(data)}' | from json\n{program}"
    with pytest.raises(AnkishError) as caught:
        lab.results(text)
    assert len(caught.value.diagnostics) == 1
    return caught.value.diagnostics[0]


@pytest.mark.parametrize(
    ("data", "program", "message", "place"),
    [
        ([], "createDeck $d", "createDeck wants a deck for deck, but it was given a list", "$d"),
        (
            [{"deckName": "Default"}],
            "addNotes $d",
            "addNotes wants `modelName` in notes.0",
            "$d",
        ),
        (
            {"Front": ["a"]},
            'addNote {deckName: "Default", modelName: "Basic", fields: {Front: $d.Front}}',
            "addNote wants a text for note.fields.Front, but it was given a list",
            "$d.Front",
        ),
        (
            {"deckName": "Default", "modelName": "Basic", "fields": {}, "tagss": []},
            "addNote $d",
            "addNote knows no `tagss` in note",
            "$d",
        ),
        ({"n": "x"}, "suspend $d.n", "'x' is not the id of a card or a note", "$d.n"),
        ({"n": 1.5}, "suspend $d.n", "1.5 is not the id of a card or a note", "$d.n"),
        (["a", {}], "addTags [1] $d", "addTags wants a tag for tags.1, but it was given a record", "$d"),
        ({"p": [1]}, "open $d.p", "open wants a path for path, but it was given a list", "$d.p"),
        ({"n": "3"}, "[1] | first $d.n", "first wants a whole number for count, but it was given a text", "$d.n"),
        (
            {"n": "3"},
            "macro m(x: int) { print $x }; m $d.n",
            "m wants a whole number for x, but it was given a text",
            "$d.n",
        ),
        (
            [{"a": 1}],
            "macro m(x: list<text>) { $x | count }; $d | m",
            "m wants a text for x.0, but it was given a record",
            "m",
        ),
        ({"f": "xml"}, "[1] | to $d.f", 'format can\'t be "xml"', "$d.f"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_before_it_is_sent(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, data: Any, program: str, message: str, place: str
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(ClientTarget, "exchange", lambda self, actions: sent.extend(actions))
    problem = failure(lab, data, program)
    assert problem.message == message
    assert problem.span is not None and problem.source is not None
    assert problem.source.text[problem.span.start : problem.span.end] == place
    assert sent == []


def test_what_loses_nothing_is_converted(lab: Lab) -> None:
    card = min(lab.ids("deck:Spanish -is:suspended"))
    data = {"tags": ["one", "two"], "deck": 2024, "id": float(card), "text": str(card)}
    lab.results(
        f"let d = '{json.dumps(data)}' | from json\n"
        "suspend $d.id\n"
        "cards $d.text | addTags $d.tags\n"
        "createDeck $d.deck"
    )
    assert lab.ids("is:suspended tag:one tag:two") == {card}
    assert "2024" in lab.ask("deckNames")


def test_ids_out_of_a_table_of_texts(lab: Lab, tmp_path: Path) -> None:
    cards = sorted(lab.ids("deck:Spanish -is:suspended"))[:3]
    path = tmp_path / "cards.csv"
    path.write_text("cardId,why\n" + "".join(f"{card},hard\n" for card in cards))
    lab.results(f'open "{path}" | suspend')
    assert set(cards) <= lab.ids("is:suspended")
