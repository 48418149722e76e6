"""Messages about ankish itself, whatever it was asked to do."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

OUTPUT = Kind(
    "program::output",
    "the output can't be written: {reason}",
    note="what was changed in Anki before stays changed; `ankish log` lists it",
    explain="""\
What ankish prints goes to a file or a device that takes no more: a full disk, say. The result
is incomplete there. Changes in Anki that were made before are not taken back; `undo` does that.""",
)
BUG = Kind(
    "program::bug",
    "ankish has a mistake of its own: {error} in {where}",
    help=("please report it, with what you typed", "ANKISH_TRACEBACK=1 shows where it comes from"),
    explain="""\
Something happened that ankish has no message for, so it stopped. `ankish log` lists the changes
that were made before; `undo` takes them back.""",
)
