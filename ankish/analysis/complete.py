"""Completion: everything that can stand at the cursor, the best first.

What kind of thing can stand there is known from the grammar (`syntax.cursor`), of which
type it has to be from the catalog (`wanted`), what there is from a snapshot of the
collection (`world`). Nothing is asked for here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ankish.analysis.candidates import Candidate, Completion, Offers
from ankish.analysis.flows import Bindings, bound, columns, flow_after, keys_of
from ankish.analysis.offering import offer_commands, offer_expression, offer_keywords, offer_names
from ankish.analysis.places import Place
from ankish.analysis.search_words import offer_terms, read_term, term_start
from ankish.analysis.wanted import wanted_at
from ankish.analysis.world import World
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command
from ankish.syntax.cursor import at_cursor

__all__ = ["Candidate", "Completion", "complete"]

EXPLAIN = re.compile(r"\s*explain\b(?:\s+--json\b)?(?=\s)")
"""What stands before a line is the line for it."""


def complete(
    text: str,
    at: int,
    world: World,
    bindings: Bindings = (),
    extra: Mapping[str, Command] | None = None,
) -> Completion:
    """What can stand at offset `at` of a text.

    `bindings` are the variables of earlier programs, `extra` further commands. What the
    world does not know is not offered.
    """
    match = EXPLAIN.match(text, 0, at)
    if match is not None:
        text = " " * match.end() + text[match.end() :]
    cursor = at_cursor(text, at)
    if cursor is None:
        return Completion(at, at, ())
    place = Place(cursor, text[at : at + 1], world, bindings, {**COMMANDS, **(extra or {})})
    ...
