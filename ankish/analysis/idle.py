"""What a program does in vain: conditions that depend on nothing, values that nobody gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.catalog.types import NULL
from ankish.diagnostics.kinds import flow as kinds


def check_constant(context: Context, condition: core.Expression) -> None:
    """Report a condition that is always the same."""
    if condition.type.name == "bool" and _constant(condition):
        context.report(kinds.CONSTANT(condition.span))


def _constant(node: core.Expression) -> bool:
    if isinstance(node, core.Operation):
        return all(map(_constant, node.operands))
    if isinstance(node, core.ListOf):
        return all(map(_constant, node.items))
    return isinstance(node, core.Literal) and node.type.name != "any"


def check_lost(context: Context, body: Sequence[core.Statement]) -> None:
    """Report the statements of a macro that neither change anything nor are its value."""
    for statement in body[:-1]:
        lost = isinstance(statement, core.Pipeline) and statement.flow.type != NULL
        if lost and not _does(statement):
            context.report(kinds.LOST(statement.span))


def _does(statement: core.Statement) -> bool:
    """Whether a statement may do anything besides giving a value."""
    if isinstance(statement, core.Let):
        return _does(statement.pipeline)
    if not isinstance(statement, core.Pipeline):
        return True
    return any(map(_changes, statement.stages))


def _changes(stage: core.Stage) -> bool:
    if isinstance(stage, core.Act | core.Do):
        return stage.command.effect.changes or stage.flow.type == NULL
    if isinstance(stage, core.Expand | core.Each):
        return _any(stage.body)
    return not isinstance(stage, core.Find | core.Row | core.Given)


def _any(body: Iterable[core.Statement]) -> bool:
    return any(map(_does, body))
