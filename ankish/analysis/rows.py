"""Row verbs: what flows in as rows, bare names as columns."""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.adding import add_notes
from ankish.analysis.context import Context
from ankish.analysis.expressions import condition, expression, value
from ankish.analysis.fit import element, is_table, named
from ankish.analysis.names import fix, near, some
from ankish.catalog.columns import CARD_COLUMNS, COLUMNS, NOTE_COLUMNS, field_column
from ankish.catalog.types import ANY, INT, Key, Type, list_of, record_of
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.model import Span
from ankish.syntax import tree as t

ANKICONNECT = {
    "deckName": "deck",
    "modelName": "model",
    "factor": "ease",
    "note": "noteId",
    "flags": "flag",
    "id": "cardId",
    "ivl": "interval",
}
"""Columns that users know by another name, from AnkiConnect's answers or Anki's searches."""


@dataclass(frozen=True, slots=True)
class RowColumns:
    """The columns of what flows: of cards and notes, of a table, or not known."""

    flow: core.Flow

    def column(self, context: Context, name: t.Name) -> core.Expression:
        """The column of that name; one that isn't there is reported."""
        found = self.find(context, name.text)
        if found is None:
            self._report(context, name)
            return core.Literal(None, ANY, name.span)
        return core.ColumnOf(name.text, found, name.span)

    def find(self, context: Context, name: str) -> Type | None:
        """The type of a column, and the demand for it noted; None if there is none."""
        for derived, type_ in self.flow.derived:
            if derived == name:
                return type_
        rows = self.flow.rows
        if rows is not None:
            column = COLUMNS.get(name)
            if column is None:
                made = "model" in context.unsettled or any(k == "model" for k, _ in context.created)
                fields = None if made else context.world.all_fields()
                if fields is None:
                    return ANY  # perhaps a field, perhaps a typing error
                column = field_column(name) if name in fields else None
            if column is None or (rows.entity == "note" and column.entity == "card"):
                return None
            rows.columns[name] = column
            return column.type
        item = self.flow.type.of
        if self.flow.type.name != "list" or item is None or item.name != "record":
            return ANY if self.flow.type.name == "any" or item is None else None
        if not item.keys:
            return item.of or ANY
        key = item.key(name)
        return key.type if key is not None else None

    def names(self, context: Context) -> list[str]:
        """All columns there are."""
        names = [name for name, _ in self.flow.derived]
        rows = self.flow.rows
        if rows is None:
            item = self.flow.type.of
            return names + ([key.name for key in item.keys] if item else [])
        columns = NOTE_COLUMNS if rows.entity == "note" else (*CARD_COLUMNS, *NOTE_COLUMNS)
        return names + [c.name for c in columns] + list(context.world.all_fields() or ())

    def _report(self, context: Context, name: t.Name) -> None:
        known = self.names(context)
        similar = ANKICONNECT.get(name.text) if self.flow.rows else None
        similar = similar or near(name.text, known)
        variable = context.scope.find(name.text)
        quoted = None if similar or variable else name.text
        context.report(
            name_kinds.COLUMN(
                name.span,
                name=name.text,
                rows=_kind_of_rows(self.flow),
                near=similar,
                variable=name.text if variable else None,
                text=quoted,
                minus="minus needs spaces around it" if "-" in name.text else None,
                columns=some(known),
                fix=fix(name.span, similar),
            )
        )


def _kind_of_rows(flow: core.Flow) -> str:
    if flow.rows is not None:
        return f"{flow.rows.entity or 'card'}s"
    return named(flow.type)


def as_rows(context: Context, verb: str, flow: core.Flow, span: Span) -> tuple[core.Flow, str]:
    """What flows, as rows, and how it becomes them; what has no rows is reported."""
    if flow.rows is not None and flow.stale:
        rows = context.new_rows(None, flow.rows.entity)
        flow.rows.again.append(rows)
        return core.Flow(flow.type, rows=rows), "again"
    if flow.rows is not None:
        return flow, "same"
    if flow.selection is not None:
        return core.Flow(flow.type, rows=context.new_rows(flow.selection, None)), "rows"
    if flow.type.name in ("cards", "notes"):
        entity = flow.type.name[:-1]
        return core.Flow(flow.type, rows=context.new_rows(None, entity)), "rows"
    if flow.type.name not in ("list", "any"):
        context.report(type_kinds.ROWS(span, verb=verb, given=named(flow.type)))
    return flow, "same"


def item_of(flow: core.Flow) -> core.Flow:
    """What `$it` is, for items of what flows."""
    if flow.rows is not None:
        return core.Flow(Type("record"), rows=flow.rows, derived=flow.derived)
    return core.Flow(element(flow.type))


