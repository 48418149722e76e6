"""The builtins that make or take tables: `rows table chart join uniq reject rename`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ankish.analysis import core
from ankish.analysis.arguments import Place, argument
from ankish.analysis.commands import meet
from ankish.analysis.context import Context
from ankish.analysis.convert import Conversion
from ankish.analysis.expressions import expression, value
from ankish.analysis.fit import NUMBERS, is_table, named
from ankish.analysis.names import fix, some
from ankish.analysis.rows import RowColumns, as_rows, item_of
from ankish.analysis.selection import OTHERS
from ankish.catalog.columns import CARD_COLUMNS, COLUMNS, FIELDS, NOTE_COLUMNS
from ankish.catalog.model import Command
from ankish.catalog.types import ANY, INT, NULL, TEXT, Key, Type, list_of, record_of
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.nearest import near
from ankish.syntax import tree as t

LONG = ("question", "answer")
"""Columns that `rows` leaves out: whole pages, with the style sheet."""


@dataclass(frozen=True, slots=True)
class Given:
    """A call: what flows in as rows, and what was written."""

    context: Context
    command: Command
    node: t.Command
    flow: core.Flow
    piped: Conversion
    item: core.Binding
    written: dict[str, t.Expression | None]
    rest: dict[str, list[t.Expression]]

    def column(self, node: t.Expression) -> core.Expression:
        """An argument that is a column of what flows in, or an expression of its columns."""
        with self.context.within(self.item, columns=RowColumns(self.flow)):
            return value(self.context, expression(self.context, as_name(node)))

    def argument(self, name: str) -> core.Expression | None:
        """An argument that is a value."""
        param, node = self.command.param(name), self.written.get(name)
        if param is None or node is None:
            switched = param is not None and name in self.written
            return core.Literal(True, param.type, self.node.span) if switched and param else None
        return argument(self.context, Place(self.command, param), node)

    def row(
        self,
        verb: str,
        out: core.Flow,
        keys: Iterable[core.Expression] = (),
        columns: Iterable[tuple[str, core.Expression]] = (),
    ) -> core.Row:
        """The checked form."""
        made = tuple(keys), tuple(columns)
        return core.Row(verb, self.piped, self.item, *made, (), out, self.node.span)

    def literal(self, known: object, type_: Type) -> core.Literal:
        """A value that is known."""
        return core.Literal(known, type_, self.node.span)


def as_name(node: t.Expression) -> t.Expression:
    """A word as the name of a column."""
    return t.Name(node.text, node.span) if isinstance(node, t.Word) else node


def table_verb(context: Context, command: Command, node: t.Command, flow: core.Flow) -> core.Stage:
    """The checked form of a call."""
    known = len(context.diagnostics)
    flow, piped = as_rows(context, command.name, flow, node.name_span)
    if len(context.diagnostics) > known:  # no rows, so nothing is said of their columns
        return core.Row(command.name, piped, _item(flow, node), (), (), (), flow, node.span)
    written, rest = meet(context, command, node, command.subject)
    missing = [p for p in command.params if p.required and p.name != command.subject]
    for param in missing:
        if param.name not in written and param.name not in rest:
            example = f"for example: {command.examples[0].line}"
            context.report(
                call_kinds.MISSING(
                    node.name_span, command=command.name, names=param.name,
                    what=f"{param.name} is", example=example, **command.about,
                )
            )  # fmt: skip
            return core.Row(command.name, piped, _item(flow, node), (), (), (), flow, node.span)
    given = Given(context, command, node, flow, piped, _item(flow, node), written, rest)
    return _VERBS[command.name](given)


def _item(flow: core.Flow, node: t.Command) -> core.Binding:
    return core.Binding("it", item_of(flow), node.name_span, used=True)


def _rows(given: Given) -> core.Stage:
    """Cards or notes with all their columns and fields, as a plain table."""
    flow = given.flow
    if flow.rows is None:
        return given.row("rows", flow)
    notes = flow.rows.entity == "note"
    every = NOTE_COLUMNS if notes else (*CARD_COLUMNS, *NOTE_COLUMNS)
    columns = [column for column in every if column.name not in LONG]
    flow.rows.columns |= {column.name: column for column in columns}
    keys = [Key(column.name, column.type) for column in columns if column.name != "fields"]
    keys += [Key(name, type_) for name, type_ in flow.derived if name != OTHERS]
    return given.row("rows", core.Flow(list_of(Type("record", of=TEXT, keys=tuple(keys)))))


def _table(given: Given) -> core.Stage:
    """Shown as a table: all rows, or some columns of them."""
    columns = []
    for node in given.rest.get("columns", []):
        made = given.column(node)
        name = as_name(node)
        text = name.key if isinstance(name, t.Get) else getattr(name, "text", "")
        if not text:
            given.context.report(type_kinds.SELECT(node.span))
        columns.append((text.removeprefix(FIELDS), made))
    return given.row("table", core.Flow(NULL), (), columns)


def _chart(given: Given) -> core.Stage:
    """Numbers as a picture."""
    column, label = given.written.get("column"), given.written.get("label")
    if column is None:
        column, label = _drawn(given)
    number: core.Expression = core.Use(given.item, given.item.flow.type, given.node.span)
    if column is not None:
        number = given.column(column)
    if number.type.name not in (*NUMBERS, "any"):
        given.context.report(type_kinds.CHART(number.span, given=named(number.type)))
    nothing = given.literal(None, NULL)
    labelled = nothing if label is None else given.column(label)
    kind = given.argument("as") or given.literal("histogram" if label is None else "bars", TEXT)
    bins = given.argument("bins") or given.literal(10, INT)
    return given.row("chart", core.Flow(NULL), (number, labelled, kind, bins))


def _drawn(given: Given) -> tuple[t.Name | None, t.Name | None]:
    """What a chart of a table with a single column of numbers shows, and by what it names it."""
    row = given.flow.type.of
    keys = row.keys if row is not None else ()
    numbers = [key.name for key in keys if key.type.name in NUMBERS]
    if len(numbers) != 1:
        return None, None
    others = [key.name for key in keys if key.name != numbers[0]]
    names = [t.Name(name, given.node.span) for name in (*numbers, *others[:1])]
    return names[0], names[1] if others else None


def _uniq(given: Given) -> core.Stage:
    """Each value of a column once: the first row that has it."""
    node = given.written.get("by")
    if node is None:
        return given.row("uniq", given.flow)
    return given.row("uniq-by", given.flow, (given.column(node),))


def _reject(given: Given) -> core.Stage:
    """All columns but some."""
    if not _is_plain(given):
        return given.row("reject", given.flow)
    names = [_known_column(given, given.flow.type.of, each) for each in given.rest["columns"]]
    row = given.flow.type.of
    out = given.flow
    if row is not None and row.keys:
        keys = tuple(key for key in row.keys if key.name not in names)
        out = core.Flow(list_of(replace(row, keys=keys)))
    return given.row("reject", out, (given.literal(names, list_of(TEXT)),))


def _rename(given: Given) -> core.Stage:
    """A column by another name, where it stood."""
    if not _is_plain(given):
        return given.row("rename", given.flow)
    old, new = given.written["from"], given.written["to"]
    assert old is not None and new is not None
    row = given.flow.type.of
    name = _known_column(given, row, old)
    to = getattr(as_name(new), "text", None) or getattr(new, "plain", None) or name
    out = given.flow
    if row is not None and row.keys:
        keys = (replace(key, name=to) if key.name == name else key for key in row.keys)
        out = core.Flow(list_of(replace(row, keys=tuple(keys))))
    return given.row("rename", out, (given.literal(name, TEXT), given.literal(to, TEXT)))


def _is_plain(given: Given) -> bool:
    """Whether it is a table, not cards or notes; reported if it isn't."""
    if given.flow.rows is None:
        return True
    entity = f"{given.flow.rows.entity or 'card'}s"
    command = given.command.name
    span = given.node.name_span
    given.context.report(type_kinds.PLAIN_TABLE(span, command=command, given=entity))
    return False


