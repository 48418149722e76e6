"""From the checked program to the plan: conversions become steps, names become slots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ankish.analysis import core
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Effect
from ankish.catalog.types import ANY, CARDS, NOTES, NULL, TABLE, Type
from ankish.data import replace
from ankish.diagnostics.model import Span
from ankish.plan import model as m
from ankish.plan.changes import add_notes, set_fields
from ankish.plan.convert import Emitter
from ankish.plan.values import Found, Rows, Value

PREVIEW = 20
"""How many cards or notes of many are shown."""


def lower(
    checked: core.Checked, variables: dict[core.Binding, Value] | None = None, preview: bool = False
) -> m.Plan:
    """The plan of a program.

    `variables` are values that exist already, `preview` says that a result of cards or notes
    is shown as a table of the first of them, which takes one action more.
    """
    lowering = Lowering(dict(variables or {}), preview)
    for statement in checked.statements:
        lowering.statement(statement)
    return m.Plan(tuple(lowering.steps), lowering.values)


class Lowering(Emitter):
    """Emits the steps of statements and stages."""

    def __init__(self, values: dict[core.Binding, Value], preview: bool) -> None:
        super().__init__(values)
        self.preview = preview

    def block(self, statements: Iterable[core.Statement]) -> tuple[m.Step, ...]:
        """The steps of some statements, as a block of their own."""
        outer, self.steps = self.steps, []
        with self.inside():
            for statement in statements:
                self.statement(statement)
        inner, self.steps = self.steps, outer
        return tuple(inner)

    # ---- statements

    def statement(self, node: core.Statement) -> None:
        """The steps of a statement."""
        if isinstance(node, core.Pipeline):
            self.show(node, self.pipeline(node))
        elif isinstance(node, core.Let):
            value = self.pipeline(node.pipeline)
            if isinstance(value, Found):
                self.ask_found(value, node.span)
            self.values[node.binding] = self.held(value, node.span)
        elif isinstance(node, core.If):
            branches = tuple((self.plain(test), self.block(body)) for test, body in node.branches)
            self.emit(m.Branch(branches, self.block(node.otherwise), node.span))
        elif isinstance(node, core.For):
            items = self.plain(node.items)
            slot = self.slot()
            self.values[node.item] = m.Ref(slot, node.item.flow.type, node.span)
            self.emit(m.Loop(slot, items, self.block(node.body), node.span))
        elif isinstance(node, core.Try):
            slot = self.slot()
            body = self.block(node.body)
            self.values[node.error] = m.Ref(slot, node.error.flow.type, node.span)
            self.emit(m.Attempt(body, slot, self.block(node.handler), node.span))
        else:
            self.emit(m.Stop(self.plain(node.message), node.span))

    def held(self, value: Value, span: Span) -> Value:
        """A value as a variable holds it: computed once."""
        if isinstance(value, (Found, Rows, m.Ref, core.Literal)):
            return value
        slot = self.slot()
        self.emit(m.Make(slot, value, span))
        return m.Ref(slot, value.type, span)

    def show(self, node: core.Pipeline, value: Value) -> None:
        """What a statement shows of its result."""
        last = node.stages[-1]
        done = _final(last)
        if isinstance(done, core.Act) and _reports(done):
            label = last.name if isinstance(last, core.Expand) else done.command.name
            subject = self.subject_ids(done, value)
            param = done.command.subject_param
            of = param.type if param is not None and subject is not None else NULL
            self.emit(m.Show("report", subject, of, last.span, label))
            return
        if isinstance(done, core.SetFields):
            self.emit(m.Show("report", self.changed[done.span], NOTES, last.span, "set"))
            return
        if isinstance(done, core.AddNotes):
            self.emit(m.Show("verdicts", self.plain_value(value), TABLE, last.span, "add"))
            return
        if node.flow.type == NULL and not isinstance(last, core.Given):
            return
        kind = _kind(node.flow)
        if kind is None:
            shown = self.plain_value(value)
            self.emit(m.Show("value", shown, node.flow.type, node.span))
            return
        ids = self.into(value, _ids_of(node.flow, kind), node.span)
        if not self.preview:
            self.emit(m.Show("value", ids, CARDS if kind == "cards" else NOTES, node.span))
            return
        some = self.slot()
        self.emit(m.Verb(some, "first", ids, node.span, keys=(_number(PREVIEW, node.span),)))
        info = self.ask(
            f"{kind}Info", {kind: m.Ref(some, CARDS, node.span)}, node.span, why="to show some"
        )
        self.emit(m.Show(kind, info, TABLE, node.span, of=ids))

    def subject_ids(self, act: core.Act, value: Value) -> Any:
        """What a writing verb was given, so that it can be counted."""
        if not act.command.hands_on:
            return None
        if act.piped is not None:
            return self.into(value, act.piped, act.span)
        return None if value is None else self.plain_value(value)

    # ---- pipelines

    def pipeline(self, node: core.Pipeline) -> Value:
        """The steps of a pipeline; the value it gives."""
        value: Value = None
        for stage in node.stages:
            value = _STAGES[type(stage)](self, stage, value)
        return value

    def act(self, stage: core.Act, value: Value) -> Value:
        """An action."""
        params: dict[str, Any] = {}
        decks: list[Any] = []
        for param in stage.command.params:
            if param.name == stage.subject and stage.piped is not None:
                params[param.name] = self.into(value, stage.piped, stage.span)
            elif (given := stage.arguments.get(param.name)) is not None:
                params[param.name] = self.plain(given)
                known = isinstance(given, core.Literal) or stage.create or param.creates
                if param.type.name == "deck" and not known:
                    decks.append(params[param.name])
        slot = self.slot()
        self.emit(
            m.Ask(
                slot,
                stage.command.name,
                params,
                stage.command.effect,
                stage.span,
                stage.command,
                decks=tuple(decks),
            )
        )
        if stage.command.hands_on:
            given = params.get(stage.command.subject or "")
            return given if stage.piped in (None, "ids") else value
        return m.Ref(slot, stage.command.result, stage.span)

    def find(self, stage: core.Find, value: Value) -> Value:
        """A search: nothing is asked yet."""
        assert stage.flow.selection is not None
        return Found(self.plain(stage.search), stage.flow.selection)

    def given(self, stage: core.Given, value: Value) -> Value:
        """An expression as a stage."""
        if isinstance(stage.value, core.Use):
            return self.values[stage.value.binding]
        return self.plain(stage.value)

    def do(self, stage: core.Do, value: Value) -> Value:
        """A builtin."""
        name = stage.command.name
        if name == "call":
            return self.call(stage)
        if name == "print":
            values = self.plain(stage.arguments["values"])
            if stage.piped is not None:
                first = self.into(value, stage.piped, stage.span)
                values = replace(values, items=(first, *values.items))
            self.emit(m.Show("print", values, NULL, stage.span))
            return core.Literal(None, NULL, stage.span)
        if name in ("open", "save", "from", "to", "lines"):
            return self.file(stage, value)
        if name in ("cards", "notes"):
            if stage.piped is None:
                return self.plain(stage.arguments["items"])
            return self.into(value, stage.piped, stage.span)
        if stage.piped == "rows":
            value = self.rows(value, stage.flow, stage.piped, stage.span)
        elif stage.piped != "same":
            value = self.into(value, stage.piped or "same", stage.span)
        source = value if isinstance(value, Rows) else self.plain_value(value)
        keys = tuple(self.plain(argument) for argument in stage.arguments.values())
        return self.verb(stage, name, source, keys=keys)

    def file(self, stage: core.Do, value: Value) -> Value:
        """`open`, `save`, `from`, `to`: done here."""
        given = {name: self.plain(each) for name, each in stage.arguments.items()}
        if stage.piped is not None:
            given[stage.command.subject or ""] = self.into(value, stage.piped, stage.span)
        nothing = core.Literal(None, NULL, stage.span)
        if stage.command.name == "save":
            path, form = given["path"], given.get("as", nothing)
            self.emit(m.Save(given["items"], path, form, stage.span))
            return nothing
        first, second, *_ = [given.get(p.name, nothing) for p in stage.command.params] + [nothing]
        slot = self.slot()
        self.emit(m.Verb(slot, stage.command.name, first, stage.span, keys=(second,)))
        return m.Ref(slot, stage.command.result, stage.span)

    def call(self, stage: core.Do) -> Value:
        """An action as it is."""
        named = stage.arguments["action"]
        assert isinstance(named, core.Literal)
        action = str(named.value)
        given = stage.arguments.get("params")
        params = self.plain(given) if given is not None else core.RecordOf((), NULL, stage.span)
        known = COMMANDS.get(action)
        effect = known.effect if known is not None else Effect.WRITE
        slot = self.slot()
        fields = dict(params.items) if isinstance(params, core.RecordOf) else {"*": params}
        if isinstance(params, core.Literal):
            fields = {k: core.Literal(v, ANY, params.span) for k, v in params.value.items()}
        self.emit(m.Ask(slot, action, fields, effect, stage.span))  # raw, whatever it means
        return m.Ref(slot, stage.flow.type, stage.span)

    def row(self, stage: core.Row, value: Value) -> Value:
        """A row verb."""
        source = self.rows(value, stage.item.flow, stage.piped, stage.span)
        item = self.slot()
        self.hold_item(stage.item, item)
        return self.verb(
            stage,
            stage.verb,
            source,
            item=item,
            keys=tuple(self.plain(key) for key in stage.keys),
            columns=tuple((name, self.plain(column)) for name, column in stage.columns),
            descending=stage.descending,
        )

    def verb(self, stage: Any, name: str, source: Value, **options: Any) -> Value:
        """A verb done here; rows of cards or notes stay such rows."""
        slot = self.slot()
        expression = source.ref if isinstance(source, Rows) else source
        self.emit(m.Verb(slot, name, expression, stage.span, **options))
        ref = m.Ref(slot, stage.flow.type, stage.span)
        keeps = isinstance(source, Rows) and stage.flow.rows is source.rows
        return Rows(ref, source.rows) if keeps else ref

    def expand(self, stage: core.Expand, value: Value) -> Value:
        """A call of a macro: its last pipeline gives the value."""
        for binding, given in stage.given:
            self.values[binding] = self.given_to_macro(binding, given)
        if stage.piped is not None:
            binding, how = stage.piped
            self.values[binding] = value if how == "same" else self.into(value, how, stage.span)
        result: Value = core.Literal(None, NULL, stage.span)
        for index, statement in enumerate(stage.body):
            if index == len(stage.body) - 1 and isinstance(statement, core.Pipeline):
                result = self.pipeline(statement)
            elif isinstance(statement, core.Pipeline):
                self.pipeline(statement)
            else:
                self.statement(statement)
        return value if stage.hands_on else result

    def given_to_macro(self, binding: core.Binding, given: core.Expression) -> Value:
        """An argument of a macro: a search stays one, in whatever forms the macro wants it."""
        if isinstance(given, core.SearchOf) and binding.flow.selection is not None:
            found = Found(self.plain(given), binding.flow.selection)
            self.ask_found(found, given.span)  # once for the whole macro, as `let` does
            return found
        if isinstance(given, core.Use):
            return self.values[given.binding]
        return self.held(self.plain(given), given.span)

    def each(self, stage: core.Each, value: Value) -> Value:
        """A block for all items."""
        flow = stage.item.flow
        if stage.piped == "rows" or (isinstance(value, Rows) and stage.size is None):
            source = self.rows(value, flow, stage.piped, stage.span).ref
        else:
            source = self.into(value, stage.piped, stage.span)
        if stage.size is not None:
            chunks = self.slot()
            keys = (self.plain(stage.size),)
            self.emit(m.Verb(chunks, "chunk", source, stage.span, keys=keys))
            source = m.Ref(chunks, TABLE, stage.span)
        item, slot = self.slot(), self.slot()
        self.hold_item(stage.item, item)
        outer, self.steps = self.steps, []
        result: Any = None
        with self.inside():
            for index, statement in enumerate(stage.body):
                last = index == len(stage.body) - 1 and stage.flow.type != NULL
                if last and isinstance(statement, core.Pipeline):
                    result = self.plain_value(self.pipeline(statement))
                else:
                    self.statement(statement)
        body, self.steps = tuple(self.steps), outer
        self.emit(m.Every(slot, item, source, body, result, stage.span))
        return m.Ref(slot, stage.flow.type, stage.span)


_STAGES: dict[type, Any] = {
    core.Act: Lowering.act,
    core.Do: Lowering.do,
    core.Find: Lowering.find,
    core.Row: Lowering.row,
    core.SetFields: set_fields,
    core.AddNotes: add_notes,
    core.Expand: Lowering.expand,
    core.Each: Lowering.each,
    core.Given: Lowering.given,
}


def _final(stage: core.Stage) -> core.Stage:
    """What a stage comes down to: of a macro's call, the last stage of its body."""
    while isinstance(stage, core.Expand) and stage.body:
        last = stage.body[-1]
        if not isinstance(last, core.Pipeline):
            break
        stage = last.stages[-1]
    return stage


def _reports(act: core.Act) -> bool:
    """Whether an action has only this to show: that it was done, and to how many."""
    nothing = act.command.hands_on or act.command.result == NULL
    return act.command.effect.changes and nothing


def _number(value: int, span: Span) -> core.Literal:
    return core.Literal(value, Type("int"), span)


def _kind(flow: core.Flow) -> str | None:
    """Whether a result is cards or notes; None if it is something else."""
    if flow.rows is not None:
        return f"{flow.rows.settle()}s"
    if flow.selection is not None:
        return "cards"
    return flow.type.name if flow.type.name in ("cards", "notes") else None


def _ids_of(flow: core.Flow, kind: str) -> str:
    if flow.rows is not None:
        return f"row-{kind}"
    return f"found-{kind}" if flow.selection is not None else "same"
