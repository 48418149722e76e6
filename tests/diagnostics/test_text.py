"""Words for messages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.diagnostics.nearest import nearest
from ankish.diagnostics.text import counted, harmless, listed

anything = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ✓ 日本語 שלום", "plain ✓ 日本語 שלום"),
        ("\x1b[31mred\x1b]0;title\x07", "␛[31mred␛]0;title␇"),
        ("a\nb\tc\rd\0\x7f", "a␊b␉c␍d␀␡"),
        ("\x9b31m\x85", "�31m�"),
        ("\u202eabc\u202c \u2066x\u2069", "�abc� �x�"),
        ("a\u2028b\u2029c", "a␤b␤c"),
        ("\ud83d half", "� half"),
        ("👩\u200d👧 e\u0301 \u200e\u00ad", "👩\u200d👧 e\u0301 \u200e\u00ad"),
    ],
)
def test_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_harmless_keeps_what_it_is_told_to() -> None:
    assert harmless("a\nb\tc\x1b", keep="\n") == "a\nb␉c␛"
    assert harmless("a\nb\tc\x1b", keep="\n\t") == "a\nb\tc␛"


@given(anything)
def test_harmless_changes_characters_one_to_one(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert harmless(shown) == shown
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    shown.encode()


def test_listed() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b"]) == "`a` or `b`"
    assert listed(["a", "b", "c"], "and") == "`a`, `b` and `c`"
    assert listed(word for word in "ab") == "`a` or `b`"


def test_counted() -> None:
    assert [counted(n, "card") for n in (0, 1, 2)] == ["0 cards", "1 card", "2 cards"]
    assert [counted(n, "reply", "replies") for n in (1, 2)] == ["1 reply", "2 replies"]


def test_nearest() -> None:
    decks = ["Japanese", "Japanese::N3", "Spanish", "Default"]
    assert nearest("Japanse", decks)[0] == "Japanese"
    assert nearest("SPANISH", decks) == ["Spanish"]
    assert nearest("Spansh", decks, limit=1) == ["Spanish"]
    assert nearest("xyz", decks) == []
    assert nearest("", []) == []
