"""`curl … -d '{"action": …}'`: what AnkiConnect's documentation shows works as it stands."""

from __future__ import annotations

import json

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.guards import written_faults
from ankish.analysis.verbs import check_action
from ankish.catalog.builtins import BUILTINS
from ankish.catalog.types import ANY, RECORD, TEXT
from ankish.data import replace
from ankish.diagnostics.kinds import curl as kinds
from ankish.diagnostics.model import Span
from ankish.syntax import tree as t

DATA = frozenset({"-d", "--data", "--data-raw", "--data-binary", "--json"})


def curl(context: Context, node: t.Command) -> core.Stage:
    """The action that a curl line carries. Where it would have gone is left out: ankish knows."""
    arguments: dict[str, core.Expression] = {}
    data = _data(node)
    if data is None:
        context.report(kinds.NO_DATA(node.span))
    else:
        text, span = data
        request = _request(context, text, span)
        if request is not None:
            action, params = str(request["action"]), request.get("params") or {}
            check_action(context, action, span)
            given = params.items() if isinstance(params, dict) else ()
            literals = {name: core.Literal(value, ANY, span) for name, value in given}
            for fault in written_faults(action, literals, span, raw=True):
                context.report(fault)
            arguments = {
                "action": core.Literal(action, TEXT, span),
                "params": core.Literal(params, RECORD, span),
            }
    return core.Do(BUILTINS["call"], arguments, None, core.Flow(ANY), node.span)


def requested(node: t.Pipeline) -> t.Pipeline:
    """A statement that begins with a request of AnkiConnect's, as its documentation shows them, as
    a `call` of the action; any other as it is.
    """
    first = node.stages[0] if node.stages else None
    record = first.expression if isinstance(first, t.Value) else None
    if first is None or not isinstance(record, t.Record):
        return node
    given = {pair.key: pair for pair in record.pairs}
    if not given.keys() >= REQUIRED or not given.keys() <= REQUEST:
        return node
    arguments = tuple(
        t.Argument(None, given[key].value, given[key].value.span)
        for key in ("action", "params")
        if key in given
    )
    call = t.Command("call", given["action"].key_span, arguments, first.span)
    return replace(node, stages=(call, *node.stages[1:]))


REQUIRED = frozenset({"action", "version"})
REQUEST = frozenset({"action", "version", "params", "key"})
"""What a request has, and what it may have."""


def _data(node: t.Command) -> tuple[str, Span] | None:
    """What stands after `-d`, and where."""
    expected = False
    for argument in node.arguments:
        switch = argument.value is None and f"--{argument.name}" in DATA
        if switch or (isinstance(argument.value, t.Word) and argument.value.text in DATA):
            expected = True
        elif expected and isinstance(argument.value, t.String):
            return argument.value.plain or "", argument.value.span
    return None


def _request(context: Context, text: str, span: Span) -> dict[str, object] | None:
    try:
        request = json.loads(text)
    except ValueError as error:
        context.report(kinds.NOT_JSON(span, reason=str(error)))
        return None
    if not isinstance(request, dict) or not isinstance(request.get("action"), str):
        context.report(kinds.NO_ACTION(span))
        return None
    return request
