"""`find … | where …`: the conditions that move into the search, and the columns left to fetch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ankish.analysis import core
from ankish.analysis.convert import How
from ankish.catalog.columns import sources
from ankish.data import replace
from ankish.plan import model as m
from ankish.plan.convert import Emitter
from ankish.plan.push import Mover, narrowed
from ankish.plan.values import Found, Value

PASSING = ("first", "last", "skip", "reverse")
"""Builtins that give some of the rows, as they are."""
ENDING = ("select", "group", "sum", "avg", "min", "max")
"""Row verbs that give no rows of cards or notes any more."""


def narrow(
    emitter: Emitter, stages: Sequence[core.Stage], shown: bool
) -> tuple[Value, Sequence[core.Stage]] | None:
    """What a search and the `where`s right behind it come to, and the stages that are left.

    None if nothing of the conditions can move. With `shown`, what the last stage gives is
    shown and nothing else.
    """
    find, wheres = stages[0], list(_wheres(stages[1:]))
    if not isinstance(find, core.Find) or not wheres or _nested(wheres):
        return None
    left = stages[1 + len(wheres) :]
    rows = wheres[0].item.flow.rows
    assert rows is not None
    mover = Mover(rows.columns)
    remaining: list[tuple[core.Row, Any]] = []
    for stage in wheres:
        rest = mover.rest(emitter.plain(stage.keys[0]))
        if rest is not None:
            remaining.append((stage, rest))
    if not mover.terms:
        return None
    search = narrowed(emitter.plain(find.search), mover.terms, find.span)
    columns = tuple(rows.columns.values())
    used = _used(left, shown)
    if used is not None:
        used |= {name for _, rest in remaining for name in _names(rest)}
        columns = tuple(column for column in columns if column.name in used)
    forms = {f"{rows.entity}s"}
    if "notesInfo" in sources(rows.entity, columns) or (not remaining and _takes_notes(left)):
        forms.add("notes")
    found = Found(search, core.Selection(forms))
    emitter.ask_found(found, find.span)
    ids = emitter.found(found, f"{rows.entity}s", find.span)
    value = emitter.fetch(rows, ids, columns, found, wheres[0].span)
    if not remaining:
        return replace(value, found=found), left
    for stage, rest in remaining:
        item, slot = emitter.slot(), emitter.slot()
        emitter.hold_item(stage.item, item)
        emitter.emit(m.Verb(slot, "where", value.ref, stage.span, item=item, keys=(rest,)))
        value = replace(value, ref=m.Ref(slot, stage.flow.type, stage.span))
    return value, left


def _wheres(stages: Sequence[core.Stage]) -> Iterator[core.Row]:
    """The `where`s that stages begin with."""
    for stage in stages:
        if not isinstance(stage, core.Row) or stage.verb != "where":
            return
        yield stage


def _nested(wheres: Sequence[core.Row]) -> bool:
    """Whether a condition asks something, or looks at a row as a whole."""
    return any(
        isinstance(node, core.Sub) or (isinstance(node, core.Use) and node.binding is stage.item)
        for stage in wheres
        for node in _nodes(stage.keys[0])
    )


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for part in m.parts(node):
        yield from _nodes(part)


def _names(node: Any) -> Iterator[str]:
    return (each.name for each in _nodes(node) if isinstance(each, core.ColumnOf))


def _takes_notes(stages: Sequence[core.Stage]) -> bool:
    return any(isinstance(stage, core.Act) and stage.piped == (How.ROW_NOTES,) for stage in stages)


def _used(stages: Sequence[core.Stage], shown: bool) -> set[str] | None:
    """The columns that stages use; None if the rows get out of sight, with all they have."""
    used: set[str] = set()
    for stage in stages:
        if isinstance(stage, core.Act) and stage.piped in ((How.ROW_CARDS,), (How.ROW_NOTES,)):
            if not stage.command.hands_on:
                return used
        elif isinstance(stage, core.Do) and not stage.piped and stage.command.name == "count":
            return used
        elif isinstance(stage, core.Row) and stage.verb in ("where", "sort", *ENDING):
            if stage.piped == (How.FETCH_AGAIN,):
                return used
            if _nested([replace(stage, keys=(key,)) for key in _keys(stage)]):
                return None
            used |= {name for key in _keys(stage) for name in _names(key)}
            if stage.verb in ENDING:
                return used
        elif not (isinstance(stage, core.Do) and stage.command.name in PASSING):
            return None
    return used if shown else None


def _keys(stage: core.Row) -> list[Any]:
    return [*stage.keys, *(made for _, made in stage.columns)]
