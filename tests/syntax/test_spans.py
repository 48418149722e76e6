"""Each node knows its place: the text there, read where it can stand, is that node again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankish.diagnostics.model import Source, Span
from ankish.syntax import tree as t
from ankish.syntax.parser import Parsed, parse
from tests.support.examples import examples
from tests.support.programs import Programs
from tests.support.trees import nodes, of_place, saying

STATEMENTS = (
    t.Let,
    t.If,
    t.For,
    t.Macro,
    t.Param,
    t.Use,
    t.Try,
    t.Atomic,
    t.Fail,
    t.Assert,
    t.Test,
)
STAGES = (t.Command, t.Value, t.RowVerb, t.BlockVerb)
EXPRESSIONS = (
    t.Word, t.Number, t.Constant, t.String, t.Name, t.Variable, t.Get, t.List, t.Record, t.Sub,
    t.Call, t.Binary, t.Unary,
)  # fmt: skip


def readings(text: str) -> Iterator[Any]:
    """What a piece of text is, all of it, in each place where it can stand."""
    for before, after, of in PLACES:
        parsed = parse(Source("part", before + text + after))
        if not parsed.diagnostics and len(parsed.program.statements) == 1:
            with suppress(ValueError, AttributeError, TypeError):
                yield of(parsed.program.statements[0])


def only(items: Sequence[Any]) -> Any:
    """The one item there is."""
    (item,) = items
    return item


PLACES: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("", "", lambda statement: statement),
    ("", "", lambda statement: only(statement.stages)),
    ("(", "\n)", lambda statement: only(only(statement.stages).expression.pipeline.stages)),
    ("a ", "", lambda statement: only(only(statement.stages).arguments).value),
    ("fail [", "\n]", lambda statement: only(statement.message.items)),
    ("where (", "\n)", lambda statement: only(only(statement.stages).expressions)),
]
"""Each with what stands before and after, and how to get at what the piece became."""


def places_are_right(text: str) -> None:
    """Read each node's text again, and look at the smaller places in it."""
    parsed = parse(Source("whole", text))
    assert parsed.diagnostics == ()
    for node in nodes(parsed.program.statements):
        if isinstance(node, (*STATEMENTS, *STAGES, *EXPRESSIONS)):
            part = text[node.span.start : node.span.end]
            wanted = without_docs(saying(node))
            if isinstance(node, t.Binary) and negated(node, text):
                wanted = ("Unary", "not", wanted)
            assert wanted in [without_docs(saying(each)) for each in readings(part)], part
        small_places_are_right(node, text, parsed)


def negated(node: t.Binary, text: str) -> bool:
    """Whether it is written `a not in b`: a negation and what it negates, in one place."""
    return text.startswith("not", node.operator_span.start)


def small_places_are_right(node: Any, text: str, parsed: Parsed) -> None:
    """The places of names, operators and keys."""
    for name in getattr(type(node), "__match_args__", ()):
        if not name.endswith("_span") or getattr(node, name) is None:
            continue
        span: Span = getattr(node, name)
        found = text[span.start : span.end]
        said = getattr(node, name.removesuffix("_span"))
        if name == "operator_span":
            assert found.split()[-1] == said
        elif found[:1] in ('"', "'"):
            assert name == "key_span"
        else:
            sign = "$" if getattr(node, "variable", False) else ""
            assert found.strip("`").removeprefix("--") == f"{sign}{said}"


def without_docs(said: Any) -> Any:
    """A tree without documentation, which stands above the place of its node."""
    if not isinstance(said, tuple):
        return said
    kind = getattr(t, str(said[0]), None) if said else None
    if kind not in (t.Macro, t.Parameter):
        return tuple(without_docs(part) for part in said)
    names = [name for name in kind.__match_args__ if not of_place(name)]
    parts = zip(names, said[1:], strict=True)
    return (said[0], *("" if name == "doc" else without_docs(part) for name, part in parts))


@pytest.mark.parametrize("name", examples())
def test_examples(name: str) -> None:
    places_are_right(examples()[name])


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_random_programs(seed: int) -> None:
    places_are_right(Programs(Random(seed), depth=3).program())


def test_a_chain_is_a_balanced_tree_of_right_places() -> None:
    places_are_right("x | where a or b or (c or d) or e or f == 3 or not g")


def test_comments_have_their_places() -> None:
    text = "# a\nfind x  # b \n| count\n## c\r\nmacro f() {} # d"
    comments = parse(Source("x", text)).program.comments
    assert [comment.text for comment in comments] == ["# a", "# b", "## c", "# d"]
    assert all(text[c.span.start : c.span.end] == c.text for c in comments)
