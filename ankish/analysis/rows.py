"""Row verbs: what flows in as rows, bare names as columns."""

from __future__ import annotations

from collections.abc import Callable

from ankish.analysis import core
from ankish.analysis.adding import add_notes, in_quotes, upsert_notes
from ankish.analysis.context import Context
from ankish.analysis.convert import AS_IS, Conversion, How
from ankish.analysis.expressions import decision, expression, value
from ankish.analysis.fit import element, is_table, named, taken_apart
from ankish.analysis.names import fix, some
from ankish.analysis.selection import OTHERS
from ankish.catalog.builtins import ADDING
from ankish.catalog.columns import CARD_COLUMNS, COLUMNS, FIELDS, NOTE_COLUMNS, field_column
from ankish.catalog.types import ANY, INT, Key, Type, list_of, record_of
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.model import Span
from ankish.diagnostics.nearest import near
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


IDS = ("cardId", "noteId")
"""The columns that lead from a row back to its card or note."""


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
        self._warn(context, name)
        return core.ColumnOf(name.text, found, name.span)

    def field(self, context: Context, node: t.Get) -> core.Expression | None:
        """`fields.Name` as the field of that name, whatever columns there are."""
        whole = isinstance(node.target, t.Name) and node.target.text == "fields"
        if not whole or self.flow.rows is None or "fields" in dict(self.flow.derived):
            return None
        return self.column(context, t.Name(FIELDS + node.key, node.span))

    def _warn(self, context: Context, name: t.Name) -> None:
        """A name that is both a column and a field: it is the column."""
        column = COLUMNS.get(name.text)
        fields = context.world.known_fields() or ()
        if self.flow.rows is None or column is None or name.text in dict(self.flow.derived):
            return
        if name.text in fields:
            context.report(name_kinds.AMBIGUOUS(name.span, name=name.text, doc=column.doc))

    def find(self, context: Context, name: str) -> Type | None:
        """The type of a column, and the demand for it noted; None if there is none."""
        for derived, type_ in self.flow.derived:
            if derived == name:
                return type_
        rows = self.flow.rows
        if rows is not None:
            column = COLUMNS.get(name)
            if column is None:
                field = name.removeprefix(FIELDS)
                made = context.makes("model")
                fields = None if made else context.world.all_fields()
                if fields is None:
                    rows.columns[name] = field_column(field, name)
                    return ANY  # perhaps a field, perhaps a typing error
                column = field_column(field, name) if field in fields else None
            if column is None and field == name and OTHERS in dict(self.flow.derived):
                return ANY
            if column is None or (rows.entity == "note" and column.entity == "card"):
                return None
            rows.columns[name] = column
            return column.type
        item = self.flow.type.of
        if self.flow.type.name == "any" or item is None or item.name == "any":
            return ANY
        if self.flow.type.name != "list" or item.name != "record":
            return None
        if not item.keys:
            return item.of or ANY
        key = item.key(name)
        return key.type if key is not None else item.of

    def names(self, context: Context) -> list[str]:
        """All columns there are."""
        names = [name for name, _ in self.flow.derived if name != OTHERS]
        rows = self.flow.rows
        if rows is None:
            item = self.flow.type.of
            return names + ([key.name for key in item.keys] if item else [])
        columns = NOTE_COLUMNS if rows.entity == "note" else (*CARD_COLUMNS, *NOTE_COLUMNS)
        return names + [c.name for c in columns] + list(context.world.all_fields() or ())

    def _report(self, context: Context, name: t.Name) -> None:
        known = self.names(context)
        if name.text.startswith(FIELDS) and self.flow.rows is not None:
            report_no_field(context, name.text.removeprefix(FIELDS), name.span)
            return
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


def as_rows(
    context: Context, verb: str, flow: core.Flow, span: Span
) -> tuple[core.Flow, Conversion]:
    """What flows, as rows, and how it becomes them; what has no rows is reported."""
    if flow.rows is not None and flow.stale:
        rows = context.new_rows(None, flow.rows.entity)
        flow.rows.again.append(rows)
        return core.Flow(flow.type, rows=rows), (How.FETCH_AGAIN,)
    if flow.rows is not None:
        return flow, AS_IS
    if flow.selection is not None:
        return core.Flow(flow.type, rows=context.new_rows(flow.selection)), (How.FETCH,)
    if flow.type.name in ("cards", "notes"):
        entity = flow.type.name[:-1]
        return core.Flow(flow.type, rows=context.new_rows(None, entity)), (How.FETCH,)
    if flow.type.name not in ("list", "any"):
        values = taken_apart(flow.type)
        kind = type_kinds.ROWS(span, verb=verb, given=named(flow.type), values=values)
        context.report(kind)
        flow = core.Flow(ANY)  # which columns it would have, nobody can say
    return flow, AS_IS


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
        quoted = in_quotes(node) if node.verb in ADDING else None
        context.report(
            call_kinds.NEEDS_INPUT(
                node.verb_span, command=node.verb, example=example, quoted=quoted
            )
        )
        flow = core.Flow(ANY)
    node, left = _resolved(context, node)
    flow, piped = as_rows(context, node.verb, flow, node.verb_span)
    item = core.Binding("it", item_of(flow), node.verb_span, used=True)
    with context.within(item, columns=RowColumns(flow)):
        for each in left:
            expression(context, each.value)
        return _VERBS[node.verb](context, node, flow, piped, item)


