"""Checks a whole program: names, types, conversions. All that is wrong is found at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ankish.analysis import core
from ankish.analysis.adding import with_rows
from ankish.analysis.blocks import block_verb
from ankish.analysis.commands import UNKNOWN_ACTION, act, check_served, unknown
from ankish.analysis.context import Context, Scope
from ankish.analysis.convert import AS_IS, How, as_plain, converted, is_item
from ankish.analysis.curl import curl, requested
from ankish.analysis.expressions import decision, expression, value
from ankish.analysis.fit import named, taken_apart
from ankish.analysis.macros import Origin, declare, expand
from ankish.analysis.rows import RowColumns, as_rows, item_of, row_verb
from ankish.analysis.script import check_param
from ankish.analysis.selection import OTHERS
from ankish.analysis.testing import check_assert, check_test
from ankish.analysis.verbs import builtin
from ankish.analysis.world import World
from ankish.catalog.builtins import BUILTINS, ROW_VERBS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command, Effect, Param, Side
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.catalog.types import (
    ANY,
    CARDS,
    INT,
    NOTES,
    NULL,
    RECORD,
    TEXT,
    Key,
    list_of,
    record_of,
)
from ankish.data import dataclass
from ankish.diagnostics.kinds import (
    call as call_kinds,
)
from ankish.diagnostics.kinds import (
    name as name_kinds,
)
from ankish.diagnostics.kinds import (
    script as script_kinds,
)
from ankish.diagnostics.kinds import (
    type as type_kinds,
)
from ankish.diagnostics.model import Diagnostic, Severity, Source, Span
from ankish.syntax import tree as t
from ankish.syntax.parser import no_collection


@dataclass(frozen=True, slots=True)
class Result:
    """What checking gives: the program to plan, unless there are errors, and all messages."""

    checked: core.Checked
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether it can be planned and run."""
        return all(problem.severity is not Severity.ERROR for problem in self.diagnostics)


def check(
    program: t.Program,
    source: Source,
    world: World,
    bindings: tuple[core.Binding, ...] = (),
    *,
    keep: bool = False,
    given: dict[str, str | bool] | None = None,
    known: Sequence[t.Program] = (),
    used: Mapping[str, t.Program] | None = None,
    others: Callable[[], Iterable[str]] = tuple,
) -> Result:
    """Check a program.

    `bindings` are variables that exist already; `keep` says that others will follow, as in
    the shell: then what a variable holds has to serve for programs that aren't written yet.
    `given` is what a script's parameters are given; None if it is only checked. `known` are
    programs whose macros are there from the start, `used` those that `use` brings in; `others`
    gives the names of all that could be called, for who mistypes one.
    """
    context = Context(source, world, COMMANDS, Scope(bindings))
    context.check_pipeline = _pipeline
    context.check_block = _block
    context.column_of = lambda inner, flow, name: RowColumns(flow).column(inner, name)
    context.keep = keep
    context.given = given or {}
    context.open_script = given is None
    context.used = used or {}
    context.others = others
    macros = (node.name for node in program.statements if isinstance(node, t.Macro))
    context.own_macros = frozenset(macros)
    for library in known:
        _borrow(context, library, Origin.KNOWN)
    with no_collection():
        statements = _statements(context, program.statements)
    for rows in context.rows:
        rows.settle()
    for binding in context.defined:
        if not binding.used and not keep and not context.failed:
            context.report(name_kinds.UNUSED(binding.span, name=binding.name))
    problems = sorted(context.diagnostics, key=lambda p: p.span.start if p.span else 0)
    return Result(core.Checked(tuple(statements)), tuple(problems))


def _statements(context: Context, nodes: tuple[t.Statement, ...]) -> list[core.Statement]:
    checked = (_STATEMENTS[type(node)](context, node) for node in nodes)  # type: ignore[operator]
    return [statement for statement in checked if statement is not None]


def _block(context: Context, block: t.Block, *bindings: core.Binding) -> tuple[core.Statement, ...]:
    """The statements of a block; what it defines ends with it."""
    with context.within(*bindings), context.deeper():
        outer = len(context.scope.bindings)
        statements = tuple(_statements(context, block.statements))
        for binding in context.scope.bindings[outer:]:
            if not binding.used and not context.failed:
                context.report(name_kinds.UNUSED(binding.span, name=binding.name))
                binding.used = True
        return statements


def _statement_pipeline(context: Context, node: t.Pipeline) -> core.Pipeline:
    """A pipeline that stands alone: what it gives is shown, a search as its cards."""
    pipeline = _pipeline(context, requested(node))
    last = pipeline.stages[-1] if pipeline.stages else None
    changes = isinstance(last, core.Act) and last.command.effect.changes
    if not changes:
        as_plain(pipeline.flow)
    return pipeline


