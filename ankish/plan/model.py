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
from ankish.catalog.types import ANY, Type
from ankish.data import dataclass, replace
from ankish.diagnostics.model import Diagnostic, Span
from ankish.plan.options import ALL, Options


@dataclass(frozen=True, slots=True)
class Inside(Span):
    """A place in a macro, and the call that led to it, which is the user's own."""

    call: Span


@dataclass(frozen=True, slots=True)
class Ref:
    """The value in a slot."""

    slot: int
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A search that finds what `terms` find as well: conditions that Anki looks at."""

    search: Any
    terms: tuple[str, ...]
    type: Type
    span: Span

    def text(self, search: str) -> str:
        """The whole, with the search as it is written."""
        given = [f"({search})"] if search.strip() else []
        return " ".join([*given, *self.terms])


@dataclass(frozen=True, slots=True)
class NotesOf:
    """The notes of cards, out of an answer of cardsInfo or notesInfo that was fetched for them."""

    cards: Any
    action: str
    infos: Ref
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Ask:
    """An action, sent to Anki.

    * **params** - by name, in the order of the catalog; what is left out is not sent.
    * **why** - for what nobody wrote: which conversion asks for it.
    * **decks** - values that have to name decks which exist, looked at before it is sent.
    * **ordered** - the ids that it gives are put in the order of their numbers: Anki gives them
      in one that depends on how the search is written.
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
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Make:
    """A value computed here; `why` is for what nobody wrote."""

    slot: int
    value: Any
    span: Span
    why: str = ""


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
      `cards` or `notes` for a table of some of many, `faces` for cards as they look, `rows` for
      one of rows as they are (`label` says what they are),
      `table`, `chart` and `help` for what these commands show, `verdicts` for what became of rows.
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
    """Something for a file. `switches` are those of `save`, by name, where they are given."""

    value: Any
    path: Any
    format: Any
    span: Span
    switches: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """A file that goes."""

    path: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to the user: `ask` for a text, `confirm` for yes or no."""

    slot: int
    form: str
    question: Any
    default: Any
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

    def rest(self, items: list[Any]) -> Loop:
        """The same for items that are known."""
        return replace(self, items=core.Literal(items, ANY, self.span))


@dataclass(frozen=True, slots=True)
class Every:
    """Steps for all items together: each step for all of them before the next one.

    With `in_turn`, what is shown is shown item by item nevertheless, as a loop shows it.
    """

    slot: int
    item: int
    items: Any
    body: tuple[Step, ...]
    result: Any
    span: Span
    in_turn: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """Steps that make rows of cards or notes, done for some of the ids at a time."""

    slot: int
    ids: Ref
    body: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Attempt:
    """Steps, and the steps that are done when one of them fails; `error` is the error's slot."""

    body: tuple[Step, ...]
    error: int
    handler: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Atomic:
    """Steps that are taken back when one of them fails."""

    body: tuple[Step, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Stop:
    """The program's own failure."""

    message: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """What has to hold, or the program fails."""

    condition: Any
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
    Ask
    | Make
    | Assemble
    | Verb
    | Show
    | Save
    | Remove
    | Prompt
    | Branch
    | Loop
    | Every
    | Attempt
    | Atomic
    | Stream
    | Stop
    | Claim
    | Exchange
)
"""A step of a plan. `merge` leaves no `Ask` outside an `Exchange`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps, which slot holds which variable of the program, and what was done to send less.

    `hints` is what the user should know about what it costs.
    """

    steps: tuple[Step, ...]
    variables: dict[core.Binding, Any]
    options: Options = ALL
    hints: tuple[Diagnostic, ...] = ()


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
    if isinstance(expression, Narrowed):
        return (expression.search,)
    if isinstance(expression, NotesOf):
        return (expression.cards, expression.infos)
    if isinstance(expression, core.Operation):
        return expression.operands
    if isinstance(expression, core.Apply):
        return expression.arguments
    if isinstance(expression, core.Convert | core.Held):
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


def every(steps: Iterable[Step]) -> Iterator[Step]:
    """All steps of a plan, also those inside conditions and loops."""
    for step in steps:
        yield step
        if isinstance(step, Exchange):
            yield from step.asks
        elif isinstance(step, Branch):
            for _, body in step.branches:
                yield from every(body)
            yield from every(step.otherwise)
        elif isinstance(step, Loop | Every | Atomic | Stream):
            yield from every(step.body)
        elif isinstance(step, Attempt):
            yield from every(step.body)
            yield from every(step.handler)


def asks(steps: Iterable[Step]) -> Iterator[Ask]:
    """All actions of a plan."""
    return (step for step in every(steps) if isinstance(step, Ask))


def has_atomic(steps: Iterable[Step]) -> bool:
    """Whether a plan has something that is taken back when it fails."""
    return any(isinstance(step, Atomic) for step in every(steps))
