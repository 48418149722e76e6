"""Whatever its length and depth, a text gets a result or errors, soon.

From reading, layout, checking, completion, and as a search.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ankish.analysis.check import check
from ankish.analysis.complete import complete
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Source
from ankish.diagnostics.render import render
from ankish.syntax import tree as t
from ankish.syntax.format import format_program
from ankish.syntax.parser import Parsed, parse
from tests.support.collection import snapshot
from tests.support.extremes import (
    deep_searches,
    deep_texts,
    long_searches,
    long_texts,
    one_term_searches,
    wrong_texts,
)
from tests.support.trees import nodes, told

HANG = 120.0
"""Seconds of processor time: what takes them grows faster than the text. The slowest case here
needs two or three; how fast it is, is for `bench/` to say."""

DEEP = deep_texts()
LONG = long_texts(15_000)
WRONG = wrong_texts(60_000)
LINES = {
    "one word", "one name", "one name of parts", "one raw string",
    "one string", "one string of escapes", "one string of pairs", "one string of dollars",
    "one string over lines", "one raw string over lines", "one comment", "spaces",
}  # fmt: skip
WORLD = snapshot()


@contextmanager
def soon() -> Iterator[None]:
    """Ends what hangs."""

    def hangs(number: int, frame: object) -> None:
        pytest.fail(f"no end in {HANG:.0f} s of processor time")

    before = signal.signal(signal.SIGPROF, hangs)
    signal.setitimer(signal.ITIMER_PROF, HANG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def read(text: str) -> Parsed:
    with soon():
        return parse(Source("test.ank", text))


def refused(text: str) -> list[str]:
    """The codes of the errors that a text gets, from all that looks at it."""
    found = read(text).diagnostics
    with soon(), pytest.raises(AnkishError):
        format_program(Source("test.ank", text))
    with soon():
        assert render(found)
    checked(text)
    completed(text)
    return [each.code for each in found]


def checked(text: str) -> tuple[Diagnostic, ...]:
    """What checking says of a text, or of what reading has made of it."""
    source = Source("test.ank", text)
    with soon():
        return check(parse(source).program, source, WORLD).diagnostics


def completed(text: str) -> None:
    """Ask what can stand at a text's end and in its middle."""
    for at in (len(text), len(text) // 2):
        with soon():
            found = complete(text, at, WORLD)
        assert 0 <= found.start <= found.end <= len(text)


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_an_error(name: str) -> None:
    assert refused(DEEP[name])


@pytest.mark.parametrize("name", WRONG)
def test_long_wrong_texts_are_errors(name: str) -> None:
    assert 1 <= len(refused(WRONG[name])) <= 101


@pytest.mark.parametrize("name", LONG)
def test_long_texts_are_read_and_formatted(name: str) -> None:
    text = LONG[name]
    assert read(text).diagnostics == ()
    with soon():
        once = format_program(Source("test.ank", text))
    assert told(once) == told(text)
    assert format_program(Source("test.ank", once)) == once
    checked(text)
    completed(text)


@pytest.mark.parametrize("name", sorted(LINES))
def test_lines_of_a_megabyte(name: str) -> None:
    text = long_texts()[name]
    assert len(text) > 900_000
    assert read(text).diagnostics == ()
    with soon():
        assert told(format_program(Source("test.ank", text))) == told(text)
    checked(text)
    completed(text)


SEARCHES = {
    **{f"deep: {name}": text for name, text in deep_searches().items()},
    **{f"a term: {name}": text for name, text in one_term_searches().items()},
    **{f"long: {name}": text for name, text in long_searches(60_000).items()},
}
LOOKED_FOR = {"deep: minuses", *(f"a term: {name}" for name in one_term_searches())}
LOOKED_FOR -= {"a term: an open quote", "a term: colons", "a term: a digit"}
"""What can be asked; of a deck with such a name there is only a warning."""


@pytest.mark.parametrize("name", SEARCHES)
def test_searches(name: str) -> None:
    text = f'let x = "a"\nprint $x\nfind "{SEARCHES[name]}"'
    errors = [each for each in checked(text) if each.severity is Severity.ERROR]
    with soon():
        said = render(errors)
    assert (said == "") == (name in LOOKED_FOR), said
    completed(text)
    with soon():
        assert format_program(Source("test.ank", text))


WHOLE = {
    "round": ("print " + "(" * 20 + "find x" + ")" * 20),
    "records": ("print " + "{a: " * 40 + "1" + "}" * 40),
    "blocks": "if $x { " * 40 + "count" + " }" * 40,
    "plus": "let x = " + " + ".join(["$a"] * 90),
    "or": "x | where " + " or ".join(["a == 1"] * 700),
    "and": "x | where " + " and ".join(["a + 1 == b * 2"] * 700),
    "paths": "print $a" + ".b" * 90,
    "not": "x | where " + "not " * 90 + "a",
    "types": "param a: " + "list<" * 90 + "int" + ">" * 90,
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_people_write_is_not_too_deep(name: str) -> None:
    assert read(WHOLE[name]).diagnostics == ()


def test_too_deep_is_said_at_its_place() -> None:
    text = "print fine\nprint " + "[" * 500 + "1" + "]" * 500 + "\nprint fine"
    [found] = read(text).diagnostics
    assert found.code == "syntax::too-deep"
    assert found.span is not None
    assert found.source is not None
    line, column = found.source.position(found.span.start)
    assert line == 2
    assert 7 + 90 < column <= 7 + t.DEPTH
    assert len(read(text).program.statements) == 2


@pytest.mark.parametrize("name", [*WHOLE, "each", "mixed", "calls", "strings"])
def test_no_tree_is_deeper_than_said(name: str) -> None:
    """At the limit, whoever recurses over a tree needs few of Python's 1000 frames."""
    texts = [WHOLE[name]] if name in WHOLE else [deep_texts(depth)[name] for depth in range(5, 60)]
    trees = [parsed.program for text in texts if not (parsed := read(text)).diagnostics]
    assert trees
    for tree in trees:
        assert depth_of(tree.statements) <= 2 * t.DEPTH


def depth_of(node: object) -> int:
    """How many nodes are within each other, found without recursion."""
    deepest = 0
    todo: list[tuple[object, int]] = [(node, 0)]
    while todo:
        item, depth = todo.pop()
        deepest = max(deepest, depth)
        if isinstance(item, tuple):
            todo += [(part, depth) for part in item]
        else:
            names = getattr(type(item), "__match_args__", ())
            todo += [(getattr(item, name), depth + 1) for name in names if "span" not in name]
    return deepest


def test_reading_needs_little_of_the_stack() -> None:
    """Half of what Python has by default is enough at the greatest depth."""
    text = "\n".join(
        [WHOLE["records"], WHOLE["blocks"], WHOLE["round"], *deep_texts(30).values(), WHOLE["not"]]
    )
    before = sys.getrecursionlimit()
    frame, used = sys._getframe(), 0
    while frame.f_back is not None:
        frame, used = frame.f_back, used + 1
    sys.setrecursionlimit(used + 500)
    try:
        parsed = parse(Source("test.ank", text))
    finally:
        sys.setrecursionlimit(before)
    assert list(nodes(parsed.program.statements))
