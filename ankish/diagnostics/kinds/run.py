"""Messages about running a program as a whole."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

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
