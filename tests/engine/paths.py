"""Places in a JSON value, such as `$.result[0].mod`: reading, masking and sorting there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_STEP = re.compile(r"\.(\w+|\*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]")


def at(value: object, path: str) -> list[Any]:
    """What stands at the places a path leads to: one, several (`*`) or none."""
    return [container[key] for container, key in _places(value, path)]


def mask(value: object, path: str) -> None:
    """Leave the type alone of what stands at a volatile path.

    Where every entry of an object is volatile (`.*`), so are its keys: they are ids.
    """
    for number, (container, key) in enumerate(list(_places(value, path))):
        kind = f"<{type(container[key]).__name__}>"
        if path.endswith(".*"):
            del container[key]
            key = f"<key {number}>"
        container[key] = kind


def sort(value: object, path: str) -> None:
    """Bring the list at a path, whose order means nothing, into one order."""
    for container, key in _places(value, path):
        if isinstance(container[key], list):
            container[key].sort(key=text)


def text(value: object) -> str:
    """A JSON value as a text that equal values share."""
    return json.dumps(value, sort_keys=True)


def _places(value: object, path: str) -> Iterator[tuple[Any, Any]]:
    """The containers, and the key or index in each, that a path leads to."""
    *way, last = [int(m[2]) if m[2] else (m[1] or m[3]) for m in _STEP.finditer(path)]
    containers: list[Any] = [value]
    for step in way:
        containers = [container[key] for container in containers for key in _keys(container, step)]
    for container in containers:
        for key in _keys(container, last):
            yield container, key


def _keys(container: object, step: str | int) -> list[Any]:
    """The keys or indexes of a container that a step of a path stands for."""
    if isinstance(container, dict):
        return list(container) if step == "*" else [step] if step in container else []
    if isinstance(container, list):
        if step == "*":
            return list(range(len(container)))
        return [step] if isinstance(step, int) and step < len(container) else []
    return []
