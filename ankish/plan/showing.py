"""What a statement shows of its result."""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.convert import AS_IS, Conversion, How
from ankish.catalog.types import CARDS, NOTES, NULL, TABLE, Type
from ankish.diagnostics.model import Span
from ankish.plan import model as m
from ankish.plan.convert import Emitter
from ankish.plan.values import Rows, Value

FACES = 10
"""How many cards `show` shows."""

PREVIEW = 20
"""How many cards or notes of many are shown."""


def show(emitter: Emitter, node: core.Pipeline, value: Value, preview: bool) -> None:
    """What a statement shows of its result."""
    last = node.stages[-1]
    done = _final(last)
    if isinstance(done, core.Act) and _reports(done):
        label = last.name if isinstance(last, core.Expand) else done.command.name
        subject = emitter.changed.get(done.span)
        param = done.command.subject_param
        of = param.type if param is not None and subject is not None else NULL
        emitter.emit(m.Show("report", subject, of, last.span, label))
        return
    if isinstance(done, core.SetFields):
        emitter.emit(m.Show("report", emitter.changed[done.span], NOTES, last.span, "set"))
        return
    if isinstance(done, core.AddNotes):
        emitter.emit(m.Show("verdicts", emitter.plain_value(value), TABLE, last.span, "add"))
        return
    if isinstance(done, core.UpsertNotes):
        emitter.emit(m.Show("verdicts", emitter.plain_value(value), TABLE, last.span, "upsert"))
        return
    if node.flow.type == NULL and not isinstance(last, core.Given):
        return
    kind = _kind(node.flow)
    if kind is None:
        shown = emitter.plain_value(value)
        emitter.emit(m.Show("value", shown, node.flow.type, node.span))
        return
    if node.flow.derived:
        _show_rows(emitter, node, value, preview)
        return
    ids = emitter.into(value, _ids_of(node.flow, kind), node.span)
    if not preview:
        emitter.emit(m.Show("value", ids, CARDS if kind == "cards" else NOTES, node.span))
        return
    some = emitter.slot()
    emitter.emit(m.Verb(some, "first", ids, node.span, keys=(_number(PREVIEW, node.span),)))
    info = emitter.ask(
        f"{kind}Info", {kind: m.Ref(some, CARDS, node.span)}, node.span, why="to show some"
    )
    emitter.emit(m.Show(kind, info, TABLE, node.span, of=ids))


def _show_rows(emitter: Emitter, node: core.Pipeline, value: Rows, preview: bool) -> None:
    """Cards or notes to which columns were added: as the table that they are."""
    if not preview:
        emitter.emit(m.Show("value", value.ref, TABLE, node.span))
        return
    some = emitter.slot()
    emitter.emit(m.Verb(some, "first", value.ref, node.span, keys=(_number(PREVIEW, node.span),)))
    shown = m.Ref(some, TABLE, node.span)
    kind = f"{value.rows.entity}s"
    emitter.emit(m.Show("rows", shown, TABLE, node.span, kind, of=value.ref))


def show_all(emitter: Emitter, stage: core.Row, source: Rows) -> Value:
    """`table`: cards or notes as the shell shows them, but all of them."""
    kind = f"{source.rows.entity}s"
    how = How.ROW_CARDS if kind == "cards" else How.ROW_NOTES
    ids = emitter.into(source, (how,), stage.span)
    info = emitter.ask(f"{kind}Info", {kind: ids}, stage.span, why="to show them")
    emitter.emit(m.Show(kind, info, TABLE, stage.span, "table", of=ids))
    return core.Literal(None, NULL, stage.span)


def show_faces(emitter: Emitter, stage: core.Do, value: Value) -> Value:
    """`show`: the first cards as they look."""
    given = stage.arguments.get("items")
    if given is not None:
        cards = emitter.plain(given)
    else:
        cards = emitter.into(value, stage.piped or AS_IS, stage.span)
    some = emitter.slot()
    emitter.emit(m.Verb(some, "first", cards, stage.span, keys=(_number(FACES, stage.span),)))
    ids = m.Ref(some, CARDS, stage.span)
    info = emitter.ask("cardsInfo", {"cards": ids}, stage.span, why="to show them")
    emitter.emit(m.Show("faces", info, TABLE, stage.span, of=cards))
    return core.Literal(None, NULL, stage.span)


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
        return f"{flow.rows.entity}s"
    if flow.selection is not None:
        return "cards"
    return flow.type.name if flow.type.name in ("cards", "notes") else None


def _ids_of(flow: core.Flow, kind: str) -> Conversion:
    if flow.rows is not None:
        return (How.ROW_CARDS if kind == "cards" else How.ROW_NOTES,)
    if flow.selection is None:
        return AS_IS
    return (How.ASK_CARDS if kind == "cards" else How.ASK_NOTES,)
