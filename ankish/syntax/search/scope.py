"""Which decks a search looks into."""

from __future__ import annotations

from collections.abc import Sequence

from ankish.syntax.search.keywords import KEYWORDS
from ankish.syntax.search.names import matches
from ankish.syntax.search.parse import parse_search
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.tree import And, Term
from ankish.syntax.search.written import Piece


def decks_of(search: str, decks: Sequence[str]) -> list[str]:
    """Those of `decks` that a search may find cards in: the ones that each of its terms for a deck
    means. A search with a mistake, and one that leaves it open, may find them in any.
    """
    tree, problems = parse_search([Piece(search, 0)])
    if tree is None or tree.root is None or problems:
        return list(decks)
    found = list(decks)
    for each in tree.root.items if isinstance(tree.root, And) else (tree.root,):
        if isinstance(each, Term) and each.kind == "deck" and not each.mode:
            text = Spelled.of(each.value, each.span).text
            if text.casefold() not in KEYWORDS["deck"].values:
                found = [deck for deck in found if matches(text, [deck], below=True)]
    return found