def _let(context: Context, node: t.Let) -> core.Let:
    pipeline = _pipeline(context, node.value)
    if any(b.name == node.name and b in context.defined for b in context.scope.bindings):
        context.report(name_kinds.SHADOWED(node.name_span, name=node.name))
    if node.name == "it":
        why = "the item of each, chunk and row verbs"
        context.report(name_kinds.RESERVED(node.name_span, name="it", what="variable", why=why))
    if context.keep and not context.inside:  # what a block or a macro defines ends with it
        pipeline = _lasting(pipeline)
    binding = context.define(node.name, pipeline.flow, node.name_span)
    binding.known = core.known_text(pipeline)
    return core.Let(binding, pipeline, node.span)


def _lasting(pipeline: core.Pipeline) -> core.Pipeline:
    """The same, with a value that serves for programs that aren't written yet.

    A search is asked for cards and for notes. Rows become the table that they are, if
    columns were added to them; else ids, of which any column can be fetched again.
    """
    flow = pipeline.flow
    if flow.selection is not None:
        flow.selection.forms |= {"cards", "notes"}
    if flow.rows is None:
        return pipeline
    want = NOTES if flow.rows.entity == "note" else CARDS
    out = core.Flow(want)
    how = converted(flow, want) or AS_IS
    if flow.derived:
        columns = [Key(name, column.type) for name, column in flow.rows.columns.items()]
        added = [Key(name, type_) for name, type_ in flow.derived]
        ids = Key(f"{want.name.removesuffix('s')}Id", INT)
        known = OTHERS not in dict(flow.derived)
        row = record_of(ids, *columns, *added) if known else RECORD
        out, how = core.Flow(list_of(row)), (How.ROWS,)
    kept = core.Do(BUILTINS[want.name], {}, how, out, pipeline.span)
    return core.Pipeline((*pipeline.stages, kept), out, pipeline.span)


def _if(context: Context, node: t.If) -> core.If:
    branches = tuple(
        (decision(context, test, "$due > 200"), _block(context, block))
        for test, block in node.branches
    )
    otherwise = _block(context, node.otherwise) if node.otherwise else ()
    return core.If(branches, otherwise, node.span)


def _for(context: Context, node: t.For) -> core.For:
    items: core.Expression | core.Pipeline
    if isinstance(node.items, t.Sub):
        items = _pipeline(context, node.items.pipeline)
        flow = items.flow
    else:
        items = expression(context, node.items)
        flow = items.binding.flow if isinstance(items, core.Use) else core.Flow(items.type)
    of_rows = flow.rows is not None or flow.selection is not None
    piped = None
    if not is_item(flow) and (of_rows or flow.type in (CARDS, NOTES)):
        flow, piped = as_rows(context, "for", flow, node.items.span)
    elif flow.type.name not in ("list", "any"):
        given, values = named(flow.type), taken_apart(flow.type)
        context.report(type_kinds.LIST(node.items.span, command="for", given=given, values=values))
    item = core.Binding(node.name, item_of(flow), node.name_span)
    body = _block(context, node.body, item)
    return core.For(item, items, piped, body, node.span)


def _try(context: Context, node: t.Try) -> core.Try:
    body = _block(context, node.body)
    error = core.Binding(node.name, core.Flow(ERROR), node.name_span, used=True)
    return core.Try(body, error, _block(context, node.handler, error), node.span)


ERROR = record_of(
    Key("message", TEXT, doc="what went wrong"),
    Key("code", TEXT, doc="the kind of error, as `help CODE` explains it"),
    Key("help", TEXT, doc="what would be right"),
)
"""What `catch e` gives."""


def _macro(context: Context, node: t.Macro) -> None:
    declare(context, node, Origin.OWN)


def _fail(context: Context, node: t.Fail) -> core.Fail:
    return core.Fail(value(context, expression(context, node.message)), node.span)


def _param(context: Context, node: t.Param) -> core.Statement | None:
    if context.inside:
        context.report(script_kinds.NOT_HERE(node.parameter.span))
        return None
    return check_param(context, node)


def _use(context: Context, node: t.Use) -> None:
    """The macros of another file. What can't be read is reported by whoever reads it."""
    name = node.path.plain if isinstance(node.path, t.String) else getattr(node.path, "text", None)
    library = context.used.get(name or "")
    if library is not None and name not in context.borrowed:
        context.borrowed.add(name or "")
        _borrow(context, library, Origin.USED)


def _borrow(context: Context, library: t.Program, origin: Origin) -> None:
    """Take in the macros of another program."""
    for node in library.statements:
        if isinstance(node, t.Use):
            _use(context, node)
        elif isinstance(node, t.Macro):
            declare(context, node, origin)


def _atomic(context: Context, node: t.Atomic) -> core.Atomic:
    with context.taken_back():
        return core.Atomic(_block(context, node.body), node.span)


