"""A grammar's tables: what its parser does, as plain data.

Lark makes them of the grammar (`syntax.tablemaker`), `syntax.driver` reads texts by them. Between
the two they are kept in a file, so that a start needs neither lark nor the time it takes to make
a parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from ankish.data import dataclass, field

Rule: TypeAlias = "tuple[int, str, str, bool, Sequence[tuple[int, bool]] | None]"
"""What is made when the last symbols on the stack are those of a rule:

* how many they are;
* the symbol that stands for them afterwards;
* the name of the tree's node;
* whether a single child stands for itself, without a node;
* which of them become children, by their numbers, each with whether its own children take its
  place; None if all of them do as they are.
"""

Lexer: TypeAlias = "tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]]"
"""What can stand at a place: the terminals in the order in which they are tried, as groups of their
names; and for each terminal whose texts may be the words of others, these others.
"""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a parser does (LALR(1), with a lexer that knows what can stand at each place).

    * **start**, **end** - the state it begins in, and that it is in behind a whole text.
    * **steps** - for each state what a symbol does there: n, where n is not negative, goes to the
      state n; a negative one makes a node by rule -1 - n.
    * **rules** - the rules.
    * **terminals** - the regular expressions of the terminals; words and signs are escaped.
    * **ignored** - the terminals that may stand everywhere, and mean nothing.
    * **orders** - for each lexer the terminals in the order in which they are tried, and of which
      of them which others are words.
    * **places** - the number of the lexer of each state, and at last that of all terminals.
    """

    start: int
    end: int
    steps: Sequence[Mapping[str, int]]
    rules: Sequence[Rule]
    terminals: Mapping[str, str]
    ignored: Sequence[str]
    orders: Sequence[tuple[Sequence[str], Mapping[str, Sequence[str]]]]
    places: Sequence[int]
    _lexers: dict[int, Lexer] = field(default_factory=dict)

    def lexer(self, state: int) -> Lexer:
        """The lexer for a state; for -1 that of all terminals. Made when it is first asked for."""
        number = self.places[state]
        lexer = self._lexers.get(number)
        if lexer is None:
            order, words = self.orders[number]
            lexer = self._lexers[number] = (
                self._pattern(order),
                {name: self._pattern(words[name]) for name in words},
            )
        return lexer

    def _pattern(self, names: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<{name}>{self.terminals[name]})" for name in names))

    def plain(self) -> dict[str, Any]:
        """The tables as JSON can hold them.

        Many states know the same symbols, and half of them do the same with each: `symbols` has
        the different lists, `steps` for each state the number of its list, and what it does with
        each symbol or with all.
        """
        symbols: dict[tuple[str, ...], int] = {}
        steps = []
        for known in self.steps:
            number = symbols.setdefault(tuple(known), len(symbols))
            different = [*known.values()]
            steps.append([number, different[0] if len({*different}) == 1 else different])
        values = {name: getattr(self, name) for name in KEYS}
        return {**values, "steps": steps, "symbols": [*symbols]}


KEYS = ("start", "end", "steps", "rules", "terminals", "ignored", "orders", "places")


def tables(plain: Any) -> Tables:
    """The tables from what `plain` gave; LookupError, TypeError or ValueError if it did not."""
    symbols = plain["symbols"]
    steps = [
        dict(zip(symbols[number], does, strict=True))
        if isinstance(does, list)
        else dict.fromkeys(symbols[number], does)
        for number, does in plain["steps"]
    ]
    made = Tables(**{name: plain[name] for name in KEYS if name != "steps"}, steps=steps)
    if not len(made.steps) == len(made.places) - 1 > max(made.start, made.end):
        raise ValueError("states are missing")
    return made
