"""`plan …` and `--dry-run`: what a program would write, instead of writing it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ankish.catalog.types import ANY
from ankish.data import dataclass
from ankish.diagnostics.model import AnkishError, Source, Span
from ankish.plan.model import Show
from ankish.runtime.protocols import Output
from ankish.runtime.rehearsal.planned import Rehearsed

if TYPE_CHECKING:
    from ankish.runtime.session import Session, Warn

PLAN = re.compile(r"(?:\s|#[^\n]*\n)*plan(?P<all>\s+--all)?(?=\s+[^\s=:.])")


@dataclass(frozen=True, slots=True)
class Asked:
    """A program whose writes are to be shown; `everything` of them, or a sample."""

    source: Source
    everything: bool


def plan_request(source: Source) -> Asked | None:
    """What is asked for, if the text begins with `plan`. Places in messages stay right."""
    match = PLAN.match(source.text)
    if match is None:
        return None
    blanks = re.sub(r"[^\n]", " ", match[0])
    return Asked(Source(source.name, blanks + source.text[match.end() :]), match["all"] is not None)


def show_plan(
    session: Session, asked: Asked, output: Output, warn: Warn, arguments: Sequence[str] = ()
) -> Rehearsed:
    """Show what a program would write.

    Raises `ProgramError` for mistakes in it, and `AnkishError` with what would go wrong.
    """
    from ankish.runtime.rehearsal.rehearse import rehearse
    from ankish.runtime.rehearsal.shown import shown

    found = rehearse(session, asked.source, warn, arguments)
    text = shown(found, asked.everything, session.preview and not os.environ.get("NO_COLOR"))
    output.show(Show("plan", found.data(), ANY, Span(0, 0), text), found.data(), None)
    if found.problems:
        raise AnkishError(*found.problems)
    return found
