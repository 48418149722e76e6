"""Macros: declared once, checked once, and put in place of each call.

A macro sees its parameters, and the macros declared before it; so none can call itself,
and every program ends.
"""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.arguments import Place, argument, rest
from ankish.analysis.commands import check_missing, meet, pipe_into
from ankish.analysis.context import Context
from ankish.analysis.fit import TEXTS, is_table
from ankish.analysis.names import near
from ankish.catalog import types
from ankish.catalog.model import Command, Effect, Param, Side
from ankish.catalog.types import Type
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import name as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t

TYPES: dict[str, Type] = {
    type_.name: type_
    for type_ in (
        types.ANY,
        types.BOOL,
        types.INT,
        types.FLOAT,
        types.TEXT,
        types.RECORD,
        types.QUERY,
        types.CARDS,
        types.NOTES,
        types.DECK,
        types.MODEL,
        types.FIELD,
        types.TAG,
        types.TEMPLATE,
        types.PROFILE,
        types.MEDIA,
        types.PATH,
    )
} | {"table": types.TABLE}
"""The types that a parameter can have, besides `list<…>`."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A declared macro: its signature as a command, its body, and the macros that it sees."""

    command: Command
    body: t.Block
    sees: dict[str, Macro]
    defaults: dict[str, t.Expression]
    reported: frozenset[Diagnostic]
    """What was said about the body where it is declared; a call does not say it again."""


def declare(context: Context, node: t.Macro) -> Macro:
    """The macro that a declaration makes. What is wrong with its body is reported here, once."""
    if node.name in context.commands or node.name in context.macros and not context.keep:
        context.report(kinds.MACRO(node.name_span, name=node.name))
    params = tuple(_param(context, each) for each in node.parameters)
    first = params[0] if params else None
    subject = first.name if first is not None and _can_flow(first.type) else None
    doc = (node.doc.splitlines() or ["a macro of this program"])[0].rstrip(".")
    command = Command(
        node.name,
        "macro",
        doc,
        params,
        subject,
        types.ANY,
        Effect.READ,
        side=Side.HERE,
    )
    defaults = {each.name: each.default for each in node.parameters if each.default is not None}
    for param in params:
        if param.name in defaults:
            argument(context, Place(command, param), defaults[param.name])
    silent = len(context.diagnostics)
    macro = Macro(command, node.body, dict(context.macros), defaults, frozenset())
    given = tuple(
        core.Binding(param.name, flow_of(param.type), each.name_span)
        for param, each in zip(params, node.parameters, strict=True)
    )
    _body(context, macro, given)
    for binding in given:
        if not binding.used:
            context.report(kinds.UNUSED(binding.span, name=binding.name))
    return replace(macro, reported=frozenset(context.diagnostics[silent:]))


def expand(
    context: Context, macro: Macro, node: t.Command, flow: core.Flow | None, before: Span | None
) -> core.Stage:
    """A call, with the body in its place."""
    command = macro.command
    piped: tuple[core.Binding, str] | None = None
    how = None
    if flow is not None:
        how = pipe_into(context, command, node, flow, before)
    subject = command.subject if flow is not None else None
    written, leftover = meet(context, command, node, subject)
    values: list[tuple[core.Binding, core.Expression]] = []
    bindings: list[core.Binding] = []
    for param in command.params:
        binding = core.Binding(param.name, flow_of(param.type), node.name_span, used=True)
        bindings.append(binding)
        if param.name == subject and flow is not None and how is not None:
            if how in ("same", "search"):  # as it is: what it is wanted as shows in the body
                binding.flow, how = flow, "same"
            piped = (binding, how)
            continue
        value = _value(context, macro, param, written, leftover, node)
        if isinstance(value, core.Use):  # a search that another variable holds is asked once
            binding.flow = value.binding.flow
        values.append((binding, value))
    check_missing(context, command, node, {*written, *leftover, *([subject] if subject else [])})
    silent = len(context.diagnostics)
    body, out = _body(context, macro, tuple(bindings))
    said = context.diagnostics[silent:]
    del context.diagnostics[silent:]
    context.diagnostics += [problem for problem in said if problem not in macro.reported]
    if piped is not None and flow is not None and _hands_on(body, piped[0]):
        return core.Expand(command.name, tuple(values), piped, body, True, flow, node.span)
    return core.Expand(command.name, tuple(values), piped, body, False, out, node.span)


def _hands_on(body: tuple[core.Statement, ...], subject: core.Binding) -> bool:
    """Whether a macro ends with verbs that change its subject and hand it on.

    Then it does so itself: `find … | tag a | due 1` makes the cards due that were found.
    """
    last = body[-1] if body else None
    if not isinstance(last, core.Pipeline):
        return False
    first, *verbs = last.stages
    starts = isinstance(first, core.Given) and isinstance(first.value, core.Use)
    return (
        starts
        and first.value.binding is subject  # type: ignore[union-attr]
        and bool(verbs)
        and all(isinstance(verb, core.Act) and verb.command.hands_on for verb in verbs)
    )


def _value(
    context: Context,
    macro: Macro,
    param: Param,
    written: dict[str, t.Expression | None],
    leftover: dict[str, list[t.Expression]],
    node: t.Command,
) -> core.Expression:
    place = Place(macro.command, param)
    if param.name in leftover:
        return rest(context, place, leftover[param.name], node.span)
    if (given := written.get(param.name)) is not None:
        return argument(context, place, given)
    if param.name in written:
        return core.Literal(True, types.BOOL, node.span)
    if param.name in macro.defaults:
        return argument(context, place, macro.defaults[param.name])
    return core.Literal(None, param.type, node.span)


def _body(
    context: Context, macro: Macro, given: tuple[core.Binding, ...]
) -> tuple[tuple[core.Statement, ...], core.Flow]:
    outer, context.macros = context.macros, dict(macro.sees)
    try:
        with context.alone(given):
            statements = context.check_block(context, macro.body)
    finally:
        context.macros = outer
    last = statements[-1] if statements else None
    flow = last.flow if isinstance(last, core.Pipeline) else core.Flow(types.NULL)
    return statements, flow


def _param(context: Context, node: t.Parameter) -> Param:
    type_ = type_of(context, node.type)
    if node.default is None:
        return Param(node.name, type_, node.doc)
    shown = context.text(node.default.span)
    return Param(node.name, type_, node.doc, shown)


def type_of(context: Context, node: t.TypeName) -> Type:
    """The type that a name in a declaration means; one that isn't there is reported."""
    if node.name == "list":
        return types.list_of(type_of(context, node.of) if node.of else types.ANY)
    found = TYPES.get(node.name)
    if found is None:
        names = [*TYPES, "list"]
        context.report(
            kinds.TYPE(
                node.span, name=node.name, near=near(node.name, names), all=listed(names, "and")
            )
        )
    return found or types.ANY


def flow_of(type_: Type) -> core.Flow:
    """What a parameter of a type is; a search is asked when it is known in which forms."""
    return core.Flow(type_, core.Selection() if type_ == types.QUERY else None)


def _can_flow(type_: Type) -> bool:
    """Whether a first parameter of that type is what the pipe fills: things, not names."""
    return type_.name in ("cards", "notes", "query", "list") or (
        is_table(type_) and type_.name not in TEXTS
    )
