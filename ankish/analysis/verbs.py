"""The builtins: what each makes of what flows in and of its arguments."""

from __future__ import annotations

from functools import reduce
from pathlib import PurePath

from ankish.analysis import core
from ankish.analysis.arguments import Place, argument
from ankish.analysis.commands import (
    UNKNOWN_ACTION,
    check_atomic,
    check_missing,
    check_served,
    meet,
    pipe_into,
    report_input,
)
from ankish.analysis.context import Context
from ankish.analysis.convert import AS_IS, How, as_plain, converted, tabled
from ankish.analysis.expressions import expression, value
from ankish.analysis.fit import IDS, NUMBERS, element, joined, named, taken_apart
from ankish.analysis.guards import written_faults
from ankish.analysis.names import MAKES
from ankish.analysis.rows import RowColumns, as_rows, item_of
from ankish.analysis.tables import TABLE_VERBS, table_verb
from ankish.catalog.builtins import AGGREGATES, ENDINGS, TABLE_FORMATS
from ankish.catalog.model import Command, Param, Side
from ankish.catalog.types import (
    ANY,
    CARDS,
    INT,
    NOTES,
    NULL,
    QUERY,
    TEXT,
    Key,
    Type,
    list_of,
    record_of,
)
from ankish.data import replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import file as file_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.model import AnkishError, Label, Span
from ankish.diagnostics.nearest import near
from ankish.syntax import tree as t

Flow = core.Flow


def builtin(
    context: Context, command: Command, node: t.Command, flow: Flow | None, before: Span | None
) -> core.Stage:
    """The checked form of a call of a builtin."""
    if command.name == "find":
        return _find(context, command, node, flow)
    if command.name == "print":
        return _print(context, command, node, flow)
    if command.name == "help":
        return _help(context, command, node, flow)
    if command.name in ("ask", "confirm"):
        return _asked(context, command, node, flow)
    if command.name == "call":
        return _call(context, command, node, flow)
    if command.name in ("open", "save", "rm", "from", "to", "glob"):
        return _file(context, command, node, flow, before)
    if flow is None and command.subject is not None and not _given_by_hand(command, node):
        example = command.examples[0].line
        behind = node.arguments[0].value if node.arguments else None
        if isinstance(behind, t.Sub) and not command.params[1:]:
            example = f"{context.text(behind.pipeline.span)} | {command.name}"
            node = replace(node, arguments=())
        context.report(
            call_kinds.NEEDS_INPUT(node.name_span, command=command.name, example=example)
        )
        flow = Flow(ANY)
    table = command.name in TABLE_VERBS and (command.name != "uniq" or bool(node.arguments))
    if flow is not None and table:
        return table_verb(context, command, node, flow)
    if command.name in AGGREGATES:
        return _aggregate(context, command, node, flow)
    if command.name == "lines":
        return _file(context, command, node, flow, before)
    if command.name == "values":
        return _values(context, command, node, flow, before)
    if command.name in ("cards", "notes", "show"):
        return _ids(context, command, node, flow, before)
    return _list_verb(context, command, node, flow)


def _given_by_hand(command: Command, node: t.Command) -> bool:
    return bool(node.arguments) and command.name in ("cards", "notes", "show")


def _find(context: Context, command: Command, node: t.Command, flow: Flow | None) -> core.Stage:
    from ankish.analysis.searches import search  # 5 ms, and many programs search nothing

    if flow is not None:
        context.report(call_kinds.NO_INPUT(node.name_span, command="find", **command.about))
    _, leftover = meet(context, command, node, None)
    found = search(context, leftover.get("query", []))
    selection = core.Selection()
    if isinstance(found, core.SearchOf):
        return core.Find(found, Flow(QUERY, selection), node.span)
    held = found.binding.flow if isinstance(found, core.Use) else Flow(found.type)
    return core.Given(found, held, node.span)


def _print(context: Context, command: Command, node: t.Command, flow: Flow | None) -> core.Stage:
    _, leftover = meet(context, command, node, None)
    values = tuple(_printed(context, each) for each in leftover.get("values", []))
    piped = as_plain(flow)[0] if flow is not None else None
    if flow is None and not node.arguments:
        values = (core.Literal("", TEXT, node.span),)
    made = core.ListOf(values, command.params[0].type, node.span)
    return core.Do(command, {"values": made}, piped, Flow(NULL), node.span)


def _asked(context: Context, command: Command, node: t.Command, flow: Flow | None) -> core.Stage:
    """`ask` and `confirm`: the user answers when the program gets there."""
    if flow is not None:
        context.report(call_kinds.NO_INPUT(node.name_span, command=command.name, **command.about))
    given, _ = meet(context, command, node, None)
    check_missing(context, command, node, set(given))
    arguments = {
        param.name: argument(context, Place(command, param), written)
        for param in command.params
        if (written := given.get(param.name)) is not None
    }
    if "default" in given and given["default"] is None:
        arguments["default"] = core.Literal(True, command.result, node.span)
    return core.Do(command, arguments, None, Flow(command.result), node.span)


