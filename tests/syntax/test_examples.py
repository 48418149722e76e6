"""Every example of the language's design is read without a mistake."""

from __future__ import annotations

import pytest

from ankish.diagnostics.model import Source
from ankish.syntax.parser import parse
from tests.support.examples import all_programs, examples
from tests.support.trees import nodes

EXAMPLES = examples()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_no_mistake(name: str) -> None:
    parsed = parse(Source(name, EXAMPLES[name]))
    assert parsed.diagnostics == ()
    assert parsed.program.statements
    assert not parsed.incomplete


def test_together_they_use_the_whole_language() -> None:
    trees = [parse(Source(name, text)).program for name, text in EXAMPLES.items()]
    kinds = {type(node).__name__ for tree in trees for node in nodes(tree)}
    assert kinds >= set(
        "Word Number Constant Piece String Name Variable Get List Pair Record Sub Call Binary Unary"
        " Argument Command Value Assignment SortKey RowVerb BlockVerb Pipeline Block TypeName"
        " Parameter Let If For Macro Param Use Try Atomic Fail Assert Test Comment".split()
    )


def test_all_programs_of_the_project_have_no_mistake() -> None:
    found = {name: parse(Source(name, text)).diagnostics for name, text in all_programs().items()}
    assert found
    assert {name: diagnostics for name, diagnostics in found.items() if diagnostics} == {}
