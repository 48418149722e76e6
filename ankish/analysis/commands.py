"""Commands: the pipe and the written arguments met with a command's parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ankish.analysis import core
from ankish.analysis.arguments import Place, argument, rest
from ankish.analysis.context import Context
from ankish.analysis.convert import TAKEN, Conversion, converted
from ankish.analysis.fit import named
from ankish.analysis.guards import written_faults
from ankish.analysis.names import fix, looked_up, note_made
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command, Param, Side
from ankish.catalog.types import ANY, BOOL, Type
from ankish.data import replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.model import Label, Span
from ankish.diagnostics.nearest import near
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t

WINDOWLESS = frozenset(
    "guiAnswerCard guiBrowse guiCheckDatabase guiCurrentCard guiDeckBrowser guiDeckOverview"
    " guiDeckReview guiReviewActive guiShowAnswer guiShowQuestion guiStartCardTimer guiUndo".split()
)
"""Actions for Anki's window that the embedded engine answers as far as a terminal can. It does
not list them, since programs take a listed one for a window."""

CREATE = Param("create", BOOL, "make the deck if there is none of that name", default=False)
"""What commands that would make a deck have besides their own parameters. Never sent."""

UNKNOWN_ACTION = "ankish does not know what this action does"
"""Why an action that only the other side knows can't be taken back."""

Given = dict[str, "t.Expression | None"]


def parameters(command: Command) -> tuple[Param, ...]:
    """All that can be given to a command, the `--create` of ankish included."""
    return (*command.params, CREATE) if command.creates_decks else command.params


def act(
    context: Context, command: Command, node: t.Command, flow: core.Flow | None, before: Span | None
) -> core.Act:
    """The checked form of a call of an action."""
    check_atomic(context, command, node.name_span)
    if flow is None:
        node = with_parameters(command, node)
    piped = subject = None
    if flow is not None:
        piped = pipe_into(context, command, node, flow, before)
        subject = command.subject
    given, leftover = meet(context, command, node, subject)
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
    check_missing(context, command, node, {*arguments, *([subject] if subject else [])})
    for fault in written_faults(command.name, arguments, node.span):
        context.report(fault)
    decks = looked_up(context, command, arguments, create)
    note_made(context, command, arguments)
    out = core.Flow(command.result)
    if command.hands_on and flow is not None:
        out = flow
        if piped in TAKEN and command.subject_param is not None:
            out = core.Flow(command.subject_param.type)
        elif command.effect.changes and flow.rows is not None:
            out = replace(flow, stale=True, derived=())
    elif command.hands_on and command.subject_param is not None:
        out = core.Flow(command.subject_param.type)
    return core.Act(command, arguments, subject, piped, decks, out, node.span)


def check_atomic(context: Context, command: Command, span: Span) -> None:
    """Report an action that can't be taken back, inside `atomic`."""
    lasting = command.undo is None or command.name == "multi"
    if context.atomic and command.effect.changes and lasting:
        why = command.why or "what it does is outside the collection, or not known"
        context.report(call_kinds.NOT_ATOMIC(span, action=command.name, why=why))


def _is_false(node: t.Expression | None) -> bool:
    return (isinstance(node, t.Word) and node.text == "false") or (
        isinstance(node, t.Constant) and node.value is False
    )


def pipe_into(
    context: Context, command: Command, node: t.Command, flow: core.Flow, before: Span | None
) -> Conversion | None:
    """How what flows in becomes the command's subject; reported if it can't."""
    param = command.subject_param
    if param is None:
        context.report(call_kinds.NO_INPUT(node.name_span, command=command.name, **command.about))
        return None
    how = converted(flow, param.type)
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
    for written in with_values(command, node.arguments):
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


