"""`each` and `chunk`: a block for every item, or for every so many."""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.convert import AS_IS, Conversion, as_plain, converted
from ankish.analysis.expressions import expression, value
from ankish.analysis.fit import limits, named
from ankish.analysis.rows import as_rows, item_of
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.types import ANY, CARDS, NOTES, NULL, int_from, list_of
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.syntax import tree as t


def block_verb(context: Context, node: t.BlockVerb, flow: core.Flow | None) -> core.Stage:
    """The checked form of `each { … }` or `chunk N { … }`."""
    if flow is None:
        example = ROW_VERBS[node.verb][1]
        context.report(call_kinds.NEEDS_INPUT(node.verb_span, command=node.verb, example=example))
        flow = core.Flow(ANY)
    if node.size is not None:
        return _chunk(context, node, flow, node.size)
    flow, piped = as_rows(context, node.verb, flow, node.verb_span)
    item = core.Binding("it", item_of(flow), node.verb_span, used=True)
    return _over_items(context, node, item, piped, None)


def _chunk(context: Context, node: t.BlockVerb, flow: core.Flow, size: t.Expression) -> core.Stage:
    """`chunk 100 { … }`: `$it` is so many cards, notes or items."""
    many = value(context, expression(context, size))
    if many.type.name not in ("int", "any"):
        context.report(type_kinds.ITEM(size.span, wanted="a whole number", given=named(many.type)))
    elif isinstance(many, core.Literal) and isinstance(many.value, int) and many.value < 1:
        number = many.value
        context.report(type_kinds.RANGE(size.span, name="size", given=number, limits=limits(SIZE)))
    want = ANY
    if flow.selection is not None or flow.type == CARDS:
        want = CARDS
    elif flow.rows is not None or flow.type == NOTES:
        want = NOTES if flow.type == NOTES or flow.rows and flow.rows.entity == "note" else CARDS
    piped = converted(flow, want) or AS_IS
    of = want if want != ANY else flow.type
    item = core.Binding("it", core.Flow(of), node.verb_span, used=True)
    return _over_items(context, node, item, piped, many)


SIZE = int_from(1)
"""How many items `chunk` gives its block at a time."""


def _over_items(
    context: Context,
    node: t.BlockVerb,
    item: core.Binding,
    piped: Conversion,
    size: core.Expression | None,
) -> core.Stage:
    with context.within(item):
        body = context.check_block(context, node.block)
    last = body[-1] if body else None
    out = core.Flow(NULL)
    if isinstance(last, core.Pipeline) and last.flow.type != NULL and not _changes(last):
        as_plain(last.flow)
        out = core.Flow(list_of(CARDS if last.flow.selection is not None else last.flow.type))
    return core.Each(piped, item, size, body, out, node.span)


def _changes(pipeline: core.Pipeline) -> bool:
    """Whether a pipeline ends with a verb that has only this to report: what it changed."""
    last = pipeline.stages[-1] if pipeline.stages else None
    verb = isinstance(last, core.Act) and last.command.hands_on
    return verb or isinstance(last, core.SetFields)
