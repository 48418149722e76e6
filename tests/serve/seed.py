"""The examples of the documentation in `tests/data/seed.txt`, and what each should answer.

Every example is run as it stands, with what it takes for granted put in place: ids become ids
of the sample collection, addresses and folders become ones that are there, and what an example
speaks of (a deck, a note type) is made before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "data" / "seed.txt"
EXAMPLE = re.compile(r"(curl (?:-s )?)localhost:8765( -X POST -d )'([^']*)'")
ID = re.compile(r"\b\d{13}\b")
ABSENT = "1234567891234"
"""The id in an example that is meant not to exist."""

Ask = Callable[..., Any]


def nothing(ask: Ask) -> None:
    """Most examples need no preparation."""


@dataclass(frozen=True)
class Case:
    """What is expected of an example.

    * **shape** - of the result: see `fits`. **error** - the beginning of the error instead, with
      ACTION for the action's name; **reason** - why the documentation is wrong, or can't hold
      without Anki's windows.
    * **before** - makes what the example takes for granted. **after** - whether the
      collection is then as it should be; it gets the parameters that were sent.
    """

    shape: Any = None
    error: str | None = None
    reason: str | None = None
    before: Callable[[Ask], object] = nothing
    after: Callable[[Ask, Any], object] = lambda ask, sent: True


def examples() -> list[tuple[str, str]]:
    """The action and the body of every example, in order."""
    bodies = [found[3] for found in EXAMPLE.finditer(FILE.read_text("utf-8"))]
    return [(re.search(r'"action": "(\w+)"', body)[1], body) for body in bodies]  # type: ignore[index]


def fits(value: object, shape: Any) -> bool:
    """Whether a value is as described.

    A type stands for its values, `[shape]` for a list that is not empty, `{str: shape}` for an
    object of any names that is not empty, an object with names for one that has these, a tuple
    for alternatives, a function for what it says; anything else for itself.
    """
    if isinstance(shape, type):
        return type(value) is shape
    if isinstance(shape, tuple):
        return any(fits(value, each) for each in shape)
    if isinstance(shape, list) and len(shape) == 1:
        return isinstance(value, list) and value != [] and all(fits(x, shape[0]) for x in value)
    if isinstance(shape, dict):
        if not isinstance(value, dict) or not value:
            return False
        if str in shape:
            return all(fits(each, shape[str]) for each in value.values())
        return all(name in value and fits(value[name], each) for name, each in shape.items())
    if callable(shape):
        return bool(shape(value))
    return type(value) is type(shape) and value == shape


def cases() -> list[tuple[str, str, Case]]:
    """Action, body and expectation of every example."""
    from tests.serve import seedcards, seednotes

    expectations = seedcards.CASES | seednotes.CASES
    seen: dict[str, int] = defaultdict(int)
    found = []
    for action, body in examples():
        found.append((action, body, expectations[action][seen[action]]))
        seen[action] += 1
    assert {name: len(expected) for name, expected in expectations.items()} == dict(seen)
    return found
