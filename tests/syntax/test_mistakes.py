"""Each mistake has its message, at its place; `grammar/errors.toml` has the examples."""

from __future__ import annotations

import pytest

from ankish.diagnostics.kind import REGISTRY
from ankish.diagnostics.model import Severity, Source
from ankish.diagnostics.render import render
from ankish.syntax.parser import parse
from tests.support.mistakes import Wrong, wrong_programs

WRONG = wrong_programs()

ELSEWHERE = {"syntax::too-deep", "syntax::too-many"}
"""Kinds whose examples are too long for the file; `test_limits` and `test_recovery` have them."""

POOR: set[str] = set()
"""Wrong programs of the file whose message is known to be poor; better it and take it out."""


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.code[8:]}-{wrong.text[:30]!r}")
def test_a_mistake_has_its_message_at_its_place(wrong: Wrong) -> None:
    found = parse(Source("wrong.ank", wrong.text)).diagnostics
    told = [
        (each.code, each.span and wrong.text[each.span.start : each.span.end]) for each in found
    ]
    assert told == [(wrong.code, wrong.text[wrong.start : wrong.end])]
    assert found[0].span is not None
    assert (found[0].span.start, found[0].span.end) == (wrong.start, wrong.end)
    assert found[0].severity is Severity.ERROR


def test_every_kind_has_examples() -> None:
    declared = {code for code in REGISTRY if code.startswith("syntax::")}
    counted = {code: sum(wrong.code == code for wrong in WRONG) for code in declared - ELSEWHERE}
    assert {wrong.code for wrong in WRONG} == declared - ELSEWHERE
    assert [code for code, count in counted.items() if count < 2] == []


def test_no_message_is_poor() -> None:
    assert {wrong.text for wrong in WRONG} >= POOR
    assert set() == POOR


@pytest.mark.parametrize("code", sorted(code for code in REGISTRY if code.startswith("syntax::")))
def test_wording(code: str) -> None:
    kind = REGISTRY[code]
    assert kind.message[0].islower() or not kind.message[0].isalpha()
    assert not kind.message.endswith(".")
    assert kind.explain


def test_messages_in_full(golden) -> None:  # type: ignore[no-untyped-def]
    shown = []
    for wrong in WRONG:
        found = parse(Source("wrong.ank", wrong.text)).diagnostics
        shown.append(render(found))
    golden("syntax/mistakes", "\n\n".join(shown))
