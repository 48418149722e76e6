"""A diagnostic as one JSON object, for editors and other programs.

    {"code": "name::parameter", "severity": "error", "message": "…", "source": "tidy.ank",
     "labels": [{"start": 29, "end": 32, "line": 1, "column": 30, "end_line": 1,
                 "end_column": 33, "text": "", "primary": true}],
     "helps": ["…"], "notes": [], "fix": {"start": 29, … "end_column": 33, "text": "deck"}}

* **severity** - `error`, `warning` or `hint`.
* **source** - the file or `-c`; null if the message belongs to no text. The lines and
  columns are then null as well.
* **start**, **end** - offsets in code points from the beginning of the text, end excluded.
* **line**, **column**, **end_line**, **end_column** - the same two places, from 1.
* **fix** - what to put in place of its span to mend the problem, or null.

Keys may be added in later versions; these stay.
"""

from __future__ import annotations

import json
from typing import Any

from ankish.diagnostics.model import Diagnostic, Label, Source, Span
from ankish.diagnostics.places import within


def as_json(diagnostic: Diagnostic) -> str:
    """The object as ASCII on one line."""
    return json.dumps(as_record(diagnostic))


def as_record(diagnostic: Diagnostic) -> dict[str, Any]:
    """The object as dicts and lists."""
    source, fix = diagnostic.source, diagnostic.fix
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "source": None if source is None else source.name,
        "labels": [_label(label, source) for label in diagnostic.labels],
        "helps": list(diagnostic.helps),
        "notes": list(diagnostic.notes),
        "fix": None if fix is None else {**_range(fix.span, source), "text": fix.text},
    }


def _label(label: Label, source: Source | None) -> dict[str, Any]:
    return {**_range(label.span, source), "text": label.text, "primary": label.primary}


def _range(span: Span, source: Source | None) -> dict[str, int | None]:
    line = column = end_line = end_column = None
    if source is not None:
        span = within(span, source)
        line, column = source.position(span.start)
        end_line, end_column = source.position(span.end)
    return {
        "start": span.start,
        "end": span.end,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }
