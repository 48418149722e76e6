"""A short search for texts that break reading or layout, and that the search finds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ankish.diagnostics.model import Source
from ankish.syntax.parser import parse
from tests.support import fuzz
from tests.support.examples import examples


def reports(texts: list[str], checks: list[Callable[[str], None]]) -> tuple[int, str]:
    """How many texts are broken, and what is said of them."""
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fuzz, "CHECKS", checks)
        return fuzz.search(texts, said.append), "\n".join(said)


def test_random_texts() -> None:
    said: list[str] = []
    assert fuzz.search(fuzz.random_texts(7, 800), said.append) == 0, said


def test_prefixes_of_every_example() -> None:
    said: list[str] = []
    prefixes = (text[:end] for text in examples().values() for end in range(0, len(text), 7))
    assert fuzz.search(prefixes, said.append) == 0, said


def test_texts_that_broke_it_once() -> None:
    texts = ["macro m(a:t\n,##c\ne:t){}", "if t{let t=a}else\tifnot-$e{}", "if not-$e{}"]
    said: list[str] = []
    assert fuzz.search(texts, said.append) == 0, said


def test_what_breaks_is_found_and_cut_down() -> None:
    def check(text: str) -> None:
        assert "|" not in text, "a pipe"

    broken, said = reports(["find x", "find deck:Spanish | count", "a"], [check])
    assert broken == 1
    assert "broken: '|'" in said
    assert "a pipe" in said
    assert "3 texts" in said


def test_what_is_too_slow_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "SECONDS", 1)

    def check(text: str) -> None:
        while "slow" in text:
            pass

    broken, said = reports(["fine", "slow"], [check])
    assert broken == 1
    assert "Slow" in said


def test_the_same_seed_gives_the_same_texts() -> None:
    assert list(fuzz.random_texts(5, 50)) == list(fuzz.random_texts(5, 50))
    assert len(set(fuzz.random_texts(5, 500))) > 450


def test_what_needs_no_collection_is_tried() -> None:
    """Enough of the texts are programs that can be planned, and enough have mistakes."""
    texts = list(fuzz.random_texts(6, 400))
    right = sum(not parse(Source("fuzz.ank", text)).diagnostics for text in texts)
    assert 100 < right < 300
