"""`assert`: what has to hold, and what is told if it does not."""

from __future__ import annotations

import json
from typing import Any

from ankish.analysis import core
from ankish.diagnostics.kinds import test as kinds
from ankish.diagnostics.model import AnkishError, Label
from ankish.plan import model as m
from ankish.runtime.evaluate import evaluate, truth
from ankish.runtime.texts import as_text

LONGEST = 60
"""Characters of a value that are shown."""


def claim(step: m.Claim, frame: dict[int, Any]) -> None:
    """Make sure that it holds. Raises `AnkishError`, which shows both sides of a comparison."""
    condition = step.condition
    if truth(evaluate(condition, frame), condition.span):
        return
    message = "what is asserted does not hold"
    if step.message is not None:
        message = as_text(evaluate(step.message, frame), step.message.span)
    sides = _sides(condition, frame)
    problem = kinds.ASSERT(condition.span, also=sides, message=message)
    raise AnkishError(problem)


def _sides(condition: Any, frame: dict[int, Any]) -> tuple[Label, ...]:
    """What the operands of a comparison are, those apart that say so themselves."""
    if not isinstance(condition, core.Operation) or condition.operator in ("and", "or"):
        return ()
    told = (each for each in condition.operands if not isinstance(each, core.Literal))
    return tuple(Label(each.span, f"is {_shown(evaluate(each, frame))}") for each in told)


def _shown(value: Any) -> str:
    """A value in a few words."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
