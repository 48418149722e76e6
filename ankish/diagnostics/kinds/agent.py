"""Messages to agents, through `ankish mcp`."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

NO_READ = Kind(
    "agent::no-read",
    "this program does more than read: it {effects}",
    help="plan it, look at the plan, then apply its token",
    explain="""\
The tool `read` runs programs that only read. What changes something is planned first.""",
)
NOT_ALLOWED = Kind(
    "agent::not-allowed",
    "this is not allowed here: it {effects}",
    note="nothing was sent",
    explain="""\
Whoever started `ankish mcp` says what programs may do. Without an option they read and change
the collection where that can be taken back. `--read-only` lets them change nothing, `--yes` lets
them lose something for good, `--external` lets them reach files, the network and Anki's window.""",
)
NO_PLAN = Kind(
    "agent::no-plan",
    "there is no plan `{token}`",
    help="plan the program; each token can be applied once",
    explain="A token belongs to one plan of this session, and is used up when it is applied.",
)
CHANGED = Kind(
    "agent::changed",
    "what the plan is about has changed since it was made",
    note=("{counts}", "nothing was sent"),
    help="plan it anew, and look at the plan",
    explain="""\
Between the plan and its application something else has changed the collection, so that the
program would now do something else than the plan said.""",
)
JOURNAL = Kind(
    "agent::journal",
    "lines about the journal are no programs here",
    help="the tools `undo` and `log` do that",
    explain="`undo` and `log` are tools of their own, so that it can be told what they do.",
)
