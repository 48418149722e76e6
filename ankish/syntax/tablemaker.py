"""Has lark make the tables of a grammar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import lark
from lark import lexer
from lark.parsers.lalr_analysis import Shift

from ankish.syntax.tables import Rule, Tables


def make(text: str, **options: Any) -> Tables:
    """The tables of the parser that lark makes of a grammar; for `options` see `parser`."""
    return read_off(parser(text, **options))


def parser(
    text: str,
    *,
    everywhere: Sequence[str] = (),
    keep_all_tokens: bool = False,
    strict: bool = False,
) -> lark.Lark:
    """The parser that lark makes of a grammar: LALR(1) with the contextual lexer.

    * **everywhere** - terminals that are found also where the parser wants none.
    * **keep_all_tokens** - whether signs and words of the grammar stay in the tree.
    * **strict** - have lark refuse every conflict and collision; slow, and for the tests.
    """
    options: dict[str, Any] = {
        "parser": "lalr",
        "maybe_placeholders": False,
        "keep_all_tokens": keep_all_tokens,
        "postlex": _Everywhere(everywhere) if everywhere else None,
    }
    if strict:
        return lark.Lark(text, strict=True, **options)
    with _unchecked():
        return lark.Lark(text, **options)


class _Everywhere:
    """Lark's hook between lexer and parser, for what it says to the lexer."""

    def __init__(self, terminals: Sequence[str]) -> None:
        self.always_accept = terminals

    def process(self, stream: Iterator[Any]) -> Iterator[Any]:
        return stream


@contextmanager
def _unchecked() -> Iterator[None]:
    """Where the library `interegular` is installed, lark compares each two terminals with it, for
    two seconds, and only warns. The tests have it done, by `strict`; a start has no need of it.
    """
    kept, lexer.has_interegular = lexer.has_interegular, False
    try:
        yield
    finally:
        lexer.has_interegular = kept


def read_off(parser: lark.Lark) -> Tables:
    """What a parser of lark's knows, as plain data."""
    reading: Any = parser.parse_interactive("")
    table = reading.parser_state.parse_conf
    lexing = reading.lexer_thread.lexer
    lexing = getattr(lexing, "lexer", lexing)  # with lark's `postlex`, or without

    numbers = {state: number for number, state in enumerate(sorted(table.states))}
    rules = {id(rule): number for number, rule in enumerate(parser.rules)}
    steps = [
        {
            symbol: numbers[to] if action is Shift else -1 - rules[id(to)]
            for symbol, (action, to) in sorted(table.states[state].items())
        }
        for state in numbers
    ]
    lexers = [lexing.lexers[state] for state in numbers] + [lexing.root_lexer]
    distinct = list({id(each): each for each in lexers}.values())
    places = {id(each): number for number, each in enumerate(distinct)}
    return Tables(
        start=numbers[table.start_state],
        end=numbers[table.end_state],
        steps=steps,
        rules=[_rule(rule) for rule in parser.rules],
        terminals={each.name: each.pattern.to_regexp() for each in parser.terminals},
        ignored=sorted(lexing.root_lexer.ignore_types),
        orders=[_order(each) for each in distinct],
        places=[places[id(each)] for each in lexers],
    )


def _rule(rule: Any) -> Rule:
    """What lark makes of a rule's symbols, as its documentation says ("Tree construction")."""
    symbols = rule.expansion
    kept = [
        (number, not symbol.is_term and symbol.name.startswith("_"))
        for number, symbol in enumerate(symbols)
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out)
    ]
    plain = len(kept) == len(symbols) and not any(inlined for _, inlined in kept)
    name = rule.alias or rule.options.template_source or rule.origin.name
    alone = rule.options.expand1 and not rule.alias
    return len(symbols), rule.origin.name, name, alone, None if plain else kept


def _order(each: Any) -> tuple[Sequence[str], Mapping[str, Sequence[str]]]:
    """In which order a lexer of lark's tries the terminals, and which are words of which."""
    order = [terminal.name for terminal in each.scanner.terminals]
    words = {
        name: [terminal.name for terminal in unless.scanner.terminals]
        for name, unless in each.callback.items()
    }
    return order, words
