"""What people bring to a search from other languages: Anki takes it for text, without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import Diagnostic, Label, Span
from ankish.syntax.search.keywords import KEYWORDS, PROPERTIES, Takes
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.tree import Node, Not, Search, Term

CURLY = re.compile("[“”„‟«»]")
KEYWORD_EQUALS = rf"({'|'.join(KEYWORDS)})(==?|!=|<>)(.+)"
NAMES = (Takes.DECK, Takes.TAG, Takes.NOTE_TYPE, Takes.CARD, Takes.PRESET)
COLUMNS = {"interval": "ivl", "factor": "ease", "reviews": "reps"}
"""Properties that users know by another name."""
COMPARED = rf"({'|'.join([*PROPERTIES, *COLUMNS])})(==?|!=|<>|<=?|>=?)(-?[0-9.]+)"
COMPARING = frozenset("= == != <> < <= > >=".split())
OPERATORS = {
    "|": "a pipe stands outside the quotes of a search",
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
    terms = [term for term in tree.terms() if term.key or term.value]
    plain = [term for term in terms if term.form == "WORD" and not term.bound]
    yield from _quotes([Spelled.of(term.value, term.span) for term in plain])
    nothing = [None, None]
    for term, following, third in zip(
        terms, [*terms[1:], *nothing], [*terms[2:], *nothing], strict=False
    ):
        if term.form != "WORD" or term.bound:
            continue
        if term.kind == "text" and _spaced(following, third):
            yield from _apart(tree, term, following, third)
        elif term.kind == "text":
            yield from _text(term, following)
        elif term.kind == "field":
            yield from _key(term)
        elif not term.value and KEYWORDS[term.kind].takes in NAMES:
            yield from _no_name(term, tree)


def _quotes(values: list[Spelled]) -> Iterator[Diagnostic]:
    """Quotes that are none, each kind once for the whole search."""
    curly = [value.span(*m.span()) for value in values for m in CURLY.finditer(value.text)]
    if curly:
        yield kinds.CURLY_QUOTES(curly[0], also=_labels(curly[1:]))
    starts = [number for number, value in enumerate(values) if value.text.startswith("'")]
    if starts:
        first = values[starts[0]].span(0, 1)
        ends = [
            value.span(len(value.text) - 1)
            for value in values[starts[0] :]
            if value.text.endswith("'")
        ]
        if ends and ends[0] != first:
            yield kinds.SINGLE_QUOTES(first, also=_labels(ends[:1]))


def _labels(spans: list[Span]) -> tuple[Label, ...]:
    return tuple(Label(span) for span in spans)


def _is_cloze(node: Node) -> bool:
    return isinstance(node, Term) and node.kind == "sc"


def _text(term: Term, following: Term | None) -> Iterator[Diagnostic]:
    written = Spelled.of(term.value, term.span).text
    given = written
    if given.lower() == "not" and following is not None and following.kind in KEYWORDS:
        given = "NOT"
    if given in OPERATORS:
        label = "not an operator of Anki's search"
        yield kinds.FOREIGN(term.span, given=written, label=label, help=OPERATORS[given])
        return
    right = instead(given)
    if right is not None:
        yield _as_text(term.span, given, right)


def instead(given: str) -> str | None:
    """How `deck=Spanish`, `deck!=Spanish` and `interval>20` are written in a search."""
    match = re.fullmatch(KEYWORD_EQUALS, given)
    if match:
        minus = "-" if match[2] in ("!=", "<>") else ""
        return f"{minus}{match[1]}:{match[3]}"
    match = re.fullmatch(COMPARED, given)
    if match:
        operator = {"==": "=", "<>": "!="}.get(match[2], match[2])
        return f"prop:{COLUMNS.get(match[1], match[1])}{operator}{match[3]}"
    return None


def _spaced(operator: Term | None, value: Term | None) -> bool:
    """Whether a term and the one behind it are an operator and its right side."""
    words = (operator, value)
    if not all(term and term.kind == "text" and not term.bound for term in words):
        return False
    assert operator is not None
    return Spelled.of(operator.value, operator.span).text in COMPARING


def _apart(
    tree: Search, left: Term, operator: Term | None, right: Term | None
) -> Iterator[Diagnostic]:
    """`deck = Spanish`, `interval > 20`."""
    assert operator is not None
    assert right is not None
    terms = (left, operator, right)
    given = "".join(Spelled.of(term.value, term.span).text for term in terms)
    written = instead(given)
    if written is not None:
        span = Span(left.span.start, right.span.end)
        yield _as_text(span, " ".join(given.partition(_sign(given))), written)


def _sign(given: str) -> str:
    found = re.search(r"[=!<>]+", given)
    return found[0] if found else ""


def _key(term: Term) -> Iterator[Diagnostic]:
    key = Spelled.of(term.key, term.span)
    if key.text[:1] in ("!", "~") and key.text[1:].lower() in KEYWORDS:
        yield kinds.FOREIGN(
            key.span(0, 1), given=key.text[0], label="not a minus", help=OPERATORS["NOT"]
        )


def _no_name(term: Term, tree: Search) -> Iterator[Diagnostic]:
    """A keyword with a blank or a bracket behind it; a quote there is another mistake."""
    behind = tree.text[term.end :]
    if not behind.startswith('"'):
        word = re.match(r" *([\w:]+)", behind)
        name = word[1] if word else '"A name"'
        yield kinds.NO_NAME(term.span, keyword=term.kind, example=f"{term.kind}:{name}")


def _as_text(span: Span, given: str, right: str) -> Diagnostic:
    label = "no keyword with a colon"
    return kinds.FOREIGN(span, given=given, label=label, help=f"write {right}")
