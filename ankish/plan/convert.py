"""Conversions and expressions: the steps that nobody wrote."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ankish.analysis import core
from ankish.analysis.convert import FORMS, OF_IDS, Conversion, How
from ankish.catalog.columns import Column, sources
from ankish.catalog.commands import COMMANDS
from ankish.catalog.types import CARDS, NOTES, QUERY, TABLE, TAGS, Type
from ankish.data import replace
from ankish.diagnostics.model import Span
from ankish.plan import model as m
from ankish.plan.options import ALL, Options
from ankish.plan.values import Found, Rows, Value, highest


class Emitter(ABC):
    """Emits steps, and turns values into the expressions that steps hold."""

    def __init__(self, values: dict[core.Binding, Value], options: Options = ALL) -> None:
        self.values = values
        self.options = options
        self.steps: list[m.Step] = []
        self.called_at: Span | None = None
        """The call of a macro that is being lowered, the outermost one."""
        self.last = max((highest(value) for value in values.values()), default=0)
        self.notes_of: dict[int, m.Ref] = {}
        self.asked: list[Found] = []
        """The searches that were asked, in order."""
        self.changed: dict[Span, Any] = {}
        """What the verbs were given that change cards or notes, to be counted."""
        self.entities: dict[int, str] = {}
        """What the slots of `$it` are rows of."""

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Steps that may be done never or often: what they ask is not there after them."""
        notes_of, asked = dict(self.notes_of), len(self.asked)
        try:
            yield
        finally:
            self.notes_of = notes_of
            for found in self.asked[asked:]:
                found.slots.clear()
            del self.asked[asked:]

    def slot(self) -> int:
        """A new slot."""
        self.last += 1
        return self.last

    def emit(self, step: m.Step) -> None:
        """One step more; within a macro it knows the call."""
        if self.called_at is not None:
            place = step.span
            inside: Any = m.Inside(place.start, place.end, self.called_at)
            step = replace(step, span=inside)  # all that is emitted has a field for it
        self.steps.append(step)

    def hold_item(self, binding: core.Binding, slot: int) -> None:
        """`$it` is in a slot."""
        self.values[binding] = m.Ref(slot, binding.flow.type, binding.span)
        if binding.flow.rows is not None:
            self.entities[slot] = binding.flow.rows.entity

    @abstractmethod
    def pipeline(self, node: core.Pipeline) -> Value:
        """The steps of a pipeline; the value it gives. `Lowering` knows the stages."""

    # ---- conversions

    def rows(self, value: Value, flow: core.Flow, piped: Conversion, span: Span) -> Any:
        """What flows, as rows: fetched if it isn't yet."""
        if piped not in ((How.FETCH,), (How.FETCH_AGAIN,)):
            return value
        rows = flow.rows
        assert rows is not None
        entity = rows.entity
        if piped == (How.FETCH_AGAIN,):
            ids: Any = self.row_ids(value, f"{entity}s", span)
        elif isinstance(value, Found):
            self.ask_found(value, span)
            ids = self.found(value, f"{entity}s", span)
        else:
            ids = self.plain_value(value)
        return self.fetch(rows, ids, tuple(rows.columns.values()), value, span)

    def fetch(
        self, rows: core.Rows, ids: Any, columns: tuple[Column, ...], value: Value, span: Span
    ) -> Rows:
        """Rows with just these columns, by the cheapest actions that have them."""
        entity = rows.entity
        asked: dict[str, int] = {}
        for action in sources(entity, columns):
            of_notes = COMMANDS[action].param("notes") is not None
            given = ids
            if of_notes and entity == "card" and isinstance(value, Rows):
                given = self.row_ids(value, "notes", span)
            elif of_notes and entity == "card":
                given = self.into(value, _notes_how(value), span)
            param = "notes" if of_notes else "cards"
            asked[action] = self.ask(action, {param: given}, span, why="for columns").slot
        slot = self.slot()
        self.emit(m.Assemble(slot, entity, ids, asked, columns, span))
        return Rows(m.Ref(slot, TABLE, span), rows, infos=tuple(asked.items()))

    def into(self, value: Value, how: Conversion, span: Span) -> Any:
        """A value converted as `analysis.convert` says, as an expression."""
        for step in how:
            value = self.convert(value, step, span)
        return self.plain_value(value)

    def convert(self, value: Value, how: How, span: Span) -> Value:
        """One step of a conversion."""
        if how is How.SEARCH:
            return value.search if isinstance(value, Found) else value
        if how in (How.ASK_CARDS, How.ASK_NOTES):
            return self.found(value, FORMS[how], span)
        if how is How.ROWS:
            return value.ref if isinstance(value, Rows) else value
        if how in (How.ROW_CARDS, How.ROW_NOTES):
            return self.row_ids(value, FORMS[how], span)
        if how in (How.ITEM_CARDS, How.ITEM_NOTES):
            return self.item_ids(self.plain_value(value), FORMS[how], span)
        if how is How.NOTES_OF_CARDS:
            return self.notes_of_cards(self.plain_value(value), span)
        if how is How.CARDS_OF_NOTES:
            query = core.Convert(self.plain_value(value), (How.NOTES_SEARCH,), QUERY, span)
            return self.ask("findCards", {"query": query}, span, why="all cards of the notes")
        if how is How.SPACED and (text := _known_words(value)) is not None:
            return replace(text, span=span)
        types = {How.ONE: Type("int"), How.LIST: TABLE, How.SPACED: TAGS}
        type_ = QUERY if how in OF_IDS else types.get(how, CARDS)
        return core.Convert(self.plain_value(value), (how,), type_, span)

    def row_ids(self, value: Rows, form: str, span: Span) -> Any:
        """The cards or notes of rows."""
        entity = value.rows.entity
        ids = core.Convert(value.ref, (_ID_COLUMN[entity],), CARDS, span)
        if f"{entity}s" == form:
            return ids
        if value.found is not None and form in value.found.slots:
            return self.found(value.found, form, span)
        for action, slot in value.infos:
            if self.options.once and action in ("notesInfo", "cardsInfo"):
                return m.NotesOf(ids, action, m.Ref(slot, TABLE, span), NOTES, span)
        return self.notes_of_cards(ids, span)

    def item_ids(self, item: Any, form: str, span: Span) -> Any:
        """The card or note of one row, as a set; `item` knows what it is a row of."""
        entity = self.entities[item.slot]
        key = core.Get(item, f"{entity}Id", False, Type(entity), span)
        ids = core.Convert(key, (How.IDS,), CARDS, span)
        return ids if f"{entity}s" == form else self.notes_of_cards(ids, span)

    def notes_of_cards(self, cards: Any, span: Span) -> m.Ref:
        """The notes of cards, asked once for the same cards."""
        key = cards.slot if isinstance(cards, m.Ref) else None
        if key is not None and key in self.notes_of:
            return self.notes_of[key]
        notes = self.ask("cardsToNotes", {"cards": cards}, span, why="cards to notes")
        if key is not None:
            self.notes_of[key] = notes
        return notes

    def found(self, value: Found, form: str, span: Span) -> m.Ref:
        """The cards or notes of a search."""
        self.ask_found(value, span)
        return m.Ref(value.slots[form], CARDS if form == "cards" else NOTES, span)

    def ask_found(self, value: Found, span: Span) -> None:
        """Ask a search, in every form that any later stage wants, unless that is done."""
        if value.slots:
            return
        self.asked.append(value)
        for form in sorted(value.selection.forms, reverse=True):
            action = "findCards" if form == "cards" else "findNotes"
            moved = (
                ", with what `where` leaves to it" if isinstance(value.search, m.Narrowed) else ""
            )
            why = f"the search{moved}, as {form}"
            value.slots[form] = self.ask(action, {"query": value.search}, span, why=why).slot

    def ask(self, action: str, params: dict[str, Any], span: Span, why: str = "") -> m.Ref:
        """An action that nobody wrote."""
        slot = self.slot()
        command = COMMANDS[action]
        ordered = action in ("findCards", "findNotes", "cardsToNotes")
        made = m.Ask(slot, action, params, command.effect, span, command, why, ordered=ordered)
        self.emit(made)
        return m.Ref(slot, command.result, span)

    # ---- expressions

    def plain_value(self, value: Value) -> Any:
        """A stage's value as an expression."""
        if isinstance(value, Found):
            form = "cards" if "cards" in value.selection.forms else "notes"
            return self.found(value, form, Span(0, 0))
        return value.ref if isinstance(value, Rows) else value

    def plain(self, node: core.Expression) -> Any:
        """An expression of the plan: variables and pipelines become references."""
        if isinstance(node, core.Use):
            value = self.plain_value(self.values[node.binding])
            return replace(value, span=node.span)
        if isinstance(node, core.Sub):
            return self.into(self.pipeline(node.pipeline), node.into, node.span)
        if isinstance(node, core.Convert):
            if isinstance(node.value, core.Use):
                return self.into(self.values[node.value.binding], node.how, node.span)
            return self.into(self.plain(node.value), node.how, node.span)
        if isinstance(node, core.Held):
            return replace(node, value=self.plain(node.value))
        if isinstance(node, core.Get):
            return replace(node, target=self.plain(node.target))
        if isinstance(node, core.ListOf):
            return replace(node, items=tuple(self.plain(item) for item in node.items))
        if isinstance(node, core.RecordOf):
            return replace(node, items=tuple((k, self.plain(v)) for k, v in node.items))
        if isinstance(node, core.TextOf):
            parts = tuple(p if isinstance(p, str) else self.plain(p) for p in node.parts)
            return _joined(replace(node, parts=parts))
        if isinstance(node, core.SearchOf):
            return replace(node, values=tuple(self.plain(value) for value in node.values))
        if isinstance(node, core.Operation):
            return _decided(
                replace(node, operands=tuple(self.plain(each) for each in node.operands))
            )
        if isinstance(node, core.Apply):
            return replace(node, arguments=tuple(self.plain(each) for each in node.arguments))
        return node


