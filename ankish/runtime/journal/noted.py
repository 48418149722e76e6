"""What is written down of requests."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import AnkishError
from ankish.runtime.chunks import Outgoing
from ankish.runtime.protocols import Answer


def changes(action: str) -> bool:
    """Whether an action may change the collection; one that nobody knows may."""
    command = COMMANDS.get(action)
    return command is None or command.effect.changes


def kept(outgoing: Outgoing) -> dict[str, Any]:
    """The parameters of an action that may be written down."""
    secret = _secret(outgoing.action)
    params = {name: value for name, value in outgoing.params.items() if name not in secret}
    return _keyless(params) if outgoing.action == "multi" else params


@cache
def _secret(action: str) -> frozenset[str]:
    command = COMMANDS.get(action)
    params = command.params if command is not None else ()
    return frozenset(param.name for param in params if param.secret)


def _keyless(value: Any) -> Any:
    """Requests inside a request without the API key that each may carry."""
    if isinstance(value, list):
        return [_keyless(each) for each in value]
    if isinstance(value, dict):
        return {name: _keyless(each) for name, each in value.items() if name != "key"}
    return value


def asked(actions: Sequence[Outgoing]) -> list[tuple[str, dict[str, Any]]]:
    """Actions as they may be written down."""
    return [(each.action, kept(each)) for each in actions]


def plain(reply: Answer) -> tuple[Any, str | None]:
    """A reply as it is written down."""
    return reply.result, reply.error


def failure(error: AnkishError) -> tuple[str, str]:
    """An error as it is written down in place of a reply."""
    return error.diagnostics[0].code, error.diagnostics[0].message
