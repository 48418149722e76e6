"""An action's parameters, when their values are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ankish.analysis.guards import SINGLE, faults, place_of
from ankish.catalog.kinds_of import kind_of
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import AnkishError
from ankish.plan import model as m
from ankish.runtime.accept import accepted
from ankish.runtime.chunks import Outgoing
from ankish.runtime.evaluate import Slots, evaluate
from ankish.runtime.failing import within_call
from ankish.runtime.plural import Together, together


def params_of(ask: m.Ask, slots: Slots) -> dict[str, Any]:
    """The parameters of an action, each held against what it takes. Raises `AnkishError`."""
    params = _computed(ask, slots)
    for fault in faults(ask.action, params, raw=ask.command is None):
        written: Any = ask.params.get("*")
        path = fault.path
        if written is None:
            written, path = ask.params.get(str(path[0])), path[1:]
        raise AnkishError(fault.told(ask.span if written is None else place_of(written, path)))
    if ask.action in SINGLE and isinstance(params.get("notes"), list):
        params["notes"] = list(dict.fromkeys(params["notes"]))
    return params


def _computed(ask: m.Ask, slots: Slots) -> dict[str, Any]:
    if "*" in ask.params:  # `call` with a record that is computed
        given = evaluate(ask.params["*"], slots)
        if not isinstance(given, dict):
            raise kinds.NOT_A_RECORD.error(ask.params["*"].span, given=kind_of(given))
        return dict(given)
    params = {}
    for name, written in ask.params.items():
        value = evaluate(written, slots)
        param = ask.command.param(name) if ask.command is not None else None
        if param is not None:
            value = accepted(value, param, ask.action, written)
        params[name] = value
    return params


def on_nothing(ask: m.Ask, params: dict[str, Any]) -> bool:
    """Whether a verb was given no cards or notes: then there is nothing to send.

    Some actions take an empty list for everything there is.
    """
    command = ask.command
    verb = command is not None and command.hands_on and command.effect.changes
    return verb and params.get(command.subject or "") == []  # type: ignore[union-attr]


def calls_of(
    ask: m.Ask,
    frames: Sequence[Slots],
    plural: bool,
    check: Callable[[m.Ask, Slots], object] = lambda ask, slots: None,
) -> list[Together]:
    """What an action comes to for all frames: with `plural`, as few calls as there can be.

    `check` may raise an error for a frame.
    """
    calls: list[Outgoing | None] = []
    with within_call(ask.span):
        for frame in frames:
            params = params_of(ask, frame)
            check(ask, frame)
            calls.append(None if on_nothing(ask, params) else Outgoing(ask.action, params))
    if plural and not ask.tolerant and ask.command is not None:
        return together(calls, reads=not ask.effect.changes)
    return [Together(call, [(at, 0)]) for at, call in enumerate(calls) if call is not None]
