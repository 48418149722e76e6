"""What becomes of an error on its way out: its place, and what `catch` gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ankish.data import replace
from ankish.diagnostics.model import AnkishError, Diagnostic, Label, Span, called
from ankish.plan.model import Inside


def caught(error: AnkishError) -> dict[str, Any]:
    """An error as a value of the language: `e.message`, `e.code`, `e.help`."""
    first = error.diagnostics[0]
    return {"message": first.message, "code": first.code, "help": "; ".join(first.helps)}


def placed(error: AnkishError, span: Span) -> AnkishError:
    """The same error, at the place of the program that led to it."""
    return AnkishError(*(_placed(problem, span) for problem in error.diagnostics))


def _placed(problem: Diagnostic, span: Span) -> Diagnostic:
    there = problem if problem.labels else replace(problem, labels=(Label(span),))
    return called(there, span.call) if isinstance(span, Inside) else there


@contextmanager
def within_call(span: Span) -> Iterator[None]:
    """What goes wrong in a macro is told at its call."""
    try:
        yield
    except AnkishError as error:
        if isinstance(span, Inside):
            raise placed(error, span) from None
        raise