def _join(given: Given) -> core.Stage:
    """Rows with the columns of another table's rows that have the same key."""
    flow = given.flow
    other = given.argument("other")
    on = given.written["on"]
    assert other is not None and on is not None
    right = other.type.of if other.type.name == "list" else None
    if not is_table(other.type) and other.type.name != "any" and right != ANY:
        kind = type_kinds.PLAIN_TABLE(other.span, command="join", given=named(other.type))
        given.context.report(kind)
    told = len(given.context.diagnostics)
    key = given.column(on)
    wanted = given.written.get("with")
    if wanted is None and len(given.context.diagnostics) > told:
        right = None  # a name that is wrong here is not looked for there
    name = _known_column(given, right, wanted or on)
    left = given.argument("left") or given.literal(False, Type("bool"))
    taken = _taken(given)
    out, added = flow, _added(right, name, taken)
    if flow.rows is not None:
        out = replace(flow, derived=(*flow.derived, *added))
    elif is_table(flow.type) and flow.type.of is not None and flow.type.of.keys:
        keys = tuple(Key(each, type_) for each, type_ in added)
        known = flow.type.of.keys if OTHERS not in dict(added) else ()
        out = core.Flow(list_of(record_of(*known, *keys) if known else Type("record")))
    names = given.literal(taken, list_of(TEXT))
    return given.row("join", out, (other, key, given.literal(name, TEXT), left, names))


def _taken(given: Given) -> list[str]:
    """The names that a column of the other table can't have here."""
    flow = given.flow
    names = [name for name, _ in flow.derived]
    if flow.rows is not None:
        return [*COLUMNS, *(given.context.world.all_fields() or ()), *names]
    return [key.name for key in flow.type.of.keys] if flow.type.of is not None else []


def _added(row: Type | None, key: str, taken: list[str]) -> list[tuple[str, Type]]:
    """The columns that a join adds; if they aren't known, there may be any."""
    if row is None or not row.keys:
        return [(OTHERS, ANY)]
    others = (each for each in row.keys if each.name != key)
    return [(joined_name(each.name, taken), each.type) for each in others]


def joined_name(name: str, taken: Iterable[str]) -> str:
    """What a column of the other table is called: with `_` if the name is taken."""
    return f"{name}_" if name in taken else name


def _known_column(given: Given, row: Type | None, node: t.Expression) -> str:
    """The name of a column of a table; one that isn't there is reported."""
    name = getattr(as_name(node), "text", None) or getattr(node, "plain", None)
    if name is None:
        given.context.report(type_kinds.SELECT(node.span))
        return ""
    if row is not None and row.keys and row.of is None and row.key(name) is None:
        known = [key.name for key in row.keys]
        similar = near(name, known)
        given.context.report(
            name_kinds.COLUMN(
                node.span, name=name, rows="the table", near=similar, columns=some(known),
                fix=fix(node.span, similar),
            )
        )  # fmt: skip
    return str(name)


_VERBS: dict[str, Callable[[Given], core.Stage]] = {
    "rows": _rows,
    "table": _table,
    "chart": _chart,
    "uniq": _uniq,
    "reject": _reject,
    "rename": _rename,
    "join": _join,
}

TABLE_VERBS = frozenset(_VERBS)
"""The builtins that are checked here; `uniq` only where it goes by a column."""
