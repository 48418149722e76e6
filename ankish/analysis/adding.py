"""`add` and `upsert`: rows become notes, each with a verdict."""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.arguments import CREATE
from ankish.analysis.changing import nodes
from ankish.analysis.context import Context
from ankish.analysis.convert import Conversion
from ankish.analysis.expressions import expression, value
from ankish.analysis.names import check_fields, check_name
from ankish.catalog.builtins import ADD, ADDING, UPSERT
from ankish.catalog.columns import FIELDS
from ankish.catalog.types import BOOL, DECK, INT, MODEL, NOTE, TEXT, Key, Type, list_of, record_of
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.nearest import near
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t

PARTS = {"deck": DECK, "model": MODEL, "tags": list_of(TEXT)}
"""What `add` sets besides fields. A field of such a name is set as `` `fields.deck` ``."""

UPSERT_PARTS = {**PARTS, "noteId": NOTE}
"""What `upsert` sets besides fields."""

SIGNATURE = "rows | {verb} deck = …, model = …, …"
DOCS = {
    "add": "add a note for each row",
    "upsert": "change the note with the same key, or add one",
}

VERDICT = (
    Key("ok", BOOL, doc="whether the note was added"),
    Key("noteId", INT, doc="the new note's id"),
    Key("error", TEXT, doc="why it was not added"),
)

UPSERT_VERDICT = (
    Key("ok", BOOL, doc="false if nothing was done for an error"),
    Key("verdict", TEXT, doc="added, changed, same or error"),
    Key("noteId", INT, doc="the note's id"),
    Key("error", TEXT, doc="what was wrong"),
)

Written = dict[str, t.Assignment]


def with_rows(context: Context, stages: tuple[t.Stage, ...]) -> tuple[t.Stage, ...]:
    """The stages of a pipeline. Before an `add` or `upsert` that it begins with, and that names no
    columns, one row without any: it makes one note.
    """
    first = stages[0] if stages else None
    if not isinstance(first, t.RowVerb) or first.verb not in ADDING:
        return stages
    values = [each.value for each in first.assignments if each.column != "key"]
    if any(_names_column(context, value) for value in values):
        return stages
    span = first.verb_span
    row = t.List((t.Record((), span),), span)
    return (t.Value(row, span), *stages)


def _names_column(context: Context, value: t.Expression) -> bool:
    """Whether something in a value is a column. In the `${…}` of a text a variable comes first."""
    names = [node for node in nodes(value) if isinstance(node, t.Name)]
    texts = [node for node in nodes(value) if isinstance(node, t.String)]
    held = {
        name.span
        for text in texts
        for name in nodes(text.parts)
        if isinstance(name, t.Name) and context.scope.find(name.text)
    }
    return any(name.span not in held for name in names)


def in_quotes(verb: t.RowVerb) -> str | None:
    """Those of the verb's assignments that name a column, with texts instead; None if none does."""
    named = [
        f'{each.column} = "{each.value.text}"'
        for each in verb.assignments
        if isinstance(each.value, t.Name) and each.column != "key"
    ]
    return ", ".join(named) or None


def add_notes(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
) -> core.AddNotes:
    """The checked form of `add deck = …, model = …, Field = …`."""
    parts, fields = _assigned(node, PARTS)
    _check_missing(context, node, [name for name in ("deck", "model") if name not in parts])
    create = _creates(context, node, parts)
    _check_names(context, node, parts, fields)
    model = _literal(parts.get("model"))
    first = (context.world.fields(model) or (None,))[0] if model is not None else None
    if first is not None and first not in fields:
        context.report(name_kinds.FIRST_FIELD(node.verb_span, model=model, name=first))
    out = _verdicts(flow, VERDICT)
    made = _made(context, parts), _made(context, fields)
    return core.AddNotes(piped, item, *made, create, out, node.span)


