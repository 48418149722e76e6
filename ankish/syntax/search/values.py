"""The values that are bound into one term, and what is said of those that can't stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ankish.data import replace
from ankish.diagnostics.kind import Kind
from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Span
from ankish.diagnostics.text import harmless
from ankish.syntax.search.keywords import KEYWORDS

FORM = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?|[A-Za-z]+(?:-[a-z]+)*", re.A)
"""A number or a word: what a bound value of a certain form is made of."""

ID = re.compile("[0-9]{1,19}", re.A)
SURROGATE = re.compile("[\ud800-\udfff]")


class Values:
    """Values by their numbers, for the term of a kind; each `AnkishError` names one of them."""

    def __init__(
        self, kind: str, values: Sequence[object], spans: Sequence[Span] | None = None
    ) -> None:
        self.kind = kind
        self.values: Sequence[Any] = values
        self.spans = spans

    def with_one(self, index: int, value: object) -> Values:
        """The same values but for one."""
        values = [*self.values]
        values[index] = value
        return Values(self.kind, values, self.spans)

    def is_list(self, index: int) -> bool:
        """Whether a value is a list."""
        return isinstance(self.values[index], (list, tuple))

    def items(self, index: int) -> Sequence[Any]:
        """A list's items; of a single value, it alone."""
        value = self.values[index]
        return value if isinstance(value, (list, tuple)) else (value,)

    def text(self, index: int) -> str:
        """A text, or a number's digits."""
        value = self.values[index]
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self.wrong(index, "texts, numbers and lists of them")
        text = str(value)
        if SURROGATE.search(text):
            raise self.inexpressible(index, "half of a character")
        return text

    def form(self, index: int, wanted: str) -> str:
        """A number or a word; a float without a fraction is taken as an integer."""
        value = self.values[index]
        text = self.text(index)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            text = str(int(value))
        if not FORM.fullmatch(text):
            raise self.wrong(index, wanted)
        return text

    def ids(self, index: int) -> str:
        """Ids with commas between them; of an empty list 0, which nothing has for an id."""
        items = self.items(index)
        for item in items:
            digits = isinstance(item, str) and ID.fullmatch(item)
            if not digits and not (type(item) is int and item >= 0):
                raise self.wrong(index, "ids and lists of ids")
        return ",".join(map(str, items)) or "0"

    def wrong(self, index: int, wanted: str) -> AnkishError:
        """The value is not of a sort that can stand there."""
        where = f"after `{self.kind}:`" if self.kind in KEYWORDS else "in a search"
        given = described(self.values[index])
        optional = "a question mark behind it leaves the term out where it is null"
        return self.error(
            kinds.VALUE,
            index,
            given=given,
            where=where,
            wanted=wanted,
            optional=optional if self.values[index] is None else None,
        )

    def inexpressible(self, index: int, what: str, instead: str | None = None) -> AnkishError:
        """Anki's search has no way to say it."""
        shown = described(self.values[index])
        return self.error(kinds.INEXPRESSIBLE, index, what=what, shown=shown, instead=instead)

    def error(self, kind: Kind, index: int, **values: Any) -> AnkishError:
        """A message about one value."""
        return AnkishError(self.placed(kind(Span(0, 0), **values), index))

    def placed(self, problem: Diagnostic, index: int) -> Diagnostic:
        """The message at the value's place in the program; without one if that isn't known."""
        if self.spans is None:
            return replace(problem, labels=(), fix=None)
        labels = tuple(replace(label, span=self.spans[index]) for label in problem.labels)
        return replace(problem, labels=labels, fix=None)


def described(value: object) -> str:
    """What a value is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        text = value if len(value) <= 40 else f"{value[:40]}…"
        return f'the text "{harmless(text)}"'
    return "a list" if isinstance(value, (list, tuple)) else "a record"
