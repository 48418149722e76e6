"""Texts are read as lark itself reads them: the same tokens, trees, and places of mistakes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import lark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ankish.syntax import grammar, tablemaker
from ankish.syntax.concrete import Node, Token
from ankish.syntax.driver import Driver, Unexpected
from tests.support.examples import all_programs

PROGRAMS = list(all_programs().values())
PIECES = [*"(){}[]|$\"'`;,:=.+-*/<>#!?\\\n ", "find", "where", "let", "if", "else", "not", "in"]
PIECES += ["x", "1.5", "--yes", "name:", "$x", "${", '"""', "'''", "or", "AND", "deck:", "re:", "é"]


@lru_cache
def oracle(name: str) -> lark.Lark:
    """Lark's own parser of a grammar."""
    return tablemaker.parser(grammar.grammar_text(name), **grammar.OPTIONS[name])


@lru_cache
def tables(name: str) -> Any:
    """Our tables of it."""
    return grammar.load(name)


def by_lark(name: str, text: str) -> object:
    """What lark makes of a text: its tree, or where it stops, at which token, and what could be
    there.
    """
    parser: Any = oracle(name).parse_interactive(text)
    try:
        for token in parser.lexer_thread.lex(parser.parser_state):
            parser.feed_token(token)
        return plain(parser.feed_eof())
    except lark.UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else error.token.start_pos
        return at, error.token.type, str(error.token), parser.accepts() - {"$END"}
    except lark.UnexpectedCharacters as error:
        return error.pos_in_stream, None, None, parser.accepts() - {"$END"}


def plain(node: Any) -> object:
    """A tree of lark's as plain data."""
    if isinstance(node, lark.Token):
        return node.type, str(node), node.start_pos, node.end_pos
    return str(node.data), [plain(child) for child in node.children]


def by_us(name: str, text: str) -> object:
    """The same of ours."""
    driver = Driver(tables(name), text)
    try:
        for token in driver.tokens():
            driver.feed(token)
        return ours(driver.finish())
    except Unexpected as error:
        found = driver.misplaced() if error.token is None else error.token
        kind, piece = (None, None) if found is None else (found.type, str(found))
        return error.at, kind, piece, driver.accepts() - {"$END"}


def ours(node: Node) -> object:
    """A tree of ours as plain data."""
    if isinstance(node, Token):
        return node.type, str(node), node.start, node.end
    return node.data, [ours(child) for child in node.children]


@pytest.mark.parametrize("text", PROGRAMS, ids=list(all_programs()))
def test_programs(text: str) -> None:
    found = by_us("ankish", text)
    assert found == by_lark("ankish", text)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("")
@example("\n")
@example("find | | x")
@example("let let = 1")
def test_random_texts(text: str) -> None:
    assert by_us("ankish", text) == by_lark("ankish", text)


@given(st.sampled_from(PROGRAMS), st.data())
def test_programs_that_end_early_or_have_something_more(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    more = data.draw(st.sampled_from(["", *PIECES]))
    changed = text[:at] + more + (text[at:] if data.draw(st.booleans()) else "")
    assert by_us("ankish", changed) == by_lark("ankish", changed)


@given(st.lists(st.sampled_from([*PIECES, " ", "deck:a", "(", ")", "-"]), max_size=20).map("".join))
@example("a OR b and not c")
@example('"open')
def test_searches(text: str) -> None:
    assert by_us("search", text) == by_lark("search", text)
