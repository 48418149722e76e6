"""What a request may look like: the checks before an action is chosen."""

from __future__ import annotations


def problem(request: object) -> str | None:
    """What is wrong with a request, None if it can be answered.

    The wordings are those that clients of AnkiConnect see: the first line of a JSON
    Schema validator's message.
    """
    if not isinstance(request, dict):
        return f"{request!r} is not of type 'object'"
    if "action" not in request:
        return "'action' is a required property"
    action = request["action"]
    if not isinstance(action, str):
        return f"{action!r} is not of type 'string'"
    if not action:
        return "'' should be non-empty"
    version = request.get("version", 0)
    if isinstance(version, bool) or not _is_whole(version):
        return f"{version!r} is not of type 'integer'"
    if "params" in request and not isinstance(request["params"], dict):
        return f"{request['params']!r} is not of type 'object'"
    return None


def _is_whole(number: object) -> bool:
    """Whether JSON Schema calls it an integer: 6 and 6.0, but not 6.5."""
    return isinstance(number, int) or (isinstance(number, float) and number.is_integer())
