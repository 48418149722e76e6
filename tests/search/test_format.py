"""The canonical form of a search."""

from __future__ import annotations

import pytest

from ankish.syntax.search import format_search
from tests.search.support import parsed


@pytest.mark.parametrize(
    ("search", "formatted"),
    [
        ("", ""),
        ("   ", ""),
        ("  a\t b ", "a b"),
        ("a AND b", "a b"),
        ("a OR b", "a or b"),
        ("((a)) (b c)", "a b c"),
        ("(a or b) c", "(a or b) c"),
        ("a b or c d", "(a b) or (c d)"),
        ("(a or b) or c", "a or b or c"),
        ("-(a)", "-a"),
        ("-(a b)", "-(a b)"),
        ("-(-a)", "-(-a)"),
        ("--a", '-"-a"'),
        ('"deck:My deck"', 'deck:"My deck"'),
        ('deck:"Spanish"', "deck:Spanish"),
        ('DECK:"Spanish"', "deck:Spanish"),
        ('"Sentence Audio:x"', '"Sentence Audio:x"'),
        ('"or"', '"or"'),
        ('"a"b', "a b"),
        ("a\\(b\\)", '"a(b)"'),
        ("a\\-b", "a-b"),
        ("\\-b", '"-b"'),
        ("a\\\\-b", "a\\\\-b"),
        ("a\\*b", "a\\*b"),
        ('"re:(a|b)"', 're:"(a|b)"'),
        ("re:\\(a", 're:"\\(a"'),
        ("-sc:x", "-sc:x"),
        ("-(sc:x)", "-(sc:x)"),
        ("deck:${} or ${}", "deck:${0} or ${1}"),
        ('"日本\u3000語"', '"日本 語"'),
    ],
)
def test_canonical(search: str, formatted: str) -> None:
    assert format_search(parsed(search)) == formatted


def test_names_stand_in_the_holes() -> None:
    assert format_search(parsed('"deck:${}"  ${}'), ["${d}", "$x"]) == "deck:${d} $x"
