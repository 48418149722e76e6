"""What is written down of requests, and what is looked at before they are sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ankish.analysis.guards import Fault
from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import AnkishError
from ankish.runtime.chunks import Outgoing
from ankish.runtime.inverse.model import Inverse
from ankish.runtime.inverse.wary import WARY, absent
from ankish.runtime.protocols import Answer

SENSELESS = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What parameters that make no sense lead to; they are for Anki to refuse."""


def changes(action: str) -> bool:
    """Whether an action may change the collection; one that nobody knows may."""
    command = COMMANDS.get(action)
    return command is None or command.effect.changes


def kept(outgoing: Outgoing) -> dict[str, Any]:
    """The parameters of an action that may be written down."""
    command = COMMANDS.get(outgoing.action)
    secret = {p.name for p in command.params if p.secret} if command is not None else set()
    params = {name: value for name, value in outgoing.params.items() if name not in secret}
    return _keyless(params) if outgoing.action == "multi" else params


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


def image(inverse: Inverse | None, call: Outgoing) -> list[Outgoing]:
    """What is read before a write: for taking it back, and then for what would go wrong."""
    return [*own_image(inverse, call), *wary(inverse, call)]


def own_image(inverse: Inverse | None, call: Outgoing) -> list[Outgoing]:
    """What is read before a write for taking it back."""
    try:
        return inverse.image(call.params) if inverse is not None else []
    except SENSELESS:
        return []


def makes_sense(inverse: Inverse, call: Outgoing, answers: Sequence[Any]) -> bool:
    """Whether an action's parameters are of the form that its inverse knows.

    Those that are not are for Anki to refuse, and nothing is looked at for them.
    """
    try:
        inverse.image(call.params)
        return len(inverse.again(call.params, list(answers))) == len(answers)
    except SENSELESS:
        return False


def wary(inverse: Inverse | None, call: Outgoing) -> list[Outgoing]:
    """What is read before a write since it may do what nobody wants."""
    try:
        known = WARY.get(call.action) if inverse is not None else None
        return known.reads(call.params) if known is not None else []
    except SENSELESS:
        return []


def more(inverse: Inverse | None, call: Outgoing, answers: list[Any]) -> list[Outgoing]:
    """What is read before a write once its image is known."""
    try:
        return inverse.more(call.params, answers) if inverse is not None else []
    except SENSELESS:
        return []


def faults(call: Outgoing, told: Sequence[Any], here: bool, embedded: bool) -> Iterator[Fault]:
    """What a write would do that nobody wants, as far as the answers to `wary` tell.

    `here`: files that it names are on this machine.
    """
    try:
        if here:
            yield from absent(call.params, embedded)
        if told:
            yield from WARY[call.action].faults(call.params, told)
    except SENSELESS:
        return