def with_parameters(command: Command, node: t.Command) -> t.Command:
    """`findCards {query: "…"}` as `findCards query="…"`: parameters as AnkiConnect's requests
    have them, unless the record is what the first parameter wants.
    """
    given = node.arguments[0] if len(node.arguments) == 1 else None
    record = given.value if given is not None and given.name is None else None
    if not isinstance(record, t.Record) or not record.pairs:
        return node
    wanted = command.params[0].type if command.params else ANY
    own = wanted.name in ("any", "record") and not wanted.keys
    if own or not all(command.param(p.key) and not wanted.key(p.key) for p in record.pairs):
        return node
    arguments = tuple(
        t.Argument(p.key, p.value, p.key_span.to(p.value.span), p.key_span) for p in record.pairs
    )
    return replace(node, arguments=arguments)


def with_values(command: Command, arguments: Sequence[t.Argument]) -> Iterator[t.Argument]:
    """The arguments, `--name value` as `name=value` where the parameter is no switch.

    So what scripts take on the command line can be typed in the shell as well.
    """
    rest = list(arguments)
    while rest:
        written = rest.pop(0)
        if takes_value(command, written) and rest and rest[0].name is None:
            value = rest.pop(0)
            span = Span(written.span.start, value.span.end)
            written = replace(written, value=value.value, span=span)
        yield written


def takes_value(command: Command, written: t.Argument) -> bool:
    """Whether `--name` is one of a parameter that wants more than true or false."""
    param = command.param(written.name) if written.name and written.value is None else None
    return param is not None and param.type.name not in ("bool", "any")


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
                search=_search_help(context, command, written),
                about=f"help {command.name} tells all about it" if name == "help" else None,
                **command.about,
            )
        )
    elif name in given or name == subject:
        context.report(call_kinds.TWICE(place, command=command.name, name=name, **command.about))
    elif written.value is None and command.side is Side.HERE and not _switches(command, name):
        _not_a_switch(context, command, name, place)
        if command.family == "macro":
            given[name] = None  # or it would be called missing, too
    else:
        given[name] = written.value


def _search_help(context: Context, command: Command, written: t.Argument) -> str | None:
    """For `find deck=Spanish`: how the term is written."""
    if written.value is None or all(param.type.name != "query" for param in command.params):
        return None
    from ankish.syntax.search.keywords import KEYWORDS

    known = written.name in KEYWORDS
    return f"{written.name}:{context.text(written.value.span)}" if known else None


def _switches(command: Command, name: str) -> bool:
    """Whether `--name` makes sense: for a switch, and where a macro takes anything."""
    param = command.param(name)
    free = ("bool", "any") if command.family == "macro" else ("bool",)
    return param is not None and param.type.name in free


def _not_a_switch(context: Context, command: Command, name: str, span: Span) -> None:
    param = command.param(name)
    wanted = named(param.type) if param is not None and param.type != ANY else "something"
    context.report(
        type_kinds.SWITCH(span, name=name, command=command.name, wanted=wanted, **command.about)
    )


def _switch(context: Context, command: Command, param: Param, node: t.Command) -> core.Expression:
    """`--name`: true."""
    span = next(a.span for a in node.arguments if a.name == param.name)
    if param.type.name not in ("bool", "any"):
        _not_a_switch(context, command, param.name, span)
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
    """Report parameters that have to be given and are not.

    What seems to be missing may be what was misspelt: then that is said, and nothing else.
    """
    known = {param.name for param in parameters(command)}
    if any(written.name is not None and written.name not in known for written in node.arguments):
        return
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
    from ankish.analysis.elsewhere import ELSEWHERE

    if context.unfinished(node.name):
        context.report(name_kinds.NOT_YET(node.name_span, name=node.name))
        return
    is_variable = context.scope.find(node.name) is not None
    elsewhere = None if is_variable else ELSEWHERE.get(node.name.lower())
    names = [*context.commands, *ROW_VERBS, *context.macros, *context.others()]
    similar = None if elsewhere else near(node.name, names)
    context.report(
        name_kinds.COMMAND(
            node.name_span,
            name=node.name,
            near=similar,
            variable=node.name if is_variable else None,
            elsewhere=elsewhere,
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
