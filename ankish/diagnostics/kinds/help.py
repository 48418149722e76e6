"""Messages of `help`: what it was asked about and does not know."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

NO_CODE = Kind(
    "help::code",
    "no message has the code `{code}`",
    help=("nearest: {near}", "a code looks like this: name::parameter"),
    explain="""\
Every message begins with its severity and, in brackets, its code: `error[name::parameter]`.
The first part of a code is its family. `help CODE` explains the message; `help` with a family
alone, like `help syntax`, lists the codes of that family.""",
)
