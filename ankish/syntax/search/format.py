"""From a tree to text: in one canonical form, or as it was written with names for the values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ankish.syntax.search.escape import quoted
from ankish.syntax.search.term import RAW
from ankish.syntax.search.tree import And, Node, Not, Or, Part, Search, Term, Text

_UNNEEDED = re.compile(r"\\([()-])|(\\.)")
"""Escapes that quotes make superfluous, and others."""


def format_search(tree: Search, names: Sequence[str] = ()) -> str:
    """The search in canonical form; Anki finds the same with it.

    Keywords, `or` in lower case; no `and`; quotes only where they are needed, around the
    value rather than the term; no escapes that aren't needed; brackets where `or` stands in a
    row of terms or a row in an `or`, after a minus before a minus or a row, and where they
    change what Anki finds: `-(sc:x)` is not `-sc:x`. In the place of the value n stands
    `names[n]`, else its number in `${}`.
    """
    return "" if tree.root is None else _node(tree.root, names)


def render_template(tree: Search, names: Sequence[str]) -> str:
    """The search as it was written, with `names[n]` in the place of the value n."""
    text = tree.text
    for at, index in reversed(tree.holes):
        text = text[:at] + names[index] + text[at + 1 :]
    return text


def _node(node: Node, names: Sequence[str]) -> str:
    if isinstance(node, Term):
        return _term(node, names)
    if isinstance(node, Not):
        item = _item(node.item, names)
        cloze = node.grouped and isinstance(node.item, Term) and node.item.kind == "sc"
        return f"-({item})" if cloze or isinstance(node.item, Not) else f"-{item}"
    joiner = " " if isinstance(node, And) else " or "
    return joiner.join(_item(item, names) for item in node.items)


def _item(node: Node, names: Sequence[str]) -> str:
    """A node where a single thing has to stand: a row of terms gets brackets."""
    text = _node(node, names)
    return f"({text})" if isinstance(node, (And, Or)) else text


def _term(term: Term, names: Sequence[str]) -> str:
    raw = term.kind in RAW or term.mode != ""
    key = term.kind if term.kind not in ("field", "text") else _written(term.key, names, raw=False)
    return quoted(key, _written(term.value, names, raw))


def _written(parts: Sequence[Part], names: Sequence[str], raw: bool) -> str:
    found = []
    for part in parts:
        if isinstance(part, Text):
            found.append(part.text if raw else _UNNEEDED.sub(r"\1\2", part.text))
        else:
            known = part.index < len(names)
            found.append(names[part.index] if known else f"${{{part.index}}}")
    return "".join(found)