def _resolved(context: Context, node: t.RowVerb) -> tuple[t.RowVerb, list[t.Assignment]]:
    """The same verb, with each `$name = …` under the name that the variable holds, and those
    assignments whose name can't be told.

    Which columns there are is known before a program runs, so these names have to be, too.
    """
    resolved: list[t.Assignment] = []
    left: list[t.Assignment] = []
    for each in node.assignments:
        if not each.variable:
            resolved.append(each)
            continue
        used = expression(context, t.Variable(each.column, each.column_span))
        binding = used.binding if isinstance(used, core.Use) else None
        if binding is not None and binding.known is not None:
            resolved.append(replace(each, column=binding.known, variable=False))
            continue
        left.append(each)
        if binding is not None and not binding.open:
            context.report(name_kinds.NOT_KNOWN(each.column_span, name=each.column))
    return replace(node, assignments=tuple(resolved)), left


def _where(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
) -> core.Stage:
    key = decision(context, node.expressions[0], "lapses > 4")
    return core.Row("where", piped, item, (key,), (), (), flow, node.span)


def _sort(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
) -> core.Stage:
    keys = tuple(value(context, expression(context, key.value)) for key in node.keys)
    descending = tuple(key.descending for key in node.keys)
    return core.Row("sort", piped, item, keys, (), descending, flow, node.span)


def _derive(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
) -> core.Stage:
    columns: list[tuple[str, core.Expression]] = []
    for assignment in node.assignments:
        if flow.rows is not None and assignment.column in IDS:
            context.report(name_kinds.ID_COLUMN(assignment.column_span, name=assignment.column))
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
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
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
        name = assignment.column.removeprefix(FIELDS)
        known = context.world.all_fields()
        if known is not None and name not in known:
            report_no_field(context, name, assignment.column_span)
        elif rows is not None:
            # What is stored stands beside what a column of the same name holds.
            hidden = name in COLUMNS or name in dict(flow.derived)
            column = field_column(name, FIELDS + name if hidden else name)
            rows.columns[column.name] = column
        fields.append((name, value(context, expression(context, assignment.value))))
    out = replace(flow, stale=True, derived=())
    return core.SetFields(piped, item, tuple(fields), flow, out, node.span)


def report_no_field(context: Context, name: str, span: Span) -> None:
    """Report a field that no note type has."""
    instead = INSTEAD_OF_SET.get(name)
    similar = None if instead else near(name, context.world.all_fields() or ())
    context.report(
        name_kinds.NO_FIELD(span, name=name, near=similar, instead=instead, fix=fix(span, similar))
    )


INSTEAD_OF_SET = {
    "deck": 'changeDeck moves cards: | changeDeck "Spanish"',
    "tags": "addTags and removeTags change tags: | addTags hard",
    "model": "updateNoteModel changes the note type",
    "suspended": "suspend and unsuspend do that: | suspend",
    "flag": "setFlag does that: | setFlag 1",
    "due": "setDueDate does that: | setDueDate 3",
    "interval": 'setDueDate with a ! sets it too: | setDueDate "3!"',
    "ease": "setEaseFactors does that, of each card: help setEaseFactors",
}
"""What changes a column that is no field."""


def _select(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
) -> core.Stage:
    columns = _named_columns(context, node)
    keys = tuple(Key(name, checked.type) for name, checked in columns)
    out = core.Flow(list_of(record_of(*keys)))
    return core.Row("select", piped, item, (), tuple(columns), (), out, node.span)


def _group(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
) -> core.Stage:
    columns = _named_columns(context, node)
    keys = tuple(Key(name, checked.type) for name, checked in columns)
    out = core.Flow(list_of(record_of(*keys, Key("count", INT))))
    return core.Row("group", piped, item, (), tuple(columns), (), out, node.span)


def _named_columns(context: Context, node: t.RowVerb) -> list[tuple[str, core.Expression]]:
    columns: list[tuple[str, core.Expression]] = []
    for each in node.expressions:
        checked = value(context, expression(context, each))
        if isinstance(each, t.Variable) and isinstance(checked, core.Use):
            binding = checked.binding
            if binding.known is not None:  # as if the name stood there
                name = t.Name(binding.known, each.span)
                columns.append((name.text, value(context, expression(context, name))))
            elif not binding.open:
                context.report(name_kinds.NOT_KNOWN(each.span, name=each.name))
        elif isinstance(each, t.Name):
            columns.append((each.text.removeprefix(FIELDS), checked))
        elif isinstance(each, t.Get):
            columns.append((each.key, checked))
        else:
            context.report(type_kinds.SELECT(each.span))
    return columns


_VERBS: dict[str, Callable[..., core.Stage]] = {
    "add": add_notes,
    "upsert": upsert_notes,
    "where": _where,
    "set": _set,
    "sort": _sort,
    "derive": _derive,
    "select": _select,
    "group": _group,
}
