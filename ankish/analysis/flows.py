"""What flows through a text that is still being written, as far as it can be told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ankish.analysis import core
from ankish.analysis.check import ERROR, check
from ankish.analysis.macros import TYPES, flow_of
from ankish.analysis.rows import item_of
from ankish.analysis.selection import OTHERS
from ankish.analysis.world import Unknown, World
from ankish.catalog.columns import CARD_COLUMNS, NOTE_COLUMNS, Column, field_column
from ankish.catalog.types import ANY, FIELD, Key
from ankish.diagnostics.model import Source, Span
from ankish.syntax import tree as t
from ankish.syntax.frames import Variable
from ankish.syntax.parser import parse

Bindings = tuple[core.Binding, ...]


@lru_cache(maxsize=128)
def flow_after(text: str, bindings: Bindings) -> core.Flow:
    """What the last pipeline of a text gives; anything if that can't be told.

    Names of things are not looked up: what is misspelt still has a type.
    """
    source = Source("", text)
    program = parse(source).program
    pipelines = [each for each in program.statements if isinstance(each, t.Pipeline)]
    if not pipelines:
        return core.Flow(ANY)
    last = t.Program(tuple(pipelines[-1:]), (), program.span)
    for statement in check(last, source, Unknown(), bindings, keep=True).checked.statements:
        if isinstance(statement, core.Pipeline):
            return statement.flow
    return core.Flow(ANY)


def bound(variables: Sequence[Variable], bindings: Bindings) -> Bindings:
    """The bindings there are already, and those of the variables of a text, in order."""
    for variable in variables:
        made = core.Binding(variable.name, _value(variable, bindings), Span(0, 0), used=True)
        bindings = (*bindings, made)
    return bindings


def _value(variable: Variable, bindings: Bindings) -> core.Flow:
    if variable.origin == "typed":
        return flow_of(TYPES.get(variable.text, ANY))
    if variable.origin == "error":
        return core.Flow(ERROR)
    flow = flow_after(variable.text, bindings)
    if variable.origin in ("let", "chunk"):
        return flow
    entity = entity_of(flow)
    if variable.origin == "it" and entity is not None and flow.rows is None:
        flow = core.Flow(flow.type, rows=core.Rows(None, entity), derived=flow.derived)
    return item_of(flow)


def entity_of(flow: core.Flow) -> str | None:
    """What the rows of a flow are about, `card` or `note`; None if it is no set of these."""
    if flow.rows is not None:
        return flow.rows.entity or "card"
    if flow.selection is not None or flow.type.name in ("query", "cards"):
        return "card"
    return "note" if flow.type.name == "notes" else None


def columns(flow: core.Flow, world: World, models: Sequence[str] = ()) -> tuple[Key, ...]:
    """The columns of what flows as rows: a note's fields first, then the others.

    `models` are the note types in question, if only some are.
    """
    derived = tuple(Key(name, type_) for name, type_ in flow.derived if name != OTHERS)
    entity = entity_of(flow)
    if entity is None:
        row = flow.type.of if flow.type.name == "list" else None
        return derived + (row.keys if row is not None else ())
    own: tuple[Column, ...] = NOTE_COLUMNS
    if entity == "card":
        own = (*CARD_COLUMNS, *NOTE_COLUMNS)
    fields = [field_column(name) for name in fields_of(world, models)]
    return derived + tuple(Key(each.name, each.type, doc=each.doc) for each in (*fields, *own))


def fields_of(world: World, models: Sequence[str]) -> list[str]:
    """The fields of these note types; of all of them if none is named or known."""
    named = [name for model in models for name in world.fields(model) or ()]
    return list(dict.fromkeys(named)) or list(world.all_fields() or ())


def keys_of(flow: core.Flow, world: World) -> tuple[Key, ...]:
    """The keys that can be looked up in a value."""
    if flow.rows is not None and flow.type.name == "record":  # an item of rows
        return columns(flow, world)
    if flow.type.name == "record" and flow.type.names == "field":
        return tuple(Key(name, FIELD) for name in fields_of(world, ()))
    return flow.type.keys if flow.type.name == "record" else ()
