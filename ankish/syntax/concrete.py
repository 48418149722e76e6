"""The concrete syntax tree: the tokens of a text, and the rules of the grammar above them.

It has everything that was written but white space and comments. What a program means is in
`syntax.tree`, which `syntax.build` makes of it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from ankish.diagnostics.model import Span


class Token(str):
    """A piece of a text that a terminal of the grammar matches.

    * **type** - the name of the terminal.
    * **start**, **end** - its place in the text.
    """

    __slots__ = ("end", "start", "type")

    type: str
    start: int
    end: int

    def __new__(cls, type: str, text: str, start: int, end: int) -> Token:
        """The token of this text, which stands there."""
        token = str.__new__(cls, text)
        token.type = type
        token.start = start
        token.end = end
        return token

    def __repr__(self) -> str:
        return f"Token({self.type!r}, {str(self)!r})"


class Tree:
    """What a rule of the grammar matches.

    * **data** - the name of the rule, or of that of its alternatives.
    * **children** - tokens and trees, in order.
    """

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: list[Any]) -> None:
        self.data = data
        self.children = children

    def __repr__(self) -> str:
        return f"Tree({self.data!r}, {self.children!r})"


Node: TypeAlias = "Token | Tree"


def span(node: Node) -> Span:
    """The place of a node in the text."""
    last = node
    while not isinstance(last, Token):
        last = last.children[-1]
    return Span(first(node).start, last.end)


def first(node: Node) -> Token:
    """The token that a node begins with."""
    while not isinstance(node, Token):
        node = node.children[0]
    return node


def trees(tree: Tree) -> list[Tree]:
    """The children of a tree that aren't tokens."""
    return [child for child in tree.children if isinstance(child, Tree)]
