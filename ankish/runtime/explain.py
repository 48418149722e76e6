"""`explain …`: a program's plan instead of its effect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ankish.data import dataclass, replace
from ankish.diagnostics.model import Source
from ankish.diagnostics.text import safe_json
from ankish.runtime.session import Session

EXPLAIN = re.compile(r"(?:\s|#[^\n]*\n)*explain\b(?P<json>\s+--json\b)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A program whose plan is wanted, as text or as requests."""

    source: Source
    as_json: bool


def explain_request(source: Source, explain: bool = False, as_json: bool = False) -> Asked | None:
    """What is to be explained, if the text begins with `explain` or `explain` is set.

    The word is blanked out, so that places in messages stay right.
    """
    match = EXPLAIN.match(source.text)
    if match is None:
        return Asked(source, as_json) if explain else None
    blanks = re.sub(r"[^\n]", " ", match[0])
    rest = Source(source.name, blanks + source.text[match.end() :])
    return Asked(rest, as_json or match["json"] is not None)


def explanation(session: Session, asked: Asked, arguments: Sequence[str] = ()) -> str:
    """The plan. Names are looked up in the collection; no action of the program is sent.

    Raises `AnkishError` as `Session.check` does.
    """
    from ankish.diagnostics.render import render
    from ankish.plan.explain import explained, requests

    plan = session.plan(session.check(asked.source, arguments))
    if asked.as_json:
        return safe_json(requests(plan), indent=2)
    placed = (replace(hint, source=asked.source) for hint in plan.hints)
    return "\n".join([explained(plan), *([render(placed)] if plan.hints else [])])
