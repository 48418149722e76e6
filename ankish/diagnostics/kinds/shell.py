"""Messages of the shell."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

TOPIC = Kind(
    "shell::topic",
    "there is no command, function or message called `{topic}`",
    help=("nearest: {near}", "`help` alone shows what there is"),
    explain="""\
`help` can be asked about every command and function by name, about a family of commands such as
`help decks`, and about the code of a message: `help name::deck`.""",
)

STOPPED = Kind(
    "shell::stopped",
    "stopped between two requests",
    note=("requests sent: {requests}; what they changed stays changed, and nothing else is sent",),
    severity=Severity.WARNING,
    explain="""\
Ctrl-C stops a program between two requests, never inside of one: a request that is under way is
waited for, so that it is certain what was done. What was done stays done.""",
)
