"""What a request may look like: the checks before an action is chosen.

AnkiConnect has a validator of JSON Schema do them, so its words are those that clients know:
what is wrong, then after an empty line the rule that was broken and the value that broke it.
"""

from __future__ import annotations

from pprint import pformat
from textwrap import indent

PROPERTIES: dict[str, object] = {
    "action": {"type": "string", "minLength": 1},
    "version": {"type": "integer"},
    "params": {"type": "object"},
}
SCHEMA = {"type": "object", "properties": PROPERTIES, "required": ["action"]}
WIDTH = 72
LONGEST = 10_000
"""Characters of a value that are told at most: it may be a file of 100 MB."""


def problem(request: object) -> str | None:
    """What is wrong with a request, None if it can be answered."""
    if not isinstance(request, dict):
        return _broken("type", request, f"{_short(request)} is not of type 'object'")
    if "action" not in request:
        shown = {name: value for name, value in request.items() if name != "key"}
        return _broken("required", shown, "'action' is a required property")
    for name, kind, fits in (
        ("version", "integer", _is_whole(request.get("version", 0))),
        ("params", "object", isinstance(request.get("params", {}), dict)),
        ("action", "string", isinstance(request["action"], str)),
    ):
        if not fits:
            said = f"{_short(request[name])} is not of type '{kind}'"
            return _broken("type", request[name], said, name)
    if not request["action"]:
        return _broken("minLength", "", "'' should be non-empty", "action")
    return None


def _is_whole(number: object) -> bool:
    """Whether JSON Schema calls it an integer: 6 and 6.0, but not 6.5 and not true."""
    if isinstance(number, float):
        return number.is_integer()
    return isinstance(number, int) and not isinstance(number, bool)


def _broken(rule: str, value: object, said: str, name: str = "") -> str:
    """The message for a rule that the request, or the property `name` of it, breaks."""
    schema = PROPERTIES[name] if name else SCHEMA
    place = f"['{name}']" if name else ""
    path = f"['properties']{place}" if name else ""
    return (
        f"{said}\n\nFailed validating '{rule}' in schema{path}:\n{_block(schema)}"
        f"\n\nOn instance{place}:\n{_block(value)}"
    )


def _block(value: object) -> str:
    short = _short(value)
    whole = len(short) < LONGEST
    return indent(pformat(value, width=WIDTH, sort_dicts=False) if whole else short, "    ")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) < LONGEST else f"{text[:LONGEST]}…"
