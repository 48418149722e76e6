"""The columns that cards and notes have as rows, and which action gives each.

Costs are those of ankiconnect/perf.md, measured on Anki 26.09.3: a row of notesInfo costs
21 µs and 0.3 KB, one of cardsInfo 150 µs and 1.2 KB, and the actions for single columns
10 to 14 µs. So each column names the cheapest action that has it. `interval` is not that of
getIntervals: it tells the last interval of the log, and refuses all cards for one that is neither
new nor was ever answered.
"""

from __future__ import annotations

from collections.abc import Iterable

from ankish.catalog.types import (
    BOOL,
    CARD,
    DECK,
    FLOAT,
    INT,
    MODEL,
    NOTE,
    RECORD,
    TEXT,
    Type,
    list_of,
)
from ankish.data import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column of cards or notes as rows.

    * **entity** - `card` or `note`: what it is a property of. A card has its note's columns.
    * **action** - what gives it, or empty for the id, which is known already.
    * **key** - its name in that action's rows, where it gives rows; where it gives a list of
      values, empty.
    """

    name: str
    type: Type
    entity: str
    action: str
    key: str
    doc: str


def _card(name: str, type_: Type, action: str, key: str, doc: str) -> Column:
    return Column(name, type_, "card", action, key, doc)


def _note(name: str, type_: Type, key: str, doc: str) -> Column:
    return Column(name, type_, "note", "notesInfo" if key else "", key, doc)


CARD_COLUMNS: tuple[Column, ...] = (
    _card("cardId", CARD, "", "", "the card's id"),
    _card("deck", DECK, "getDecks", "", "the deck the card is in"),
    _card(
        "interval",
        INT,
        "cardsInfo",
        "interval",
        "days between the last review and the next one; negative: seconds",
    ),
    _card("ease", FLOAT, "getEaseFactors", "", "ease as a factor: 2.5 is 250 %; 0 for a new card"),
    _card("lapses", INT, "cardsInfo", "lapses", "how often the card was forgotten"),
    _card("reps", INT, "cardsInfo", "reps", "how often the card was answered"),
    _card(
        "due",
        INT,
        "cardsInfo",
        "due",
        "new: position; review: day since the collection was made; learning: seconds",
    ),
    _card("left", INT, "cardsInfo", "left", "learning steps left today and in all"),
    _card(
        "queue",
        INT,
        "cardsInfo",
        "queue",
        "-3 -2 buried, -1 suspended, 0 new, 1 learning, 2 review, 3 relearning",
    ),
    _card("type", INT, "cardsInfo", "type", "0 new, 1 learning, 2 review, 3 relearning"),
    _card("ord", INT, "cardsInfo", "ord", "which of its note's cards it is, from 0"),
    _card(
        "flag",
        INT,
        "cardsInfo",
        "flags",
        "flag: 0 none, 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple",
    ),
    _card("suspended", BOOL, "areSuspended", "", "whether the card is suspended"),
    _card(
        "cardMod",
        INT,
        "cardsModTime",
        "mod",
        "when the card was changed last, in seconds since 1970",
    ),
    _card(
        "question", TEXT, "cardsInfo", "question", "the question side as HTML, with the style sheet"
    ),
    _card("answer", TEXT, "cardsInfo", "answer", "the answer side as HTML, with the style sheet"),
)
"""What a card has of its own."""

NOTE_COLUMNS: tuple[Column, ...] = (
    _note("noteId", NOTE, "", "the note's id"),
    _note("model", MODEL, "modelName", "the note type"),
    _note("tags", list_of(TEXT), "tags", "the note's tags"),
    _note("mod", INT, "mod", "when the note was changed last, in seconds since 1970"),
    _note("cards", list_of(INT), "cards", "the ids of the note's cards, by template"),
    _note("fields", RECORD, "fields", "all the fields, by name"),
)
"""What a note has, besides its fields."""

COLUMNS: dict[str, Column] = {c.name: c for c in (*CARD_COLUMNS, *NOTE_COLUMNS)}


FIELDS = "fields."
"""Before the name of a field: the field, and no column of the same name."""


def field_column(name: str, column: str | None = None) -> Column:
    """The column of a note's field; `column` is what it is called, if not as the field."""
    return Column(column or name, TEXT, "note", "notesInfo", f"{FIELDS}{name}", f"the field {name}")


IN_CARDS_INFO = frozenset({"noteId", "model"})
"""Columns of the note that cardsInfo has too; so are the fields."""


def sources(entity: str, columns: Iterable[Column]) -> list[str]:
    """The actions to ask for columns of cards or notes, in a fixed order.

    cardsInfo costs ten times what the actions for single columns cost, and gives what they
    give; once it has to be asked, they are not.
    """
    columns = list(columns)
    wanted = {column.action for column in columns if column.action}
    if entity == "card" and any(column.name == "noteId" for column in columns):
        wanted.add("notesInfo")
    if entity == "note" or "cardsInfo" not in wanted:
        return sorted(wanted)
    beyond = [c for c in columns if c.entity == "note" and not in_cards_info(c)]
    return ["cardsInfo", *(["notesInfo"] if beyond else [])]


def in_cards_info(column: Column) -> bool:
    """Whether a card's cardsInfo has this column of its note."""
    return column.name in IN_CARDS_INFO or column.key.startswith("fields")
