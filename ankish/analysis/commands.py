"""Commands: the pipe and the written arguments met with a command's parameters."""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.arguments import Place, argument, rest
from ankish.analysis.context import Context
from ankish.analysis.convert import conversion
from ankish.analysis.fit import named
from ankish.analysis.names import fix, near, note_made
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command, Param, Side
from ankish.catalog.types import BOOL, Type
from ankish.data import replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.model import Label, Span
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t

WINDOWLESS = frozenset({"guiBrowse", "guiUndo", "guiCheckDatabase", "guiReviewActive"})
"""Actions for Anki's window that the embedded engine answers as far as a terminal can. It does
not list them, since programs take a listed one for a window."""

CREATE = Param("create", BOOL, "make the deck if there is none of that name", default=False)
"""What commands that would make a deck have besides their own parameters. Never sent."""

Given = dict[str, "t.Expression | None"]


def parameters(command: Command) -> tuple[Param, ...]:
    """All that can be given to a command, the `--create` of ankish included."""
    return (*command.params, CREATE) if command.creates_decks else command.params


def act(
    context: Context, command: Command, node: t.Command, flow: core.Flow | None, before: Span | None
) -> core.Act:
    """The checked form of a call of an action."""
    piped = subject = None
    if flow is not None:
        piped = pipe_into(context, command, node, flow, before)
        subject = command.subject
    known = len(context.diagnostics)
    given, leftover = meet(context, command, node, subject)
    misnamed = len(context.diagnostics) > known
    create = command.creates_decks and "create" in given and not _is_false(given["create"])
    arguments: dict[str, core.Expression] = {}
    for param in command.params:
        place = Place(command, param, create)
        if param.name in leftover:
            arguments[param.name] = rest(context, place, leftover[param.name], node.span)
        elif (written := given.get(param.name)) is not None:
            arguments[param.name] = argument(context, place, written)
        elif param.name in given:
            arguments[param.name] = _switch(context, command, param, node)
    if not misnamed:  # what seems to be missing may be what was misspelt
        check_missing(context, command, node, {*arguments, *([subject] if subject else [])})
    note_made(context, command, arguments)
    out = core.Flow(command.result)
    if command.hands_on and flow is not None:
        out = flow
        if piped == "ids" and command.subject_param is not None:
            out = core.Flow(command.subject_param.type)
        elif command.effect.changes and flow.rows is not None:
            out = replace(flow, stale=True, derived=())
    elif command.hands_on and command.subject_param is not None:
        out = core.Flow(command.subject_param.type)
    return core.Act(command, arguments, subject, piped, create, out, node.span)


def _is_false(node: t.Expression | None) -> bool:
    return (isinstance(node, t.Word) and node.text == "false") or (
        isinstance(node, t.Constant) and node.value is False
    )


def pipe_into(
    context: Context, command: Command, node: t.Command, flow: core.Flow, before: Span | None
) -> str | None:
    """How what flows in becomes the command's subject; reported if it can't."""
    param = command.subject_param
    if param is None:
        context.report(call_kinds.NO_INPUT(node.name_span, command=command.name, **command.about))
        return None
    how = conversion(flow, param.type)
    if how is None:
        report_input(context, command, node.name_span, flow, param.type, before)
    return how


def report_input(
    context: Context, command: Command, span: Span, flow: core.Flow, want: Type, before: Span | None
) -> None:
    """`addTags changes notes, but it was given decks`, with both places."""
    given = named(flow.type)
    doing = "changes" if command.effect.changes else "works on"
    widen = want.name == "cards" and flow.type.name == "notes"
    starts = {"cards": 'start from find "deck:…"', "notes": 'start from find "deck:…"'}
    also = (Label(before, f"this gives {given}", primary=False),) if before else ()
    needs = "notes or cards" if want.name == "notes" else named(want)
    context.report(
        type_kinds.INPUT(
            span,
            command=command.name,
            doing=f"{doing} {named(want)}",
            given=given,
            needs=needs,
            start=None if widen else starts.get(want.name),
            widen="all cards of the notes: | cards" if widen else None,
            also=also,
        )
    )


