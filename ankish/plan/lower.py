"""From the checked program to the plan: conversions become steps, names become slots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ankish.analysis import core
from ankish.analysis.convert import OF_IDS, TAKEN, How
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Effect
from ankish.catalog.types import ANY, NULL, TABLE
from ankish.data import replace
from ankish.diagnostics.model import Span
from ankish.plan import model as m
from ankish.plan.changes import add_notes, set_fields, upsert_notes
from ankish.plan.convert import Emitter
from ankish.plan.options import ALL, Options
from ankish.plan.showing import show, show_all, show_faces
from ankish.plan.values import Found, Rows, Value

SWITCHES = ("force", "append", "spreadsheet")
"""What can be said of how `save` writes."""


def lower(
    checked: core.Checked,
    variables: dict[core.Binding, Value] | None = None,
    preview: bool = False,
    options: Options = ALL,
) -> m.Plan:
    """The plan of a program.

    `variables` are values that exist already, `preview` says that a result of cards or notes
    is shown as a table of the first of them, which takes one action more; `options` is what
    may be done to send less.
    """
    lowering = Lowering(dict(variables or {}), preview, options)
    for statement in checked.statements:
        lowering.statement(statement)
    return m.Plan(tuple(lowering.steps), lowering.values, options)


class Lowering(Emitter):
    """Emits the steps of statements and stages."""

    def __init__(self, values: dict[core.Binding, Value], preview: bool, options: Options) -> None:
        super().__init__(values, options)
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
            show(self, node, self.pipeline(node, shown=True), self.preview)
        elif isinstance(node, core.Let):
            value = self.pipeline(node.pipeline)
            if isinstance(value, Found):
                self.ask_found(value, node.span)
            self.values[node.binding] = self.held(value, node.span)
        elif isinstance(node, core.If):
            self.branch(node)
        elif isinstance(node, core.For):
            items = self.items(node)
            slot = self.slot()
            self.hold_item(node.item, slot)
            self.emit(m.Loop(slot, items, self.block(node.body), node.span))
        elif isinstance(node, core.Try):
            slot = self.slot()
            body = self.block(node.body)
            self.values[node.error] = m.Ref(slot, node.error.flow.type, node.span)
            self.emit(m.Attempt(body, slot, self.block(node.handler), node.span))
        elif isinstance(node, core.Atomic):
            self.emit(m.Atomic(self.block(node.body), node.span))
        elif isinstance(node, core.Assert):
            message = None if node.message is None else self.plain(node.message)
            self.emit(m.Claim(self.plain(node.condition), message, node.span))
        else:
            self.emit(m.Stop(self.plain(node.message), node.span))

    def items(self, node: core.For) -> Any:
        """What a loop goes through: cards and notes as rows."""
        if isinstance(node.items, core.Pipeline):
            value = self.pipeline(node.items)
        elif isinstance(node.items, core.Use):
            value = self.values[node.items.binding]
        else:
            value = self.plain(node.items)
        if node.piped is None:
            return self.plain_value(value)
        return self.plain_value(self.rows(value, node.item.flow, node.piped, node.span))

    def branch(self, node: core.If) -> None:
        """The branches that can be taken: of those whose condition is known, one at most.

        So a script that is not asked to delete anything has nothing in its plan that does.
        """
        branches: list[tuple[Any, tuple[m.Step, ...]]] = []
        otherwise = node.otherwise
        for condition, body in node.branches:
            test = self.plain(condition)
            if isinstance(test, core.Literal) and test.value is False:
                continue
            if isinstance(test, core.Literal) and test.value is True:
                otherwise = body
                break
            branches.append((test, self.block(body)))
        steps = self.block(otherwise)
        if branches:
            self.emit(m.Branch(tuple(branches), steps, node.span))
        else:
            self.steps += steps

    def held(self, value: Value, span: Span) -> Value:
        """A value as a variable holds it: computed once."""
        if isinstance(value, (Found, Rows, m.Ref, core.Literal)):
            return value
        slot = self.slot()
        self.emit(m.Make(slot, value, span))
        return m.Ref(slot, value.type, span)

    # ---- pipelines

    def pipeline(self, node: core.Pipeline, shown: bool = False) -> Value:
        """The steps of a pipeline; the value it gives, which is `shown` and no more, or used."""
        value: Value = None
        stages: Sequence[core.Stage] = node.stages
        if self.options.push and isinstance(stages[0], core.Find) and stages[1:]:
            from ankish.plan.narrow import narrow  # 3 ms, and few programs filter

            value, stages = narrow(self, stages, shown and not node.flow.derived) or (None, stages)
        for stage in stages:
            value = _STAGES[type(stage)](self, stage, value)
        return value

    def act(self, stage: core.Act, value: Value) -> Value:
        """An action."""
        params: dict[str, Any] = {}
        for param in stage.command.params:
            if param.name == stage.subject and stage.piped is not None:
                params[param.name] = self.into(value, stage.piped, stage.span)
            elif (given := stage.arguments.get(param.name)) is not None:
                params[param.name] = self.plain(given)
        self.changed[stage.span] = params.get(stage.command.subject or "")
        slot = self.slot()
        self.emit(
            m.Ask(
                slot,
                stage.command.name,
                params,
                stage.command.effect,
                stage.span,
                stage.command,
                decks=tuple(params[name] for name in stage.decks),
            )
        )
        if stage.command.hands_on:
            given = params.get(stage.command.subject or "")
            return given if stage.piped in (None, *TAKEN) else value
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
        if name == "show":
            return show_faces(self, stage, value)
        if name in ("ask", "confirm"):
            question = self.plain(stage.arguments["question"])
            default = stage.arguments.get("default")
            slot = self.slot()
            given = core.Literal(None, NULL, stage.span) if default is None else self.plain(default)
            self.emit(m.Prompt(slot, name, question, given, stage.span))
            return m.Ref(slot, stage.command.result, stage.span)
        if name == "help":
            self.emit(m.Show("help", stage.arguments["topic"], NULL, stage.span))
            return core.Literal(None, NULL, stage.span)
        if name in ("open", "save", "rm", "from", "to", "lines", "values", "glob"):
            return self.file(stage, value)
        if name in ("cards", "notes"):
            if stage.piped is None:
                return self.plain(stage.arguments["items"])
            return self.into(value, stage.piped, stage.span)
        if stage.piped == (How.FETCH,):
            value = self.rows(value, stage.flow, stage.piped, stage.span)
        elif stage.piped:
            value = self.into(value, stage.piped, stage.span)
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
            switches = tuple((name, given[name]) for name in SWITCHES if name in given)
            self.emit(m.Save(given["items"], path, form, stage.span, switches))
            return nothing
        if stage.command.name == "rm":
            self.emit(m.Remove(given["path"], stage.span))
            return nothing
        first, *others = [given.get(param.name, nothing) for param in stage.command.params]
        while others and others[-1] is nothing:
            others.pop()
        slot = self.slot()
        self.emit(m.Verb(slot, stage.command.name, first, stage.span, keys=tuple(others)))
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
        whole = stage.verb == "table" and not stage.columns and not stage.item.flow.derived
        if whole and isinstance(source, Rows):
            return show_all(self, stage, source)
        item = self.slot()
        self.hold_item(stage.item, item)
        made = self.verb(
            stage,
            stage.verb,
            source,
            item=item,
            keys=tuple(self.plain(key) for key in stage.keys),
            columns=tuple((name, self.plain(column)) for name, column in stage.columns),
            descending=stage.descending,
        )
        if stage.verb in ("table", "chart"):
            self.emit(m.Show(stage.verb, made, TABLE, stage.span))
            return core.Literal(None, NULL, stage.span)
        return made

    def verb(self, stage: Any, name: str, source: Value, **options: Any) -> Value:
        """A verb done here; rows of cards or notes stay such rows."""
        slot = self.slot()
        expression = source.ref if isinstance(source, Rows) else source
        self.emit(m.Verb(slot, name, expression, stage.span, **options))
        ref = m.Ref(slot, stage.flow.type, stage.span)
        keeps = isinstance(source, Rows) and stage.flow.rows is source.rows
        return Rows(ref, source.rows, infos=source.infos) if keeps else ref

    def expand(self, stage: core.Expand, value: Value) -> Value:
        """A call of a macro: its last pipeline gives the value."""
        for binding, given in stage.given:
            self.values[binding] = self.given_to_macro(binding, given)
        if stage.piped is not None:
            self.values[stage.piped.binding] = self.piped(stage, stage.piped, value)
        result: Value = core.Literal(None, NULL, stage.span)
        outer, self.called_at = self.called_at, self.called_at or stage.span
        for index, statement in enumerate(stage.body):
            if index == len(stage.body) - 1 and isinstance(statement, core.Pipeline):
                result = self.pipeline(statement)
            elif isinstance(statement, core.Pipeline) and not stage.script:
                self.pipeline(statement)
            else:
                self.statement(statement)
        self.called_at = outer
        return value if stage.hands_on else result

    def piped(self, stage: core.Expand, piped: core.Piped, value: Value) -> Value:
        """What flows into a macro, as its subject."""
        if piped.how:
            made = self.into(value, piped.how, stage.span)
            selection = piped.binding.flow.selection
            if piped.how[-1] not in OF_IDS or selection is None:
                return made
            found = Found(made, selection)
            self.ask_found(found, stage.span)
            return found
        if piped.held is None:
            return value
        param, span = piped.held, stage.span
        held = core.Held(self.plain_value(value), stage.name, param, param.type, span)
        return self.held(held, span)

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
        if stage.piped == (How.FETCH,) or (isinstance(value, Rows) and stage.size is None):
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
    core.UpsertNotes: upsert_notes,
    core.Expand: Lowering.expand,
    core.Each: Lowering.each,
    core.Given: Lowering.given,
}
