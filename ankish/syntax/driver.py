"""Reads a text by a grammar's tables: an LALR(1) parser whose lexer knows what can stand where.

It is the parser that lark makes, step by step, and does less for each token: nobody here asks for
lines and columns. Its stacks lie open. What can't go on is told by `Unexpected`, and the caller
may mend the stacks or go on elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ankish.syntax.concrete import Node, Token, Tree
from ankish.syntax.tables import Tables


class Unexpected(Exception):
    """The text can't go on like this.

    * **at** - where.
    * **token** - what was read there and can't stand there; None if nothing that can was found.
      At the end of the text it is one of the type `$END`.
    """

    def __init__(self, at: int, token: Token | None = None) -> None:
        super().__init__(at, token)
        self.at = at
        self.token = token


class Driver:
    """The reading of one text.

    * **at** - the offset from which the next token is looked for.
    * **states** - the parser's states, the present one last.
    * **values** - what was read and is not yet made one: a token or a tree for each state but the
      first.
    """

    def __init__(self, tables: Tables, text: str) -> None:
        self.tables = tables
        self.text = text
        self.at = 0
        self.states = [tables.start]
        self.values: list[Node] = []

    def tokens(self) -> Iterator[Token]:
        """The tokens from `at` on, as the parser's state lets them be. Raises `Unexpected`."""
        text, states, lexer_of = self.text, self.states, self.tables.lexer
        ignored, end = frozenset(self.tables.ignored), len(text)
        while self.at < end:
            start = self.at
            pattern, words = lexer_of(states[-1])
            match = pattern.match(text, start)
            if match is None:
                raise Unexpected(start)
            self.at = match.end()
            if match.lastgroup not in ignored:
                yield Token(_kind(match, words), match[0], start, self.at)

    def misplaced(self) -> Token | None:
        """The token that is here, though none such can stand here; None if there is no token."""
        pattern, words = self.tables.lexer(-1)
        match = pattern.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return Token(_kind(match, words), match[0], match.start(), self.at)

    def feed(self, token: Token) -> None:
        """Hand the parser a token. Raises `Unexpected` where none such can stand."""
        steps, states = self.tables.steps, self.states
        kind = token.type
        while True:
            step = steps[states[-1]].get(kind)
            if step is None:
                raise Unexpected(token.start, token)
            if step >= 0:
                states.append(step)
                self.values.append(token)
                return
            self._make(step)

    def finish(self) -> Tree:
        """Hand the parser the end of the text; the tree. Raises `Unexpected` if it ends too
        early.
        """
        steps, states, end = self.tables.steps, self.states, self.tables.end
        while states[-1] != end:
            step = steps[states[-1]].get("$END")
            if step is None:
                here = len(self.text)
                raise Unexpected(here, Token("$END", "", here, here))
            self._make(step)
        tree = self.values[-1]
        assert isinstance(tree, Tree)
        return tree

    def _make(self, step: int) -> None:
        """Put a tree in the place of what a rule takes from the stacks."""
        tables, states, values = self.tables, self.states, self.values
        size, symbol, name, alone, kept = tables.rules[-1 - step]
        parts: list[Node] = []
        if size:
            parts = values[-size:]
            del states[-size:], values[-size:]
        if kept is not None:
            parts = _chosen(parts, kept)
        states.append(tables.steps[states[-1]][symbol])
        values.append(parts[0] if alone and len(parts) == 1 else Tree(name, parts))

    def shift(self, kind: str) -> bool:
        """Go on as after a token, and make nothing of it. False, and nothing is changed, if none
        such can stand here.
        """
        states = self.states[:]
        if not self._moves(states, kind):
            return False
        self.states[:] = states
        return True

    def accepts(self) -> frozenset[str]:
        """The names of the terminals that can stand here."""
        kinds = self.tables.steps[self.states[-1]]
        # Rules stand among the terminals; their names are small.
        return frozenset(k for k in kinds if k.isupper() and self._moves(self.states[:], k))

    def _moves(self, states: list[int], kind: str) -> bool:
        """Move states on as a token would; false if it is not taken."""
        tables = self.tables
        while True:
            step = tables.steps[states[-1]].get(kind)
            if step is None:
                return False
            if step >= 0:
                states.append(step)
                return True
            size, symbol, *_ = tables.rules[-1 - step]
            if size:
                del states[-size:]
            states.append(tables.steps[states[-1]][symbol])


def _kind(match: re.Match[str], words: Mapping[str, re.Pattern[str]]) -> str:
    """The terminal that was matched, or the one whose word it is."""
    kind: str = match.lastgroup  # type: ignore[assignment]
    word = words[kind].fullmatch(match[0]) if kind in words else None
    return kind if word is None else word.lastgroup  # type: ignore[return-value]


def _chosen(parts: list[Node], kept: Sequence[tuple[int, bool]]) -> list[Node]:
    """The children that a rule keeps, with those of the trees that it takes apart."""
    chosen: list[Node] = []
    for number, inlined in kept:
        part = parts[number]
        if not inlined:
            chosen.append(part)
        elif chosen:
            chosen += part.children  # type: ignore[union-attr]
        else:
            # The list grows item by item; a copy each time would cost the square of its length.
            chosen = part.children  # type: ignore[union-attr]
    return chosen