def meet(
    context: Context, command: Command, node: t.Command, subject: str | None
) -> tuple[Given, dict[str, list[t.Expression]]]:
    """Which parameter each written argument fills; and what a `rest` parameter takes."""
    params = parameters(command)
    positional = [p for p in command.params if p.name != subject or p.rest]
    given: Given = {}
    leftover: dict[str, list[t.Expression]] = {}
    named_first = {a.name for a in node.arguments if a.name is not None}
    positional = [param for param in positional if param.name not in named_first]
    for written in node.arguments:
        if written.name is not None:
            _by_name(context, command, params, written, given, subject)
        elif positional and positional[0].rest and written.value is not None:
            leftover.setdefault(positional[0].name, []).append(written.value)
        elif positional:
            given[positional.pop(0).name] = written.value
        else:
            _too_many(context, command, written, subject)
            break
    return given, leftover


def _by_name(
    context: Context,
    command: Command,
    params: tuple[Param, ...],
    written: t.Argument,
    given: Given,
    subject: str | None,
) -> None:
    name = written.name or ""
    place = written.name_span or written.span
    known = [param.name for param in params]
    if name not in known:
        similar = near(name, known)
        dashes = "--" if written.value is None else ""
        context.report(
            name_kinds.PARAMETER(
                place,
                command=command.name,
                name=name,
                near=similar,
                fix=fix(place, dashes + similar if similar else None),
                **command.about,
            )
        )
    elif name in given or name == subject:
        context.report(call_kinds.TWICE(place, command=command.name, name=name, **command.about))
    else:
        given[name] = written.value


def _switch(context: Context, command: Command, param: Param, node: t.Command) -> core.Expression:
    """`--name`: true."""
    span = next(a.span for a in node.arguments if a.name == param.name)
    if param.type.name not in ("bool", "any"):
        context.report(
            type_kinds.SWITCH(
                span,
                name=param.name,
                command=command.name,
                wanted=named(param.type),
                **command.about,
            )
        )
    return core.Literal(True, BOOL, span)


def _too_many(context: Context, command: Command, written: t.Argument, subject: str | None) -> None:
    is_word = isinstance(written.value, t.Word)
    context.report(
        call_kinds.TOO_MANY(
            written.span,
            command=command.name,
            quoting="a text with spaces stands in quotes" if is_word else None,
            subject=subject,
            **command.about,
        )
    )


def check_missing(context: Context, command: Command, node: t.Command, given: set[str]) -> None:
    """Report parameters that have to be given and are not."""
    missing = [p for p in command.params if p.required and p.name not in given]
    if not missing:
        return
    example = command.examples[0].line if command.examples else None
    subject = command.subject_param
    if missing == [subject] and subject is not None:
        context.report(
            call_kinds.MISSING_SUBJECT(
                node.name_span,
                command=command.name,
                name=subject.name,
                example=example,
                **command.about,
            )
        )
        return
    names = [param.name for param in missing]
    context.report(
        call_kinds.MISSING(
            node.name_span,
            command=command.name,
            names=listed(names, "and"),
            what=f"{names[0]} is" if len(names) == 1 else "these are",
            example=f"for example: {example}" if example else None,
            **command.about,
        )
    )


def unknown(context: Context, node: t.Command) -> None:
    """Report a command that does not exist, or that only the other side knows."""
    similar = near(node.name, context.commands)
    is_variable = context.scope.find(node.name) is not None
    context.report(
        name_kinds.COMMAND(
            node.name_span,
            name=node.name,
            near=similar,
            variable=node.name if is_variable else None,
            fix=fix(node.name_span, f"${node.name}" if is_variable else similar),
        )
    )


def _is_engine(served: frozenset[str]) -> bool:
    """Whether it is the embedded engine that answers: it has actions that AnkiConnect lacks."""
    return any(c.name in served for c in COMMANDS.values() if c.side is Side.ENGINE)


def check_served(context: Context, command: Command, span: Span) -> None:
    """Report an action that the other side does not have."""
    # What every AnkiConnect in use has is not asked for: that saves a request.
    everywhere = command.side is Side.ANKI and not command.newer and command.family != "gui"
    if everywhere or command.side is Side.HERE:
        return
    served = context.world.actions()
    if served is None or command.name in served:
        return
    if command.name in WINDOWLESS and _is_engine(served):
        return
    helping = "update the add-on: Tools > Add-ons > Check for Updates"
    if command.side is Side.ENGINE:
        helping = "it belongs to the embedded engine: close Anki and give --collection FILE"
    elif command.family == "gui":
        helping = "it needs Anki's window: use it through AnkiConnect"
    context.report(name_kinds.ACTION_MISSING(span, name=command.name, help=helping))
