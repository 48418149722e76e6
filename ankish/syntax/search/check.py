"""Whether a search is right: what stands after its keywords, and what may be meant otherwise."""

from __future__ import annotations

from bisect import bisect_left

from ankish.diagnostics.model import Diagnostic
from ankish.syntax.search.arguments import check_argument
from ankish.syntax.search.habits import check_habits
from ankish.syntax.search.keywords import KEYWORDS
from ankish.syntax.search.names import World, check_names
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.tree import Search


def check_search(tree: Search, world: World | None = None) -> list[Diagnostic]:
    """What is wrong with a search that is well written, in the order of its terms.

    Errors are what Anki would refuse. Warnings are what finds nothing (a deck, tag, note
    type or field that is not in the `world`), and what looks like another language's
    writing. Of a world that is None, or does not know, no names are checked.
    """
    problems: list[Diagnostic] = []
    for term in tree.terms():
        value = Spelled.of(term.value, term.span)
        if term.kind == "re" or term.mode == "re":
            from ankish.syntax.search.regex import check_regex  # few searches have one

            problems += check_regex(value, len("re:") if term.mode else 0)
        elif term.kind in KEYWORDS:
            problems += check_argument(term.kind, value)
    problems += check_habits(tree)
    suspected = sorted(problem.span.start for problem in problems if problem.span)
    for term in tree.terms():
        if bisect_left(suspected, term.span.start) == bisect_left(suspected, term.span.end):
            problems += check_names(term, world)
    return sorted(problems, key=lambda problem: problem.span.start if problem.span else 0)
