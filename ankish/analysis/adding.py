"""`add`: rows become notes, each with a verdict."""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.expressions import expression, value
from ankish.analysis.names import check_fields, check_name
from ankish.catalog.builtins import ADD
from ankish.catalog.types import BOOL, DECK, INT, MODEL, TEXT, Key, Type, list_of, record_of
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t

PARTS = {"deck": DECK, "model": MODEL, "tags": list_of(TEXT)}
"""What `add` sets besides fields. A field of such a name can't be set by it."""

VERDICT = (
    Key("ok", BOOL, doc="whether the note was added"),
    Key("noteId", INT, doc="the new note's id"),
    Key("error", TEXT, doc="why it was not added"),
)


def add_notes(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: str, item: core.Binding
) -> core.AddNotes:
    """The checked form of `add deck = …, model = …, Field = …`."""
    written = {each.column: each for each in node.assignments}
    _check_names(context, node, written)
    parts: list[tuple[str, core.Expression]] = []
    fields: list[tuple[str, core.Expression]] = []
    for assignment in node.assignments:
        made = value(context, expression(context, assignment.value))
        (parts if assignment.column in PARTS else fields).append((assignment.column, made))
    return core.AddNotes(piped, item, tuple(parts), tuple(fields), _verdicts(flow), node.span)


def _check_names(context: Context, node: t.RowVerb, written: dict[str, t.Assignment]) -> None:
    missing = [name for name in ("deck", "model") if name not in written]
    if missing:
        context.report(
            call_kinds.MISSING(
                node.verb_span, command="add", names=listed(missing, "and"),
                what=f"{missing[0]} is" if len(missing) == 1 else "these are",
                example=f"for example: {ADD}", signature="rows | add deck = …, model = …, …",
                doc="add a note for each row",
            )
        )  # fmt: skip
    for name, type_ in (("deck", DECK), ("model", MODEL)):
        text = _literal(written.get(name))
        if text is not None:
            check_name(context, type_, text, written[name].value.span)
    model = _literal(written.get("model"))
    names = [(each.column, each.column_span) for each in node.assignments]
    fields = [each for each in names if each[0] not in PARTS]
    if model is not None:
        check_fields(context, model, fields)
        first = (context.world.fields(model) or (None,))[0]
        if first is not None and first not in dict(fields):
            context.report(name_kinds.FIRST_FIELD(node.verb_span, model=model, name=first))


def _literal(assignment: t.Assignment | None) -> str | None:
    node = assignment.value if assignment is not None else None
    return node.plain if isinstance(node, t.String) else None


def _verdicts(flow: core.Flow) -> core.Flow:
    """The rows that flowed in, with what became of each."""
    item = flow.type.of
    known = item.keys if item is not None and item.keys else ()
    if not known:
        return core.Flow(list_of(Type("record")))
    names = {key.name for key in VERDICT}
    kept = tuple(key for key in known if key.name not in names)
    return core.Flow(list_of(record_of(*kept, *VERDICT)))
