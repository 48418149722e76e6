"""The grammar has no conflict and no two terminals that could take the same text."""

from __future__ import annotations

from ankish.syntax.grammar import grammar_text
from ankish.syntax.tablemaker import parser


def test_lark_finds_nothing_in_strict_mode() -> None:
    parser(grammar_text("search"), strict=True)