def _help(context: Context, command: Command, node: t.Command, flow: Flow | None) -> core.Stage:
    """`help` in a program: what it tells is looked up now, so that a wrong topic is an error."""
    from ankish.analysis.help import help_text

    if flow is not None:
        context.report(call_kinds.NO_INPUT(node.name_span, command="help", **command.about))
    given, _ = meet(context, command, node, None)
    written = given.get("topic")
    topic = getattr(written, "text", None) or getattr(written, "plain", None)
    try:
        if topic is None or topic not in context.others():
            help_text(topic, context.commands)
    except AnkishError as error:
        span = written.span if written is not None else node.name_span
        for problem in error.diagnostics:
            context.report(replace(problem, labels=(Label(span),)))
    about = core.Literal(topic, TEXT, node.span)
    return core.Do(command, {"topic": about}, None, Flow(NULL), node.span)


def _printed(context: Context, node: t.Expression) -> core.Expression:
    if isinstance(node, t.Number):
        return core.Literal(node.text, TEXT, node.span)
    return value(context, expression(context, node))


def _file(
    context: Context, command: Command, node: t.Command, flow: Flow | None, before: Span | None
) -> core.Stage:
    """`open`, `save`, `rm`, `from`, `to`, `glob`."""
    piped = None
    if flow is not None:
        piped = pipe_into(context, command, node, flow, before)
    subject = command.subject if flow is not None else None
    given, _ = meet(context, command, node, subject)
    check_missing(context, command, node, {*given, *([subject] if subject else [])})
    arguments = {
        param.name: argument(context, Place(command, param), written)
        for param in command.params
        if (written := given.get(param.name)) is not None
    }
    for name in given:  # a switch: --name
        param = command.param(name)
        if given[name] is None and param is not None:
            arguments[name] = core.Literal(True, param.type, node.span)
    if flow is not None and piped is not None and (form := _table_format(command, arguments)):
        piped = tabled(flow, piped)
        if piped is None:
            given_type = named(flow.type)
            row = "{name: $it}" if flow.type.name == "list" else None
            table = None if row else "[{name: …}]"
            context.report(
                file_kinds.NO_TABLE(node.span, format=form, given=given_type, row=row, table=table)
            )
    return core.Do(command, arguments, piped, Flow(command.result), node.span)


def _table_format(command: Command, arguments: dict[str, core.Expression]) -> str | None:
    """The format in which `save` or `to` writes, if it is one that holds tables only."""
    said = arguments.get("as" if command.name == "save" else "format")
    form = said.value if isinstance(said, core.Literal) else None
    path = arguments.get("path")
    if said is None and command.name == "save" and isinstance(path, core.Literal):
        form = ENDINGS.get(PurePath(str(path.value)).suffix.lower())
    return form if form in TABLE_FORMATS and command.name in ("save", "to") else None


def _call(context: Context, command: Command, node: t.Command, flow: Flow | None) -> core.Stage:
    if flow is not None:
        context.report(call_kinds.NO_INPUT(node.name_span, command="call", **command.about))
    given, _ = meet(context, command, node, None)
    check_missing(context, command, node, set(given))
    name_node, params = given.get("action"), given.get("params")
    action = getattr(name_node, "text", None)
    if isinstance(name_node, t.String):
        action = name_node.plain
    arguments: dict[str, core.Expression] = {}
    if action is not None and name_node is not None:
        check_action(context, action, name_node.span)
        arguments["action"] = core.Literal(action, TEXT, name_node.span)
    elif name_node is not None:
        context.report(call_kinds.COMPUTED_ACTION(name_node.span))
    if params is not None:
        given_params = argument(context, Place(command, command.params[1]), params)
        arguments["params"] = given_params
        if action is not None and isinstance(given_params, core.RecordOf):
            written = dict(given_params.items)
            for fault in written_faults(action, written, given_params.span, raw=True):
                context.report(fault)
    context.unsettled |= MAKES["call"]
    return core.Do(command, arguments, None, Flow(ANY), node.span)


def check_action(context: Context, name: str, span: Span) -> None:
    """Report a name that is no action: it has to be known to the catalog or to the other side."""
    command = context.commands.get(name)
    served = context.world.actions()
    if command is not None and command.side is not Side.HERE:
        check_served(context, command, span)
        check_atomic(context, command, span)
    elif served is None or name not in served:
        actions = [c.name for c in context.commands.values() if c.side is not Side.HERE]
        context.report(name_kinds.COMMAND(span, name=name, near=near(name, actions)))
    elif context.atomic:
        context.report(call_kinds.NOT_ATOMIC(span, action=name, why=UNKNOWN_ACTION))


