"""What people bring to a search from other languages: Anki takes it for text, without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import Diagnostic
from ankish.syntax.search.keywords import KEYWORDS, PROPERTIES
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.tree import Node, Not, Search, Term

CURLY = re.compile("[“”„‟«»]")
KEYWORD_EQUALS = re.compile(rf"({'|'.join(KEYWORDS)})==?(.+)")
COMPARISON = re.compile(rf"({'|'.join(PROPERTIES)})(==?|!=|<=?|>=?)(-?[0-9.]+)")
OPERATORS = {
    "&&": "terms side by side must all hold; nothing stands between them",
    "||": "`or` joins alternatives",
    "NOT": "a minus before a term negates it: -is:due",
}


def check_habits(tree: Search) -> Iterator[Diagnostic]:
    """Warn of text that is hardly meant as text, and of a minus that Anki gets wrong.

    In quotes a text may be anything.
    """
    for node in tree.nodes():
        if isinstance(node, Not) and not node.grouped and _is_cloze(node.item):
            yield kinds.NEGATED_CLOZE(node.span)
    terms = list(tree.terms())
    for number, term in enumerate(terms):
        if term.quoted or term.bound:
            continue
        value = Spelled.of(term.value, term.span)
        if term.kind == "text":
            yield from _text(term, value, terms[number + 1 :][:1])
        elif term.kind == "field":
            yield from _key(term)
        curly = CURLY.search(value.text)
        if curly:
            yield kinds.CURLY_QUOTES(value.span(*curly.span()))
        elif value.text.startswith("'") and "'" in tree.text[tree.text.find("'") + 1 :]:
            yield kinds.SINGLE_QUOTES(value.span(0, 1))


def _is_cloze(node: Node) -> bool:
    return isinstance(node, Term) and node.kind == "sc"


def _text(term: Term, value: Spelled, following: list[Term]) -> Iterator[Diagnostic]:
    given = value.text
    if given.lower() == "not" and following and following[0].kind in KEYWORDS:
        given = "NOT"
    if given in OPERATORS:
        label = "not an operator of Anki's search"
        yield kinds.FOREIGN(term.span, given=value.text, label=label, help=OPERATORS[given])
        return
    match = KEYWORD_EQUALS.fullmatch(given)
    if match:
        yield _as_text(term, given, f"{match[1]}:{match[2]}")
    match = COMPARISON.fullmatch(given)
    if match:
        operator = "=" if match[2] == "==" else match[2]
        yield _as_text(term, given, f"prop:{match[1]}{operator}{match[3]}")


def _key(term: Term) -> Iterator[Diagnostic]:
    key = Spelled.of(term.key, term.span)
    if key.text[:1] in ("!", "~") and key.text[1:].lower() in KEYWORDS:
        yield kinds.FOREIGN(
            key.span(0, 1), given=key.text[0], label="not a minus", help=OPERATORS["NOT"]
        )


def _as_text(term: Term, given: str, instead: str) -> Diagnostic:
    label = "no keyword with a colon"
    return kinds.FOREIGN(term.span, given=given, label=label, help=f"write {instead}")
