"""Messages about running a program as a whole."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

NEEDS_YES = Kind(
    "run::needs-yes",
    "{action} loses something for good, and nobody said that it may",
    label="{why}",
    help="look at the plan first (--explain), then run it with --yes",
    note="nothing was sent",
    explain="""\
An action that can't be taken back is asked about in the shell. A script can't be asked, so it
needs `--yes`; without it nothing of the script is sent, not even what comes before.""",
)
NOT_CONFIRMED = Kind(
    "run::not-confirmed",
    "{action} was not confirmed",
    label="{why}",
    note="nothing was sent",
    explain="The question whether to go on was answered with no.",
)
UNCHECKED = Kind(
    "run::unchecked",
    "with no collection at hand, {names} could not be checked",
    help="open Anki with AnkiConnect, or give --collection FILE or --demo",
    explain="""\
Whether decks, note types, fields and tags exist is known only from a collection. All else was
checked.""",
    severity=Severity.WARNING,
)
