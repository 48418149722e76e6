"""What users see of a diagnostic, in each form."""

from __future__ import annotations

import io
import json
import os
import re
import unicodedata

import pyte
import pytest

from ankish.diagnostics.model import Diagnostic, Label, Severity, Source, Span
from ankish.diagnostics.render import FORMS, Form, render, summary, wants_colour
from tests.conftest import Goldens
from tests.diagnostics.cases import CASES, DEK, at, case
from tests.support.work import work

SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", FORMS)
def test_golden(name: str, form: Form, golden: Goldens) -> None:
    golden(f"diagnostics/{name}.{form}", render(CASES[name], form))


def test_colours(golden: Goldens) -> None:
    text = render(CASES["input"] + CASES["secondary-only"], colour=True)
    golden("diagnostics/colours", text.replace("\x1b", "␛"))


@pytest.mark.parametrize("name", CASES)
def test_colours_change_nothing_else(name: str) -> None:
    coloured = render(CASES[name], colour=True)
    assert coloured != render(CASES[name])
    assert SGR.sub("", coloured) == render(CASES[name])


def test_the_two_examples_of_the_language_design() -> None:
    assert render(CASES["parameter"]) == (
        'error[name::parameter]: changeDeck has no parameter "dek"\n'
        " --> tidy.ank:3:30\n"
        "  |\n"
        '3 | find deck:Inbox | changeDeck dek="Japanese"\n'
        "  |                              ^^^\n"
        "  = help: a parameter with a similar name exists: deck\n"
        "  = note: changeDeck(cards, deck) moves cards to a deck"
    )
    assert render(CASES["input"]) == (
        "error[type::input]: addTags changes notes, but it was given decks\n"
        " --> tidy.ank:7:13\n"
        "  |\n"
        "7 | deckNames | addTags seen\n"
        "  | ---------   ^^^^^^^ needs notes or cards\n"
        "  | |\n"
        "  | this gives decks\n"
        '  = help: start from find "deck:…"'
    )


@pytest.mark.parametrize(
    "before",
    ["", "日本語", "\t", "a\t\tb", "e\u0301", "ｱ가", "한\t字 x", "Ünïcödé", "שלום"],
)
@pytest.mark.parametrize("word", ["boom", "漢字", "e\u0301e\u0301"])
def test_carets_stand_under_the_word_on_a_terminal(before: str, word: str) -> None:
    """Asks a terminal emulator. Marks of no width it does not know stand in a golden file."""
    line = f"{before} {word}; x"
    screen = pyte.Screen(100, 10)
    pyte.Stream(screen).feed(render([case(line, at(line, word))]).replace("\n", "\r\n"))

    cells = [screen.buffer[3][column].data for column in range(100)]
    carets = [column for column in range(100) if screen.buffer[4][column].data == "^"]
    under = "".join(cells[column] for column in carets)
    assert under == unicodedata.normalize("NFC", word)
    assert carets == list(range(carets[0], carets[-1] + 1))


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_excerpts_keep_to_the_width(width: int) -> None:
    line = f"{'字' * 300}BAD{'字' * 300}"
    excerpt = render([case(line, at(line, "BAD"))], width=width).splitlines()[3]
    screen = pyte.Screen(1000, 1)
    pyte.Stream(screen).feed(excerpt)
    assert screen.cursor.x <= width
    assert "字BAD字" in excerpt
    assert excerpt.startswith("1 | …")
    assert excerpt.endswith("…")


def test_a_line_is_cut_only_if_it_must_be() -> None:
    line = "x" * 96
    assert "…" not in render([case(line, at(line, line))], width=100)
    assert "…" in render([case(line + "x", at(line, "x"))], width=100)


def test_summary() -> None:
    assert summary(CASES["several"]) == "2 errors, 1 warning, 1 hint"
    assert summary(CASES["input"]) == "1 error"
    assert render(CASES["several"]).endswith("\n\n2 errors, 1 warning, 1 hint")
    assert "1 error" not in render(CASES["input"])
    assert [render([], form) for form in FORMS] == ["", "", ""]


def test_json_keeps_every_fact() -> None:
    (line,) = render(CASES["parameter"], "json").splitlines()
    place = {"start": 40, "end": 43, "line": 3, "column": 30, "end_line": 3, "end_column": 33}
    assert DEK[40:43] == "dek"
    assert json.loads(line) == {
        "code": "name::parameter",
        "severity": "error",
        "message": 'changeDeck has no parameter "dek"',
        "source": "tidy.ank",
        "labels": [{**place, "text": "", "primary": True}],
        "helps": ["a parameter with a similar name exists: deck"],
        "notes": ["changeDeck(cards, deck) moves cards to a deck"],
        "fix": {**place, "text": "deck"},
    }


def test_places_outside_the_text_are_taken_for_its_ends() -> None:
    found = case("find\n", Label(Span(90, 99)), Label(Span(-5, 2)))
    first, second = json.loads(render([found], "json"))["labels"]
    assert (first["start"], first["end"], first["line"], first["column"]) == (5, 5, 2, 1)
    assert (second["start"], second["end"], second["line"], second["column"]) == (0, 2, 1, 1)


def test_json_is_a_line_for_each() -> None:
    lines = render(CASES["several"], "json").splitlines()
    assert [json.loads(line)["message"] for line in lines] == ["first", "second", "third", "fourth"]


def test_a_huge_line_costs_little() -> None:
    """One line of 5 MB, as a note with a picture in it may be; reads only what is shown."""

    def look(size: int) -> None:
        label = Label(Span(size, size + 3))
        source = Source("x", "字" * size + "BAD")
        assert "BAD" in render([Diagnostic("a::b", Severity.ERROR, "m", (label,), source=source)])

    look(5_000)
    assert work(lambda: look(5_000_000)) == work(lambda: look(5_000))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_wants_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as terminal, os.fdopen(master):
        assert wants_colour(terminal)
        for name, value, wanted in [
            ("NO_COLOR", "1", False),
            ("NO_COLOR", "", True),
            ("TERM", "dumb", False),
        ]:
            with monkeypatch.context() as patch:
                patch.setenv(name, value)
                assert wants_colour(terminal) is wanted
    assert not wants_colour(terminal), "a closed stream"
    assert not wants_colour(io.StringIO())
    assert wants_colour(Terminal())
