"""Messages about what a program does in vain."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

LOST = Kind(
    "flow::lost",
    "what this gives is used by nobody",
    label="changes nothing and shows nothing",
    help="print shows it; only the last statement of a macro gives the macro's value",
    explain="""\
A statement of a program shows what it gives. Within a macro none does: the value of its last
statement is what the macro gives, and the others are there for what they change.""",
    severity=Severity.WARNING,
)
CONSTANT = Kind(
    "flow::constant",
    "this condition is always the same",
    label="depends on nothing",
    explain="""\
The condition holds no variable, no column and no command, so it is either always true or always
false, and the statement does the same without it, or nothing at all.""",
    severity=Severity.WARNING,
)
