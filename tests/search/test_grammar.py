"""The grammar has no conflict and no two terminals that could take the same text."""

from __future__ import annotations

from ankish.syntax.grammar import load


def test_lark_finds_nothing_in_strict_mode() -> None:
    load("search", strict=True, maybe_placeholders=False)
