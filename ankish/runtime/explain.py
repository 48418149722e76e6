"""`explain …`: a program's plan instead of its effect."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ankish.analysis.check import Result
from ankish.data import dataclass, replace
from ankish.diagnostics.model import AnkishError, Source
from ankish.diagnostics.text import safe_json
from ankish.runtime.session import Session

EXPLAIN = re.compile(r"(?:\s|#[^\n]*\n)*explain\b(?:\s+--(?P<form>json|curl)\b)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A program whose plan is wanted: as text, as requests (`json`) or as a script (`curl`)."""

    source: Source
    form: str | None = None


def explain_request(source: Source, explain: bool = False, form: str | None = None) -> Asked | None:
    """What is to be explained, if the text begins with `explain` or `explain` is set.

    The word is blanked out, so that places in messages stay right.
    """
    match = EXPLAIN.match(source.text)
    if match is None or not source.text[match.end() :].strip():
        return Asked(source, form) if explain else None
    blanks = re.sub(r"[^\n]", " ", match[0])
    rest = Source(source.name, blanks + source.text[match.end() :])
    return Asked(rest, match["form"] or form)


def explanation(session: Session, asked: Asked, arguments: Sequence[str] = ()) -> str:
    """The plan. Names are looked up in the collection; no action of the program is sent.

    Raises `AnkishError` as `Session.check` does, and `curl_script`.
    """
    from ankish.diagnostics.render import render
    from ankish.plan.explain import explained, requests

    checked = session.check(asked.source, arguments)
    if asked.form == "curl":
        return _script(session, checked, asked.source)
    plan = session.plan(checked)
    if asked.form == "json":
        return safe_json(requests(plan), indent=2)
    placed = (replace(hint, source=asked.source) for hint in plan.hints)
    return "\n".join([explained(plan), *([render(placed)] if plan.hints else [])])


def _script(session: Session, checked: Result, source: Source) -> str:
    """The plan as a script for the system's shell: results whole, as where nobody looks on."""
    from ankish.runtime.curl import curl_script

    preview, session.preview = session.preview, False
    try:
        return curl_script(session.plan(checked))
    except AnkishError as error:
        raise AnkishError(*(replace(told, source=source) for told in error.diagnostics)) from None
    finally:
        session.preview = preview
