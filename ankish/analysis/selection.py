"""What flows through a pipeline: types, searches and rows, and the variables that hold them."""

from __future__ import annotations

from ankish.catalog.columns import Column, sources
from ankish.catalog.types import Type
from ankish.data import dataclass, field
from ankish.diagnostics.model import Span

OTHERS = "*"
"""Stands among derived columns for those whose names nobody knows, of a table from a file."""


@dataclass(eq=False)
class Selection:
    """Cards or notes that a search finds, or that ids name, and what is wanted of them.

    `forms` is filled while later stages are checked: `cards`, `notes` or both. So it is
    known, when the search is asked, in which forms it is needed; all are asked at once,
    and a verb that changes what would be found can't change what the next one is given.
    """

    forms: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Rows:
    """Cards or notes as rows of a table, and the columns that later stages use.

    `entity` is `card` or `note`; of a search it is empty until all stages are checked:
    cards, unless all that is used and wanted is about notes.
    """

    selection: Selection | None
    entity: str
    columns: dict[str, Column] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    again: list[Rows] = field(default_factory=list)
    """The same cards or notes, fetched once more after they were changed."""

    def settle(self) -> None:
        """Decide the entity if it is open, and demand of the search what the rows take."""
        if not self.entity:
            wanted, cards = self._demands()
            self._decide("note" if wanted == {"notes"} and not cards else "card")
        if self.selection is not None:
            self.selection.forms.add(f"{self.entity}s")
            if "notesInfo" in sources(self.entity, self.columns.values()):
                self.selection.forms.add("notes")

    def _demands(self) -> tuple[set[str], bool]:
        wanted = set(self.wanted)
        cards = any(column.entity == "card" for column in self.columns.values())
        for rows in self.again:
            others, also = rows._demands()
            wanted |= others
            cards = cards or also
        return wanted, cards

    def _decide(self, entity: str) -> None:
        self.entity = entity
        for rows in self.again:
            rows._decide(entity)


@dataclass(frozen=True, slots=True)
class Flow:
    """What comes out of a stage.

    * **type** - its type; of rows, that of what they were made from.
    * **selection** - for a search or ids that later stages may want in several forms.
    * **rows** - for rows of cards or notes.
    * **derived** - columns that were added to rows.
    * **stale** - a verb has changed the cards or notes since the rows were fetched: which they
      are is known, what they hold is not.
    """

    type: Type
    selection: Selection | None = None
    rows: Rows | None = None
    derived: tuple[tuple[str, Type], ...] = ()
    stale: bool = False


@dataclass(eq=False)
class Binding:
    """A name with a value: a `let`, the variable of a `for`, `$it`, a caught error.

    * **known** - its value, if it is a text that is known before the program runs.
    * **open** - its value will be known, but not here: a parameter of what is only checked.
    """

    name: str
    flow: Flow
    span: Span
    used: bool = False
    known: str | None = None
    open: bool = False
