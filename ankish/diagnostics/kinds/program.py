"""Messages about ankish itself, whatever it was asked to do."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

OUTPUT = Kind(
    "program::output",
    "the output can't be written: {reason}",
    note="what was changed in Anki before stays changed",
    explain="""\
What ankish prints goes to a file or a device that takes no more: a full disk, say. The result
is incomplete there. Changes in Anki that were made before are not taken back.""",
)
BUG = Kind(
    "program::bug",
    "ankish has a mistake of its own: {error} in {where}",
    help=("please report it, with what you typed", "ANKISH_TRACEBACK=1 shows where it comes from"),
    explain="""\
Something happened that ankish has no message for, so it stopped. Changes that were made before
stay.""",
)
NO_FILE = Kind(
    "program::no-file",
    "{file} can't be read: {reason}",
    help="`ankish -c '…'` runs a text, `ankish` alone starts the shell",
    explain="The program to run is named on the command line, but it could not be read.",
)
NOT_UTF8 = Kind(
    "program::not-utf8",
    "{file} is not a text in UTF-8",
    note="the byte at {at} can't be read",
    help="save it as UTF-8",
    explain="Programs are texts in UTF-8. Other encodings can't be told apart safely.",
)
