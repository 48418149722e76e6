"""The plan: a sequence of actions with references between them, and what is done here.

Every value has a slot, a number that is filled once. Expressions are those of
`analysis.core`, with `Ref` where a variable or a pipeline stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ankish.analysis import core
from ankish.catalog.columns import Column
from ankish.catalog.model import Command, Effect
from ankish.catalog.types import Type
from ankish.data import dataclass
from ankish.diagnostics.model import Span


@dataclass(frozen=True, slots=True)
class Ref:
    """The value in a slot."""

    slot: int
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Ask:
    """An action, sent to Anki.

    * **params** - by name, in the order of the catalog; what is left out is not sent.
    * **why** - for what nobody wrote: which conversion asks for it.
    * **decks** - values that have to name decks which exist, looked at before it is sent.
    * **tolerant** - what Anki says against it is a result (`{ok, result, error}`), no failure.
    """

    slot: int
    action: str
    params: dict[str, Any]
    effect: Effect
    span: Span
    command: Command | None = None
    why: str = ""
    decks: tuple[Any, ...] = ()
    tolerant: bool = False


@dataclass(frozen=True, slots=True)
class Make:
    """A value computed here."""

    slot: int
    value: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Assemble:
    """Rows made of what was asked for.

    * **ids** - the cards or notes, in the order of the rows.
    * **sources** - the slots of the answers, by action.
    * **columns** - what a row has besides its id.
    """

    slot: int
    entity: str
    ids: Any
    sources: dict[str, int]
    columns: tuple[Column, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Verb:
    """A row verb or a list verb, done here; `item` is the slot of `$it`."""

    slot: int
    verb: str
    source: Any
    span: Span
    item: int = -1
    keys: tuple[Any, ...] = ()
    columns: tuple[tuple[str, Any], ...] = ()
    descending: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """Something for the user.

    * **form** - `print` for texts, `value` for a result, `report` for what was changed,
      `cards` or `notes` for a table of some of many, `verdicts` for what became of rows.
    * **of** - what the whole is, where `value` is only a part to be shown.
    """

    form: str
    value: Any
    type: Type
    span: Span
    label: str = ""
    of: Any = None


@dataclass(frozen=True, slots=True)
class Save:
    """Something for a file."""

    value: Any
    path: Any
    format: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions with their steps, and the steps otherwise."""

    branches: tuple[tuple[Any, tuple[Step, ...]], ...]
    otherwise: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Loop:
    """Steps for every item in order."""

    item: int
    items: Any
    body: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Every:
    """Steps for all items together: each step for all of them before the next one."""

    slot: int
    item: int
    items: Any
    body: tuple[Step, ...]
    result: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Attempt:
    """Steps, and the steps that are done when one of them fails; `error` is the error's slot."""

    body: tuple[Step, ...]
    error: int
    handler: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Stop:
    """The program's own failure."""

    message: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Exchange:
    """Actions that go in one request."""

    asks: tuple[Ask, ...]

    @property
    def span(self) -> Span:
        """The place of the first one."""
        return self.asks[0].span


Step = (
    Ask | Make | Assemble | Verb | Show | Save | Branch | Loop | Every | Attempt | Stop | Exchange
)
"""A step of a plan. `merge` leaves no `Ask` outside an `Exchange`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps, and which slot holds which variable of the program."""

    steps: tuple[Step, ...]
    variables: dict[core.Binding, Any]


def parts(expression: Any) -> tuple[Any, ...]:
    """The expressions inside an expression."""
    if isinstance(expression, core.Get):
        return (expression.target,)
    if isinstance(expression, core.ListOf):
        return expression.items
    if isinstance(expression, core.RecordOf):
        return tuple(value for _, value in expression.items)
    if isinstance(expression, core.TextOf):
        return tuple(part for part in expression.parts if not isinstance(part, str))
    if isinstance(expression, core.SearchOf):
        return expression.values
    if isinstance(expression, core.Operation):
        return expression.operands
    if isinstance(expression, core.Apply):
        return expression.arguments
    if isinstance(expression, core.Convert):
        return (expression.value,)
    return ()


def references(expression: Any) -> set[int]:
    """The slots that an expression needs."""
    if isinstance(expression, Ref):
        return {expression.slot}
    found: set[int] = set()
    for part in parts(expression):
        found |= references(part)
    return found


def asks(steps: Iterable[Step]) -> Iterator[Ask]:
    """All actions of a plan, also those inside conditions and loops."""
    for step in steps:
        if isinstance(step, Ask):
            yield step
        elif isinstance(step, Exchange):
            yield from step.asks
        elif isinstance(step, Branch):
            for _, body in step.branches:
                yield from asks(body)
            yield from asks(step.otherwise)
        elif isinstance(step, Loop | Every):
            yield from asks(step.body)
        elif isinstance(step, Attempt):
            yield from asks(step.body)
            yield from asks(step.handler)
