"""The syntax tree of a search: plain data, every node with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator

from ankish.data import dataclass
from ankish.diagnostics.model import Span


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text of a term as it is written, escapes included; `span` has its length."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Bound:
    """A value that stands in a term, by its number among the values."""

    index: int
    span: Span


Part = Text | Bound


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to search for.

    * **kind** - a keyword (`deck`), or `field` (`Front:x`), or `text`.
    * **key** - what stands before the colon; empty for `text`.
    * **value** - what stands after it, less the quotes around it.
    * **mode** - `re` or `nc` if a field's or tag's value begins with `re:` or `nc:`, else "".
    * **form** - `QUOTED` if quotes stand around the whole, `KEYED` if around the value, or `WORD`.
    * **start**, **end** - its range in the search's text.
    """

    kind: str
    key: tuple[Part, ...]
    value: tuple[Part, ...]
    mode: str
    form: str
    span: Span
    start: int
    end: int

    @property
    def bound(self) -> bool:
        """Whether values stand in it."""
        return any(isinstance(part, Bound) for part in self.key + self.value)


@dataclass(frozen=True, slots=True)
class Not:
    """What its item does not find. `grouped`: the item stands in brackets (see `sc:`)."""

    item: Node
    grouped: bool
    span: Span


@dataclass(frozen=True, slots=True)
class And:
    """What all its items find: two or more, none of them an `And`."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Or:
    """What any of its items finds: two or more, none of them an `Or`."""

    items: tuple[Node, ...]
    span: Span


Node = Term | Not | And | Or


@dataclass(frozen=True, slots=True)
class Search:
    """A whole search. `root` is None for an empty one, which finds everything.

    `text` is the search as it was written, with a placeholder of one character for each
    bound value; `holes` are their offsets in it, with the numbers of the values.
    """

    root: Node | None
    text: str
    holes: tuple[tuple[int, int], ...]

    def terms(self) -> Iterator[Term]:
        """All terms in the order they are written in."""
        return (node for node in self.nodes() if isinstance(node, Term))

    def nodes(self) -> Iterator[Node]:
        """All nodes, each before those in it, in the order they are written in."""
        waiting = [self.root] if self.root is not None else []
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, Not):
                waiting.append(node.item)
            elif isinstance(node, (And, Or)):
                waiting += reversed(node.items)
