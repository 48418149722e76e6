"""Lark's tables, driven with less work for each token than lark's own loops do.

Lark counts lines and columns for every token, which nobody here asks for, and compares a rule's
symbols to find what to do with it. What comes out is the same, mistakes included: where
something is not as it should be, lark's own loop is asked and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lark import Token
from lark.parsers.lalr_analysis import Shift

Reduction = tuple[int, str, Callable[[list[Any]], Any], Any]
"""How many a rule takes from the stack, the name it leaves there, what makes its node; and the
rule itself, so that its identity is no other's."""

_KNOWN: dict[int, Reduction] = {}
"""What is known of rules, by their identity; it grows with what is read. Lark compares all symbols
of two rules to look one up."""


class Driver:
    """Drives one of lark's interactive parsers.

    Lark's stacks and its lexer's position stay the truth: whoever changes them between two
    calls, as recovery from a mistake does, has changed what is read next.
    """

    def __init__(self, parser: Any, elsewhere: bool = False) -> None:
        """`elsewhere`: where no token is found that could stand there, look for one that could
        not. It is lark's way; without it nothing is read twice.
        """
        self.lexer = parser.lexer_thread
        self.elsewhere = elsewhere
        self.state = parser.parser_state
        self.lexing = self.lexer.state
        lexer = self.lexer.lexer
        self.lexers = getattr(lexer, "lexer", lexer).lexers  # with lark's `postlex`, or without

    def tokens(self) -> Iterator[Token]:
        """The tokens from where the lexer is, as the parser's state lets them be."""
        lexers, lexing, stack = self.lexers, self.lexing, self.state.state_stack
        text, end, at = lexing.text.text, lexing.text.end, lexing.line_ctr
        while at.char_pos < end:
            start = at.char_pos
            lexer = lexers[stack[-1]]
            for pattern in lexer.scanner._mres:
                match = pattern.match(text, start, end)
                if match is not None:
                    break
            else:
                if self.elsewhere:
                    yield next(self.lexer.lex(self.state))
                else:
                    yield lexer.next_token(lexing, self.state)
                continue
            at.char_pos = match.end()
            kind = match.lastgroup
            if kind in lexer.ignore_types:
                continue
            token = Token(kind, match[0], start, None, None, None, None, at.char_pos)
            change = lexer.callback.get(kind)
            yield token if change is None else change(token)

    def go_on(self, at: int) -> None:
        """Have the lexer go on from an offset."""
        self.lexing.line_ctr.char_pos = at

    def feed(self, token: Token) -> None:
        """Hand the parser a token. Raises lark's `UnexpectedToken` where none such can stand."""
        state = self.state
        states, stack, values = state.parse_conf.states, state.state_stack, state.value_stack
        kind = token.type
        while True:
            step = states[stack[-1]].get(kind)
            if step is None:
                state.feed_token(token)
                return
            action, to = step
            if action is Shift:
                stack.append(to)
                values.append(token)
                return
            self._reduce(to, states, stack, values)

    def finish(self) -> Any:
        """Hand the parser the end of the text; the tree. Raises `UnexpectedToken` if it ends too
        early.
        """
        state = self.state
        states, stack, values = state.parse_conf.states, state.state_stack, state.value_stack
        while stack[-1] != state.parse_conf.end_state:
            step = states[stack[-1]].get("$END")
            if step is None:
                end = self.lexing.text.end
                return state.feed_token(Token("$END", "", end, end_pos=end), True)
            self._reduce(step[1], states, stack, values)
        return values[-1]

    def _reduce(self, rule: Any, states: Any, stack: list[int], values: list[Any]) -> None:
        size, name, make, _ = _KNOWN.get(id(rule)) or self._know(rule)
        if size:
            parts = values[-size:]
            del stack[-size:], values[-size:]
        else:
            parts = []
        stack.append(states[stack[-1]][name][1])
        values.append(make(parts))

    def shift(self, kind: str) -> bool:
        """Go on as after a token, and make nothing of it. False, and nothing is changed, if none
        such can stand here.
        """
        stack = self.state.state_stack[:]
        if not self._moves(stack, kind):
            return False
        self.state.state_stack[:] = stack
        return True

    def accepts(self) -> frozenset[str]:
        """The names of the terminals that can stand here."""
        stack = self.state.state_stack
        kinds = self.state.parse_conf.states[stack[-1]]
        # Rules stand among the terminals; their names are small.
        return frozenset(k for k in kinds if k.isupper() and self._moves(stack[:], k))

    def _moves(self, stack: list[int], kind: str) -> bool:
        """Move a stack of states on as a token would; false if it is not taken."""
        states = self.state.parse_conf.states
        while True:
            step = states[stack[-1]].get(kind)
            if step is None:
                return False
            action, to = step
            if action is Shift:
                stack.append(to)
                return True
            size, name, _, _ = _KNOWN.get(id(to)) or self._know(to)
            if size:
                del stack[-size:]
            stack.append(states[stack[-1]][name][1])

    def _know(self, rule: Any) -> Reduction:
        make = self.state.parse_conf.callbacks[rule]
        reduction = _KNOWN[id(rule)] = (len(rule.expansion), rule.origin.name, make, rule)
        return reduction