def row_verb(
    context: Context, node: t.RowVerb, flow: core.Flow | None, example: str
) -> core.Stage | None:
    """The checked form of `where`, `select`, `sort`, `derive` or `group`."""
    if flow is None:
        context.report(call_kinds.NEEDS_INPUT(node.verb_span, command=node.verb, example=example))
        flow = core.Flow(ANY)
    flow, piped = as_rows(context, node.verb, flow, node.verb_span)
    item = core.Binding("it", item_of(flow), node.verb_span, used=True)
    with context.within(item, columns=RowColumns(flow)):
        return _VERBS[node.verb](context, node, flow, piped, item)


def _where(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: str, item: core.Binding
) -> core.Stage:
    key = condition(context, node.expressions[0], "lapses > 4")
    return core.Row("where", piped, item, (key,), (), (), flow, node.span)


def _sort(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: str, item: core.Binding
) -> core.Stage:
    keys = tuple(value(context, expression(context, key.value)) for key in node.keys)
    descending = tuple(key.descending for key in node.keys)
    return core.Row("sort", piped, item, keys, (), descending, flow, node.span)


def _derive(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: str, item: core.Binding
) -> core.Stage:
    columns: list[tuple[str, core.Expression]] = []
    for assignment in node.assignments:
        with context.within(columns=RowColumns(flow)):
            made = value(context, expression(context, assignment.value))
        columns.append((assignment.column, made))
        flow = _with_column(flow, assignment.column, made.type)
    return core.Row("derive", piped, item, (), tuple(columns), (), flow, node.span)


def _with_column(flow: core.Flow, name: str, type_: Type) -> core.Flow:
    """What flows, with one column more."""
    if flow.rows is not None:
        derived = tuple(each for each in flow.derived if each[0] != name)
        return core.Flow(flow.type, rows=flow.rows, derived=(*derived, (name, type_)))
    if is_table(flow.type) and flow.type.of is not None and flow.type.of.keys:
        keys = tuple(key for key in flow.type.of.keys if key.name != name)
        return core.Flow(list_of(record_of(*keys, Key(name, type_))))
    return flow


def _set(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: str, item: core.Binding
) -> core.Stage:
    """`set` works on notes; each field that is set is read as well, to send only changes."""
    rows = flow.rows
    if rows is None:
        context.report(type_kinds.NOT_NOTES(node.verb_span, given=named(flow.type)))
    else:
        rows.wanted.add("notes")
        rows.columns["noteId"] = COLUMNS["noteId"]
    fields: list[tuple[str, core.Expression]] = []
    for assignment in node.assignments:
        known = context.world.all_fields()
        if known is not None and assignment.column not in known:
            similar = near(assignment.column, known)
            context.report(
                name_kinds.NO_FIELD(
                    assignment.column_span,
                    name=assignment.column,
                    near=similar,
                    fix=fix(assignment.column_span, similar),
                )
            )
        elif rows is not None:
            rows.columns[assignment.column] = field_column(assignment.column)
        fields.append((assignment.column, value(context, expression(context, assignment.value))))
    out = replace(flow, stale=True, derived=())
    return core.SetFields(piped, item, tuple(fields), flow, out, node.span)


def _select(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: str, item: core.Binding
) -> core.Stage:
    columns = _named_columns(context, node)
    keys = tuple(Key(name, checked.type) for name, checked in columns)
    out = core.Flow(list_of(record_of(*keys)))
    return core.Row("select", piped, item, (), tuple(columns), (), out, node.span)


def _group(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: str, item: core.Binding
) -> core.Stage:
    columns = _named_columns(context, node)
    keys = tuple(Key(name, checked.type) for name, checked in columns)
    out = core.Flow(list_of(record_of(*keys, Key("count", INT))))
    return core.Row("group", piped, item, (), tuple(columns), (), out, node.span)


def _named_columns(context: Context, node: t.RowVerb) -> list[tuple[str, core.Expression]]:
    columns: list[tuple[str, core.Expression]] = []
    for each in node.expressions:
        checked = value(context, expression(context, each))
        if isinstance(each, t.Name):
            columns.append((each.text, checked))
        elif isinstance(each, t.Get):
            columns.append((each.key, checked))
        else:
            context.report(type_kinds.SELECT(each.span))
    return columns


_VERBS = {
    "add": add_notes,
    "where": _where,
    "set": _set,
    "sort": _sort,
    "derive": _derive,
    "select": _select,
    "group": _group,
}
