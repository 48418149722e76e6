"""`multi`: its requests are sent as requests of their own, so that each is looked at, put into the
journal, verified and taken back like any other.

They still travel together, in a `multi` that ankish makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Effect
from ankish.data import replace
from ankish.plan import model as m
from ankish.runtime.chunks import Outgoing
from ankish.runtime.protocols import Answer

OLD = 4
"""The version that a request has which says none: its result comes with nothing around it."""


def opened(call: Outgoing) -> list[Outgoing]:
    """The requests in a `multi`, those of an inner one too; none if they make no sense."""
    found: list[Outgoing] = []
    given = call.params.get("actions")
    if not isinstance(given, list):
        return []
    for each in given:
        params = each.get("params", {}) if isinstance(each, dict) else None
        if not isinstance(params, dict) or not isinstance(each.get("action"), str):
            return []
        inner = Outgoing(each["action"], params)
        if inner.action == "multi":
            some = opened(inner)
            if not some:
                return []
            found += some
        else:
            found.append(inner)
    return found


def closed(call: Outgoing, results: Sequence[dict[str, Any]]) -> list[Any]:
    """What the `multi` would have given, from what was said to each of its requests."""
    left = iter(results)
    return _closed(call.params["actions"], left)


def _closed(actions: Sequence[dict[str, Any]], left: Any) -> list[Any]:
    answers: list[Any] = []
    for each in actions:
        plain = each.get("version", OLD) <= OLD
        if each["action"] == "multi":
            inner = _closed(each["params"]["actions"], left)
            answers.append(inner if plain else {"result": inner, "error": None})
            continue
        said = next(left)
        whole = {"result": said["result"], "error": said["error"]}
        answers.append(said["result"] if plain and said["ok"] else whole)
    return answers


def ask_of(ask: m.Ask, call: Outgoing) -> m.Ask:
    """A request in a `multi` as an action of the program. What is said against it is a result."""
    command = COMMANDS.get(call.action)
    effect = command.effect if command is not None else Effect.WRITE
    return replace(ask, action=call.action, command=command, effect=effect, tolerant=True)


def verdict_of(answer: Answer) -> dict[str, Any]:
    """What was said to an action, as a value, where its failure is none of the program's."""
    return {"ok": answer.error is None, "result": answer.result, "error": answer.error}
