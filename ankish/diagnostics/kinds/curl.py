"""Messages about curl lines from AnkiConnect's documentation."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

NO_DATA = Kind(
    "curl::no-data",
    "this curl line carries no action",
    label="no -d with JSON in quotes",
    help='curl localhost:8765 -X POST -d \'{{"action": "deckNames", "version": 6}}\'',
    explain="""\
ankish understands curl lines as AnkiConnect's documentation has them: the action is the JSON
after `-d`. The URL is not used; the action goes where all others go.""",
)
NOT_JSON = Kind(
    "curl::not-json",
    "what stands after -d is not JSON: {reason}",
    label="not JSON",
    explain="AnkiConnect's requests are JSON objects with `action`, `version` and `params`.",
)
NO_ACTION = Kind(
    "curl::no-action",
    "the JSON after -d names no action",
    label='no "action" in it',
    explain="AnkiConnect's requests are JSON objects with `action`, `version` and `params`.",
)
