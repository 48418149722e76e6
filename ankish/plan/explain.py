"""A plan for people and for programs: what would be sent, and what for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ankish.analysis import core
from ankish.analysis.convert import ID_COLUMNS, OF_IDS, OF_TABLES
from ankish.catalog.model import Effect
from ankish.diagnostics.text import safe_json
from ankish.plan import model as m
from ankish.syntax.bound import ABSENT
from ankish.syntax.search import render, render_template

INDENT = "  "


def explained(plan: m.Plan) -> str:
    """The plan as text: a line for each action and each step done here, grouped by request."""
    lines = list(_lines(plan.steps, _Counter(), 0))
    requests, certain = count_requests(plan.steps)
    least = "" if certain else "at least "
    plural = "" if requests == 1 else "s"
    return "\n".join([*lines, f"{least}{requests} request{plural}"])


class _Counter:
    """Numbers requests in the order of the program."""

    def __init__(self) -> None:
        self.number = 0

    def next(self) -> int:
        """The number of one request more."""
        self.number += 1
        return self.number


def count_requests(steps: Iterable[m.Step]) -> tuple[int, bool]:
    """How many requests steps take, and whether that is certain before they run."""
    total, certain = 0, True
    for step in steps:
        if isinstance(step, m.Exchange):
            total += 1
        elif isinstance(step, m.Branch):
            sides = [count_requests(body) for _, body in step.branches]
            sides.append(count_requests(step.otherwise))
            total += min(count for count, _ in sides)
            certain = certain and len({count for count, _ in sides}) == 1
            certain = certain and all(sure for _, sure in sides)
        elif isinstance(step, m.Attempt):
            inside, sure = count_requests(step.body)
            total += inside
            certain = certain and sure and not step.handler
        elif isinstance(step, m.Atomic | m.Stream):
            inside, sure = count_requests(step.body)
            total += inside
            certain = certain and sure
        elif isinstance(step, m.Loop | m.Every):
            inside, _ = count_requests(step.body)
            total += inside if isinstance(step, m.Every) else 0
            certain = certain and not inside
    return total, certain


def _lines(steps: Iterable[m.Step], counter: _Counter, depth: int) -> Iterator[str]:
    margin = INDENT * depth
    for step in steps:
        if isinstance(step, m.Exchange):
            together = f", {len(step.asks)} actions in one multi" if step.asks[1:] else ""
            yield f"{margin}request {counter.next()}{together}"
            for ask in step.asks:
                yield f"{margin}{INDENT}{_asked(ask)}"
                yield from (f"{margin}{INDENT}{INDENT}{note}" for note in _notes(ask))
        elif isinstance(step, m.Branch):
            for index, (test, body) in enumerate(step.branches):
                yield f"{margin}{'else if' if index else 'if'} {shown(test)}"
                yield from _lines(body, counter, depth + 1)
            if step.otherwise:
                yield f"{margin}else"
                yield from _lines(step.otherwise, counter, depth + 1)
        elif isinstance(step, m.Loop):
            yield f"{margin}for {_slot(step.item)} in {shown(step.items)}, one after the other"
            yield from _lines(step.body, counter, depth + 1)
        elif isinstance(step, m.Every):
            items = shown(step.items)
            gives = "" if step.in_turn else f"{_slot(step.slot)} = "
            yield f"{margin}{gives}for all {_slot(step.item)} in {items} together"
            yield from _lines(step.body, counter, depth + 1)
            if step.result is not None:
                yield f"{margin}{INDENT}gives {shown(step.result)}"
        elif isinstance(step, m.Attempt):
            yield f"{margin}try"
            yield from _lines(step.body, counter, depth + 1)
            yield f"{margin}if that fails"
            yield from _lines(step.handler, counter, depth + 1)
        elif isinstance(step, m.Atomic):
            yield f"{margin}all of this, or none"
            yield from _lines(step.body, counter, depth + 1)
        elif isinstance(step, m.Stream):
            yield from _lines(step.body, counter, depth)
        elif line := _local(step):
            yield f"{margin}{line}"


def _asked(ask: m.Ask) -> str:
    params = " ".join(f"{name}={_given(ask, name)}" for name in ask.params)
    call = f"{ask.action} {params}".rstrip()
    gives = "" if ask.effect is not Effect.READ else f"{_slot(ask.slot)} = "
    return f"{gives}{call}"


def _given(ask: m.Ask, name: str) -> str:
    """The value of a parameter; one that is secret is not shown."""
    return '"…"' if _secret(ask, name) else shown(ask.params[name])


def _secret(ask: m.Ask, name: str) -> bool:
    param = ask.command.param(name) if ask.command is not None else None
    return param is not None and param.secret


def _notes(ask: m.Ask) -> Iterator[str]:
    if ask.why:
        yield f"({ask.why})"
    if ask.effect is Effect.READ or ask.command is None:
        return
    undo = ask.command.undo
    taken_back = f"undo: {undo}" if undo else f"can't be undone: {ask.command.why or 'not known'}"
    yield f"({ask.effect.value}; {taken_back})"


def _local(step: m.Step) -> str:
    if isinstance(step, m.Make):
        why = f"  ({step.why})" if step.why else ""
        return f"{_slot(step.slot)} = {shown(step.value)}{why}"
    if isinstance(step, m.Assemble):
        columns = ", ".join(column.name for column in step.columns) or "ids only"
        return f"{_slot(step.slot)} = rows of {step.entity}s: {columns}"
    if isinstance(step, m.Verb):
        signs = ["-" if down else "" for down in step.descending] or [""] * len(step.keys)
        words = [
            step.verb,
            *(f"{sign}{shown(key)}" for sign, key in zip(signs, step.keys, strict=False)),
        ]
        plain = step.verb in ("select", "group")
        made = [n if plain else f"{n} = {shown(value)}" for n, value in step.columns]
        words += [", ".join(made)] if made else []
        return f"{_slot(step.slot)} = {shown(step.source)} | {' '.join(words)}"
    if isinstance(step, m.Show):
        if step.form == "report" or step.value is None:
            return ""
        if step.form == "print" and isinstance(step.value, core.ListOf):
            return f"print {' '.join(shown(item) for item in step.value.items)}"
        return f"show {shown(step.value)}"
    if isinstance(step, m.Prompt):
        return f"{_slot(step.slot)} = {step.form} {shown(step.question)}"
    if isinstance(step, m.Save):
        return f"save {shown(step.value)} to {shown(step.path)}"
    if isinstance(step, m.Remove):
        return f"remove the file {shown(step.path)}"
    if isinstance(step, m.Stop):
        return f"fail {shown(step.message)}"
    if isinstance(step, m.Claim):
        return f"assert {shown(step.condition)}"
    return ""


def _slot(slot: int) -> str:
    return f"${slot}"


def shown(node: Any) -> str:
    """An expression as it would be written, slots as `$1`."""
    if isinstance(node, m.Ref):
        return _slot(node.slot)
    if isinstance(node, core.Literal):
        return safe_json(node.value)
    if isinstance(node, core.ColumnOf):
        return node.name
    if isinstance(node, core.Get):
        return f"{shown(node.target)}.{node.key}{'?' if node.optional else ''}"
    if isinstance(node, core.ListOf):
        return f"[{', '.join(shown(item) for item in node.items)}]"
    if isinstance(node, core.RecordOf):
        return "{" + ", ".join(f"{key}: {shown(value)}" for key, value in node.items) + "}"
    if isinstance(node, core.TextOf):
        parts = (p if isinstance(p, str) else f"${{{shown(p)}}}" for p in node.parts)
        return safe_json("".join(parts))
    if isinstance(node, core.SearchOf | m.Narrowed):
        return safe_json(_search(node))
    if isinstance(node, core.Operation):
        operands = [shown(operand) for operand in node.operands]
        if len(operands) == 1:
            inner = f"({operands[0]})" if _level(node.operands[0]) < HIGHEST else operands[0]
            if node.operator == "?":
                return f"{inner}?"
            return f"{'-' if node.operator == 'negative' else 'not '}{inner}"
        level = PRECEDENCE.get(node.operator, COMPARED)
        sides = [
            f"({text})" if _level(operand) < level + (at > 0) else text
            for at, (text, operand) in enumerate(zip(operands, node.operands, strict=True))
        ]
        return f" {node.operator} ".join(sides)
    if isinstance(node, core.Apply):
        return f"{node.function}({', '.join(shown(each) for each in node.arguments)})"
    if isinstance(node, core.Convert):
        return _converted(node)
    if isinstance(node, m.NotesOf):
        return f"the notes of {shown(node.cards)}"
    if isinstance(node, core.Held):
        return shown(node.value)
    return "…"


COMPARED, HIGHEST = 3, 9
PRECEDENCE = {"or": 1, "and": 2, "??": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
"""How tightly an operator binds; comparisons are `COMPARED`."""


def _level(node: Any) -> int:
    """How tightly an expression holds together."""
    if not isinstance(node, core.Operation):
        return HIGHEST
    if len(node.operands) == 1:
        return COMPARED if node.operator == "not" else HIGHEST - 1
    return PRECEDENCE.get(node.operator, COMPARED)


def _search(node: Any) -> str:
    """A search as it will be asked, as far as its values are known."""
    if isinstance(node, m.Narrowed):
        return node.text(_search(node.search))
    known = [_bound(value) for value in node.values]
    if all(value is not None for value in known):
        return render(node.tree, [value[0] for value in known if value is not None])
    return render_template(node.tree, [f"${{{shown(value)}}}" for value in node.values])


def _bound(node: Any) -> tuple[Any] | None:
    """The value that is bound in a search, in brackets; None if it is not known yet."""
    if isinstance(node, core.Literal):
        return (node.value,)
    if isinstance(node, core.Operation) and node.operator == "?":
        inner = _bound(node.operands[0])
        return (ABSENT,) if inner == (None,) else inner
    return None


def _converted(node: core.Convert) -> str:
    value = shown(node.value)
    for step in node.how:
        if step in ID_COLUMNS:
            value = f"{value}.{ID_COLUMNS[step]}"
        elif step in OF_IDS:
            value = f'"{OF_IDS[step]}:${{{value}}}"'
        elif step in OF_TABLES:
            value = f"[{{{OF_TABLES[step]}: {value}}}]"
    return value


def requests(plan: m.Plan) -> list[dict[str, Any]]:
    """The requests as AnkiConnect's JSON; a value that is not known yet is `{"$ref": "$1"}`.

    Actions inside a condition or a loop carry `"$when"`, which says when they are sent.
    """
    return list(_requests(plan.steps, None))


def _requests(steps: Iterable[m.Step], when: str | None) -> Iterator[dict[str, Any]]:
    for step in steps:
        if isinstance(step, m.Exchange):
            actions = [_request(ask) for ask in step.asks]
            whole = actions[0]
            if actions[1:]:
                whole = {"action": "multi", "version": 6, "params": {"actions": actions}}
            yield whole if when is None else {**whole, "$when": when}
        elif isinstance(step, m.Branch):
            for test, body in step.branches:
                yield from _requests(body, f"if {shown(test)}")
            yield from _requests(step.otherwise, "else")
        elif isinstance(step, m.Attempt):
            yield from _requests(step.body, when)
            yield from _requests(step.handler, "if that fails")
        elif isinstance(step, m.Atomic | m.Stream):
            yield from _requests(step.body, when)
        elif isinstance(step, m.Loop | m.Every):
            yield from _requests(step.body, f"for {_slot(step.item)} in {shown(step.items)}")


def _request(ask: m.Ask) -> dict[str, Any]:
    params = {
        name: "…" if _secret(ask, name) else as_json(value) for name, value in ask.params.items()
    }
    request: dict[str, Any] = {"action": ask.action, "version": 6, "params": params}
    if ask.effect is Effect.READ:
        request["$gives"] = _slot(ask.slot)
    return request


def as_json(node: Any) -> Any:
    """A parameter as JSON; what is not known yet as a search, or a reference in words."""
    return core.written(node, _not_written)


def _not_written(node: Any) -> Any:
    if isinstance(node, core.SearchOf | m.Narrowed) and not m.references(node):
        return _search(node)
    return {"$ref": shown(node)}