_ID_COLUMN = {"card": How.CARD_COLUMN, "note": How.NOTE_COLUMN}


def _notes_how(value: Value) -> Conversion:
    """How cards as a stage gave them become their notes, to look up what notes have."""
    return (How.ASK_NOTES if isinstance(value, Found) else How.NOTES_OF_CARDS,)


KNOWN = 10_000
"""Longer texts than this are not put together before the program runs."""


def _joined(node: core.TextOf) -> core.TextOf | core.Literal:
    """A text whose parts are all texts that are known is one, as after a macro's call."""
    texts = [part.value if isinstance(part, core.Literal) else part for part in node.parts]
    if not all(isinstance(text, str) for text in texts):
        return node
    if sum(map(len, texts)) > KNOWN:  # type: ignore[arg-type]
        return node
    return core.Literal("".join(texts), node.type, node.span)  # type: ignore[arg-type]


def _decided(node: core.Operation) -> core.Operation | core.Literal:
    """Whether there is a value where that is known, as after a `param` was given or left out.

    With that a branch that can't be taken is no part of the plan.
    """
    values = [each.value for each in node.operands if isinstance(each, core.Literal)]
    if len(values) < len(node.operands):
        return node
    if node.operator in ("==", "!=") and None in values:
        same = values[0] is None and values[1] is None
        return core.Literal(same == (node.operator == "=="), node.type, node.span)
    if node.operator == "not" and isinstance(values[0], bool):
        return core.Literal(not values[0], node.type, node.span)
    return node


def _known_words(value: Value) -> core.Literal | None:
    """A list of texts that are known, as one text with spaces between; None if it isn't one."""
    items = value.items if isinstance(value, core.ListOf) else ()
    words = [item.value for item in items if isinstance(item, core.Literal)]
    if not words or len(words) < len(items) or not all(isinstance(word, str) for word in words):
        return None
    return core.Literal(" ".join(words), value.type, value.span)
