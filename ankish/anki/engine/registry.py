"""The engine's actions by name, and how parameters meet them.

An action is a function whose first parameter is the session and whose others are
AnkiConnect's own, by name and default:

    @action
    def cardsToNotes(session: Session, cards: list[int]) -> list[int]:
        ...

Importing a module of actions registers them. The annotations say what a client should
send; an action meets whatever JSON holds, and an unexpected type is an error answer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

ACTIONS: dict[str, Callable[..., Any]] = {}
"""Every action the engine answers; filled as the family modules are imported."""

WINDOW: set[str] = set()
"""The actions of Anki's windows. They are not offered, not even those that are answered without
one: a program that sees them in the list takes it that there is a window."""

OWN: set[str] = set()
"""The engine's own actions, which AnkiConnect lacks."""

ENGINE: set[str] = set()
"""The actions about requests themselves: in place of the session they get the engine."""


PLAIN: set[str] = set()
"""The actions whose results are of JSON's own types as they are made."""


class ActionError(Exception):
    """An action refuses; the text is what stands in the answer's `error`."""


def action(function: F) -> F:
    """Register `function` under its own name."""
    ACTIONS[function.__name__] = function
    return function


def plain_action(function: F) -> F:
    """Register an action whose result is of JSON's own types, whatever it is given.

    It is not looked through, which would take a third of the time of some actions.
    """
    PLAIN.add(function.__name__)
    return action(function)


def window_action(function: F) -> F:
    """Register an action of one of Anki's windows."""
    WINDOW.add(function.__name__)
    return action(function)


def own_action(function: F) -> F:
    """Register an action of the engine's own, which AnkiConnect lacks."""
    OWN.add(function.__name__)
    return action(function)


def engine_action(function: F) -> F:
    """Register an action whose first parameter is the engine (`multi`)."""
    ENGINE.add(function.__name__)
    return action(function)


def bind(name: str, params: dict[str, Any]) -> dict[str, Any]:
    """Check `params` against the action's signature.

    Raises `ActionError` when one is missing or unknown, in the wording that clients of
    AnkiConnect see: Python's own, for a call by keyword (recorded exchanges 12, 54, 718).
    """
    signature = _signature(name)
    for given in params:
        if given not in signature.names:
            raise ActionError(f"AnkiConnect.{name}() got an unexpected keyword argument '{given}'")
    missing = [f"'{param}'" for param in signature.required if param not in params]
    if missing:
        plural = "s" if len(missing) > 1 else ""
        raise ActionError(
            f"AnkiConnect.{name}() missing {len(missing)} required positional "
            f"argument{plural}: {_listed(missing)}"
        )
    return params


class _Signature(NamedTuple):
    names: frozenset[str]
    required: tuple[str, ...]


@cache
def _signature(name: str) -> _Signature:
    """What an action takes besides the session."""
    params = list(inspect.signature(ACTIONS[name]).parameters.values())[1:]
    return _Signature(
        names=frozenset(param.name for param in params),
        required=tuple(p.name for p in params if p.default is inspect.Parameter.empty),
    )


def _listed(words: list[str]) -> str:
    """`'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`: Python's way to list them."""
    if len(words) <= 2:
        return " and ".join(words)
    return ", ".join(words[:-1]) + f", and {words[-1]}"