def upsert_notes(
    context: Context, node: t.RowVerb, flow: core.Flow, piped: Conversion, item: core.Binding
) -> core.UpsertNotes:
    """The checked form of `upsert deck = …, model = …, key = Field, Field = …`."""
    parts, fields = _assigned(node, {**UPSERT_PARTS, "key": TEXT})
    by_id = "noteId" in parts
    wanted = ["model"] if "deck" in parts or not by_id else []
    _check_missing(context, node, [name for name in wanted if name not in parts])
    create = _creates(context, node, parts)
    _check_names(context, node, parts, fields)
    key = None if by_id else _key(context, node, parts, fields)
    parts.pop("key", None)
    out = _verdicts(flow, UPSERT_VERDICT)
    made = _made(context, parts), _made(context, fields)
    return core.UpsertNotes(piped, item, *made, create, key, out, node.span)


def _assigned(node: t.RowVerb, parts: dict[str, Type]) -> tuple[Written, Written]:
    """What is assigned to parts of the note, and what to its fields."""
    own = {each.column: each for each in node.assignments if each.column in parts}
    rest = (each for each in node.assignments if each.column not in parts)
    return own, {each.column.removeprefix(FIELDS): each for each in rest}


def _made(context: Context, written: Written) -> tuple[tuple[str, core.Expression], ...]:
    return tuple(
        (name, value(context, expression(context, each.value))) for name, each in written.items()
    )


def _check_missing(context: Context, node: t.RowVerb, missing: list[str]) -> None:
    if not missing:
        return
    example = ADD if node.verb == "add" else UPSERT
    context.report(
        call_kinds.MISSING(
            node.verb_span, command=node.verb, names=listed(missing, "and"),
            what=f"{missing[0]} is" if len(missing) == 1 else "these are",
            example=f"for example: {example}",
            signature=SIGNATURE.format(verb=node.verb), doc=DOCS[node.verb],
        )
    )  # fmt: skip


def _creates(context: Context, node: t.RowVerb, parts: Written) -> bool:
    """Whether decks that are not there are to be made; the deck counts as made then."""
    for each in node.switches:
        if each.name != "create":
            context.report(
                name_kinds.PARAMETER(
                    each.span, command=node.verb, name=each.name,
                    near=near(each.name or "", ["create"]),
                    signature=SIGNATURE.format(verb=node.verb), doc=DOCS[node.verb],
                )
            )  # fmt: skip
    if not any(each.name == "create" for each in node.switches):
        return False
    deck = _literal(parts.get("deck"))
    if deck is None:
        return True
    known = deck in (context.world.decks() or ())
    context.created.add(("deck", deck))
    return not known


def _check_names(context: Context, node: t.RowVerb, parts: Written, fields: Written) -> None:
    """Names that are known have to be those of something."""
    for name, type_ in (("deck", DECK), ("model", MODEL)):
        text = _literal(parts.get(name))
        if text is not None:
            check_name(context, type_, text, parts[name].value.span, CREATE)
    model = _literal(parts.get("model"))
    if model is not None:
        spans = ((name, each.column_span) for name, each in fields.items())
        check_fields(context, model, spans)


def _key(context: Context, node: t.RowVerb, parts: Written, fields: Written) -> str:
    """The field that is the key: what `key` says, else the first field of the note type."""
    given = parts.get("key")
    model = _literal(parts.get("model"))
    if given is None:
        first = (context.world.fields(model) or ()) if model is not None else ()
        name = first[0] if first else next(iter(fields), "")
        span = node.verb_span
    else:
        name = _literal(given) or str(getattr(given.value, "text", ""))
        span = given.value.span
        if not isinstance(given.value, t.Name | t.String) or not name:
            context.report(type_kinds.KEY_NAME(span))
            return name
    if name.removeprefix(FIELDS) not in fields:
        similar = near(name, fields)
        unset = None if similar else name
        problem = name_kinds.KEY_NOT_SET(span, name=name, near=similar, unset=unset)
        context.report(problem)
    return name.removeprefix(FIELDS)


def _literal(assignment: t.Assignment | None) -> str | None:
    node = assignment.value if assignment is not None else None
    return node.plain if isinstance(node, t.String) else None


def _verdicts(flow: core.Flow, verdict: tuple[Key, ...]) -> core.Flow:
    """The rows that flowed in, with what became of each."""
    item = flow.type.of
    known = item.keys if item is not None and item.keys else ()
    if not known:
        return core.Flow(list_of(Type("record")))
    names = {key.name for key in verdict}
    kept = tuple(key for key in known if key.name not in names)
    return core.Flow(list_of(record_of(*kept, *verdict)))
