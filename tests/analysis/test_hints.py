"""Hints while a line is written: the signature at the cursor (⌶), and the first mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.analysis import core
from ankish.analysis.hints import hint_at, problem_at
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.catalog.types import INT
from ankish.diagnostics.model import Source, Span
from ankish.syntax.parser import parse
from tests.support.collection import snapshot
from tests.support.completions import CASES, LINES

WORLD = snapshot()


def signature(text: str) -> str:
    """The signature at the ⌶, the current parameter in <>; empty if there is none."""
    cursor = text.index("⌶")
    hint = hint_at(text.replace("⌶", ""), cursor, WORLD, SHELL_WORDS)
    if hint is None:
        return ""
    return "".join(f"<{part}>" if current else part for part, current in hint.parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("find x | changeDeck ⌶", "cards | changeDeck <deck> [--create]"),
        ("find x | changeDeck Spa⌶", "cards | changeDeck <deck> [--create]"),
        ('find x | changeDeck "Spa⌶', "cards | changeDeck <deck> [--create]"),
        ("find x | changeDeck Spanish ⌶", "cards | changeDeck deck [--create]"),
        ("find x | changeDeck --create ⌶", "cards | changeDeck <deck> [--create]"),
        ("find x | first count=⌶", "items | first <[count]>"),
        ("changeDeck ⌶", "cards | changeDeck <cards> deck [--create]"),
        ("changeDeck⌶", "cards | changeDeck deck [--create]"),
        ("changeDe⌶", ""),
        ("getIntervals [1] --⌶", "cards | getIntervals <[--complete]>"),
        ("find is:⌶", "find <query>"),
        ("find tag:a is:⌶", "find <query>"),
        ("explain find is:⌶", "find <query>"),
        ("help ⌶", "help <[topic]>"),
        ("find x | where ⌶", "where"),
        ("find x | where trim(⌶", "trim(<text>)"),
        ("find x | where replace(Front, 'a', ⌶", "replace(text, pattern, <with>, [--regex])"),
        ("find x | where replace(Front, regex=⌶", "replace(text, pattern, with, <[--regex]>)"),
        ("find x | where case(a, b, c, ⌶", "case(<condition>, …)"),
        ("addNote {deckName: ⌶", "note | addNote <note>"),
        ("suspend (find is:⌶", "find <query>"),
        ("nonsense ⌶", ""),
        ("# find ⌶", ""),
        ("macro m(d: deck) { print $d }\nm ⌶", "m <d>"),
    ],
)
def test_signature(text: str, expected: str) -> None:
    assert signature(text) == expected


def problem(text: str) -> str | None:
    cursor = text.index("⌶")
    found = problem_at(text.replace("⌶", ""), cursor, WORLD)
    return found.code if found else None


@pytest.mark.parametrize(
    "text",
    [
        "⌶",
        "f⌶",
        "find x | susp⌶",
        "find x | changeDeck ⌶",
        "find x | changeDeck Spa⌶",
        "find x | where laps⌶",
        "find x | where lapses >⌶",
        "find x |⌶",
        "find x | ⌶",
        'find "is:su⌶',
        "find is:su⌶",
        "let x =⌶",
        "if 1 < 2 {⌶",
        "addNote {⌶",
        "find x | changeDeck Spanish⌶",
        "print (find x⌶",
    ],
)
def test_what_is_being_written_is_no_mistake(text: str) -> None:
    assert problem(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("findd x | ⌶", "name::command"),
        ("findd x | count⌶", "name::command"),
        ("find x | changeDeck Spansh | cou⌶", "name::deck"),
        ("find x | changeDeck Spansh ⌶", "name::deck"),
        ("find x || cou⌶", "syntax::double-pipe"),
        ("⌶findd x", "name::command"),
        ("find x | cha⌶ngeDek Spanish", "name::command"),
        ("find is:susp | cou⌶", "search::is"),
        ("print $nothing | cou⌶", "name::variable"),
    ],
)
def test_what_is_behind_is_one(text: str, code: str) -> None:
    assert problem(text) == code


def test_variables_and_macros_of_earlier_lines_are_known() -> None:
    binding = core.Binding("n", core.Flow(INT), Span(0, 0))
    program = parse(Source("", "macro greet(who: text) { print $who }")).program
    text = "greet you; print $n; nothing; "
    assert problem_at(text, len(text), WORLD, (binding,), (program,)).code == "name::command"  # type: ignore[union-attr]
    good = "greet you; print $n; "
    assert problem_at(good, len(good), WORLD, (binding,), (program,)) is None


@given(st.one_of(LINES, st.sampled_from([case.replace("⌶", "") for case in CASES])), st.data())
def test_any_text_and_cursor(text: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(text)))
    hint_at(text, cursor, WORLD, SHELL_WORDS)
    problem_at(text, cursor, WORLD)
