"""What Anki says when it refuses, made fit to show."""

from __future__ import annotations

import json
import re

from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import harmless

UNSUPPORTED = "unsupported action"
KEY_REFUSED = "valid api key must be provided"
"""The add-on's own words; unlike Anki's they are not translated."""

_SCHEMA = r"(?s)\n\nFailed validating .*"
_MARKUP = r"</?pre>|[\u2066-\u2069]"
_BREAK = r"<br ?/?>"


def refusal(action: str, said: str, where: str) -> AnkishError:
    """The error for an `action` that was refused with the words `said`."""
    if said == UNSUPPORTED:
        return kinds.UNSUPPORTED.error(action=action, where=where)
    first, _, more = clean(said).partition("\n")
    return kinds.REFUSED.error(action=action, said=first, more=more or None)


def clean(said: str) -> str:
    """Anki's words without its markup and with nothing a terminal would obey.

    Anki puts Unicode isolates around what it inserts, writes `<br>` between sentences,
    and sets a regex error in `<pre>` (recorded exchanges 113, 277 and 288). A request that
    is not well formed is answered with a schema and the request; the first part says it all.
    """
    said = re.sub(_SCHEMA, "", said)
    said = re.sub(_BREAK, " ", re.sub(_MARKUP, "", said))
    return harmless(said.strip(), keep="\n")


def without(secret: str | None, said: str) -> str:
    """`said` with a secret blotted out, also as Python and JSON would write it in quotes."""
    if not secret:
        return said
    quoted = (
        repr(secret),
        ascii(secret),
        json.dumps(secret),
        json.dumps(secret, ensure_ascii=False),
    )
    forms = {secret} | {text[1:-1] for text in quoted}
    for form in sorted(forms, key=len, reverse=True):  # the longest first: one may hold another
        said = said.replace(form, "•••")
    return said
