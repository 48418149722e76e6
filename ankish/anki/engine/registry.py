"""The engine's actions by name, and how parameters meet them.

An action is a function whose first parameter is the session and whose others are
AnkiConnect's own, by name and default:

    @action
    def cardsToNotes(session: Session, cards: list[int]) -> list[int]:
        ...
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

ACTIONS: dict[str, Callable[..., Any]] = {}
"""Every action the engine answers; filled as the family modules are imported."""

Function = Callable[..., Any]


class ActionError(Exception):
    """An action refuses; the text is what stands in the answer's `error`."""


def action(function: Function) -> Function:
    """Register `function` under its own name."""
    ACTIONS[function.__name__] = function
    return function


def bind(name: str, params: dict[str, Any]) -> dict[str, Any]:
    """Check `params` against the action's signature.

    Raises `ActionError` in the wording of protocol.md 2 when one is missing or unknown.
    """
    wanted = list(inspect.signature(ACTIONS[name]).parameters.values())[1:]
    names = {param.name for param in wanted}
    for given in params:
        if given not in names:
            raise ActionError(f"AnkiConnect.{name}() got an unexpected keyword argument '{given}'")
    missing = [
        f"'{param.name}'"
        for param in wanted
        if param.default is inspect.Parameter.empty and param.name not in params
    ]
    if missing:
        plural = "s" if len(missing) > 1 else ""
        raise ActionError(
            f"AnkiConnect.{name}() missing {len(missing)} required positional "
            f"argument{plural}: {_listed(missing)}"
        )
    return params


def _listed(words: list[str]) -> str:
    """`'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`: the way the recorded exchanges list them."""
    if len(words) <= 2:
        return " and ".join(words)
    return ", ".join(words[:-1]) + f", and {words[-1]}"
