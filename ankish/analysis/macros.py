"""Macros: declared once, checked once, and put in place of each call.

A macro sees its parameters, and the macros declared before it; so none can call itself,
and every program ends.
"""

from __future__ import annotations

import re
from enum import IntEnum

from ankish.analysis import core
from ankish.analysis.arguments import Place, argument, default, rest
from ankish.analysis.commands import check_missing, meet, pipe_into
from ankish.analysis.context import Context
from ankish.analysis.convert import AS_IS, Conversion, How
from ankish.analysis.fit import can_flow, certain
from ankish.analysis.idle import check_lost
from ankish.catalog import types
from ankish.catalog.model import Command, Effect, Param, Side
from ankish.catalog.types import Type
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as kinds
from ankish.diagnostics.model import Diagnostic, Span, called
from ankish.diagnostics.nearest import near
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t
from ankish.syntax.habits import STATEMENTS

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


CALLS = 2_000
"""How many calls of macros may stand in the bodies that a program's calls put in their places."""

DEPTH = 30
"""How many blocks deep a call may stand, those of the macros that lead to it included."""


class Origin(IntEnum):
    """Where a macro is from; one from further down this list goes before the others."""

    KNOWN = 1
    """The prelude, and earlier lines of the shell: a later one goes before an earlier one."""
    USED = 2
    OWN = 3


@dataclass(frozen=True, slots=True)
class Macro:
    """A declared macro: its signature as a command, its body, and the macros that it sees."""

    command: Command
    body: t.Block
    sees: dict[str, Macro]
    defaults: dict[str, t.Expression]
    origin: Origin
    reported: frozenset[Diagnostic]
    """What was said about the body where it is declared; a call does not say it again."""
    script: bool = False
    """Whether it is a script that is called by its name."""


def declare(context: Context, node: t.Macro, origin: Origin) -> None:
    """Take in the macro that a declaration makes, unless a nearer one has its name."""
    known = context.macros.get(node.name)
    if known is not None and known.origin > origin:
        return
    if node.name in STATEMENTS:
        why = "a statement begins with it"
        context.report(kinds.RESERVED(node.name_span, name=node.name, what="macro", why=why))
    twice = known is not None and known.origin is origin is not Origin.KNOWN
    if node.name in context.commands or twice and not context.keep:
        context.report(kinds.MACRO(node.name_span, name=node.name))
    context.macros[node.name] = _declared(context, node, origin)


def _declared(context: Context, node: t.Macro, origin: Origin) -> Macro:
    """The macro that a declaration makes. What is wrong with its body is reported here, once."""
    params = tuple(_param(context, each) for each in node.parameters)
    first = params[0] if params else None
    subject = first.name if first is not None and can_flow(first.type) else None
    doc = first_sentence(node.doc) or "a macro of this program"
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
            default(context, Place(command, param), defaults[param.name])
    silent = len(context.diagnostics)
    sees, nothing = dict(context.macros), frozenset[Diagnostic]()
    macro = Macro(command, node.body, sees, defaults, origin, nothing, node.script)
    given = tuple(
        core.Binding(param.name, flow_of(param.type), each.name_span, open=True)
        for param, each in zip(params, node.parameters, strict=True)
    )
    with context.declaring():
        _body(context, macro, given)
    for binding in given:
        if not binding.used:
            context.report(kinds.UNUSED(binding.span, name=binding.name))
    return replace(macro, reported=frozenset(context.diagnostics[silent:]))


def first_sentence(doc: str) -> str:
    """What stands in a list about something that has this documentation."""
    words = " ".join(doc.partition("\n\n")[0].split())
    return re.split(r"\.(?:\s|$)", words, maxsplit=1)[0]


def expand(
    context: Context, macro: Macro, node: t.Command, flow: core.Flow | None, before: Span | None
) -> core.Stage:
    """A call, with the body in its place."""
    command = macro.command
    if _too_many(context, command, node.name_span):
        return core.Given(core.Literal(None, types.ANY, node.span), core.Flow(types.ANY), node.span)
    piped: core.Piped | None = None
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
            piped = _piped(binding, param, flow, how)
            continue
        value = _value(context, macro, param, written, leftover, node)
        if isinstance(value, core.Use):  # a search that another variable holds is asked once
            binding.flow = value.binding.flow
        binding.known = core.known_text(value)
        binding.open = isinstance(value, core.Use) and value.binding.open
        values.append((binding, value))
    check_missing(context, command, node, {*written, *leftover, *([subject] if subject else [])})
    silent = len(context.diagnostics)
    body, out = _body(context, macro, tuple(bindings))
    said = context.diagnostics[silent:]
    del context.diagnostics[silent:]
    new = (problem for problem in said if problem not in macro.reported)
    context.diagnostics += [called(problem, node.name_span) for problem in new]
    if piped is not None and flow is not None and _hands_on(body, piped.binding):
        out, hands_on = flow, True
    else:
        hands_on = False
    given, script = tuple(values), macro.script
    return core.Expand(command.name, given, piped, body, hands_on, out, node.span, script)


def _too_many(context: Context, command: Command, span: Span) -> bool:
    """Whether a call would be one too many; the first such call is reported.

    Two calls of a macro that has two calls are four: thirty lines could ask for a billion.
    """
    if context.nested:
        context.expanded += 1
    if context.expanded <= CALLS and context.inside < DEPTH:
        return False
    if not context.too_many:
        context.too_many = True
        count = CALLS if context.expanded > CALLS else None
        context.report(
            call_kinds.TOO_MANY_CALLS(
                span, command=command.name, count=count, depth=None if count else DEPTH
            )
        )
    return True


def _piped(binding: core.Binding, param: Param, flow: core.Flow, how: Conversion) -> core.Piped:
    """What flows in, as the subject: as it is, if the body shows what it is wanted as."""
    if how not in (AS_IS, (How.SEARCH,)):
        return core.Piped(binding, how, None)
    if not certain(flow.type, param.type):
        return core.Piped(binding, AS_IS, param)
    binding.flow = flow
    return core.Piped(binding, AS_IS, None)


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
        return default(context, place, macro.defaults[param.name])
    return core.Literal(None, param.type, node.span)


def _body(
    context: Context, macro: Macro, given: tuple[core.Binding, ...]
) -> tuple[tuple[core.Statement, ...], core.Flow]:
    outer, context.macros = context.macros, dict(macro.sees)
    context.nested += 1
    try:
        with context.alone(given):
            statements = context.check_block(context, macro.body)
    finally:
        context.macros = outer
        context.nested -= 1
    if not macro.script:
        check_lost(context, statements)
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
