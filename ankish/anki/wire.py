"""A request as bytes, and bytes back as the JSON value that AnkiConnect answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ankish.anki.timeouts import only_reads
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.text import harmless

DEEPEST = 500
"""How deep a request may be nested. AnkiConnect never answers one of about a thousand."""

_SHOWN = 60
"""Characters of a strange answer that a message shows."""


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(request: Mapping[str, Any]) -> bytes:
    """The body of a request. Raises `AnkishError` (`anki::too-deep`)."""
    if _deeper_than(DEEPEST, request):
        raise kinds.TOO_DEEP.error(action=request["action"], most=DEEPEST)
    try:
        return _encode(request).encode()
    except UnicodeEncodeError:  # a lone surrogate; as an escape Anki can refuse it itself
        return json.dumps(request, separators=(",", ":")).encode()


def decode(
    status: int, content_type: str, content: bytes, request: Mapping[str, Any], where: str
) -> object:
    """The JSON value of an answer.

    AnkiConnect answers everything with status 200 and `application/json`, but a web page's
    request with 403; one without a body with its version, in plain text until 2023.
    Raises `AnkishError` for whatever is no such answer.
    """
    if status == 403:
        raise kinds.FORBIDDEN.error(where=where)
    if status != 200:
        said = f"HTTP status {status}"
        raise kinds.NOT_ANKICONNECT.error(where=where, answer=said)
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError):
        raise _unreadable(content_type, content, request, where) from None
    if isinstance(value, dict) and value.keys() == {"apiVersion"}:
        raise kinds.EMPTY.error(where=where)
    return value


def _unreadable(
    content_type: str, content: bytes, request: Mapping[str, Any], where: str
) -> Exception:
    if content.startswith(b"AnkiConnect"):
        return kinds.EMPTY.error(where=where)
    begins = excerpt(content.decode("utf-8", "replace"))
    if "json" not in content_type:
        return kinds.NOT_ANKICONNECT.error(where=where, answer=begins)
    return kinds.NOT_JSON.error(
        where=where, action=request["action"], answer=begins, unsure=unsure(request)
    )


def unsure(request: Mapping[str, Any]) -> str | None:
    """The action whose fate is unknown when a request's answer is lost; None for a read."""
    return None if only_reads(request) else str(request["action"])


def excerpt(text: str) -> str:
    """The beginning of a strange answer, fit to show."""
    text = " ".join(text.split())
    return harmless(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…") or "nothing"


def _deeper_than(most: int, value: object) -> bool:
    level = [value]
    for _ in range(most):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)  # type: ignore[attr-defined]
            if isinstance(inner, (dict, list, tuple)) and {*map(type, inner)} != {int}  # ids: many
        ]
        if not level:
            return False
    return True
