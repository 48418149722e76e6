"""What a stage gives while it is lowered, before it has to be an expression."""

from __future__ import annotations

from typing import Any

from ankish.analysis import core
from ankish.data import dataclass, field
from ankish.plan.model import Ref


@dataclass(eq=False)
class Found:
    """A search on its way: asked when it is first needed, in all forms that are ever wanted."""

    search: Any
    selection: core.Selection
    slots: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of cards or notes in a slot.

    * **found** - the search, if they are all that it finds.
    * **infos** - the answers that they were made of: actions, and their slots.
    """

    ref: Ref
    rows: core.Rows
    found: Found | None = None
    infos: tuple[tuple[str, int], ...] = ()


Value = Any
"""`Found`, `Rows`, or an expression of the plan."""


def highest(value: Value) -> int:
    """The highest slot that a value uses; 0 if none."""
    if isinstance(value, Found):
        return max(value.slots.values(), default=0)
    if isinstance(value, Rows):
        return value.ref.slot
    return value.slot if isinstance(value, Ref) else 0