def _ids(
    context: Context, command: Command, node: t.Command, flow: Flow | None, before: Span | None
) -> core.Stage:
    """`cards`, `notes`, `show`: the one place where notes widen to all their cards."""
    want = NOTES if command.name == "notes" else CARDS
    result = Flow(NULL if command.name == "show" else want)
    param = command.params[0]
    if flow is None:
        given, _ = meet(context, command, node, None)
        written = given.get("items")
        made = argument(context, Place(command, _typed(param, want)), written) if written else None
        arguments = {"items": made} if made is not None else {}
        return core.Do(command, arguments, None, result, node.span)
    meet(context, command, node, command.subject)
    if want == CARDS and (flow.type == NOTES or (flow.rows and flow.rows.entity == "note")):
        widened = (*(converted(flow, NOTES) or AS_IS), How.CARDS_OF_NOTES)
        return core.Do(command, {}, widened, result, node.span)
    how = converted(flow, want)
    if how is None:
        report_input(context, command, node.name_span, flow, want, before)
    return core.Do(command, {}, how or AS_IS, result, node.span)


def _typed(param: Param, want: Type) -> Param:
    return replace(param, type=want)


def _values(
    context: Context, command: Command, node: t.Command, flow: Flow | None, before: Span | None
) -> core.Stage:
    """`values`: what a record holds, as a list of one type if all of it is."""
    assert flow is not None
    meet(context, command, node, command.subject)
    piped = pipe_into(context, command, node, flow, before)
    held = flow.type.of
    if held is None and flow.type.keys:
        held = reduce(joined, (key.type for key in flow.type.keys))
    return core.Do(command, {}, piped, Flow(list_of(held or ANY)), node.span)


def _aggregate(
    context: Context, command: Command, node: t.Command, flow: Flow | None
) -> core.Stage:
    """`sum`, `avg`, `min`, `max`: of the items, or of a column of them."""
    assert flow is not None
    flow, piped = as_rows(context, command.name, flow, node.name_span)
    given, _ = meet(context, command, node, command.subject)
    written = given.get("column")
    item = core.Binding("it", item_of(flow), node.name_span, used=True)
    with context.within(item, columns=RowColumns(flow)):
        if isinstance(written, t.Word):
            written = t.Name(written.text, written.span)
        key = (
            value(context, expression(context, written))
            if written is not None
            else core.Use(item, item.flow.type, node.span)
        )
    type_ = key.type
    if command.name in ("sum", "avg") and type_.name not in (*NUMBERS, "any"):
        context.report(type_kinds.AGGREGATE(key.span, command=command.name, given=named(type_)))
    result = type_ if command.name != "avg" else command.result
    return core.Row(command.name, piped, item, (key,), (), (), Flow(result), node.span)


def _enumerate(flow: Flow) -> Flow:
    """Rows with their number."""
    if flow.rows is not None:
        return Flow(flow.type, rows=flow.rows, derived=(*flow.derived, ("index", INT)))
    item = flow.type.of
    keys = item.keys if item is not None and item.name == "record" else (Key("value", item or ANY),)
    if item is not None and item.name == "record" and not keys:
        return flow
    return Flow(list_of(record_of(Key("index", INT), *keys)))


def _list_verb(
    context: Context, command: Command, node: t.Command, flow: Flow | None
) -> core.Stage:
    """`first`, `last`, `skip`, `reverse`, `uniq`, `count`: over items of any kind."""
    assert flow is not None
    given, leftover = meet(context, command, node, command.subject)
    arguments = {
        param.name: argument(context, Place(command, param), written)
        for param in command.params
        if (written := given.get(param.name)) is not None
    }
    if command.name == "count" and flow.selection is not None:
        return core.Do(command, arguments, converted(flow, CARDS), Flow(INT), node.span)
    piped = AS_IS
    numbered = command.name == "enumerate" and flow.type.name in IDS and flow.rows is None
    if flow.selection is not None or numbered:
        flow, piped = as_rows(context, command.name, flow, node.name_span)
    elif flow.type.name not in ("list", "any", "cards", "notes") and flow.rows is None:
        known, values = named(flow.type), taken_apart(flow.type)
        context.report(
            type_kinds.LIST(node.name_span, command=command.name, given=known, values=values)
        )
    out = Flow(INT) if command.name == "count" else flow
    if command.name == "enumerate":
        out = _enumerate(flow)
    if command.name == "flatten" and flow.rows is None and flow.type.name not in IDS:
        inner = element(flow.type)
        out = Flow(inner if inner.name in IDS else list_of(element(inner)))
    return core.Do(command, arguments, piped, out, node.span)
