"""What each piece of a text is coloured as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.analysis.colouring import pieces
from ankish.catalog.commands import COMMANDS
from ankish.catalog.shellwords import SHELL_WORDS
from tests.support.completions import LINES

ALL = {**COMMANDS, **SHELL_WORDS}


def kinds(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in pieces(text, ALL)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("find x | count", "find:command x:word |:pipe count:command"),
        ("fin", "fin:command"),
        ("fin x", "fin:unknown x:word"),
        ("xyz", "xyz:unknown"),
        ("find where", "find:command where:word"),
        ("$x | where lapses > 4", "$x:variable |:pipe where:verb lapses:name >:operator 4:number"),
        ("getTags # all", "getTags:command # all:comment"),
        ("print 'abc", "print:command 'abc:string"),
        (
            'print "a${$b}"',
            'print:command ":string a:string ${:variable $b:variable }:bracket ":string',
        ),
        ("changeDeck x --create", "changeDeck:command x:word --create:parameter"),
        ("changeDeck deck=x", "changeDeck:command deck=:parameter x:word"),
        ("let x = trim(1)", "let:keyword x:name =:operator trim(:function 1:number ):bracket"),
        ("nothere(1)", "nothere(:unknown 1:number ):bracket"),
        ("print true )", "print:command true:word ):wrong"),
        ("explain find x", "explain:command find:command x:word"),
        (
            "macro m() { 1 }\nm ",
            "macro:keyword m:name (:bracket ):bracket {:bracket 1:number }:bracket m:command",
        ),
    ],
)
def test_kinds(text: str, expected: str) -> None:
    assert " ".join(f"{piece}:{kind}" for piece, kind in kinds(text)) == expected


@given(st.one_of(LINES, st.text(max_size=30)))
def test_pieces_lie_side_by_side(text: str) -> None:
    at = 0
    for start, end, _ in pieces(text, ALL):
        assert at <= start < end <= len(text)
        assert text[start:end].strip()
        at = end
    uncovered = text
    for start, end, _ in reversed(pieces(text, ALL)):
        uncovered = uncovered[:start] + uncovered[end:]
    assert not uncovered.replace("\ufeff", "").strip(), "only white space has no colour"
