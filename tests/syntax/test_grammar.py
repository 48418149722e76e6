"""The grammar is sound, and messages speak of what is in it."""

from __future__ import annotations

from ankish.syntax import expected, grammar, lexing, reading, tablemaker


def test_lark_finds_no_conflict_and_no_collision() -> None:
    text, options = grammar.grammar_text("ankish"), grammar.OPTIONS["ankish"]
    strict = tablemaker.parser(text, strict=True, **options)
    assert strict.parse("find deck:Spanish | count").data == "start"


def test_the_names_in_messages_are_terminals() -> None:
    terminals = {*reading.grammar().terminals, "$END"}
    assert set(expected.WORDS) <= terminals
    assert terminals >= expected.VALUES | expected.OPERATORS
    assert terminals >= lexing.OPENING | lexing.CLOSING | set(lexing.STRINGS)
