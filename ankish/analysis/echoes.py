"""What a check says only because a part of the program could not be read.

Both are told at once, the mistakes in how a program is written and those in what it means. But a
stage that is written wrong means something else than it was meant to, and what a `let` with a
mistake would have defined is not there: what is said about these is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ankish.analysis.check import Result
from ankish.data import replace
from ankish.diagnostics.kinds import name as kinds
from ankish.diagnostics.model import Diagnostic, Severity, Span
from ankish.syntax import tree as t
from ankish.syntax.parser import Parsed

STAGES = (t.Command, t.RowVerb, t.Value)
DEFINES = r"\b(?:let|for|macro|catch|param)\s+\$?([^\W\d][\w-]*)"


def without_echoes(result: Result, parsed: Parsed, text: str) -> Result:
    """What a check has found, less what only echoes the mistakes in how the `text` is written."""
    errors = [each for each in parsed.diagnostics if each.severity is Severity.ERROR]
    places = [each.span for each in errors if each.span is not None]
    if not places:
        return result
    broken = [stage for stage in _stages(parsed.program) if any(_holds(stage, at) for at in places)]
    defined = frozenset(re.findall(DEFINES, text))
    told = (each for each in result.diagnostics if not _echo(each, broken, defined, text))
    return replace(result, diagnostics=tuple(told))


def _echo(problem: Diagnostic, broken: list[Span], defined: frozenset[str], text: str) -> bool:
    at = problem.span
    if at is None:
        return False
    if problem.code == kinds.UNUSED.code or any(_holds(stage, at) for stage in broken):
        return True
    missing = problem.code in (kinds.VARIABLE.code, kinds.COMMAND.code)
    return missing and text[at.start : at.end].lstrip("$") in defined


def _holds(whole: Span, part: Span) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _stages(node: Any) -> Iterator[Span]:
    """The places of all stages, also those in blocks and brackets."""
    if isinstance(node, tuple):
        for each in node:
            yield from _stages(each)
    elif type(node).__module__.startswith("ankish.syntax"):
        if isinstance(node, STAGES):
            yield node.span
        for name in getattr(type(node), "__slots__", ()):
            yield from _stages(getattr(node, name))