def _pipeline(context: Context, node: t.Pipeline) -> core.Pipeline:
    flow: core.Flow | None = None
    before: Span | None = None
    stages: list[core.Stage] = []
    for stage in with_rows(context, node.stages):
        checked = _stage(context, stage, flow, before)
        flow = core.Flow(ANY) if checked is None else checked.flow
        before = stage.name_span if isinstance(stage, t.Command) else stage.span
        if checked is not None:
            stages.append(checked)
    return core.Pipeline(tuple(stages), flow or core.Flow(NULL), node.span)


def _stage(
    context: Context, node: t.Stage, flow: core.Flow | None, before: Span | None
) -> core.Stage | None:
    if isinstance(node, t.Command):
        return _command(context, node, flow, before)
    if isinstance(node, t.Value):
        return _given(context, node, flow)
    if isinstance(node, t.BlockVerb):
        return block_verb(context, node, flow)
    return row_verb(context, node, flow, ROW_VERBS[node.verb][1])


def _command(
    context: Context, node: t.Command, flow: core.Flow | None, before: Span | None
) -> core.Stage | None:
    if node.name in context.macros:
        return expand(context, context.macros[node.name], node, flow, before)
    command = context.commands.get(node.name)
    if command is None:
        return _unknown(context, node, flow, before)
    if command.name == "curl":
        return curl(context, node)
    if command.side is Side.HERE:
        return builtin(context, command, node, flow, before)
    check_served(context, command, node.name_span)
    return act(context, command, node, flow, before)


def _unknown(
    context: Context, node: t.Command, flow: core.Flow | None, before: Span | None
) -> core.Stage | None:
    """A name that the catalog does not have: perhaps the other side knows it."""
    if node.name in SHELL_ONLY:
        instead = SHELL_ONLY[node.name]
        context.report(call_kinds.SHELL_WORD(node.name_span, name=node.name, instead=instead))
        return None
    if node.name in BEFORE_A_LINE and not node.arguments and flow is None:
        context.report(call_kinds.NO_LINE(node.name_span, word=node.name))
        return None
    if node.name in SHELL_WORDS:
        context.report(call_kinds.ALONE(node.name_span, word=node.name))
        return None
    if node.name not in (context.world.actions() or ()):
        unknown(context, node)
        return None
    if flow is not None or any(argument.name is None for argument in node.arguments):
        context.report(name_kinds.NEEDS_NAMES(node.name_span, name=node.name))
        return None
    named = {argument.name: argument for argument in node.arguments if argument.name}
    params = tuple(Param(name, ANY, "only the other side knows it") for name in named)
    effect, why = Effect.WRITE, UNKNOWN_ACTION
    command = Command(node.name, "unknown", "", params, result=ANY, effect=effect, why=why)
    return act(context, command, node, None, before)


BEFORE_A_LINE = ("plan", "explain")
"""Words that stand before a line and tell of it."""

SHELL_ONLY = {
    "exit": "a program ends by itself; `fail` stops it earlier",
    "quit": "a program ends by itself; `fail` stops it earlier",
    "record": "ankish alone starts the shell, which records macros",
    "stop": "ankish alone starts the shell, which records macros",
    "macros": "ankish alone starts the shell, which lists and changes your macros",
    "watch": "ankish alone starts the shell, which looks again and again; a program runs once",
    "history": "ankish alone starts the shell, which keeps its lines",
    "clear": "ankish alone starts the shell; a program has no screen to clear",
    "tour": "ankish --demo starts the shell on a sample collection: tour is a line there",
    "review": "ankish alone starts the shell, where cards are studied",
    "keys": "ankish alone starts the shell, which has these keys",
    "tip": "ankish alone starts the shell, which gives tips",
    "config": "on the command line: ankish config",
    "play": "a macro is called by its name, like any command",
    "connect": "ankish --url, --collection or --profile say where a program works",
}
"""Words that are no command of a program, and what there is instead."""


def _given(context: Context, node: t.Value, flow: core.Flow | None) -> core.Stage:
    if flow is not None:
        context.report(call_kinds.NO_INPUT(node.span, command="a value", signature="", doc=""))
    checked = expression(context, node.expression)
    if isinstance(checked, core.Use):
        return core.Given(checked, checked.binding.flow, node.span)
    return core.Given(checked, core.Flow(checked.type), node.span)


_STATEMENTS = {
    t.Pipeline: _statement_pipeline,
    t.Let: _let,
    t.If: _if,
    t.For: _for,
    t.Fail: _fail,
    t.Macro: _macro,
    t.Param: _param,
    t.Use: _use,
    t.Try: _try,
    t.Atomic: _atomic,
    t.Assert: check_assert,
    t.Test: check_test,
}
