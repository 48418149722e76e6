"""`help`: all of it can be had, within the width, and says what the catalog says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ankish.analysis.help import help_text
from ankish.analysis.topics import FURTHER, SEARCHED
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.rowverbs import ROW_ARGUMENTS
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.diagnostics.model import AnkishError
from ankish.syntax.search.keywords import KEYWORDS, PROPERTIES, STATES
from tests.conftest import Goldens
from tests.support.lab import Lab, embedded_lab


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with embedded_lab() as made:
        yield made


ALL = {**COMMANDS, **SHELL_WORDS}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ALL)
def test_a_command(name: str) -> None:
    command = ALL[name]
    text = help_text(name, ALL, 80)
    assert text.splitlines()[0] == command.signature
    said = squeezed(text)
    for fact in (command.doc, command.undo or "", command.why or "", command.quirk or ""):
        assert squeezed(fact) in said or (fact == command.why and command.undo)
    for param in command.params:
        assert param.name in said
        assert squeezed(param.doc) in said
    for example in command.examples:
        assert f"\n  {example.line}" in text


@pytest.mark.parametrize("name", [*ROW_VERBS, *FUNCTIONS])
def test_a_verb_or_function(name: str) -> None:
    assert "for example:" in help_text(name, ALL, 80)


@pytest.mark.parametrize("width", [40, 80, 100])
def test_it_fits_the_width_but_for_examples(width: int) -> None:
    texts = [help_text(name, ALL, width) for name in ALL if name not in SHELL_WORDS]
    for text in texts:
        body, _, _ = text.partition("\nfor example:")
        body, _, _ = body.partition("\nexamples:")
        assert max(len(line) for line in body.splitlines()[1:]) <= width


def test_everything_is_named() -> None:
    words = help_text("commands", ALL, 80).replace("(", " ").split()
    assert set(words) >= {*COMMANDS, *ROW_VERBS, *FUNCTIONS}


def test_where_to_begin_fits_a_screen() -> None:
    lines = help_text(None, ALL, 80).splitlines()
    assert len(lines) <= 23 and max(map(len, lines)) <= 80
    for topic, _ in FURTHER:
        if topic.startswith("help ") and "…" not in topic:
            assert help_text(topic.removeprefix("help "), ALL, 80)


def test_searches() -> None:
    text = help_text("searches", ALL, 80)
    said = squeezed(text)
    for keyword in KEYWORDS.values():
        assert f"\n  {keyword.name}:" in text and squeezed(keyword.doc) in said
    for name in (*STATES, *PROPERTIES):
        assert f"\n  {name} " in text
    assert max(map(len, text.partition("\nexamples:")[0].splitlines())) <= 80


@pytest.mark.parametrize("line", SEARCHED)
def test_the_searches_of_the_help_are_searches_that_find_something(line: str, lab: Lab) -> None:
    assert line in help_text("searches", ALL, 80)
    (count,) = lab.results(f"{line} | count")
    assert count > 0


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("clozes", "cloze(text"),
        ("bury", "buryCards"),
        ("lapses", "prop:"),
        ("resched", "prop:resched"),
    ],
)
def test_what_there_is_about_a_word(word: str, told: str) -> None:
    text = help_text(word, ALL, 80)
    assert text.startswith(f"`{word}` is no command; these are about it:")
    assert told in text


def test_a_family_lists_its_commands() -> None:
    text = help_text("decks", ALL, 80)
    assert [line.split()[0] for line in text.splitlines() if line[2] != " "] == [
        command.name for command in COMMANDS.values() if command.family == "decks"
    ]


def test_a_message() -> None:
    assert "Anki makes a deck of any name" in help_text("name::deck", ALL, 80)
    assert help_text("error[name::deck]", ALL, 80) == help_text("name::deck", ALL, 80)


@pytest.mark.parametrize("topic", ["suspnd", "no::such", "", "  "])
def test_what_there_is_not(topic: str) -> None:
    if not topic.strip():
        assert help_text(topic.strip(), ALL, 80) == help_text(None, ALL, 80)
        return
    with pytest.raises(AnkishError) as caught:
        help_text(topic, ALL, 80)
    assert caught.value.diagnostics[0].code in ("shell::topic", "help::code")


def test_as_it_is_shown(golden: Goldens) -> None:
    for topic in ("changeDeck", "replace", "where", "suspend"):
        golden(f"help/{topic}", help_text(topic, ALL, 80))


@pytest.mark.parametrize("verb", ROW_VERBS)
def test_what_follows_a_verb_of_the_language_is_told(verb: str) -> None:
    said = help_text(verb, COMMANDS)
    for name, doc in ROW_ARGUMENTS[verb].items():
        assert name in said and doc.split()[0] in said
